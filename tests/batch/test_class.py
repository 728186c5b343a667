"""A class with a tenth damaged and a tenth hostile: everyone gets the right grade in one run.

Forty of them here; `python -m benchmarks.stock_nbgrader class` does the same with two hundred.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from .students import Student, class_of, hand_in

REPOSITORY = Path(__file__).parents[2]
ROWS = """
    select submitted_assignment.student_id, sum(coalesce(grade.auto_score, 0))
    from submitted_assignment
    join submitted_notebook on submitted_notebook.assignment_id = submitted_assignment.id
    join grade on grade.notebook_id = submitted_notebook.id
    group by submitted_assignment.id
"""


@pytest.fixture(scope="module")
def students() -> list[Student]:
    return class_of(40)


@pytest.fixture(scope="module")
def graded(tmp_path_factory, students) -> tuple[Path, str]:
    course = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(REPOSITORY / "source", course / "source")
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    limits = "\nc.Execute.timeout = 2\nc.Grading.notebook_timeout = 12.0\n"
    (course / "nbgrader_config.py").write_text(config + limits, encoding="utf-8")
    hand_in(course, students)
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", "exercise09"],
        cwd=course,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    return course, done.stdout


def points_in(course: Path) -> dict[str, float]:
    """Each student's automatic points, as the gradebook has them."""
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        return dict(gradebook.execute(ROWS))


def test_the_class_has_its_shares(students):
    kinds = Counter(student.kind.split(":")[0] for student in students)

    assert kinds == {"honest": 32, "damaged": 4, "hostile": 4}


def test_everyone_has_the_right_grade(graded, students):
    points = points_in(graded[0])
    wrong = [
        (student.name, student.kind, points.get(student.name), (student.least, student.most))
        for student in students
        if not student.is_right(points.get(student.name))
    ]

    assert not wrong
    assert len(points) == len(students)


def test_everyone_has_both_notebooks(graded, students):
    for student in students:
        folder = graded[0] / "autograded" / student.name / "exercise09"
        for name in ("convolution", "batch_norm"):
            cells = json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
            assert cells[0]["id"] == "receipt"


def test_what_was_handed_in_and_the_source_are_as_they_were(graded, students):
    course = graded[0]
    for student in students:
        for path, content in student.files.items():
            assert (
                course / "submitted" / student.name / "exercise09" / path
            ).read_bytes() == content
    for path in (REPOSITORY / "source").rglob("*.ipynb"):
        copied = course / path.relative_to(REPOSITORY)
        assert copied.read_bytes() == path.read_bytes()


def test_a_second_run_has_nothing_to_do(graded):
    before = points_in(graded[0])
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", "exercise09"],
        cwd=graded[0],
        capture_output=True,
        timeout=120,
    )

    assert done.returncode == 0
    assert points_in(graded[0]) == before
