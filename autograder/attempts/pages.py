"""What a page says before the deadline: which criteria hold, and hints. No hidden value."""

from __future__ import annotations

from datetime import datetime, tzinfo

import nbformat

from autograder.attempts.rules import Decision, Rules
from autograder.feedback.exporter import notice_html, page_html
from autograder.gradebook.grades import StudentGrades
from autograder.grading.prepared import PackedResult
from autograder.late.moments import shown

FINAL = (
    "The grade comes from other hidden cases, after the deadline: this page only says how far you "
    "are."
)


def attempt_words(rules: Rules, number: int, made: int, now: datetime, zone: tzinfo) -> str:
    """Which attempt this was, and when the next answer can come.

    Args:
        rules: the rules.
        number: of the attempt that is answered.
        made: how many attempts are charged by now.
        now: when the last of these was answered.
        zone: where the clock hangs.
    """
    said = [f"Attempt {number}. {made} of {rules.most} attempts are used."]
    wait = rules.wait_after(made)
    if made < rules.most and wait:
        said.append(f"The next answer comes from {shown(now + wait, zone)} on.")
    return " ".join([*said, FINAL])


def notice_words(rules: Rules, decision: Decision, zone: tzinfo) -> str:
    """Why there is no answer now."""
    if decision.until is not None:
        return (
            "Your submission has arrived and is kept. Its answer comes by itself at "
            f"{shown(decision.until, zone)}: after each answer the next one takes longer."
        )
    return (
        f"Your submission has arrived and is kept. All {rules.most} attempts are used, so it is "
        "graded after the deadline, as all submissions are."
    )


OUR_FAULT = (
    "Your submission has arrived and is kept. It could not be graded now, which is not your fault: "
    "no attempt is charged. "
)
TRIED_AGAIN = "It is tried again in a minute."
HAND_IN_AGAIN = "Please hand in again later, or ask your instructor."


def attempt_pages(assignment: str, packed: PackedResult, note: str) -> dict[str, str]:
    """The page of each notebook of an attempt, by the notebook's name."""
    pages = {}
    for notebook in packed.notebooks:
        grades = StudentGrades("")
        for cell, score in notebook.scores.items():
            grades.points[notebook.name, cell] = score.auto_score or 0.0
            if score.needs_manual_grade:
                grades.waiting.add((notebook.name, cell))
        content = nbformat.reads(notebook.text, as_version=4)
        pages[notebook.name] = page_html(content, assignment, notebook.name, grades, note)
    return pages


def notice_pages(assignment: str, notebooks: list[str], sentence: str) -> dict[str, str]:
    """The page of each notebook of a submission that has no answer now."""
    return {name: notice_html(assignment, name, sentence) for name in notebooks}
