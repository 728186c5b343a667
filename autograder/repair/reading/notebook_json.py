"""Notebook files to drafts: every nbformat, every tool's habits, any type anywhere."""

from __future__ import annotations

import base64
import codecs
import dataclasses
import re
from typing import Any
from urllib.parse import quote

from autograder.repair.reading.conflicts import sides
from autograder.repair.reading.draft import Draft, DraftCell, Settings, Unreadable, clean_text
from autograder.repair.reading.lenient_json import as_json, parse_cells, parse_strictly

MAX_CELL_CHARACTERS = 1_000_000
_SOURCES = ("source", "input", "text", "code", "value", "content")
_KINDS = {
    "python": "code",
    "py": "code",
    "md": "markdown",
    "text": "markdown",
    1: "markdown",
    2: "code",
}
_LINE_ENDS = tuple("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")  # as str.splitlines has them
_BYTES = re.compile(
    r"b(?P<quote>['\"])(?P<content>(?:[^'\"\\]|\\.|(?!(?P=quote))['\"])*+)(?P=quote)", re.DOTALL
)
MAX_PACKED = 20_000_000
MAX_WRAPPINGS = 4
"""How deep a notebook may be packed into other JSON values."""
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def read_notebook(path: str, text: str) -> list[Draft]:
    """The drafts in a notebook file: one, or two where a merge conflict is unresolved.

    Raises:
        Unreadable: if there is no cell in it.
    """
    if not text.strip():
        raise Unreadable("is empty")
    if (both := sides(text)) is not None:
        drafts = []
        for side, version in zip(("ours", "theirs"), both, strict=True):
            try:
                draft = _read_one(path, version)
            except Unreadable:
                continue
            repairs = ("has an unresolved merge conflict, both sides were read", *draft.repairs)
            drafts.append(Draft(path, draft.cells, "notebook", repairs, draft.partial, side))
        if drafts:
            return drafts
    return [_read_one(path, text)]


def _read_one(path: str, text: str) -> Draft:
    try:
        value = parse_strictly(text)
    except ValueError:
        packed = _packed_text(text)
        if packed is not None:
            draft = _read_one(path, packed)
            note = "is a notebook packed into other data, which was unpacked"
            return dataclasses.replace(draft, repairs=(note, *draft.repairs))
        cells = _draft_cells(parse_cells(text))
        if not cells:
            raise Unreadable("is not a notebook, and no cells could be found in it") from None
        complete = text.rstrip().endswith("}") and text.count("{") == text.count("}")
        repair = (
            "is not valid JSON; its cells were read one by one"
            if complete
            else "is damaged or cut off; the cells that can be read were taken"
        )
        return Draft(path, cells, "notebook", (repair,), partial=not complete)
    repairs = ["had Windows line ends, which were converted"] if "\r" in text else []
    inner = _unwrapped(value)
    if inner is not value:
        repairs.append("is a notebook packed into other data, which was unpacked")
        value = inner
    cells = _draft_cells(_raw_cells(value)) or _draft_cells(parse_cells(text))
    if not cells:
        if isinstance(value, dict) and ("nbformat" in value or "cells" in value):
            raise Unreadable("is a notebook without cells")
        raise Unreadable("is not a notebook")
    major = value.get("nbformat") if isinstance(value, dict) else None
    if isinstance(major, int) and major < 4:
        repairs.append(f"is in the old notebook format {major}, which was converted")
    minor = value.get("nbformat_minor") if isinstance(value, dict) else None
    if major == 4 and isinstance(minor, int) and 0 <= minor < 5:
        repairs.append(f"is in the notebook format 4.{minor}, which was converted to 4.5")
    if isinstance(value, dict) and (language := _language(value)) not in ("", "python"):
        repairs.append(f"was saved for the language {language[:20]}; it was graded with Python")
    return Draft(path, cells, "notebook", tuple(repairs))


