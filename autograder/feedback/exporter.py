"""A feedback page: a table of the tasks, then the notebook with each verdict at its task.

The page needs nothing but its file: no script, no address, no font.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jinja2
import nbformat
from markupsafe import Markup, escape
from nbconvert.exporters.exporter import Exporter, ResourcesDict
from nbconvert.filters import Highlight2HTML, ansi2html
from nbgrader.api import Gradebook
from pygments.formatters import HtmlFormatter

from autograder.feedback.visible_check import outputs_of_check, verdict_of, why_they_differ
from autograder.gradebook.grades import StudentGrades, read_grades, total_words
from autograder.grading.cells import PICTURE_TAG
from autograder.grading.grade import RECEIPT
from autograder.grading.outputs import VERDICT
from autograder.late.plugin import policy_of
from autograder.sanitize.filters import clean_html, markdown
from autograder.sanitize.safe_html import in_a_box

Cell = dict[str, Any]

EMPTY = Markup()
NOT_GRADED_YET = "not graded yet"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class Task:
    """One line of the table at the top.

    Attributes:
        name: the task's.
        possible: what it is worth.
        points: what was given; None if a person still has to grade it.
        verdict: the verdict in a line.
        by_hand: whether a person gave the points.
    """

    name: str
    possible: float
    points: float | None
    verdict: str
    by_hand: bool = False

    @property
    def anchor(self) -> str:
        return f"task-{self.name}"

    @property
    def score(self) -> str:
        return NOT_GRADED_YET if self.points is None else f"{self.points:g} of {self.possible:g}"

    @property
    def state(self) -> str:
        """The class of its colour."""
        if self.points is None:
            return "waiting"
        return "full" if self.points >= self.possible else "some" if self.points > 0 else "none"


@dataclass(frozen=True)
class Part:
    """One piece of the page below the table, as the template shows it.

    Attributes:
        kind: "prose", "answer", "check", "written", "setup", "picture", "own" or "receipt".
        shown: the cell's text or code.
        task: the task that stands here.
        verdict: the judge's report.
        outputs: what the cell printed and displayed.
        comment: what a person, or the grader, said about an answer.
        differs: why the visible check says something else than the verdict.
    """

    kind: str
    shown: Markup
    task: Task | None = None
    verdict: Markup = EMPTY
    outputs: tuple[Markup, ...] = ()
    comment: Markup = EMPTY
    differs: str = ""


class FeedbackExporter(Exporter):
    """Makes the pages of `nbgrader generate_feedback`, from an autograded notebook."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(  # type: ignore[override]  # nbconvert's own exporters give text, too
        self, nb: nbformat.NotebookNode, resources: ResourcesDict | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        nb, found = super().from_notebook_node(nb, resources, **kw)
        where = found["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            students = read_grades(
                gradebook.db, where["assignment"], where["student"], policy_of(self.config)
            ).students
        grades = students.get(where["student"], StudentGrades(where["student"]))
        return page_html(nb, where["assignment"], where["notebook"], grades), found


def notice_html(assignment: str, notebook: str, sentence: str) -> str:
    """A page that says why there is no feedback on a notebook yet."""
    template = _environment().get_template("notice.html.j2")
    return template.render(assignment=assignment, notebook=notebook, sentence=sentence)


def page_html(
    nb: Cell, assignment: str, notebook: str, grades: StudentGrades, note: str = ""
) -> str:
    """The page of one notebook.

    Args:
        nb: the graded notebook.
        assignment: the assignment.
        notebook: the notebook's name.
        grades: the student's.
        note: what stands below the total.
    """
    parts = list(_parts(nb, notebook, grades))
    tasks = [part.task for part in parts if part.task is not None]
    penalty = grades.penalties.get(notebook, 0.0)
    given = max(0.0, sum(task.points or 0.0 for task in tasks) - penalty)
    graded = [task for task in tasks if task.points is not None]
    waiting = sum(task.possible for task in tasks if task.points is None)
    possible = sum(task.possible for task in graded)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            assignment=assignment,
            notebook=notebook,
            total=total_words(given, possible, waits=waiting > 0),
            waiting=waiting,
            late=grades.lateness(penalty),
            note=note,
            tasks=tasks,
            receipt=next((part for part in parts if part.kind == "receipt"), None),
            parts=[part for part in parts if part.kind != "receipt"],
        )
    )


