"""Notebook files to drafts: every nbformat, every tool's habits, any type anywhere."""

from __future__ import annotations

import re

from autograder.repair.draft import Draft, DraftCell, Unreadable, clean_text
from autograder.repair.lenient_json import parse_cells, parse_strictly
from autograder.repair.mend import CONFLICT

MAX_CELL_CHARACTERS = 1_000_000
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def read_notebook(path: str, text: str) -> list[Draft]:
    """The drafts in a notebook file: one, or two where a merge conflict is unresolved.

    Raises:
        Unreadable: if there is no cell in it.
    """
    if not text.strip():
        raise Unreadable("is empty")
    if "<<<<<<<" in text and CONFLICT.search(text):
        sides = []
        for side in ("ours", "theirs"):
            try:
                draft = _read_one(path, CONFLICT.sub(lambda m, s=side: m[s], text))
            except Unreadable:
                continue
            repairs = ("has an unresolved merge conflict, both sides were read", *draft.repairs)
            sides.append(Draft(path, draft.cells, "notebook", repairs, draft.partial, side))
        if sides:
            return sides
    return [_read_one(path, text)]


def _read_one(path: str, text: str) -> Draft:
    try:
        value = parse_strictly(text)
    except ValueError:
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
    repairs = []
    cells = _draft_cells(_raw_cells(value))
    if not cells:
        if isinstance(value, dict) and ("nbformat" in value or "cells" in value):
            raise Unreadable("is a notebook without cells")
        raise Unreadable("is not a notebook")
    major = value.get("nbformat") if isinstance(value, dict) else None
    if isinstance(major, int) and major < 4:
        repairs.append(f"is in the old notebook format {major}, which was converted")
    if isinstance(value, dict) and (language := _language(value)) not in ("", "python"):
        repairs.append(f"was saved for the language {language[:20]}; it was graded with Python")
    return Draft(path, cells, "notebook", tuple(repairs))


def _raw_cells(value: object) -> list:
    """The list of cells, wherever a format or a tool keeps it."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    cells = value.get("cells")
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
    return cells


def _language(value: dict) -> str:
    metadata = _dict(value.get("metadata"))
    kernel, info = _dict(metadata.get("kernelspec")), _dict(metadata.get("language_info"))
    for language in (kernel.get("language"), info.get("name")):
        if isinstance(language, str) and language:
            return "python" if "python" in language.lower() else clean_text(language)
    return ""


def _draft_cells(raw: list) -> tuple[DraftCell, ...]:
    return tuple(cell for cell in map(_draft_cell, raw) if cell is not None)


def _draft_cell(raw: object) -> DraftCell | None:
    if not isinstance(raw, dict):
        return None
    source = next(
        (_text(raw[key]) for key in ("source", "input", "text", "code") if raw.get(key)), ""
    )
    metadata = _dict(raw.get("metadata"))
    nbgrader = _dict(metadata.get("nbgrader"))
    tags = metadata.get("tags")
    kind = raw.get("cell_type")
    if kind == "heading":
        level = raw.get("level")
        source = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1) + " " + source
        kind = "markdown"
    if kind not in ("code", "markdown", "raw"):
        code = nbgrader.get("cell_type") == "code" or {"outputs", "execution_count"} & raw.keys()
        kind = "code" if code or "input" in raw else "markdown"
    return DraftCell(
        kind,
        source,
        grade_id=_string(nbgrader.get("grade_id")),
        # Colab keeps the cell id in the metadata.
        cell_id=_string(raw.get("id")) or _string(metadata.get("id")),
        tags=tuple(filter(None, map(_string, tags if isinstance(tags, list) else [tags]))),
        attachments=_attachments(raw.get("attachments")),
    )


def _text(value: object) -> str:
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    if not isinstance(value, str):
        return ""
    if len(value) > MAX_CELL_CHARACTERS:
        value = value[:MAX_CELL_CHARACTERS]
    return clean_text(value)


def _attachments(value: object) -> dict[str, dict]:
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


def _string(value: object) -> str:
    return clean_text(value) if isinstance(value, str) else ""


def _dict(value: object) -> dict:
    return value if isinstance(value, dict) else {}
