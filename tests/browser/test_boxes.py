"""Nothing that a student hands in shows over a verdict, in feedback or in formgrader.

In a browser, a verdict must look the same with everything around it made invisible, to the pixel,
and nothing else may lie where it stands.
"""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import nbgrader
import numpy as np
import pytest
from nbconvert import HTMLExporter
from nbconvert.exporters.exporter import ResourcesDict
from PIL import Image
from support.courses import ASSIGNMENT, hand_in, new_course, run

from autograder.course.course import open_course
from autograder.feedback import visible_check

from .lab import Desk

UP = "background:white;color:green;height:900px;width:100%"
STYLES = [
    "margin:calc(0px - 420px) 0 0 0",
    "margin-top:calc(-1 * 420px)",
    "margin-top:-420px",
    "margin-top:-/**/420px",
    "margin-top:/*x*/-420px",
    "m\\61rgin-top:-420px",
    "margin-top:\\2d 420px",
    "margin-top:calc(-infinity * 1px)",
    "margin-top:calc(-pi * 150px)",
    "margin-top:min(-420px, 1px)",
    "margin-top:clamp(-420px, -420px, 1px)",
    "margin-top:var(--nothing, -420px)",
    "margin-top:env(nothing, -420px)",
    "margin-top:-420PX!important",
    "margin:-99em",
    "margin-block-start:-420px",
    "margin-bottom:-900px",
    "position:relative;top:-420px",
    "position:fixed;inset:0;z-index:9999",
    "position:absolute;top:0;left:0",
    "p\\6fsition:fixed;top:0",
    "position:sticky;top:0;bottom:0",
    "transform:translateY(-420px) scale(9)",
    "translate:0 -420px",
    "scale:9",
    "rotate:45deg",
    "zoom:9",
    "float:left;margin-top:-420px",
    "box-shadow:0 -420px 0 0 white",
    "outline:420px solid white",
    "outline-offset:420px;outline:99px solid white",
    "text-shadow:0 -200px red",
    "text-indent:-420px",
    "line-height:-99",
    "letter-spacing:-99px",
    "padding-top:-420px",
    "border-top:-420px solid white",
    "font-size:9999px",
    "contain:none;overflow:visible;margin-top:-420px",
    "display:contents",
    "vertical-align:420px",
    "clip-path:none;filter:drop-shadow(0 -300px white)",
    "anchor-name:--a;position-anchor:--a;position-area:top",
]
DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10' style='overflow:visible'>"
    "<rect x='-500' y='-500' width='2000' height='2000' fill='white'/></svg>"
)
ENCODED = base64.b64encode(DRAWING.encode()).decode()
HTML = [
    *(f'<div style="{style};{UP}">4 of 4 points</div>' for style in STYLES),
    *(f'</div></div></div><div style="{style};{UP}">4 of 4</div>' for style in STYLES[:3]),
    f'<table style="margin-top:-420px;{UP}"><tr><td>4 of 4</td></tr></table>',
    "<img src='data:image/png;base64,AAAA' height=9999 width=9999 vspace=-420 hspace=-420>",
    f"<img src='data:image/svg+xml;base64,{ENCODED}'>",
    "<style>.verdict, .points, table { display: none }</style>",
    "<marquee direction=up style='margin-top:-420px'>4 of 4</marquee>",
    '<p class="navbar navbar-fixed-top affix" style="background:white">4 of 4 points</p>',
    '<div class="row" id="task-convolve" popover>4 of 4</div><dialog open>4 of 4</dialog>',
    "<sup>" * 80 + "4 of 4" + "</sup>" * 80,
    "<font size=7>" + "4 of 4 " * 50 + "</font>",
    "<hr style='height:900px;margin-top:-420px;background:white'>",
]
ZALGO = "4" + "\u0310\u0346\u033f\u030b" * 400
MARKDOWN = [
    *HTML,
    "<sup>" * 80 + "4 of 4",
    "# " * 20 + ZALGO,
    r"$\kern{-420px}\rule{90em}{90em}$ $\raise420px{4}$ $\smash{\rule{9em}{90em}}$ $\llap{4}$",
    r"$$\mspace{-999mu}\hspace{-420px}\vspace{-420px}\style{margin-top:-420px}{4}$$",
    "&#10;" * 200 + "\u202e4 fo 4",
]


