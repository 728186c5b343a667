"""What the report says of a class, in numbers."""

import math
from dataclasses import replace

import numpy as np
import pytest

from autograder.report import Entry
from autograder.report.items import items_of, sheet_of
from autograder.report.statistics import (
    anywhere,
    correlation,
    criterion_numbers,
    is_doubtful,
    item_numbers,
    mistake_numbers,
    scores_of,
    times_of,
)

from .made_up import submission, task_result


def entry(exercise, name, shares, **more):
    """A student with a share of the points in some tasks; the others are not answered."""
    of = {task.name: task for tasks in exercise.tasks.values() for task in tasks.values()}
    tasks = {
        name: task_result(task, shares.get(name, 0.0), unanswered=name not in shares)
        for name, task in of.items()
    }
    return Entry(name, submission(exercise, tasks), **more)


def test_items_stand_in_the_order_of_the_sheet_with_all_points(exercise):
    items = items_of(exercise)

    assert "convolve" == items[0].name
    assert "explain_rescaling" == items[-1].name
    assert 30 == sum(item.points for item in items)


def test_an_answer_is_full_partial_wrong_or_missing(exercise):
    entries = [
        entry(exercise, "a", {"convolve": 1}),
        entry(exercise, "b", {"convolve": 0.5}),
        entry(exercise, "c", {"convolve": 0}),
        entry(exercise, "d", {}),
    ]

    convolve = item_numbers(sheet_of(items_of(exercise), entries))[0]

    assert (1, 1, 1, 1) == (convolve.full, convolve.some, convolve.none, convolve.unanswered)


def test_a_written_task_has_no_numbers_until_all_answers_are_graded(exercise):
    """Who gave no answer has 0 points at once: alone they would make any task the hardest."""
    items = items_of(exercise)
    at = [item.name for item in items].index("explain_rescaling")

    def numbers(*given):
        written = {"explain_rescaling": True}
        entries = [
            Entry(f"s{n}", submission(exercise, {}, written=written), {"explain_rescaling": points})
            for n, points in enumerate(given)
        ]
        return item_numbers(sheet_of(items, [*entries, entry(exercise, "none", {})]))[at]

    none, some, all_ = numbers(None, None), numbers(1.5, None), numbers(1.5, 0.5)
    assert (0, 2, False) == (none.graded, none.waiting, none.known)
    assert (1, 1, False) == (some.graded, some.waiting, some.known)
    assert math.isnan(some.difficulty)
    assert some.discrimination is None
    assert (3, 0, True) == (all_.graded, all_.waiting, all_.known)
    assert pytest.approx(1 / 3) == all_.difficulty


def test_totals_leave_written_answers_out_until_all_are_graded(exercise):
    tasks = {task.name: task_result(task) for t in exercise.tasks.values() for task in t.values()}
    result = submission(exercise, tasks, written={"explain_rescaling": True})
    waiting = Entry("a", result, {"explain_rescaling": None})
    graded = Entry("a", result, {"explain_rescaling": 1.5})
    items = items_of(exercise)

    before, after = (scores_of(sheet_of(items, [one])) for one in (waiting, graded))

    assert (True, 24, (24.0,)) == (before.without_written, before.possible, before.totals)
    assert (False, 30, (25.5,)) == (after.without_written, after.possible, after.totals)


def test_what_a_person_gave_takes_the_place_of_the_automatic_points(exercise):
    one = entry(exercise, "a", {"convolve": 0}, by_hand={"test_convolve": 1.25})

    assert 1.25 == sheet_of(items_of(exercise), [one]).points[0, 0]


def test_a_submission_that_could_not_be_graded_counts_nowhere(exercise):
    one = entry(exercise, "a", {"convolve": 1})
    broken = replace(one, student="b", result=replace(one.result, gradeable=False))

    assert 1 == item_numbers(sheet_of(items_of(exercise), [one, broken]))[0].graded