def _packed_text(text: str) -> str | None:
    """The notebook in what Python or base64 made of it, None if it is neither."""
    start = text.lstrip()[:200]
    if len(text) > MAX_PACKED:
        return None
    if literal := _BYTES.fullmatch(text.strip()):
        try:
            content, _ = codecs.escape_decode(literal["content"].encode())
        except ValueError:
            return None
        return content.decode("utf-8", "replace")
    if start.startswith(("{'", "[{'")):
        return as_json(text)
    if re.fullmatch(r"[A-Za-z0-9+/=\s]{100,}", start) or re.fullmatch(r"[A-Za-z0-9+/=]+", start):
        try:
            unpacked = base64.b64decode(text, validate=False).decode("utf-8")
        except ValueError:
            return None
        return unpacked if unpacked.lstrip().startswith("{") else None
    return None


def _unwrapped(value: object) -> object:
    """The notebook in a value that was encoded once too often, or holds it as one of its items."""
    seen = value
    for _ in range(MAX_WRAPPINGS):
        if isinstance(seen, str):
            try:
                seen = parse_strictly(seen)
            except ValueError:
                return value
        if _raw_cells(seen):
            return seen
        items = list(seen.values()) if isinstance(seen, dict) else seen
        if not isinstance(items, list):
            return value
        likely = [
            one
            for one in items
            if isinstance(one, dict | list) or (isinstance(one, str) and '"cells"' in one)
        ]
        best = max(likely, key=lambda one: len(repr(one)) if len(likely) > 1 else 0, default=None)
        if best is None:
            return value
        seen = best
    return seen if _raw_cells(seen) else value


def _raw_cells(value: object) -> list[Any]:
    """The list of cells, wherever a format or a tool keeps it."""
    if isinstance(value, list):
        return value if any(isinstance(one, dict) and _is_cell(one) for one in value) else []
    if not isinstance(value, dict):
        return []
    cells = value.get("cells", value.get("Cells"))
    if isinstance(cells, dict):
        cells = list(cells.values())
    if not isinstance(cells, list) or not cells:
        worksheets = value.get("worksheets")
        cells = [
            cell
            for sheet in (worksheets if isinstance(worksheets, list) else [])
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    return [_decoded(cell) for cell in _flat(cells)]


def _is_cell(value: dict[str, Any]) -> bool:
    return bool({"cell_type", "source", "input", "kind"} & value.keys())


def _decoded(cell: object) -> object:
    """A cell that was written as a JSON string."""
    if isinstance(cell, str) and cell.lstrip().startswith("{"):
        try:
            return parse_strictly(cell)
        except ValueError:
            return cell
    return cell


def _language(value: dict[str, Any]) -> str:
    metadata = _dict(value.get("metadata"))
    kernel, info = _dict(metadata.get("kernelspec")), _dict(metadata.get("language_info"))
    for language in (kernel.get("language"), info.get("name")):
        if isinstance(language, str) and language:
            return "python" if "python" in language.lower() else clean_text(language)
    return ""


def _draft_cells(raw: list[Any]) -> tuple[DraftCell, ...]:
    return tuple(cell for cell in map(_draft_cell, raw) if cell is not None)


def _draft_cell(raw: object) -> DraftCell | None:
    if not isinstance(raw, dict):
        return None
    source = next((_text(raw[key]) for key in _SOURCES if raw.get(key)), "")
    metadata = _dict(raw.get("metadata"))
    nbgrader = _dict(metadata.get("nbgrader"))
    tags = metadata.get("tags")
    kind = raw.get("cell_type", raw.get("kind"))
    kind = kind.lower() if isinstance(kind, str) else kind
    kind = _KINDS.get(kind, kind) if isinstance(kind, str | int) else None
    if kind == "heading":
        level = raw.get("level")
        source = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1) + " " + source
        kind = "markdown"
    if kind not in ("code", "markdown", "raw"):
        code = nbgrader.get("cell_type") == "code" or {"outputs", "execution_count"} & raw.keys()
        kind = "code" if code or "input" in raw else "markdown"
    attachments = _attachments(raw.get("attachments"))
    if kind == "markdown" and raw.get("attachments") and not _is_locked(nbgrader):
        source, attachments = _referring(source, attachments, _dict(raw["attachments"]))
    return DraftCell(
        kind,
        source,
        grade_id=_string(nbgrader.get("grade_id")),
        # Colab keeps the cell id in the metadata.
        cell_id=_string(raw.get("id")) or _string(metadata.get("id")),
        tags=tuple(filter(None, map(_string, tags if isinstance(tags, list) else [tags]))),
        attachments=attachments,
        settings=nbgrader_settings(nbgrader) if nbgrader else None,
    )


