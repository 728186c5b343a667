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
from markupsafe import Markup

from autograder.exercise.source_notebooks import Exercise
from autograder.report import charts
from autograder.report.entries import Entry
from autograder.report.items import Sheet, items_of, sheet_of
from autograder.report.likeness import Feature, Pair, alike_pairs, groups_of
from autograder.report.looks import KINDS, URGENCY, Look, looks_of
from autograder.report.pseudonyms import pseudonyms
from autograder.report.statistics import ENOUGH, ItemNumbers, Numbers, Scores, numbers_of
from autograder.report.tables import write_tables
from autograder.report.words import (
    SMALL,
    breakable,
    count_of,
    duration,
    late_words,
    number,
    sentence,
    share_of,
    shown_correlation,
    taken_off,
)

if TYPE_CHECKING:
    from autograder.marking.statistics import Marked

MOST_MISTAKES = 5
MOST_ANYWHERE = 8
MOST_LOOKS = 150
MOST_GROUPS = 25
MOST_LINES = 6


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
    numbers = numbers_of(sheet, entries, partial(_hints, exercise))
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(folder, sheet, numbers, looks, pairs, names)
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
