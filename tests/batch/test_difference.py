"""What changes for a student when a submission is graded again, and why."""

from dataclasses import replace

import pytest

from autograder.batch.difference import change_lines, score_changes
from autograder.result import CriterionResult, NotebookResult, SubmissionResult, TaskResult


def criterion(claim, points, holds, wrong=""):
    return CriterionResult(claim, points, points if holds else 0.0, holds, wrong=wrong)


def task(name, *criteria):
    earned = sum(one.earned for one in criteria)
    return TaskResult(name, earned, sum(one.points for one in criteria), criteria)


def result(*tasks):
    return SubmissionResult((NotebookResult("convolution", {}, tasks),))


HEART, EDGE = criterion("the sum is right", 1.5, True), criterion("raises ValueError", 0.5, True)


def test_nothing_changes_where_the_points_are_the_same():
    before = result(task("convolve", HEART, EDGE))
    after = result(replace(task("convolve", HEART, EDGE), hints=("another hint",)))

    assert [] == score_changes(before, after)
    assert [] == change_lines("ada", [])


def test_a_change_names_task_points_and_criterion():
    fails = criterion("raises ValueError", 0.5, False, "it returned an empty array")
    before = result(task("convolve", HEART, EDGE), task("other", HEART))
    after = result(task("convolve", HEART, fails), task("other", HEART))

    (change,) = score_changes(before, after)

    assert ("convolve", 2.0, 1.5, -0.5) == (
        change.task,
        change.before,
        change.after,
        change.difference,
    )
    (reason,) = change.reasons
    assert ("raises ValueError", 0.5, 0.0, "it returned an empty array") == (
        reason.claim,
        reason.before,
        reason.after,
        reason.why,
    )


def test_a_new_and_a_removed_criterion_are_told():
    new = criterion("h is left as it is", 0.25, True)

    (change,) = score_changes(result(task("t", HEART, EDGE)), result(task("t", HEART, new)))

    assert [("h is left as it is", None, 0.25), ("raises ValueError", 0.5, None)] == [
        (reason.claim, reason.before, reason.after) for reason in change.reasons
    ]


def test_two_criteria_of_the_same_wording_are_told_apart():
    twice = criterion("it works", 1, True), criterion("it works", 1, True)
    once = criterion("it works", 1, True), criterion("it works", 1, False)

    (change,) = score_changes(result(task("t", *twice)), result(task("t", *once)))

    assert [(1.0, 0.0)] == [(reason.before, reason.after) for reason in change.reasons]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([], [task("t", HEART)], "new, 1.5 of 1.5 points"),
        ([task("t", HEART)], [], "1.5 points, no longer part of the exercise"),
    ],
)
def test_a_new_or_removed_task_is_told(before, after, words):
    assert f"  t: {words}" in change_lines("ada", score_changes(result(*before), result(*after)))


def test_the_lines_say_who_what_and_why():
    before = result(task("convolve", HEART, criterion("raises ValueError", 0.5, False)))

    lines = change_lines("ada", score_changes(before, result(task("convolve", HEART, EDGE))))

    assert [
        "ada: +0.5 points in 1 task",
        "  convolve: 1.5 -> 2 of 2 points",
        "    raises ValueError: 0 -> 0.5",
    ] == lines