def nbgrader_settings(nbgrader: dict[str, Any]) -> Settings:
    """What nbgrader's metadata say about grading a cell, comparable with another's."""
    points = nbgrader.get("points")
    points = float(points) if isinstance(points, int | float) and nbgrader.get("grade") else None
    grade, solution, locked = (bool(nbgrader.get(key)) for key in ("grade", "solution", "locked"))
    return grade, solution, locked, points


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        lines = [line for line in _flat(value) if isinstance(line, str)]
        # Some tools write lines without their ends.
        ended = any(line.endswith(_LINE_ENDS) for line in lines[:-1]) or len(lines) < 2
        value = ("" if ended else "\n").join(lines)
    if not isinstance(value, str):
        return ""
    if len(value) > MAX_CELL_CHARACTERS:
        value = value[:MAX_CELL_CHARACTERS]
    return clean_text(value)


def _flat(values: list[Any]) -> list[Any]:
    """The items, those of lists in lists too."""
    flat = []
    for value in values:
        flat += value if isinstance(value, list) else [value]
    return flat


def _attachments(value: object) -> dict[str, dict[str, str]]:
    """Pictures only: everything else that can be attached is of no use in a browser."""
    kept = {}
    for name, bundle in _dict(value).items():
        pictures = {
            mime: "".join(data) if isinstance(data, list) else data
            for mime, data in _dict(bundle).items()
            if mime in _PICTURES
            and (isinstance(data, str) or (isinstance(data, list) and all(map(_string, data))))
        }
        pictures = {
            mime: data for mime, data in pictures.items() if re.fullmatch(r"[\w+/=\s-]*", data)
        }
        if pictures:
            kept[clean_text(name)] = pictures
    return kept


def _is_locked(nbgrader: dict[str, Any]) -> bool:
    return bool(nbgrader.get("locked")) and not nbgrader.get("solution")


def _referring(
    source: str, pictures: dict[str, dict[str, Any]], attached: dict[str, Any]
) -> tuple[str, dict[str, dict[str, Any]]]:
    """The text with every picture that is attached to it in it, and the pictures by their names.

    An attachment is shown where the text refers to it; one that is the whole answer, or that cannot
    be shown, would be seen by nobody.
    """
    kept = {}
    more = []
    for name, bundle in pictures.items():
        if f"attachment:{name}" in source or f"attachment:{quote(name)}" in source:
            kept[name] = bundle
            continue
        plain_name = re.sub(r"[^\w.-]", "_", name)
        while plain_name in kept or (plain_name != name and plain_name in pictures):
            plain_name = f"_{plain_name}"
        kept[plain_name] = bundle
        more.append(f"![{plain_name}](attachment:{plain_name})")
    unshown = [
        re.sub(r"[^\w. -]", "_", name)[:80] for name in attached if clean_text(name) not in pictures
    ]
    if unshown:
        more.append(f"(Attached, but no picture, so not shown here: {', '.join(unshown)})")
    return "\n\n".join(filter(None, [source, *more])), kept


def _string(value: object) -> str:
    return clean_text(value) if isinstance(value, str) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
