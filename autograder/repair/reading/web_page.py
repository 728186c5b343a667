"""A notebook exported as a web page: its code can still be read."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

from autograder.repair.reading.draft import Draft, DraftCell, Unreadable, clean_text
from autograder.repair.reading.notebook_json import read_notebook


def read_web_page(path: str, text: str) -> list[Draft]:
    """The code cells of a notebook that nbconvert or JupyterLab exported as HTML.

    A browser may also have saved the notebook's own text as a page.

    Raises:
        Unreadable: if there are none.
    """
    cells = _cells(text, highlighted=True) or _cells(text, highlighted=False)
    if not cells:
        raise Unreadable("is a web page without code cells: please hand in the .ipynb file")
    if len(cells) == 1 and '"cell_type"' in cells[0].source:
        note = "is a notebook saved as a web page"
        drafts = read_notebook(path, cells[0].source)
        return [dataclasses.replace(one, repairs=(note, *one.repairs)) for one in drafts]
    note = "is a web page; only its code could be read, not the written answers"
    return [Draft(path, cells, "web page", (note,), partial=True)]


def _cells(text: str, highlighted: bool) -> tuple[DraftCell, ...]:
    reader = _CodeReader(highlighted)
    reader.feed(text)
    return tuple(
        DraftCell("code", clean_text(code).strip("\n")) for code in reader.cells if code.strip()
    )


class _CodeReader(HTMLParser):
    """Collects the text of `<pre>`: in the highlighted inputs, or all that is not an output."""

    def __init__(self, highlighted: bool):
        super().__init__(convert_charrefs=True)
        self.cells: list[str] = []
        self._only_highlighted = highlighted
        self._inside: list[bool] = []  # for each open <div>, whether code may stand in it
        self._in_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "div":
            inside = self._inside[-1] if self._inside else not self._only_highlighted
            if self._only_highlighted:
                inside |= any(name.startswith("hl-") for name in classes)
            elif any("output" in name.lower() for name in classes):
                inside = False
            self._inside.append(inside)
        elif tag == "pre" and (self._inside[-1] if self._inside else not self._only_highlighted):
            self._in_pre = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._inside:
            self._inside.pop()
        elif tag == "pre":
            self._in_pre = False

    def handle_data(self, data: str) -> None:
        if self._in_pre:
            self.cells[-1] += data
