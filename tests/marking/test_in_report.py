"""What the class report says about the marking of written answers."""

from __future__ import annotations

import re
from pathlib import Path

from support.courses import ASSIGNMENT, REPOSITORY

from autograder.exercise.source_notebooks import load_exercise
from autograder.marking.rules import Choice, sample_of
from autograder.marking.statistics import marked_in
from autograder.marking.storage import Storage
from autograder.report.write import write_report

from .gradebooks import TASK, course_with, scheme


def test_progress_scores_items_and_kappa_are_in_the_class_report(tmp_path: Path) -> None:
    course = course_with(tmp_path / "course", {one: {TASK: f"{one} writes"} for one in "abcd"})
    exercise = load_exercise(ASSIGNMENT, REPOSITORY / "source")
    storage = Storage(course, ASSIGNMENT)
    rubric = storage.rubric(TASK, scheme())
    first, second, third = (item.id for item in rubric.items)
    keys = [state.key for state in storage.states(TASK)]
    choices = (Choice((first, third)), Choice((first,)), Choice((second,)))
    for place, choice in enumerate(choices):
        seen = {state.key: state.version for state in storage.states(TASK)}
        storage.mark(
            TASK, f"mark {place}", "grace", choice, {keys[place]: seen[keys[place]]}, rubric.version
        )
    assert keys[0] in sample_of(keys)
    storage.mark_second(TASK, "alan", keys[0], Choice((first,)))
    storage.close()

    marked = marked_in(course, exercise)
    page = write_report(tmp_path / "report", exercise, [], marked=marked)

    text = page.read_text(encoding="utf-8").split('<h2 id="written">')[1].split("</section>")[0]
    words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    assert "3 of 4 answers are marked, with 0.83 of 2 points on average." in words
    assert "1 was marked by a second person too: the same score on 0, 1 points apart" in words
    # Of three items they agree on two, by chance they would on 4/9: κ = (2/3 - 4/9) / (5/9).
    assert "Cohen’s κ 0.40 over all items" in words
    assert "1 of 3 1.5 points 2 of 3 0.5 points What applied 2 of 3 +0.5" in words
    assert scheme().items[1].text.split("$")[0].strip() in words
