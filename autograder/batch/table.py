"""What a run of `autograder grade` says at its end."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.batch.difference import change_lines
from autograder.exercise.source_notebooks import Exercise
from autograder.result import Remark, SubmissionResult

if TYPE_CHECKING:
    from autograder.batch.outcome import Preview
    from autograder.gradebook.grades import AssignmentGrades

REMARKS_SHOWN = 12
"""How many lines the list of who needs a look has at most."""

UNSAFE = "NO SANDBOX"
"""How the description of a run without a wall begins."""
USUAL = "sandbox: bubblewrap"
"""How it begins where nothing need be said."""


@dataclass(frozen=True)
class Line:
    """One student's line: what the table needs of a result, so that results need not be kept.

    Attributes:
        points: for each notebook the points of its tasks, in order.
        total: what was given so far, by the grader and by hand, without what lateness takes off.
        possible: what can be had of what is graded so far.
        by_hand: how many answers wait for a person.
        remarks: what the receipt says.
        sandbox: the wall around the student's code, or that there was none.
        late: how late it was and what that costs.
        lateness: the same as sentences, with how it was worked out.
    """

    points: Mapping[str, tuple[float, ...]]
    total: float
    possible: float
    by_hand: int
    remarks: tuple[Remark, ...]
    sandbox: str = ""
    late: str = ""
    lateness: str = ""

    @property
    def urgency(self) -> int:
        return max((remark.urgency for remark in self.remarks), default=0)


def line_of(result: SubmissionResult) -> Line:
    """What the result alone says, before the gradebook is asked what people gave."""
    tasks = [task for notebook in result.notebooks for task in notebook.tasks]
    return Line(
        points={
            notebook.name: tuple(task.points for task in notebook.tasks)
            for notebook in result.notebooks
        },
        total=result.points,
        possible=sum(task.max_points for task in tasks),
        by_hand=sum(written for one in result.notebooks for written in one.written.values()),
        remarks=result.remarks,
        sandbox=result.sandbox,
    )


def with_grades(
    lines: Mapping[str, Line], exercise: Exercise, grades: AssignmentGrades
) -> dict[str, Line]:
    """The lines with what the gradebook holds: points by hand, what waits, and lateness."""
    from autograder.gradebook.grades import late_words

    found = dict(lines)
    for student, line in lines.items():
        if student not in grades.students:
            continue
        one = grades.students[student]
        late = late_words(one.seconds_late)
        if late and one.penalty:
            late += f", -{one.penalty:g}"
        found[student] = replace(
            line,
            points={
                name: tuple(
                    one.points.get((name, exercise.notebooks[name].check_of[task].id), 0.0)
                    for task in tasks
                )
                for name, tasks in exercise.tasks.items()
            },
            total=one.score,
            possible=grades.possible(one),
            by_hand=len(one.waiting),
            late=late,
            lateness=one.lateness() if one.account is not None and one.account.words else "",
        )
    return found


def plain(text: str) -> Text:
    """Text from a submission, with nothing in it that a terminal or a table would obey."""
    return Text(
        "".join(
            "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char)[0] == "C" else char
            for char in " ".join(text.split(" "))
        )
    )


def score_table(exercise: Exercise, lines: Mapping[str, Line]) -> Table:
    """Student, points for each task, total, what waits for a person, how many remarks there are."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption_justify="left")
    walls = sorted({line.sandbox for line in lines.values()} - {""})
    named = [wall for wall in walls if not wall.startswith(USUAL)]
    unsafe = any(wall.startswith(UNSAFE) for wall in named)
    table.caption = (
        Text("\n".join(named), style="bold red" if unsafe else "bold") if named else None
    )
    table.add_column("student", overflow="fold")
    widths = {}
    for name, tasks in exercise.tasks.items():
        points = sum(task.points for task in tasks.values())
        table.add_column(f"{name} (of {points:g})", no_wrap=True)
        widths[name] = [
            max(len(f"{line.points[name][place]:g}") for line in lines.values())
            for place in range(len(tasks))
        ]
    table.add_column("total", justify="right", no_wrap=True)
    table.add_column("to grade", justify="right")
    table.add_column("remarks", justify="right")
    with_late = any(line.late for line in lines.values())
    if with_late:
        table.add_column("late")
    for student, line in lines.items():
        table.add_row(
            plain(student),
            *(
                " ".join(
                    f"{points:g}".rjust(width)
                    for points, width in zip(line.points[name], widths[name], strict=True)
                )
                for name in exercise.tasks
            ),
            f"{line.total:g} of {line.possible:g}{' so far' if line.by_hand else ''}",
            str(line.by_hand or ""),
            Text(str(len(line.remarks) or ""), style="bold" if line.urgency >= 2 else ""),
            *([line.late] if with_late else []),
        )
    return table


