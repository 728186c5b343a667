"""What grading gives: plain frozen values that go to JSON and come back equal.

A result is a pure function of (submission, source, hidden tests, limits), so it can be stored,
compared and sent between machines. It holds no time of day and no path of a machine.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Remark:
    """One line of a receipt: something that was repaired, could not be used, or was noticed.

    Attributes:
        kind: "repaired" (put right, nothing lost), "unusable" (something handed in could not be
            graded), "stopped" (code was stopped: time, memory, a wall), "noticed" (worth knowing).
        sentence: what happened, kindly, for student and instructor.
        notebook: the notebook it concerns, "" for the submission as a whole.
        task: the task it concerns, if it is about one.
        points: how many points it concerned, if one can say.
        look: how urgently an instructor should look: 0 not at all, 1 when there is time, 2 soon,
            3 before the grades go out.
    """

    kind: str
    sentence: str
    notebook: str = ""
    task: str = ""
    points: float | None = None
    urgency: int = 0


@dataclass(frozen=True)
class ReceivedFile:
    """A file as it was handed in.

    Attributes:
        path: relative to the submission's folder.
        size: in bytes.
        sha256: hex digest of the content, "" if it was not read.
        used_as: the notebook it was graded as, "" if none.
    """

    path: str
    size: int
    sha256: str = ""
    used_as: str = ""


@dataclass(frozen=True)
class Grid:
    """A matrix that came back, with its wrong entries marked. It holds no right entry's value.

    Attributes:
        entries: the student's entries as text, row by row.
        shape: the shape that the matrix must have.
        wrong: row and column of each wrong entry; empty where the shape is wrong already.
    """

    entries: tuple[tuple[str, ...], ...]
    shape: tuple[int, ...]
    wrong: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class CriterionResult:
    """One criterion of one task.

    Attributes:
        claim: what is true of a right answer.
        points: what it is worth.
        earned: what it gave.
        holds: whether it holds; None where it does and is not counted,
            since the heart of the task fails.
        call: the first failing call as text, "" if it holds.
        came_back: what came back, as text.
        wrong: what was wrong with it.
        margin: the largest miss in tolerances, infinity for shape, type or exception.
        grid: where a small matrix came back, which of its entries are wrong.
    """

    claim: str
    points: float
    earned: float
    holds: bool | None
    call: str = ""
    came_back: str = ""
    wrong: str = ""
    margin: float = 0.0
    grid: Grid | None = None


@dataclass(frozen=True)
class TaskResult:
    """The verdict on one task.

    Attributes:
        task: its name.
        points: what the answer earned.
        max_points: what the task is worth.
        criteria: one result each.
        mistakes: names of the known mistakes whose values the answer's equal ("a + b" combined).
        hints: what to tell the student about them.
        on_top_of: the student's own earlier functions on top of which this was judged, if it was.
        repeats: the earlier tasks in which the same slip cost points in full, if it was so. Then
            `points` are more than what the criteria earned.
        unanswered: the answer still raises NotImplementedError or is not there.
    """

    task: str
    points: float
    max_points: float
    criteria: tuple[CriterionResult, ...] = ()
    mistakes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    on_top_of: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    unanswered: bool = False


@dataclass(frozen=True)
class NotebookResult:
    """One graded notebook.

    Attributes:
        name: the notebook's name in the exercise.
        content: the graded notebook (nbformat 4 JSON object), outputs included.
        tasks: a result for each graded cell.
        written: for each written answer, whether the student wrote anything.
        remarks: what execution noticed, in order.
    """

    name: str
    content: dict[str, Any]
    tasks: tuple[TaskResult, ...] = ()
    written: dict[str, bool] = dataclasses.field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class SubmissionResult:
    """One graded submission.

    Attributes:
        notebooks: one result for each notebook of the exercise, also for those not handed in.
        received: the files that were handed in.
        remarks: everything on the receipt: repairs first, then what the notebooks' runs noticed.
        sandbox: one line on the wall around the student's code, or that there was none.
        versions: what it was graded with, name to version.
        gradeable: False if nothing could be graded at all and a person has to.
        receipt: what is put on top of every recorded notebook, as Markdown.
    """

    notebooks: tuple[NotebookResult, ...]
    received: tuple[ReceivedFile, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sandbox: str = ""
    versions: dict[str, str] = dataclasses.field(default_factory=dict)
    gradeable: bool = True
    receipt: str = ""

    @property
    def points(self) -> float:
        """Automatic points; written answers are not among them."""
        return sum(task.points for notebook in self.notebooks for task in notebook.tasks)

    @property
    def urgency(self) -> int:
        return max((remark.urgency for remark in self.remarks), default=0)


def to_json(value: object) -> Any:
    """A result as JSON values. Infinity is written as the string "inf", since JSON has none."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, float) and value == float("inf"):
        return "inf"
    return value


def from_json(kind: Any, data: Any) -> Any:
    """The inverse of `to_json`, for the type `kind`.

    Raises:
        TypeError, KeyError, ValueError: if the data are not those of such a result.
    """
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _types_of(kind)
        return kind(**{name: from_json(hints[name], item) for name, item in data.items()})
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return tuple(from_json(arguments[0], item) for item in data)
    if origin is dict:
        return {key: from_json(arguments[1], item) for key, item in data.items()}
    if origin in (typing.Union, types.UnionType):
        return None if data is None else from_json(arguments[0], data)
    if kind is float:
        return float(data)
    return data


@functools.cache
def _types_of(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
