"""A notebook is run to its end, whatever its cells do. Sessions are made up here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from autograder.exercise.calls import Call, Replies, Reply
from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import Exercise
from autograder.grading.cells import Cells, is_own, opening, text_of
from autograder.grading.outputs import VERDICT, judged_notebook, show
from autograder.grading.running import MOST_NAMED, MOST_RESTARTS, Running
from autograder.result import Remark, TaskResult
from autograder.sandbox.protocol import CellRun

NOTEBOOK = "convolution"


class MadeUpSession:
    """Runs a cell by looking its text up; a cell that dies ends the session."""

    def __init__(self, ends: Callable[[str], str], log: list[str]):
        self.alive = True
        self._ends = ends
        self._log = log

    def run_cell(self, source: str) -> CellRun:
        self._log.append(source)
        ended = self._ends(source)
        self.alive = ended != "died"
        error = ({"output_type": "error", "ename": "NameError"},) if ended == "error" else ()
        return CellRun(error, ended, 1.0)

    def prefetch(self, cells: Sequence[str], rounds: Sequence[Sequence[Call]]) -> None:
        pass

    def ask(
        self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}, singly: bool = False
    ) -> Replies:
        self._log.append("singly" if singly else "together")
        if self._ends("ask") == "died":
            self.alive = False
        return Replies(len(calls), lambda: [Reply(refused="no")] * len(calls))

    def walls_hit(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        self._log.append("closed")


class MadeUpFactory:
    description = "made up"

    def __init__(self, ends: Mapping[str, str] = {}):
        self.ends = dict(ends)
        self.log: list[str] = []

    def open(self, with_scipy: bool = False) -> MadeUpSession:
        self.log.append("opened with SciPy" if with_scipy else "opened")
        return MadeUpSession(lambda text: self.ends.get(text, "ok"), self.log)

    def close(self) -> None:
        pass


def own(source: str) -> dict[str, Any]:
    metadata = {"autograder": {"own": True}}
    return {"cell_type": "code", "id": source, "metadata": metadata, "source": source}


def cells_of(exercise: Exercise, *own_cells: str) -> Cells:
    notebook = json.loads(fill_in(exercise, NOTEBOOK, {}, False))
    notebook["cells"] += [own(source) for source in own_cells]
    return Cells(notebook, exercise.notebooks[NOTEBOOK])


@pytest.fixture
def running(exercise) -> Callable[..., tuple[Running, MadeUpFactory, list[Remark]]]:
    def made(ends: Mapping[str, str] = {}, seconds: float = 100, text: str = "a"):
        factory, remarks = MadeUpFactory(ends), []
        return Running(cells_of(exercise, text), factory, seconds, remarks), factory, remarks

    return made


def test_every_cell_has_one_place_in_the_exercise(exercise):
    cells = cells_of(exercise, "mine = 1")
    tasks = [cells.task_of(cell) for cell in cells.code if cells.task_of(cell) is not None]

    assert tasks == list(exercise.tasks[NOTEBOOK])
    for cell in cells.code:
        kinds = [is_own(cell), cells.is_answer(cell), cells.is_given(cell)]
        assert sum([*kinds, cells.task_of(cell) is not None]) <= 1
    assert is_own(cells.code[-1])
    assert not any(cells.is_begun(task) for task in tasks)


def test_groups_end_with_each_check_and_leave_out_only_pictures(exercise):
    cells = cells_of(exercise, "mine = 1")

    for run_pictures, left_out in ((True, 0), (False, None)):
        groups = list(cells.up_to_each_check(run_pictures))
        ends = [cells.task_of(group[-1]) for group in groups if group]
        assert [task for task in ends if task] == list(exercise.tasks[NOTEBOOK])
        number = len(cells.code) - sum(map(len, groups))
        assert number == left_out if left_out is not None else number > 0


def test_an_own_cell_that_takes_an_id_of_the_exercise_is_not_its_cell(exercise):
    task = next(iter(exercise.tasks[NOTEBOOK]))
    cells = cells_of(exercise)
    forged = own("grade = 100") | {"id": f"test_{task}"}

    assert cells.task_of(forged) is None
    assert not cells.is_answer(forged | {"id": task})


def test_after_a_death_all_that_ran_before_runs_again_without_that_cell(running):
    run, factory, remarks = running({"kills": "died"})

    ended = [run.run(own(text)).ended for text in ("a", "b", "kills", "c")]

    assert ended == ["ok", "ok", "died", "ok"]
    assert factory.log == ["opened", "a", "b", "kills", "closed", "opened", "a", "b", "c"]
    assert [one.sentence for one in remarks] == [
        "In the cell that begins with 'kills': the process ended; the other cells ran without it."
    ]


def test_a_notebook_whose_process_ends_too_often_is_given_up_and_said_once(running):
    run, factory, remarks = running({"kills": "died"})

    for _ in range(MOST_RESTARTS + 5):
        run.run(own("kills"))
    refused = run.ask([Call("f", ())])

    assert factory.log.count("kills") == MOST_RESTARTS + 1
    assert "ended too often" in refused[0].refused
    given_up = [one for one in remarks if one.urgency == 3]
    assert [one.sentence for one in given_up] == [
        "The notebook ended its process too often; the cells after that were not run."
    ]


def test_a_notebook_that_takes_too_long_runs_no_further_cell(running):
    run, factory, remarks = running(seconds=2.5)

    ended = [run.run(own(text)).ended for text in "abcde"]

    assert ended == ["ok", "ok", "ok", "died", "died"]
    assert "d" not in factory.log
    assert "took longer than a notebook may" in remarks[0].sentence


def test_calls_that_end_the_process_are_asked_one_by_one(running):
    run, factory, _ = running({"ask": "died"})

    run.ask([Call("f", ()), Call("g", ())])

    assert [one for one in factory.log if one in ("together", "singly")] == ["together", "singly"]


def test_failed_cells_run_again_for_as_long_as_that_helps(running):
    run, factory, _ = running({"a": "error", "b": "error"})
    for text in "ab":
        run.run(own(text))

    assert not run.run_failed_again()
    factory.ends = {"b": "error"}
    assert run.run_failed_again()


def test_failing_cells_of_the_student_are_named_and_the_rest_counted(running):
    names = [f"bad{number}" for number in range(MOST_NAMED + 2)]
    run, _, remarks = running(dict.fromkeys(names, "error"))
    for name in names:
        run.run(own(name))

    run.remark_failed_cells()

    assert [one.kind for one in remarks] == ["noticed"]
    assert "5 cells of yours ended with an error" in remarks[0].sentence
    assert "'bad0' (NameError), 'bad1' (NameError), 'bad2' (NameError) and 2 more" in (
        remarks[0].sentence
    )


def test_texts_that_end_a_fresh_process_are_left_out_of_it(running):
    run, factory, _ = running({"kills": "died"})

    session = run.open_alone(["a", "kills", "b"])

    assert session.alive
    assert factory.log[-3:] == ["opened", "a", "b"]


@pytest.mark.parametrize(
    ("text", "opened"),
    [("import numpy", "opened"), ("from scipy import linalg", "opened with SciPy")],
)
def test_a_notebook_that_names_scipy_has_it_in_its_process(running, text, opened):
    _, factory, _ = running(text=text)

    assert factory.log == [opened]


def test_a_verdict_is_the_only_result_in_a_graded_cell(exercise):
    cells = cells_of(exercise)
    task = next(iter(exercise.tasks[NOTEBOOK]))
    check = next(cell for cell in cells.code if cells.task_of(cell) == task)
    fake = {"output_type": "execute_result", "data": {"text/plain": "100.0"}, "metadata": {}}

    show(cells, check, [fake])
    graded = judged_notebook(cells, {task: TaskResult(task, 1.5, 2.0)})

    shown = next(cell for cell in graded["cells"] if cells.task_of(cell) == task)["outputs"]
    assert [one["output_type"] for one in shown] == ["execute_result", "display_data"]
    assert shown[0]["data"]["text/plain"] == "1.5"
    assert VERDICT in shown[0]["metadata"]


def test_outputs_are_counted_in_the_order_in_which_cells_run(exercise):
    cells = cells_of(exercise, "1", "2")
    first, second = cells.code[-2:]
    for cell in cells.all:
        cell["execution_count"] = None
    result = {"output_type": "execute_result", "data": {}, "metadata": {}}

    show(cells, first, [result])
    show(cells, second, [result])

    assert [one["outputs"][0]["execution_count"] for one in (first, second)] == [1, 2]


def test_a_cell_is_called_by_its_first_line_that_says_something():
    assert opening(own("\n\n   x = 1  \ny = 2")) == "x = 1"
    assert opening(own("a" * 100)) == "a" * 60
    assert text_of({"source": ["a\n", "b"]}) == "a\nb"
