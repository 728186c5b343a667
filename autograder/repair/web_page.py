"""A notebook exported as a web page: its code can still be read."""

from __future__ import annotations

from html.parser import HTMLParser

from autograder.repair.draft import Draft, DraftCell, Unreadable, clean_text


def read_web_page(path: str, text: str) -> Draft:
    """The code cells of a notebook that nbconvert or JupyterLab exported as HTML.

    Raises:
        Unreadable: if there are none.
    """
    reader = _CodeReader()
    reader.feed(text)
    cells = tuple(
        DraftCell("code", clean_text(code).strip("\n")) for code in reader.cells if code.strip()
    )
    if not cells:
        raise Unreadable("is a web page without code cells: please hand in the .ipynb file")
    note = "is a web page; only its code could be read, not the written answers"
    return Draft(path, cells, "web page", (note,), partial=True)


class _CodeReader(HTMLParser):
    """Collects the text of `<pre>` in the highlighted inputs."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.cells: list[str] = []
        self._highlighted = 0  # depth of <div> inside a highlighted input, 0 outside
        self._in_pre = False

    def handle_starttag(self, tag, attrs):
        classes = (dict(attrs).get("class") or "").split()
        if tag == "div" and self._highlighted:
            self._highlighted += 1
        elif tag == "div" and any(name.startswith("hl-i") for name in classes):
            self._highlighted = 1
        elif tag == "pre" and self._highlighted:
            self._in_pre = True
            self.cells.append("")

    def handle_endtag(self, tag):
        if tag == "div" and self._highlighted:
            self._highlighted -= 1
        elif tag == "pre":
            self._in_pre = False

    def handle_data(self, data):
        if self._in_pre:
            self.cells[-1] += data
