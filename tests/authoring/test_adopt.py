"""`autograder adopt`: an ordinary assignment of nbgrader, its own example, graded as it is."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbgrader
import pytest
from support.courses import REPOSITORY

from autograder.authoring.asserts_to_calls import NotConverted, questions_of
from autograder.exercise.source_notebooks import SourceCell
from autograder.grading.asserts import verdict_by_asserts
from autograder.sandbox.protocol import CellRun

PS1 = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1"
RIGHT = {
    "squares": (
        "def squares(n):\n    if n < 1:\n        raise ValueError('n')\n"
        "    return [i**2 for i in range(1, n + 1)]"
    ),
    "sum_of_squares": "def sum_of_squares(n):\n    return sum(squares(n))",
    "sum_of_squares_application": "sum_of_squares(3)",
    "part-a": "The Fibonacci numbers.",
}
COPIED = {"sum_of_squares": "def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6"}
ALWAYS_EQUAL = {
    "squares": (
        "class Yes:\n    def __eq__(self, other):\n        return True\n\n"
        "def squares(n):\n    if n < 1:\n        raise ValueError('n')\n    return Yes()"
    )
}


def run(course: Path, *command: str, ok: bool = True) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(course.parent)},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    assert (done.returncode == 0) == ok, done.stdout
    return done.stdout


def cells_of(path: Path) -> dict[str, dict]:
    content = json.loads(path.read_text(encoding="utf-8"))
    known = [cell for cell in content["cells"] if "nbgrader" in cell["metadata"]]
    return {cell["metadata"]["nbgrader"].get("grade_id"): cell for cell in known}


def hand_in(course: Path, student: str, answers: dict[str, str], lose_ids: bool = False) -> None:
    folder = course / "submitted" / student / "ps1"
    folder.mkdir(parents=True)
    for path in (course / "release" / "ps1").glob("*.ipynb"):
        content = json.loads(path.read_text(encoding="utf-8"))
        for cell in content["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
            if lose_ids:
                cell["metadata"] = {}
        name = f"my {path.name}" if lose_ids else path.name
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture(scope="module")
def adopted(tmp_path_factory) -> tuple[Path, str]:
    """A course with nbgrader's `ps1`, adopted and graded, and what grading printed."""
    checkout = tmp_path_factory.mktemp("checkout")
    leave = shutil.ignore_patterns("__pycache__", "exercise[0-9]*")
    shutil.copytree(REPOSITORY / "autograder", checkout / "autograder", ignore=leave)
    shutil.copyfile(REPOSITORY / "pyproject.toml", checkout / "pyproject.toml")
    course = checkout / "course"
    shutil.copytree(PS1, course / "source" / "ps1")
    bin_folder = os.path.dirname(sys.executable)
    (course / "nbgrader_config.py").write_text(
        f"import os\nos.environ['PATH'] = {bin_folder + os.pathsep!r} + os.environ['PATH']\n"
        "c = get_config()\nc.CourseDirectory.course_id = 'course'\n"
    )
    run(course, "nbgrader", "generate_assignment", "ps1", "--create")
    run(course, "autograder", "adopt", "ps1")
    hand_in(course, "ada", RIGHT)
    hand_in(course, "copied", RIGHT | COPIED)
    hand_in(course, "equal", RIGHT | ALWAYS_EQUAL)
    hand_in(course, "kurt", {})
    hand_in(course, "lost", RIGHT, lose_ids=True)
    return course, run(course, "autograder", "grade", "ps1", "--feedback")


def points_of(course: Path) -> dict[str, float]:
    """The automatic points of each student."""
    query = (
        "select s.student_id, sum(g.auto_score) from grade g "
        "join submitted_notebook n on n.id = g.notebook_id "
        "join submitted_assignment s on s.id = n.assignment_id group by 1"
    )
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        return dict(gradebook.execute(query).fetchall())


def test_an_adopted_assignment_is_graded_by_its_own_asserts(adopted):
    course, _ = adopted

    expected = {"ada": 3.0, "copied": 2.5, "equal": 2.5, "kurt": 0.0, "lost": 3.0}
    assert expected == points_of(course)


def test_answers_in_words_and_nbgraders_tasks_wait_for_a_person(adopted):
    course, _ = adopted
    query = (
        "select b.name from grade g join base_cell b on b.id = g.cell_id "
        "join submitted_notebook n on n.id = g.notebook_id "
        "join submitted_assignment s on s.id = n.assignment_id "
        "where s.student_id = 'ada' and g.needs_manual_grade"
    )
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        waiting = {name for (name,) in gradebook.execute(query)}

    assert {"sum_of_squares_application", "part-a", "cell-938593c4a215c6cc"} == waiting


