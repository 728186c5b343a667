"""The receipt: what was received and what was done with it, for the student and the instructor."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from autograder.repair.remarks import shown
from autograder.result import ReceivedFile, Remark

_HEADINGS = {
    "repaired": "Put right",
    "unusable": "Could not be used",
    "stopped": "Stopped",
    "noticed": "Noticed",
}
MAX_LINES = 40

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def receipt_markdown(
    received: Sequence[ReceivedFile],
    remarks: Sequence[Remark],
    sandbox: str,
    versions: Mapping[str, str],
    handed_in: str = "",
) -> str:
    """The receipt as Markdown: one line where nothing was repaired or noticed.

    Whatever comes from the student is escaped: it shows as the characters that it is.

    Args:
        received: the files that arrived.
        remarks: what was repaired, could not be used, or was noticed.
        sandbox: one line on the wall around the student's code.
        versions: what it was graded with, name to version.
        handed_in: when it was handed in, as nbgrader wrote it down; "" if nobody did.
    """
    when = f" on {escape(handed_in)}" if handed_in else ""
    with_versions = ", ".join(f"{escape(k)} {escape(v)}" for k, v in versions.items())
    under = f"graded with {with_versions}" if with_versions else "graded"
    if sandbox:
        under += f"; {escape(sandbox)}"
    files = [file for file in received if file.used_as] or list(received)
    if not remarks:
        names = ", ".join(_file(file) for file in files) or "nothing"
        return f"**Receipt.** Received {names}{when}; nothing had to be repaired; {under}."
    lines = ["**Receipt.** Thank you, this is what arrived and what was done with it.", ""]
    lines += [f"Received{when}:", ""]
    lines += [f"- {_file(file, used=True)}" for file in received[:MAX_LINES]]
    if len(received) > MAX_LINES:
        lines.append(f"- and {len(received) - MAX_LINES} more files")
    if not received:
        lines.append("- nothing")
    for kind, heading in _HEADINGS.items():
        mine = [remark for remark in remarks if remark.kind == kind]
        if not mine:
            continue
        lines += ["", f"{heading}:", ""]
        lines += [f"- {_line(remark)}" for remark in mine[:MAX_LINES]]
        if len(mine) > MAX_LINES:
            lines.append(f"- and {len(mine) - MAX_LINES} more")
    return "\n".join([*lines, "", under[0].upper() + under[1:] + "."])


def _file(file: ReceivedFile, used: bool = False) -> str:
    facts = [_size(file.size)]
    if file.sha256:
        facts.append(f"SHA-256 {file.sha256[:12]}")
    text = f"{escape(shown(file.path))} ({', '.join(facts)})"
    if used and file.used_as:
        text += f", graded as {escape(file.used_as)}"
    return text


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"


def _line(remark: Remark) -> str:
    where = f"{escape(remark.notebook)}: " if remark.notebook else ""
    points = ""
    if remark.points is not None:
        points = f" ({remark.points:g} point{'' if remark.points == 1 else 's'})"
    return where + escape(remark.sentence) + points


def escape(text: str) -> str:
    """Text that Markdown, HTML and MathJax show as it is, on one line."""
    text = html.escape(" ".join(_visible(text).split()), quote=False)
    text = re.sub(r"([\\'\"`*_{}\[\]()#+!|~$^=<>-])", _entity, text)
    return re.sub(r"(?i)(https?|ftp|www|mailto|javascript)([:.])", r"\1&#8203;\2", text)


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[1])};"


def _visible(text: str) -> str:
    """The text without control characters and without marks that turn the reading direction."""
    return _INVISIBLE.sub("�", text)
