"""Feedback pages: nbgrader's own, with everything that could run in a browser taken out."""

from __future__ import annotations

import glob
import io
import logging
import multiprocessing
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import bleach
import jinja2
from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from autograder.course import Course, CourseError, open_course
from autograder.formulas import FormulaRenderer

WORTH_A_PROCESS = 6
"""For how many students a further process is started, which takes some seconds."""

TAGS = frozenset(
    bleach.ALLOWED_TAGS
    | {"br", "del", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "hr", "img"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "kbd", "p", "pre", "q", "s", "samp", "small", "span"}
    | {"sub", "summary", "sup", "u", "var"}
    | {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
ATTRIBUTES = frozenset(
    {"alt", "class", "colspan", "height", "href", "rowspan", "scope", "title", "width"}
)
STYLES = frozenset(
    {*ALLOWED_CSS_PROPERTIES, "border", "border-collapse", "border-left", "border-radius"}
    | {"border-spacing", "margin", "padding", "max-width", "opacity", "white-space"}
)


def clean_html(html: str | bytes) -> str:
    """The HTML with formatting, tables and embedded pictures, and without scripts and frames.

    No address is loaded when the page is opened: pictures must be embedded.
    """
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else str(html)
    return bleach.clean(
        text,
        tags=TAGS,
        attributes=_is_allowed,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
        strip=True,
    )


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and value.startswith("data:image/")
    if name == "href":
        return not value.strip().lower().startswith("data:")
    return name == "style" or name in ATTRIBUTES


@jinja2.pass_context
def markdown_to_clean_html(context, source: str) -> str:
    """Markdown as nbconvert shows it, cleaned, with formulas that need no script."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = FormulaRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return renderer.with_formulas(clean_html(MarkdownWithMath(renderer=renderer).render(source)))


def generate_feedback(
    course: Course,
    assignment: str,
    students: Iterable[str],
    renewed: Iterable[str] = (),
    jobs: int | None = None,
) -> list[Path]:
    """Write feedback pages as `nbgrader generate_feedback` does, with the course's settings.

    Args:
        course: the course.
        assignment: the assignment.
        students: whose pages to write if they are missing.
        renewed: whose pages to write anew.
        jobs: by how many processes, by default as many as there are processors.

    Returns:
        The folders of the pages.

    Raises:
        CourseError: if nbgrader could not write one.
    """
    students, renewed = list(students), frozenset(renewed)
    jobs = min(jobs or len(os.sched_getaffinity(0)), len(students) // WORTH_A_PROCESS)
    if jobs < 2:
        _write_pages(course, assignment, students, renewed)
    else:
        from autograder.batch import leave_interrupts_to_the_parent, stop

        context = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(jobs, context, initializer=leave_interrupts_to_the_parent)
        try:
            shares = [students[first::jobs] for first in range(jobs)]
            written = [
                executor.submit(_write_share, course.root, assignment, share, renewed)
                for share in shares
            ]
            for one in as_completed(written):
                one.result()
        finally:
            stop(executor)
    return [course.folder("feedback", student, assignment) for student in students]


def _write_share(root: Path, assignment: str, students: list[str], renewed: frozenset[str]) -> None:
    _write_pages(open_course(root), assignment, students, renewed)


def _write_pages(
    course: Course, assignment: str, students: list[str], renewed: frozenset[str]
) -> None:
    from nbgrader.converters import GenerateFeedback
    from nbgrader.coursedir import CourseDirectory

    coursedir = CourseDirectory(
        config=course.config, root=str(course.root), assignment_id=assignment
    )
    said = io.StringIO()
    log = logging.Logger("nbgrader", logging.ERROR)
    log.addHandler(logging.StreamHandler(said))
    for student in students:
        coursedir.student_id = glob.escape(student)
        converter = GenerateFeedback(coursedir=coursedir, config=course.config)
        converter.force = student in renewed
        converter.log = log
        try:
            converter.start()
        except Exception as error:
            reason = said.getvalue().strip().splitlines()[-1:] or [str(error)]
            raise CourseError(f"no feedback for {student}: {reason[0]}") from None