def notebook_with(solved: dict[str, str], attacks: bool) -> str:
    """The solutions with cells around the verdict on `convolve`; harmless ones if not to attack."""
    content = json.loads(solved["convolution.ipynb"])
    code = (
        "from IPython.display import HTML, Markdown, display\n"
        f"for text in {HTML!r}:\n    display(HTML(text))\n"
        f"for text in {MARKDOWN[-5:]!r}:\n    display(Markdown(text))\n"
        f"print({ZALGO!r}, '\\x1b[99A\\x1b[2J\\r\\b' * 50, '4 of 4 points')\n"
        f"display({{'image/svg+xml': {DRAWING!r}}}, raw=True)\n"
        f"raise ValueError({ZALGO!r})"
    )
    own = [("code", code), *(("markdown", text) for text in MARKDOWN)]
    cells = [
        {"cell_type": kind, "id": f"own-{at}", "metadata": {}, "source": text if attacks else "1"}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for at, (kind, text) in enumerate(own)
    ]
    at = next(n for n, cell in enumerate(content["cells"]) if cell["id"] == "test_convolve")
    copies = [cell | {"id": f"{cell['id']}-again"} for cell in cells]
    content["cells"][at : at + 1] = [*cells, content["cells"][at], *copies]
    if attacks:
        for cell in content["cells"]:
            if cell["id"] == "explain_parameter_sharing":
                cell["source"] = "\n\n".join(MARKDOWN[-8:])
    return json.dumps(content)


@pytest.fixture(scope="module")
def pages(desk: Desk, solved, tmp_path_factory) -> dict[str, tuple[str, str]]:
    """Addresses of the feedback page and of formgrader's page, for each student."""
    course = new_course(tmp_path_factory.mktemp("boxes") / "course")
    hand_in(course, "ada", {"convolution.ipynb": notebook_with(solved, False)})
    hand_in(course, "mallory", {"convolution.ipynb": notebook_with(solved, True)})
    run(course, "autograder", "grade", ASSIGNMENT, "--feedback")
    found = {}
    for student in ("ada", "mallory"):
        formgrader = course / f"{student}.html"
        formgrader.write_text(in_formgrader(course, student), encoding="utf-8")
        feedback = course / "feedback" / student / ASSIGNMENT / "convolution.html"
        found[student] = (feedback.as_uri(), formgrader.as_uri())
    return found


def in_formgrader(course: Path, student: str) -> str:
    """The page on which a person grades, with nbgrader's own style sheets and scripts beside it."""
    extension = Path(nbgrader.__file__).parent / "server_extensions"
    config = open_course(course).config
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [str(extension / "formgrader" / "templates")]
    resources = ResourcesDict(
        assignment_id=ASSIGNMENT, notebook_id="convolution", submission_id="x", index=0, total=1,
        base_url=extension.as_uri(), student="x", last_name="", first_name="", notebook_path="x",
    )  # fmt: skip
    path = course / "autograded" / student / ASSIGNMENT / "convolution.ipynb"
    page, _ = HTMLExporter(config=config).from_filename(str(path), resources)
    return str(page)


COVERED = """verdict => {
    const box = verdict.getBoundingClientRect(), found = [];
    for (let i = 1; i < 20; i++) for (let j = 1; j < 12; j++) {
        const [x, y] = [box.left + box.width * i / 20, box.top + box.height * j / 12];
        const top = document.elementFromPoint(x, y);
        if (top && !verdict.contains(top) && !top.contains(verdict)) found.push(top.outerHTML);
    }
    return found.map(one => one.slice(0, 200));
}"""
"""What lies over an element, at 209 points of it."""

PLACES = {
    "feedback": [".total", "table.tasks", *(f"#task-{name}" for name in (
        "convolve", "convolution_matrix", "explain_parameter_sharing"
    )), "section.check:has(#task-convolve) .verdict"],
    "formgrader": [
        ".nbgrader_cell:has(#test_convolve) .panel-heading",
        ".code_cell:has(#test_convolve) .output_area:first-child .output_html",
        ".nbgrader_cell:has(#explain_parameter_sharing) .panel-heading",
    ],
}  # fmt: skip