def _parts(nb: Cell, notebook: str, grades: StudentGrades) -> Iterator[Part]:
    for cell in nb["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        own = bool(cell["metadata"].get("autograder", {}).get("own"))
        graded = (nbgrader.get("grade") or nbgrader.get("task")) and not own
        task = _task(cell, notebook, grades) if graded else None
        comment = _markdown(str(nbgrader.get("comment") or ""))
        if cell["cell_type"] != "code":
            kind = "prose" if task is None else "written"
            if nbgrader.get("solution") and task is None:
                kind = "answer"
            if cell.get("id") == RECEIPT:
                kind = "receipt"
            elif not nbgrader and not own:
                kind = "prose"
            attachments = cell.get("attachments", {})
            yield Part(kind, _markdown(cell["source"], attachments), task, comment=comment)
            continue
        code = Markup(_highlighter()(cell["source"]))
        if task is not None and not nbgrader.get("solution"):
            verdict = verdict_of(cell)
            report = Markup(clean_html(verdict["data"]["text/html"])) if verdict else Markup()
            shown = tuple(map(shown_output, outputs_of_check(cell)))
            yield Part("check", code, task, report, shown, differs=why_they_differ(cell))
            continue
        kind = "answer" if nbgrader.get("solution") else "setup" if nbgrader else "own"
        if PICTURE_TAG in cell["metadata"].get("tags", ()) and kind == "setup":
            kind = "picture"
        outputs = tuple(map(shown_output, cell.get("outputs", ())))
        yield Part(kind if not own else "own", code, task, outputs=outputs, comment=comment)


def _task(cell: Cell, notebook: str, grades: StudentGrades) -> Task:
    nbgrader = cell["metadata"]["nbgrader"]
    key = (notebook, nbgrader["grade_id"])
    points = None if key in grades.waiting else grades.points.get(key, 0.0)
    verdict = verdict_of(cell)
    by_hand = key in grades.by_hand
    if points is None:
        line = "a person reads and grades this answer"
    elif by_hand:
        line = "graded by a person" + (": see the comment" if nbgrader.get("comment") else "")
    elif verdict is not None:
        line = str(verdict["metadata"][VERDICT])
    else:
        line = "no answer" if nbgrader.get("solution") else ""
    name = nbgrader["grade_id"].removeprefix("test_")
    return Task(name, float(nbgrader.get("points") or 0.0), points, line, by_hand)


# How cells and outputs are shown.


def _markdown(source: str, attachments: dict[str, dict[str, str]] = {}) -> Markup:
    return Markup(markdown(source, attachments)) if source.strip() else Markup()


def shown_output(output: Cell) -> Markup:
    """An output as HTML in a box of its own."""
    kind = output["output_type"]
    if kind == "stream":
        return _pre(output["text"], output["name"])
    if kind == "error":
        return _pre("\n".join(output["traceback"]), "error")
    data = output.get("data", {})
    if "text/html" in data:
        return Markup(clean_html(data["text/html"]))
    for mime in ("text/markdown", "text/latex"):
        if mime in data:
            return _markdown(data[mime])
    for mime in PICTURES:
        if mime in data:
            sizes = output.get("metadata", {}).get(mime, {})
            size = "".join(f' {key}="{float(value):g}"' for key, value in sorted(sizes.items()))
            content = "".join(str(data[mime]).split())
            picture = f'<img alt="picture" src="data:{mime};base64,{escape(content)}"{size}>'
            return Markup(in_a_box(picture))
    return _pre(data.get("text/plain", ""), "result")


def _pre(text: str, kind: str) -> Markup:
    as_html = ansi2html(text)
    return Markup(in_a_box(f'<pre class="{kind}">{as_html}</pre>'))


@functools.cache
def _highlighter() -> Highlight2HTML:
    return Highlight2HTML(pygments_lexer="ipython3")


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("autograder.feedback", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    loader = environment.loader
    assert loader is not None
    style, _, _ = loader.get_source(environment, "page.css")
    light, dark = (
        HtmlFormatter(style=name, nobackground=True).get_style_defs(".highlight")
        for name in ("default", "github-dark")
    )
    style += f"\n{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
    environment.globals["style"] = Markup(style)
    return environment
