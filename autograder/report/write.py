"""Writing the class report: one HTML file that needs nothing else, and its numbers as CSV."""

from __future__ import annotations

import ast
import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np
from markupsafe import Markup, escape

from autograder.exercise.source_notebooks import Exercise
from autograder.export.spreadsheet import write_csv
from autograder.report import charts
from autograder.report.entries import Entry
from autograder.report.items import Item, Sheet, items_of, sheet_of
from autograder.report.likeness import Feature, Pair, alike_pairs, groups_of
from autograder.report.pseudonyms import pseudonyms, without_names
from autograder.report.statistics import (
    ENOUGH,
    AnywhereNumbers,
    CriterionNumbers,
    ItemNumbers,
    MistakeNumbers,
    Scores,
    Times,
    UnnamedNumbers,
    anywhere,
    criterion_numbers,
    item_numbers,
    mistake_numbers,
    scores_of,
    times_of,
)
from autograder.result import Remark

if TYPE_CHECKING:
    from autograder.marking.statistics import Marked

SMALL = 20
"""In a class smaller than this, "2 of 7" says more than "29 %"."""

MOST_MISTAKES = 5
MOST_ANYWHERE = 8
MOST_LOOKS = 150
MOST_GROUPS = 25
MOST_LINES = 6

URGENCY = {3: "before the grades go out", 2: "soon", 1: "when there is time"}
KINDS = {
    "repaired": "repaired",
    "unusable": "not usable",
    "stopped": "stopped",
    "noticed": "noticed",
}


@dataclass(frozen=True)
class Look:
    """One student who needs a look, with the reasons, most urgent first."""

    student: str
    urgency: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Numbers:
    """What the points of the class say: all that `statistics` makes of them."""

    scores: Scores
    items: tuple[ItemNumbers, ...]
    criteria: tuple[CriterionNumbers, ...]
    mistakes: tuple[MistakeNumbers, ...]
    anywhere: tuple[AnywhereNumbers, ...]
    unnamed: tuple[UnnamedNumbers, ...]
    times: Times | None


def write_report(
    folder: Path,
    exercise: Exercise,
    entries: Sequence[Entry],
    anonymous: bool = False,
    key: bytes = b"",
    marked: Sequence[Marked] = (),
) -> Path:
    """Write `report.html` and its numbers as CSV files into a folder.

    Args:
        folder: is made if it is not there; a report in it is replaced.
        exercise: what was graded.
        entries: one for each student.
        anonymous: put pseudonyms in place of ids, and leave out names and what students wrote.
        key: makes the pseudonyms; the same key gives the same ones. Without it, whoever has the
            list of students can work out who is who.
        marked: how the marking of the written answers stands.

    Returns:
        The HTML file.
    """
    entries = sorted(entries, key=lambda entry: entry.student)
    items = items_of(exercise)
    names = _names(entries, exercise, anonymous, key)
    if anonymous:
        entries = sorted(entries, key=lambda entry: names[entry.student])
    sheet = sheet_of(items, entries)
    looks = looks_of(entries, exercise, items, names if anonymous else None)
    pairs = _alike(sheet, exercise)
    mistakes, unnamed = mistake_numbers(sheet, partial(_hints, exercise))
    numbers = Numbers(
        scores_of(sheet),
        item_numbers(sheet),
        criterion_numbers(sheet),
        mistakes,
        anywhere(sheet, mistakes),
        unnamed,
        times_of(entries),
    )
    folder.mkdir(parents=True, exist_ok=True)
    _write_tables(folder, sheet, numbers, looks, pairs, names)
    html = _html(exercise, entries, sheet, numbers, looks, pairs, names, anonymous, marked)
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


def _names(
    entries: Sequence[Entry], exercise: Exercise, anonymous: bool, key: bytes
) -> dict[str, str]:
    students = [entry.student for entry in entries]
    if anonymous:
        return pseudonyms(students, key or hashlib.sha256(exercise.name.encode()).digest())
    return {
        entry.student: f"{entry.student} ({entry.name})" if entry.name else entry.student
        for entry in entries
    }