def test_every_verdict_and_the_receipt_say_who_decided(adopted):
    course, _ = adopted
    page = (course / "feedback" / "copied" / "ps1" / "problem1.html").read_text(encoding="utf-8")

    assert page.count("(graded by asserts inside the student") >= 4
    assert "a program that sets out to can fake such points" in page


def test_converting_says_what_it_could_not_turn_and_finds_the_faked_value(adopted, tmp_path):
    checkout = shutil.copytree(adopted[0].parent, tmp_path / "checkout")
    course = checkout / "course"

    said = run(course, "autograder", "adopt", "ps1", "--convert")
    run(course, "autograder", "grade", "ps1")

    assert "problem1, correct_squares: a task now, with 4 questions" in said
    assert "problem1, squares_invalid_input: a task now, with 2 questions" in said
    assert "sum_of_squares_uses_squares: graded by asserts" in said and "line 2" in said
    expected = {"ada": 3.0, "copied": 2.5, "equal": 1.5, "kurt": 0.0, "lost": 3.0}
    assert expected == points_of(course)


def test_an_exercise_of_the_repository_is_not_overwritten(adopted):
    course, _ = adopted
    (course.parent / "autograder" / "mine").mkdir()
    (course.parent / "autograder" / "mine" / "__init__.py").write_text("POINTS = {}\n")
    shutil.copytree(course / "source" / "ps1", course / "source" / "mine")

    assert "is there already" in run(course, "autograder", "adopt", "mine", ok=False)


# Partial credit.


def check(source: str) -> SourceCell:
    metadata = {"nbgrader": {"grade": True, "grade_id": "test_f", "points": 2}}
    return SourceCell("test_f", "code", source, metadata)


def result(text: str) -> dict:
    return {"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}}


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("0.5", 0.5),
        ("np.float64(1.5)", 1.5),
        ("7", 2.0),
        ("True", 2.0),
        ("nan", 0.0),
        ("-1", 0.0),
        ("0", 0.0),
    ],
)
def test_the_last_value_of_a_check_is_its_points(text, points):
    assert points == verdict_by_asserts(check("1 + 1"), "", CellRun((result(text),))).points


def test_a_value_that_the_check_does_not_end_with_is_no_score():
    ran = CellRun((result("0.5"),))

    assert 2.0 == verdict_by_asserts(check("assert f(1) == 1"), "", ran).points


@pytest.mark.parametrize("ended", ["error", "timeout", "died"])
def test_a_check_that_does_not_end_well_gives_nothing(ended):
    assert 0.0 == verdict_by_asserts(check("assert f(1)"), "", CellRun(ended=ended)).points


# What can be converted.


@pytest.mark.parametrize(
    "source",
    [
        "assert f(3) == 9",
        "x = np.array([1.0, 2.0])\nassert np.allclose(f(x), [1, 4])",
        "y = f(3)\nassert y is not None\nassert y == 9",
        "import math\nassert math.isclose(9, f(3))",
        "assert abs(f(3) - 9) < 1e-6",
        "np.testing.assert_allclose(f(3), 9)",
        "try:\n    f(0)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError('no')",
    ],
)
def test_a_comparison_of_a_value_becomes_a_question(source):
    asked = questions_of(source, {"f"})

    assert ["f"] == [call.function for call in asked.calls()]


@pytest.mark.parametrize(
    "source",
    [
        "assert f(3) > 1",
        "assert sorted(f(3)) == [1, 2, 3]",
        "y = f(3)\nassert y.shape == (2,)",
        "assert f(f(3)) == 81",
        "del f\nassert f(3) == 9",
        "f = abs\nassert f(3) == 3",
        "x = np.zeros(2)\nx[0] = 1\nassert f(x) == 1",
        "for n in range(3):\n    assert f(n) == n**2",
        "assert 'return' in inspect.getsource(f)",
        "assert f(*data) == 1",
        "assert f(data) == 1",
        "print('nothing')",
        "%timeit f(3)",
    ],
)
def test_what_is_no_comparison_of_a_value_stays_with_its_asserts(source):
    with pytest.raises(NotConverted):
        questions_of(source, {"f"})