ALONE = """place => {
    for (const one of document.body.querySelectorAll("*"))
        if (!place.contains(one) && !one.contains(place))
            one.style.setProperty("visibility", "hidden", "important");
}"""
"""Makes all but an element, what is in it and what it is in invisible, and moves nothing."""


def seen(page, selector: str) -> np.ndarray:
    """What a person sees where the verdict stands."""
    picture = page.locator(selector).first.screenshot(animations="disabled")
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=int)
    return pixels[2:-2, 2:-2]  # an edge may lie within a pixel, which the neighbour shares


def covered(page, selector: str) -> list[str]:
    """What lies over a verdict, and whether it looks otherwise when it is alone."""
    place = page.locator(selector).first
    # In the middle of the window, where formgrader's own bar is not.
    place.evaluate("one => one.scrollIntoView({block: 'center'})")
    found = place.evaluate(COVERED)
    before = seen(page, selector)
    place.evaluate(ALONE)
    changed = np.abs(before - seen(page, selector)).max()
    return [*found, *([f"{changed} of 255"] if changed > 2 else [])]


@pytest.mark.parametrize("student", ["ada", "mallory"])
@pytest.mark.parametrize("where", ["feedback", "formgrader"])
def test_no_element_of_a_student_covers_a_verdict(desk, pages, where, student):
    at = ("feedback", "formgrader").index(where)
    for selector in PLACES[where]:
        desk.page.goto(pages[student][at])
        desk.page.locator(selector).first.wait_for()
        assert [] == covered(desk.page, selector), selector


STYLE_OF_BOX = """all => all.map(one => {
    const [style, box] = [getComputedStyle(one), one.getBoundingClientRect()];
    const low = box.height <= 1201 || style.maxHeight === "none";
    return [style.contain, style.overflow, style.isolation, style.position,
            box.width <= innerWidth, low];
})"""


@pytest.mark.parametrize("where", ["feedback", "formgrader"])
def test_everything_of_a_student_stays_in_its_box(desk, pages, where):
    """Each box cuts off what is in it, and is itself no larger than the page is wide."""
    at = ("feedback", "formgrader").index(where)
    desk.page.goto(pages["mallory"][at])
    boxes = desk.page.locator(".contained")

    assert boxes.count() > 2 * len(HTML)
    for contain, *others in boxes.evaluate_all(STYLE_OF_BOX):
        assert {"layout", "paint"} <= set(contain.replace("content", "layout paint").split())
        assert ["auto", "isolate", "static", True, True] == others
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 1281


def test_the_look_sees_what_lies_over_a_verdict(desk, pages):
    """The test itself: an attack without cleaning and box does cover a verdict."""
    desk.page.goto(pages["ada"][0])

    desk.page.locator("section.check").first.evaluate(
        "(one, html) => one.insertAdjacentHTML('afterend', html)",
        f'<div style="position:relative;top:-420px;{UP}">4 of 4 points</div>',
    )
    found = covered(desk.page, PLACES["feedback"][-1])

    assert found[0].startswith('<div style="position:relative')
    assert found[-1].endswith("of 255")


def test_formgrader_folds_a_check_that_says_something_else(desk, pages):
    """Here the verdict is full; with a failing check beside it, the check is folded."""
    cell = {
        "cell_type": "code",
        "metadata": {"nbgrader": {"points": 2}},
        "outputs": [
            {
                "output_type": "execute_result",
                "metadata": {"verdict": "all that is asked holds"},
                "data": {"text/plain": "2.0", "text/html": "<p>2 of 2</p>"},
            },
            {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["AssertionError"]},
        ],
    }
    visible_check.fold(cell)
    desk.page.set_content(cell["outputs"][1]["data"]["text/html"])

    assert desk.page.get_by_text("The visible check failed").is_visible()
    assert not desk.page.get_by_text("AssertionError").is_visible()
    desk.page.get_by_text("The visible check failed").click()
    assert desk.page.get_by_text("AssertionError").is_visible()
