"""A student's attempts in a watched course: what is charged, and what the pages say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, first_mistake, hand_in, new_course

from autograder.attempts.history import read_history
from autograder.course.course import open_course
from autograder.course.settings import how_to_grade
from autograder.exercise.source_notebooks import load_exercise
from autograder.judge import SEED
from autograder.watch import Watch


def watch_once(course: Path) -> list[str]:
    said: list[str] = []
    opened = open_course(course)
    exercise = load_exercise(ASSIGNMENT, opened.source_root)
    Watch(opened, exercise, how_to_grade(opened.config), 1, said.append, 0.0).run(once=True)
    return said


@pytest.fixture(scope="module")
def course(tmp_path_factory, exercise, solved) -> Path:
    """Ada hands in twice, and the second time once more with other outputs; two attempts are hers.

    The pages of each watch are kept in `pages-1`, `pages-2` and so on.
    """
    course = new_course(tmp_path_factory.mktemp("attempts") / "course")
    with open(course / "nbgrader_config.py", "a") as file:
        file.write("c.Attempts.most = 2\n")
    wrong = first_mistake(exercise, solved, "convolution_matrix")
    again = json.loads(solved["convolution.ipynb"])
    again["cells"][3]["metadata"]["seen"] = True
    third = first_mistake(exercise, solved, "convolve")
    for number, files in enumerate(
        (wrong, solved, solved | {"convolution.ipynb": json.dumps(again)}, third), 1
    ):
        hand_in(course, "ada", files)
        watch_once(course)
        pages = course / "feedback" / "ada" / ASSIGNMENT
        kept = course / f"pages-{number}"
        kept.mkdir()
        for page in pages.glob("*.html"):
            (kept / page.name).write_bytes(page.read_bytes())
    return course


def page(course: Path, number: int, name: str = "convolution") -> str:
    text = (course / f"pages-{number}" / f"{name}.html").read_text(encoding="utf-8")
    return re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def test_two_attempts_are_charged_and_none_for_what_did_not_change(course):
    history = read_history(open_course(course), ASSIGNMENT, "ada")

    assert [1, 2] == [one.number for one in history]
    assert history[0].points < 24 == history[1].points
    assert "Attempt 2. 2 of 2 attempts are used." in page(course, 2)
    assert "Attempt 2. 2 of 2 attempts are used." in page(course, 3)


def test_after_the_last_attempt_the_page_says_so(course):
    assert "All 2 attempts are used" in page(course, 4)
    assert "points" not in page(course, 4)


def test_a_page_says_criteria_and_hint_and_no_hidden_value(course):
    text = page(course, 1)

    assert "Attempt 1. 1 of 2 attempts are used." in text
    assert "fails" in text and "Hint:" in text
    assert "What came back" not in text and "first call that went wrong" not in text
    assert not re.search(r"convolution_matrix\(h=|convolution_matrix\(array", text)


def test_nothing_is_recorded_before_the_final_set(course):
    assert not (course / "autograded").exists() or not list((course / "autograded").iterdir())


def test_the_secret_decides_the_final_set_and_stands_nowhere_else(course):
    seed = how_to_grade(open_course(course).config, None, course, ASSIGNMENT).settings.seed
    secret = (course / "cases.secret").read_bytes()

    assert seed != SEED == how_to_grade(open_course(course).config).settings.seed
    for path in course.rglob("*"):
        if path.is_file() and path.name != "cases.secret":
            content = path.read_bytes()
            assert secret not in content and str(seed).encode() not in content
