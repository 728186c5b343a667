"""One slip costs in full once, and at most a share of a task after that."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from autograder.judge.repeats import one_slip_costs_once
from autograder.judge.report import report_html, report_text
from autograder.result import CriterionResult, TaskResult

SLIPS = {"divides_by_B", "variance"}


def verdict(task, points, most, *mistakes):
    criterion = CriterionResult("is right", most, points, points == most)
    return TaskResult(task, points, most, (criterion,), mistakes=mistakes)


def counted(*results, share=0.25):
    after = one_slip_costs_once({result.task: result for result in results}, SLIPS, share)
    return {task: result.points for task, result in after.items()}


def test_the_same_slip_costs_in_full_once_and_then_a_share():
    results = [verdict("a", 0, 2, "divides_by_B"), verdict("b", 0, 4, "divides_by_B")]

    assert counted(*results) == {"a": 0, "b": 3}


def test_the_feedback_says_so():
    results = {
        "a": verdict("a", 0, 2, "divides_by_B"),
        "b": verdict("b", 1, 4, "divides_by_B"),
    }

    second = one_slip_costs_once(results, SLIPS, 0.25)["b"]

    said = "This is the slip of a once more. One slip costs in full once: so 3 points count here"
    assert said in report_text(second)
    assert said in report_html(second)
    assert second == dataclasses.replace(results["b"], points=3, repeats=("a",))


def test_another_slip_costs_in_full():
    results = [verdict("a", 0, 2, "divides_by_B"), verdict("b", 0, 4, "variance")]

    assert counted(*results) == {"a": 0, "b": 0}


def test_the_slip_together_with_another_mistake_costs_in_full():
    results = [verdict("a", 0, 2, "divides_by_B"), verdict("b", 0, 4, "divides_by_B + variance")]

    assert counted(*results) == {"a": 0, "b": 0}


def test_both_slips_of_a_combination_may_have_cost_before():
    results = [
        verdict("a", 0, 2, "divides_by_B"),
        verdict("b", 0, 4, "variance"),
        verdict("c", 0, 4, "divides_by_B + variance"),
    ]

    assert counted(*results) == {"a": 0, "b": 0, "c": 3}


def test_what_is_no_slip_costs_each_time():
    """An answer that only knows the example is none, in whichever task."""
    results = [verdict("a", 0, 2, "hard_coded_example"), verdict("b", 0, 2, "hard_coded_example")]

    assert counted(*results) == {"a": 0, "b": 0}


_VERDICTS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 1.0, 1.5, 2.0]),
        st.lists(st.sampled_from([*SLIPS, "divides_by_B + variance", "other"]), max_size=2),
    ),
    max_size=6,
)


@given(_VERDICTS, st.floats(0, 1))
def test_no_one_loses_by_it_and_no_one_gets_more_than_there_is(verdicts, share):
    results = [verdict(str(k), points, 2.0, *names) for k, (points, names) in enumerate(verdicts)]

    after = counted(*results, share=share)

    assert all(result.points <= after[result.task] <= 2 for result in results)
    assert share < 1 or after == {result.task: result.points for result in results}