def test_discrimination_is_the_correlation_with_all_other_items(exercise):
    shares = [{"convolve": float(i >= 6), "standardize": float(i >= 4)} for i in range(12)]
    entries = [entry(exercise, str(i), one) for i, one in enumerate(shares)]

    sheet = sheet_of(items_of(exercise), entries)
    convolve = item_numbers(sheet)[0]
    rest = sheet.totals - sheet.points[:, 0]

    assert np.corrcoef(sheet.points[:, 0], rest)[0, 1] == pytest.approx(convolve.discrimination)


def test_no_correlation_is_given_where_there_is_none():
    assert correlation(np.arange(5.0), np.arange(5.0)) is None
    assert correlation(np.ones(50), np.arange(50.0)) is None


def test_a_low_discrimination_is_doubtful_only_beyond_chance():
    assert is_doubtful(-0.2, 30)
    assert not is_doubtful(0.08, 20)
    assert is_doubtful(0.08, 1000)
    assert not is_doubtful(None, 1000)


def test_a_criterion_that_is_not_counted_does_not_fail(exercise):
    entries = [entry(exercise, "a", {"convolve": 0}), entry(exercise, "b", {"convolve": 1})]

    first, second, *_ = criterion_numbers(sheet_of(items_of(exercise), entries))

    assert (1, 1, 0) == (first.holds, first.fails, first.not_counted)
    assert (1, 0, 1) == (second.holds, second.fails, second.not_counted)


def test_an_answer_with_two_mistakes_counts_for_both(exercise):
    task = exercise.tasks["convolution"]["convolve"]
    results = [
        task_result(task, 0, ("missing_flip + same_padding",), ("hint 1", "hint 2")),
        task_result(task, 0, ("missing_flip",), ("hint 1",)),
        task_result(task, 1),
    ]
    entries = [Entry(str(i), submission(exercise, {"convolve": r})) for i, r in enumerate(results)]

    named, unnamed = mistake_numbers(sheet_of(items_of(exercise), entries), lambda task: {})

    assert [("missing_flip", 2, 3), ("same_padding", 1, 3)] == [
        (one.name, one.count, one.answered) for one in named
    ]
    assert "hint 1" == named[0].hint
    assert () == unnamed


def test_points_lost_without_a_known_mistake_are_told_by_what_failed_first(exercise):
    one = entry(exercise, "a", {"convolve": 0})

    _, (unnamed,) = mistake_numbers(sheet_of(items_of(exercise), [one]), lambda task: {})

    claim = exercise.tasks["convolution"]["convolve"].criteria[0].claim
    assert ((claim, 1),) == unnamed.claims


def test_a_student_with_one_mistake_in_two_tasks_counts_once_over_all_tasks(exercise):
    of = exercise.tasks["batch_norm"]
    tasks = {
        name: task_result(of[name], 0, ("divides_by_B",), ("hint",))
        for name in ("standardize", "batch_norm")
    }
    sheet = sheet_of(items_of(exercise), [Entry("a", submission(exercise, tasks))])

    (divides,) = anywhere(sheet, mistake_numbers(sheet, lambda task: {})[0])

    assert (1, 1, 2) == (divides.students, divides.answered, len(divides.tasks))


def test_times_are_those_that_were_measured(exercise):
    fast, slow = (entry(exercise, name, {}, seconds=s) for name, s in (("a", 1.0), ("b", 5.0)))
    unmeasured = entry(exercise, "c", {})

    times = times_of([fast, slow, unmeasured])

    assert (2, 6.0, 3.0, "b") == (
        times.measured,
        times.total,
        times.median,
        times.slowest[0][0].student,
    )
    assert times_of([unmeasured]) is None


def test_a_class_of_nobody_has_no_numbers(exercise):
    sheet = sheet_of(items_of(exercise), [])

    assert math.isnan(scores_of(sheet).median)
    assert all(one.graded == 0 for one in item_numbers(sheet))
