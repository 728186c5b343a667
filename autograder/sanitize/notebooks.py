"""Notebooks made safe to open: nothing that a student wrote or printed can run in a browser.

Formgrader and feedback show Markdown and HTML as they stand, in the instructor's session. Here HTML
of outputs is cleaned by a list of what may stay (`safe_html`), and Markdown is left without any
HTML but bare tags, so that no difference between two parsers can bring a script back. Tables,
pictures and formulas still show, and nothing is fetched from anywhere when a notebook is opened.

What cannot be shown as it was meant is shown as text: no word of a student is lost.
"""

from __future__ import annotations

import base64
import copy
import html
import re
from collections.abc import Collection
from typing import Any

from autograder.sanitize import safe_html

MAX_MARKDOWN_CHARACTERS = 30_000
"""Longer Markdown, not counting pictures, is shown as it was typed: some of it takes a browser's or
nbconvert's Markdown minutes."""

MAX_COLOURS = 2_000
"""Changes of colour in one text; nbconvert takes a time that grows with their square."""

MAX_DRAWING = 2_000_000
"""Characters of a drawing (SVG) that is shown."""


# Notebooks.


def harmless_notebook(nb: dict[str, Any]) -> dict[str, Any]:
    """A notebook like this one that is safe to open in a browser, an editor or a terminal.

    Locked Markdown cells are the instructor's and stay as they are; code stays as it is, since it
    is only ever shown. Everything else is cleaned.
    """
    safe = copy.copy(nb)
    safe["metadata"] = {k: v for k, v in nb.get("metadata", {}).items() if k != "widgets"}
    safe["cells"] = [_cell(cell) for cell in nb.get("cells", ())]
    return safe


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    safe = {key: value for key, value in cell.items() if key != "outputs"}
    if cell.get("cell_type") == "code":
        outputs = map(_output, cell.get("outputs", ()))
        return safe | {"outputs": [one for one in outputs if one is not None]}
    nbgrader = cell.get("metadata", {}).get("nbgrader", {})
    if nbgrader.get("locked") and not nbgrader.get("solution"):
        return safe
    safe.pop("attachments", None)
    attached = _dict(cell.get("attachments"))
    pictures = _attachments(attached)
    if pictures and cell.get("cell_type") == "markdown":
        safe["attachments"] = pictures
    left_out = [re.sub(r"[^\w. -]", "", name)[:80] for name in attached if name not in pictures]
    notes = "".join(f"\n\n(The attachment {name} is not shown.)" for name in left_out)
    safe["source"] = harmless_markdown(_text(cell.get("source", "")) + notes, pictures)
    return safe


def _attachments(attachments: dict[str, Any]) -> dict[str, Any]:
    """The pictures among the attachments."""
    safe = {}
    for name, bundle in attachments.items():
        pictures = {
            mime: _text(data)
            for mime, data in _dict(bundle).items()
            if mime in _PICTURES and _text(data) and _BASE64.fullmatch(_text(data))
        }
        if pictures:
            safe[name] = pictures
    return safe


# Outputs.


def _output(output: dict[str, Any]) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {
            "output_type": "stream",
            "name": name,
            "text": harmless_text(_text(output.get("text"))),
        }
    if kind == "error":
        traceback = output.get("traceback")
        return {
            "output_type": "error",
            "ename": harmless_text(_text(output.get("ename"))),
            "evalue": harmless_text(_text(output.get("evalue"))),
            "traceback": [
                harmless_text(line)
                for line in (traceback if isinstance(traceback, list) else [])
                if isinstance(line, str)
            ],
        }
    if kind not in ("display_data", "execute_result"):
        return None
    safe = {
        "output_type": kind,
        "data": _data(_dict(output.get("data"))),
        "metadata": _picture_metadata(_dict(output.get("metadata"))),
    }
    if kind == "execute_result":
        count = output.get("execution_count")
        safe["execution_count"] = count if type(count) is int else None
    return safe