def looks_of(
    entries: Sequence[Entry],
    exercise: Exercise,
    items: Sequence[Item],
    names: Mapping[str, str] | None = None,
) -> list[Look]:
    """Who needs a look, most urgent first. With pseudonyms, remarks lose what could be a name."""
    harmless = {item.name for item in items} | {item.cell for item in items}
    harmless |= set(exercise.notebooks) | {f"{name}.ipynb" for name in exercise.notebooks}
    order = list(KINDS)
    looks = []
    for entry in entries:
        remarks = [remark for remark in entry.result.remarks if remark.urgency > 0]
        if not entry.result.gradeable:
            sentence = "nothing that was handed in could be graded: a person has to"
            remarks.append(Remark("unusable", sentence, urgency=3))
        if not remarks:
            continue
        remarks.sort(
            key=lambda one: (-one.urgency, order.index(one.kind) if one.kind in order else 9)
        )
        if names is not None:
            remarks = [_anonymous(remark, names, harmless) for remark in remarks]
        looks.append(Look(entry.student, remarks[0].urgency, tuple(dict.fromkeys(remarks))))
    looks.sort(key=lambda look: (-look.urgency, -len(look.remarks)))
    return looks


def _anonymous(remark: Remark, names: Mapping[str, str], harmless: set[str]) -> Remark:
    sentence = without_names(remark.sentence, names, harmless)
    return Remark(
        remark.kind, sentence, remark.notebook, remark.task, remark.points, remark.urgency
    )


def _hints(exercise: Exercise, task: str) -> dict[str, str]:
    """The hint of each known mistake that is no combination, in one line."""
    return {
        answer.name: " ".join(answer.hints[0].split())
        for answer in exercise.mistakes(task)
        if len(answer.parts) == 1 and answer.hints
    }


# Answers that are alike.


def _alike(sheet: Sheet, exercise: Exercise) -> list[Pair]:
    released, known = {}, {}
    for item in sheet.items:
        cell = exercise.notebooks[item.notebook].by_id[item.name]
        released[item.name] = cell.released
        known[item.name] = [cell.released, cell.source]
        if not item.written:
            known_answers = (*exercise.mistakes(item.name), *exercise.variants(item.name))
            known[item.name] += [source for answer in known_answers for source in answer.cells]
    answers = [_answers(entry, released) for entry in sheet.entries]
    return alike_pairs(answers, known, [item.name for item in sheet.items if item.written])


