"""The numbers of the report as CSV files."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from autograder.export.spreadsheet import write_csv
from autograder.report.items import Sheet
from autograder.report.likeness import Pair
from autograder.report.looks import Look
from autograder.report.statistics import Numbers
from autograder.report.words import late_words


def write_tables(
    folder: Path,
    sheet: Sheet,
    numbers: Numbers,
    looks: Sequence[Look],
    pairs: Sequence[Pair],
    names: Mapping[str, str],
) -> None:
    items = sheet.items
    write_csv(
        folder / "students.csv",
        [
            *("student", *(f"{item.name} (of {item.points:g})" for item in items), "total", "of"),
            *("still_to_grade", "late", "late_penalty", "seconds"),
        ],
        [
            [
                names[entry.student],
                *(
                    "not graded yet" if math.isnan(points) else float(points)
                    for points in sheet.points[row]
                ),
                *(float(sheet.totals[row]), sheet.possible),
                int(np.isnan(sheet.points[row]).sum()),
                *(late_words(entry.seconds_late), entry.penalty, entry.seconds),
            ]
            for row, entry in enumerate(sheet.entries)
        ],
    )
    write_csv(
        folder / "tasks.csv",
        [
            *("task", "notebook", "points", "graded", "waiting", "mean", "all_points"),
            *("some_points", "no_points", "no_answer", "difficulty", "discrimination"),
        ],
        [
            [
                *(one.item.name, one.item.notebook, one.item.points, one.graded, one.waiting),
                _rounded(one.mean),
                *((one.full, one.some, one.none, one.unanswered) if one.known else [None] * 4),
                *(_rounded(one.difficulty), _rounded(one.discrimination)),
            ]
            for one in numbers.items
        ],
    )
    write_csv(
        folder / "criteria.csv",
        [
            *("task", "criterion", "points", "holds", "fails", "not_counted"),
            *("difficulty", "discrimination"),
        ],
        [
            [
                *(one.item.name, one.claim, one.points, one.holds, one.fails, one.not_counted),
                *(_rounded(one.difficulty), _rounded(one.discrimination)),
            ]
            for one in numbers.criteria
        ],
    )
    named: list[list[object]] = [
        [one.item.name, one.name, one.count, one.answered, _rounded(one.share), one.hint]
        for one in numbers.mistakes
    ]
    unnamed: list[list[object]] = [
        [one.item.name, "(no known mistake)", one.count, one.answered]
        + [_rounded(one.count / one.answered), "; ".join(f"{n} x {c}" for c, n in one.claims)]
        for one in numbers.unnamed
    ]
    write_csv(
        folder / "mistakes.csv",
        ["task", "mistake", "students", "answered", "share", "hint"],
        named + unnamed,
    )
    write_csv(
        folder / "look.csv",
        ["student", "urgency", "kind", "notebook", "task", "points", "remark"],
        [
            [names[look.student], one.urgency, one.kind, one.notebook, one.task, one.points]
            + [one.sentence]
            for look in looks
            for one in look.remarks
        ],
    )
    write_csv(
        folder / "alike.csv",
        ["student", "other_student", "unusual_in_common", "share", "bits", "tasks"],
        [
            [names[sheet.entries[pair.one].student], names[sheet.entries[pair.other].student]]
            + [len(pair.shared), _rounded(pair.share), _rounded(pair.bits), " ".join(pair.tasks)]
            for pair in pairs
        ],
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(value, 3)