def _data(data: dict[str, Any]) -> dict[str, str]:
    """The parts of an output that can be shown safely; never empty."""
    safe: dict[str, str] = {}
    words = ""
    for mime, value in data.items():
        text = _text(value)
        if not text and value != "":
            continue
        if mime == "text/plain":
            safe[mime] = harmless_text(text)
        elif mime == "text/latex":
            text = _SCRIPT_URL.sub(r"\1 :", _without_controls(text))
            safe[mime] = safe_html.MATH_LINK.sub(r"\\ ", text)
        elif mime == "text/markdown":
            safe[mime] = harmless_markdown(text)
        elif mime in _PICTURES and _BASE64.fullmatch(text):
            safe[mime] = text
        elif mime == "text/html":
            try:
                safe[mime] = harmless_html(text)
            except ValueError as reason:
                text = safe_html.text_of(harmless_text(text))
                words = f"(This HTML is {reason} to be shown; its text is:)\n{text}"
    if words:
        safe["text/plain"] = words
    svg = _text(data.get("image/svg+xml"))
    if svg and len(svg) < MAX_DRAWING and not {"text/html", *_PICTURES} & safe.keys():
        encoded = base64.b64encode(svg.encode("utf-8", "replace")).decode()
        safe["text/html"] = f'<img alt="drawing" src="data:image/svg+xml;base64,{encoded}">'
    if not safe:
        kinds = ", ".join(sorted(re.sub(r"[^\w/.+-]", "", str(mime))[:60] for mime in data)[:3])
        safe["text/plain"] = f"(An output of type {kinds or 'unknown'} is not shown.)"
    return safe


def _picture_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    """Width and height of pictures: templates write them into tags without quotation marks."""
    safe = {}
    for mime in _PICTURES:
        sizes = {
            key: value
            for key, value in _dict(metadata.get(mime)).items()
            if key in ("width", "height") and type(value) in (int, float) and 0 < value < 10_000
        }
        if sizes:
            safe[mime] = sizes
    return safe


_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


# HTML and text.


def harmless_html(source: str) -> str:
    """HTML without scripts, styles that move things about, forms, frames and outside pictures.

    Raises:
        ValueError: says why it cannot be looked through ("too long").
    """
    return safe_html.clean(_without_controls(source))


def harmless_text(text: str) -> str:
    """Text with colours and line breaks, without other control characters."""
    parts, at = [], 0
    for count, match in enumerate(_COLOUR.finditer(text)):
        if count == MAX_COLOURS:  # what follows loses its colours
            break
        parts += [_CONTROLS.sub("", _ESCAPE.sub("", text[at : match.start()])), match.group()]
        at = match.end()
    return "".join([*parts, _CONTROLS.sub("", _ESCAPE.sub("", text[at:]))])


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\x1b", ""))


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,40}m")
_ESCAPE = re.compile(
    r"\x1b(?:\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|\[[0-9;?<=>!]*[ -/]*[@-~]|.)?", re.DOTALL
)


# Markdown.


def harmless_markdown(source: str, attached: Collection[str] = ()) -> str:
    """Markdown in which a browser finds nothing to run and nothing to fetch.

    Of HTML only tags without attributes remain, and every other `<` that could begin a tag is set
    off by a space. So it does not matter what is code, formula or text: there is nothing left that
    could be a script under any reading, and `a <b and c> d` keeps its words. Pictures remain where
    they are in the notebook itself; those from elsewhere become links.

    Args:
        source: Markdown.
        attached: names of the cell's attachments. A picture that refers to another one is taken
            out, since nbconvert stops at it.
    """
    source = _REFERENCE.sub(_decoded, _without_controls(source))
    source = _MERMAID.sub(r"\1text", source)  # wherever: quotes and lists may hold a block, too
    source = _IMAGE_TAG.sub(_image_from_tag, source)
    source = safe_html.MATH_LINK.sub(r"\\ ", _SCRIPT_URL.sub(r"\1 :", source))
    source = _BLANKS.sub(lambda blanks: blanks.group()[:100], source)
    parts, at = [], 0
    for match in re.finditer(r"<(?=[A-Za-z/!?])|!(?=\[)", source):
        if match.start() < at:
            continue
        parts.append(source[at : match.start()])
        at = match.end()
        if match.group() == "!":
            kept = _IMAGE.match(source, match.start())
            if kept and kept["name"] is not None and kept["name"] not in attached:
                kept = None
            parts.append(kept.group() if kept else "! ")
            at = kept.end() if kept else at
        elif tag := _TAG.match(source, match.start()):
            parts.append(f"<{tag['end']}{tag['name'].lower()}{tag['empty']}>")
            at = tag.end()
        else:
            parts.append("< ")
    safe = "".join(parts) + source[at:]
    if len(safe) > MAX_MARKDOWN_CHARACTERS < len(_IMAGE.sub("", safe)):
        return _as_typed(safe)
    return safe


