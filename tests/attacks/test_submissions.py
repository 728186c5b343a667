"""Every attack as a whole submission: it gains no point, and the next student loses none."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

import nbformat
import pytest

from autograder.grading.grade import grade_submission
from autograder.grading.run_notebook import Settings
from autograder.result import SubmissionResult, from_json, to_json
from autograder.sandbox import Limits
from autograder.sandbox.process import family_of

from .attacks import load_attacks
from .forgeries import FORGERIES
from .submissions import (
    NOTEBOOK,
    PLACES,
    SOURCE,
    TASK,
    exercise,
    honest_part,
    notebook,
    places,
    submitted,
    with_attack,
)
from .walls import WALLS, opened

LIMITS = Limits(
    cell_seconds=0.8, ask_seconds=0.8, grace_seconds=0.4, notebook_seconds=10,
    memory_bytes=300 << 20, scratch_bytes=16 << 20, output_bytes=1 << 20, reply_bytes=4 << 20,
)  # fmt: skip
SETTINGS = Settings(notebook_seconds=10)
PLACED = [(attack, place) for attack in load_attacks() for place in places(attack)]
SOLUTION = "y[k - 1] += x[K + k - i - 1] * h[i - 1]"
"""A line of the reference answer to `convolve`, which no graded notebook here may hold."""


class Course:
    """A course folder to be left alone, with a secret in its gradebook and in the environment."""

    def __init__(self, root: Path):
        self.root = root
        self.secret = f"secret-{secrets.token_hex(16)}"
        shutil.copytree(SOURCE, root / "source")
        (root / "submitted" / "ada").mkdir(parents=True)
        (root / "submitted" / "ada" / "convolution.ipynb").write_text(self.secret)
        (root / "gradebook.db").write_text(self.secret)
        for path in (root, *root.rglob("*")):
            path.chmod(0o777)
        self._before = self._files()

    def untouched(self) -> bool:
        return self._files() == self._before

    def _files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def course():
    with tempfile.TemporaryDirectory(prefix="autograder-canary-", dir="/tmp") as folder:
        course = Course(Path(folder))
        os.environ["AUTOGRADER_SECRET"] = course.secret
        yield course
        del os.environ["AUTOGRADER_SECRET"]


@pytest.fixture(scope="module", params=WALLS)
def sandbox(course, request):
    with opened(request.param, LIMITS) as factory:
        yield factory


@pytest.fixture(scope="module")
def honest(sandbox) -> dict[str, SubmissionResult]:
    """What the submissions earn without the attack, by its place."""
    return {place: graded(sandbox, honest_part(place)) for place in PLACES}


def graded(sandbox, content: dict) -> SubmissionResult:
    return grade_submission(submitted(content), exercise(), sandbox, SETTINGS)


def points(result: SubmissionResult) -> dict[str, float]:
    return {task.task: task.points for one in result.notebooks for task in one.tasks}


def test_the_honest_part_lacks_one_task(honest):
    for result in honest.values():
        lost = points(result).pop(TASK)
        assert lost < 2
        assert result.points == exercise().notebooks[NOTEBOOK].points - 2 - 2 + lost


@pytest.mark.parametrize(
    ("attack", "place"), PLACED, ids=[f"{attack.name}-{place}" for attack, place in PLACED]
)
def test_attack_earns_what_its_honest_part_earns(attack, place, sandbox, course, honest):
    processes = len(family_of(os.getpid()))
    result = graded(sandbox, with_attack(attack, place))

    _earns_no_more(result, honest[place])
    _keeps_form(result, course)
    assert course.untouched()
    _soon(lambda: len(family_of(os.getpid())) <= processes)
    if place == places(attack)[0]:  # the other places leave the same behind
        _neighbour_is_right(sandbox)


@pytest.mark.parametrize("name", FORGERIES)
def test_forgery_earns_nothing(name, sandbox, course, honest):
    """What stands around the code is the source's: here the honest part stays whole as well."""
    content = honest_part("before")
    FORGERIES[name](content)
    result = graded(sandbox, content)

    assert points(result) == points(honest["before"])
    _keeps_form(result, course)
    _keeps_source(result)
    assert course.untouched()
    _neighbour_is_right(sandbox)


def test_no_fork_server_was_lost(sandbox):
    assert sandbox.server_starts == 1


def _earns_no_more(result: SubmissionResult, honest: SubmissionResult) -> None:
    earned, most = points(result), points(honest)
    assert earned.keys() == most.keys()
    assert all(earned[task] <= most[task] for task in most), (earned, most)


def _keeps_form(result: SubmissionResult, course: Course) -> None:
    """The result survives being stored, its notebook is valid and holds no secret."""
    text = json.dumps(to_json(result))
    text.encode("utf-8")
    assert from_json(SubmissionResult, json.loads(text)) == result
    assert course.secret not in text
    [graded] = result.notebooks
    nbformat.validate(nbformat.from_dict(graded.content))
    assert SOLUTION not in text


def _keeps_source(result: SubmissionResult) -> None:
    """Locked and graded cells, their points and their order are those of the source."""
    [graded] = result.notebooks
    source = exercise().notebooks[NOTEBOOK]
    known = [c for c in graded.content["cells"] if "nbgrader" in c["metadata"]]
    assert [c["metadata"]["nbgrader"]["grade_id"] for c in known] == [
        c.id for c in source.exercise_cells
    ]
    for cell, original in zip(known, source.exercise_cells, strict=True):
        nbgrader = cell["metadata"]["nbgrader"]
        for key in ("grade", "solution", "locked", "points", "schema_version"):
            assert nbgrader.get(key) == original.nbgrader.get(key)
        if not original.is_answer:
            assert cell["source"] == original.released
        if original.is_graded:
            # The first output is the judge's, and there is no other that could be read as a score.
            kinds = [output["output_type"] for output in cell["outputs"]]
            assert kinds[0] == "execute_result"
            assert "execute_result" not in kinds[1:]
            task = next(t for t in graded.tasks if t.task == original.id.removeprefix("test_"))
            assert float(cell["outputs"][0]["data"]["text/plain"]) == task.points


def _neighbour_is_right(sandbox) -> None:
    """The student graded next by the same sandbox has full points, and nothing on the receipt."""
    result = graded(sandbox, notebook())
    assert all(task.points == task.max_points for one in result.notebooks for task in one.tasks)
    assert result.remarks == ()


def _soon(holds) -> None:
    deadline = time.monotonic() + 3
    while not holds():
        assert time.monotonic() < deadline, "a process stayed"
        time.sleep(0.02)