def legend(exercise: Exercise) -> Text:
    """Which task each number of a row belongs to."""
    lines = [
        f"{name}: " + ", ".join(f"{task.name} {task.points:g}" for task in tasks.values())
        for name, tasks in exercise.tasks.items()
    ]
    return Text("\n".join(lines), style="dim")


def looks(lines: Mapping[str, Line]) -> RenderableType | None:
    """Who needs a look, most urgent first; None if nobody does."""
    urgent = sorted(
        (
            (-remark.urgency, student, remark)
            for student, line in lines.items()
            for remark in line.remarks
            if remark.urgency
        ),
        key=lambda item: item[:2],
    )
    if not urgent:
        return None
    shown: list[Text] = [Text("Worth a look, most urgent first:", style="bold")]
    for _, student, remark in urgent[:REMARKS_SHOWN]:
        place = f" ({remark.notebook})" if remark.notebook else ""
        shown.append(Text("  ") + plain(student) + plain(f"{place}: {remark.sentence}"))
    if len(urgent) > REMARKS_SHOWN:
        more = len(urgent) - REMARKS_SHOWN
        shown.append(Text(f"  and {more} more, on the receipts at the top of the notebooks"))
    return Group(*shown)


def closing(
    console: Console,
    exercise: Exercise,
    lines: Mapping[str, Line],
    failed: Mapping[str, str],
    notes: Sequence[str],
    without_pages: Mapping[str, str] = {},
) -> None:
    """Print the table and everything that belongs below it.

    Args:
        console: where to.
        exercise: the exercise.
        lines: what was graded, by student.
        failed: why the others have no grade, by student.
        notes: closing sentences.
        without_pages: why there is no feedback, by student.
    """
    if lines:
        console.print(score_table(exercise, dict(sorted(lines.items()))))
        console.print(legend(exercise))
        console.print()
    if (urgent := looks(lines)) is not None:
        console.print(urgent, soft_wrap=True)
        console.print()
    late = [(student, line.lateness) for student, line in sorted(lines.items()) if line.lateness]
    for student, sentence in late[:REMARKS_SHOWN]:
        console.print(plain(f"{student}: {sentence}"), soft_wrap=True)
    if len(late) > REMARKS_SHOWN:
        console.print(f"and {len(late) - REMARKS_SHOWN} more who were late, as their receipts say")
    if late:
        console.print()
    waiting = sum(line.by_hand for line in lines.values())
    if waiting:
        answers = "1 answer waits" if waiting == 1 else f"{waiting} answers wait"
        console.print(f"{answers} for you in formgrader.")
    for note in notes:
        console.print(Text(note), soft_wrap=True)
    for what, reasons in (("no grade: ", failed), ("no feedback: ", without_pages)):
        for student, reason in sorted(reasons.items()):
            console.print(
                Text(what, style="bold red") + plain(student) + plain(f": {reason}"),
                soft_wrap=True,
            )


def preview_lines(preview: Preview) -> list[Text]:
    """What a run would change: whose scores and why, who would get a first grade, who stays."""
    lines = []
    for student, changes in sorted(preview.changes.items()):
        lines += [plain(line) for line in change_lines(student, changes)]
    lines += [
        plain(f"{student}: {points:g} points, no recorded grade to compare with")
        for student, points in sorted(preview.first.items())
    ]
    lines += [
        Text("no grade: ", style="bold red") + plain(f"{student}: {reason}")
        for student, reason in sorted(preview.failed.items())
    ]
    total = len(preview.changes) + len(preview.first) + len(preview.same) + len(preview.failed)
    return [
        *lines,
        Text(f"{len(preview.changes)} of {total} scores would change. Nothing was written."),
    ]