def _as_typed(text: str) -> str:
    """The text in a fence of its own, unless it stands in one."""
    fenced = re.fullmatch(r"(~{3,})\n(.*)\n\1\n", text, re.DOTALL)
    if fenced and fenced[1] not in fenced[2]:
        return text
    fence = "~" * (3 + max(map(len, re.findall("~+", text)), default=0))
    return f"{fence}\n{text}\n{fence}\n"


def _decoded(match: re.Match[str]) -> str:
    """Letters, colons and spaces that were written as character references, which hides links."""
    char = html.unescape(match.group() if match.group().endswith(";") else match.group() + ";")
    return char if re.fullmatch(r"[A-Za-z0-9:\s()\\]", char) else match.group()


def _image_from_tag(match: re.Match[str]) -> str:
    """An `<img>` with a picture of the notebook's own as Markdown; of another what it says."""
    source = re.search(rf"\bsrc\s*=\s*[\"']?({_PICTURE_URL})[\"'\s>]", match.group(), re.I)
    alt = re.search(r"\balt\s*=\s*\"([^\"\[\]<>\n]*)\"", match.group(), re.IGNORECASE)
    if source:
        return f" ![{alt[1] if alt else ''}]({source[1]})"
    said = re.findall(
        r"\b(?:alt|src|title)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", match.group(), re.I
    )
    return f" (picture: {', '.join(one.strip(_QUOTES) for one in said)}) "


_ATTACHMENT = r"attachment:(?P<name>[^()<>\s\"'%\\&]+)"
_PICTURE_URL = rf"(?:{safe_html.PICTURE}|{_ATTACHMENT})"
_QUOTES = "\"'"
_IMAGE_TAG = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_IMAGE = re.compile(rf"!\[[^\[\]\n]*\]\({_PICTURE_URL}(?:\s+\"[^\"\n<>]*\")?\)")

_LOOKS = (
    "align|bgcolor|border|cellpadding|cellspacing|class|color|colspan|dir|face|height|id|lang|"
    "name|open|rowspan|size|start|style|type|valign|width"
)
"""Attributes that change how a tag looks. A tag with others is shown as text."""
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{'|'.join(sorted(safe_html.BARE_TAGS))})"
    rf"(?:\s+(?:open|(?:{_LOOKS})\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+)))*+"
    r"\s*(?P<empty>/?)>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,30}|#[xX][0-9a-fA-F]{1,30}|colon|Tab|NewLine|lpar|rpar|bsol);?")
_BLANKS = re.compile(r"[^\S\n]{100,}")
_MERMAID = re.compile(r"((?:(?<!`)`{3,}|(?<!~)~{3,})[^\S\n]*)mermaid\b")
_SCRIPT_URL = re.compile(
    r"((?:java|vb|live)[\s\\]*script|data(?=[\s\\]*:[\s\\]*(?:text|appl|image/svg)))"
    r"[\s\\]*:",
    re.IGNORECASE,
)


# What a notebook of unknown make may hold.


def _text(value: object) -> str:
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