def _answers(entry: Entry, released: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for notebook in entry.result.notebooks:
        for cell in notebook.content.get("cells", ()):
            metadata = cell.get("metadata", {})
            name = metadata.get("nbgrader", {}).get("grade_id") or cell.get("id")
            if name in released and not metadata.get("autograder", {}).get("own"):
                source = cell.get("source", "")
                source = source if isinstance(source, str) else "".join(source)
                if source.strip() and source.strip() != released[name].strip():
                    found[name] = source
    return found


# The page.


def _html(
    exercise: Exercise,
    entries: Sequence[Entry],
    sheet: Sheet,
    numbers: Numbers,
    looks: Sequence[Look],
    pairs: Sequence[Pair],
    names: Mapping[str, str],
    anonymous: bool,
    marked: Sequence[Marked],
) -> str:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("autograder.report", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "num": number,
        "wbr": breakable,
        "duration": duration,
        "sentence": sentence,
        "correlation": shown_correlation,
        "late_words": late_words,
        "html": Markup,
        "taken_off": taken_off,
    }
    size = len(sheet.entries)
    mistakes = [mistake for mistake in numbers.mistakes if mistake.count]
    by_task = [
        (
            item,
            [one for one in mistakes if one.item is item],
            next((one for one in numbers.unnamed if one.item is item), None),
        )
        for item in sheet.items
        if not item.written
    ]
    return environment.get_template("report.html.j2").render(
        exercise=exercise,
        style=Markup(Path(__file__).with_name("report.css").read_text(encoding="utf-8")),
        anonymous=anonymous,
        names=names,
        entries=entries,
        sheet=sheet,
        size=size,
        enough=size >= ENOUGH,
        ENOUGH=ENOUGH,
        share=share_of,
        at_a_glance=at_a_glance(sheet, numbers, looks, pairs),
        score_chart=_score_chart(numbers.scores),
        task_bar=_task_bar,
        meter=charts.meter,
        by_task=[row for row in by_task if row[1] or row[2]],
        MOST_MISTAKES=MOST_MISTAKES,
        anywhere=[one for one in numbers.anywhere if len(one.tasks) > 1][:MOST_ANYWHERE],
        marked=marked,
        looks=looks[:MOST_LOOKS],
        looks_left=max(0, len(looks) - MOST_LOOKS),
        URGENCY=URGENCY,
        urgencies=Counter(look.urgency for look in looks),
        KINDS=KINDS,
        kinds=Counter(remark.kind for look in looks for remark in look.remarks),
        groups=_shown_groups(pairs, sheet, names, anonymous),
        groups_left=max(0, len(groups_of(pairs)) - MOST_GROUPS),
        versions=_most_common(dict(entry.result.versions) for entry in entries),
        sandbox=_most_common(entry.result.sandbox for entry in entries),
        **{name: value for name, value in vars(numbers).items() if name != "anywhere"},
    )


def at_a_glance(
    sheet: Sheet, numbers: Numbers, looks: Sequence[Look], pairs: Sequence[Pair]
) -> list[Markup]:
    """The few sentences that a reader without time should read."""
    size, scores = len(sheet.entries), numbers.scores
    if not size:
        return [Markup("No submission could be graded.")]
    so_far = " so far" if scores.without_written else ""
    lines = [
        Markup("Half of the class has <strong>{} of {} points{}</strong> or more.").format(
            number(scores.median), number(scores.possible), so_far
        )
        if size > 2
        else Markup("The mean is <strong>{} of {} points{}</strong>.").format(
            number(scores.mean), number(scores.possible), so_far
        )
    ]
    late = [entry for entry in sheet.entries if entry.seconds_late > 0]
    if late:
        lines.append(
            Markup("<strong>{}</strong> came late: {}.").format(
                count_of(len(late), "submission"), taken_off(sum(entry.penalty for entry in late))
            )
        )
    known = [one for one in numbers.items if one.known and not math.isnan(one.difficulty)]
    if known:
        hardest = min(known, key=lambda one: one.difficulty)
        if hardest.difficulty < 0.995:
            lines.append(
                Markup(
                    "The hardest task is <strong>{}</strong>, with {} of {} points on average."
                ).format(
                    breakable(hardest.item.name), number(hardest.mean), number(hardest.item.points)
                )
            )
    if numbers.anywhere:
        most = max(numbers.anywhere, key=lambda one: one.students)
        where = breakable(most.tasks[0].item.name) if len(most.tasks) == 1 else "several tasks"
        lines.append(
            Markup("The most frequent mistake is <strong>{}</strong> in {}: {}.").format(
                most.words, where, share_of(most.students, most.answered)
            )
        )
    if looks:
        urgent = sum(look.urgency == 3 for look in looks)
        lines.append(
            Markup("<strong>{}</strong> should be looked at by a person{}.").format(
                count_of(len(looks), "submission"),
                f", {urgent} of them before the grades go out" if urgent else "",
            )
        )
    else:
        lines.append(Markup("No submission needs a look by a person."))
    if sheet.waiting:
        lines.append(
            Markup("<strong>{}</strong> still wait to be graded by hand.").format(
                count_of(sheet.waiting, "written answer")
            )
            if sheet.waiting != 1
            else Markup("<strong>1 written answer</strong> still waits to be graded by hand.")
        )
    if pairs:
        lines.append(
            Markup("{} of students: are their answers more alike than the tasks make them?").format(
                count_of(len(groups_of(pairs)), "group")
            )
        )
    return lines


def _score_chart(scores: Scores) -> Markup:
    if not scores.totals:
        return Markup()
    label = (
        f"Distribution of the points of {count_of(len(scores.totals), 'student')}, from "
        f"{number(min(scores.totals))} to {number(max(scores.totals))} of "
        f"{number(scores.possible)}, median {number(scores.median)}."
    )
    if len(scores.totals) >= SMALL:
        width, counts = charts.bins_of(scores.totals, scores.possible)
        bins = (f"from {at * width:g}: {count}" for at, count in enumerate(counts))
        label += f" Students by points in steps of {width:g}: {', '.join(bins)}."
    shown = number(scores.median)
    return charts.score_chart(scores.totals, scores.possible, scores.median, shown, label)


def _task_bar(one: ItemNumbers) -> Markup:
    if not one.known:
        return Markup()
    parts = {"full": one.full, "some": one.some, "none": one.none, "unanswered": one.unanswered}
    words = {"full": "all points", "some": "some", "none": "none", "unanswered": "no answer"}
    label = ", ".join(
        f"{words[name]}: {share_of(count, one.graded)}" for name, count in parts.items() if count
    )
    return charts.share_bar(
        [(name, count / one.graded) for name, count in parts.items()], f"{one.item.name}: {label}"
    )


@dataclass(frozen=True)
class ShownGroup:
    """A group of students whose answers are alike, ready for the page."""

    students: tuple[str, ...]
    tasks: tuple[str, ...]
    share: float
    things: int
    lines: tuple[tuple[str, str, str, int], ...]


def _shown_groups(
    pairs: Sequence[Pair], sheet: Sheet, names: Mapping[str, str], anonymous: bool
) -> list[ShownGroup]:
    shown = []
    for group in groups_of(pairs)[:MOST_GROUPS]:
        places = sorted({place for pair in group for place in (pair.one, pair.other)})
        strongest = group[0]
        lines = tuple(
            (thing.task, thing.feature.kind, _shown_line(thing.feature, anonymous), thing.students)
            for thing in strongest.shared[:MOST_LINES]
        )
        tasks = dict.fromkeys(task for pair in group for task in pair.tasks)
        shown.append(
            ShownGroup(
                tuple(names[sheet.entries[place].student] for place in places),
                tuple(item.name for item in sheet.items if item.name in tasks),
                strongest.share,
                len(strongest.shared),
                tuple(dict.fromkeys(lines)),
            )
        )
    return shown


def _shown_line(feature: Feature, anonymous: bool) -> str:
    text = feature.plain if anonymous else feature.shown
    if feature.kind == "comment" and not anonymous:
        text = f"# {text}"
    return text if len(text) <= 160 else text[:157] + "…"


def _most_common(values: Iterable[Any]) -> Any:
    """The one of these (texts, or dicts of texts) that comes most often; None if there is none."""
    listed = [value for value in values if value]
    if not listed:
        return None
    return ast.literal_eval(Counter(map(repr, listed)).most_common(1)[0][0])


# How numbers and words read.


def number(value: float | None, digits: int = 1) -> str:
    """A number with at most so many digits after the point; a dash if there is none."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def share_of(count: int, whole: int) -> str:
    """ "31 %", or "2 of 7" where the whole is small."""
    if whole < SMALL:
        return f"{count} of {whole}"
    percent = 100 * count / whole
    if 0 < percent < 0.5:
        return "under 1\xa0%"
    return "over 99\xa0%" if 99.5 <= percent < 100 else f"{percent:.0f}\xa0%"


def count_of(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def taken_off(penalty: float) -> str:
    """What lateness costs, in words."""
    if not penalty:
        return "no points are taken off"
    return f"{count_of(1, 'point') if penalty == 1 else number(penalty, 2) + ' points'} taken off"


def late_words(seconds: float) -> str:
    """ "2.1 h late"; "" for who was in time."""
    if seconds <= 0:
        return ""
    return f"{duration(seconds)} late" if seconds < 172_800 else f"{number(seconds / 86400)} d late"


def breakable(name: str) -> Markup:
    """A name whose lines may break after underscores."""
    return Markup("_<wbr>").join(escape(part) for part in name.split("_"))


def duration(seconds: float) -> str:
    if seconds < 60:
        return f"{number(seconds, 2 if seconds < 1 else 1)} s"
    minutes = seconds / 60
    return f"{number(minutes)} min" if minutes < 90 else f"{number(minutes / 60)} h"


def sentence(text: str) -> str:
    """Text that begins with a capital (unless with a name in code) and ends with a full stop."""
    text = text.strip()
    first = text.split(" ", 1)[0]
    if "_" not in first and "." not in first and "(" not in first:
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def shown_correlation(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


# The tables.


def _write_tables(
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
