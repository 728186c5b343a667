"""What attempts tell about the hidden cases."""

from __future__ import annotations

from autograder.attempts.oracle import fixed_seeds, measure_oracle, oracle_table
from autograder.exercise.source_notebooks import Exercise


def test_a_table_of_known_calls_gives_nothing_on_new_cases(exercise: Exercise):
    found = measure_oracle(exercise, 2, fixed_seeds)

    assert found.new[0] == found.same[0] < 10
    assert found.new[2] - found.new[0] < 1


def test_the_same_cases_can_be_learnt_by_heart(exercise: Exercise):
    """The measurement would see it: all calls of the final set give all points."""
    found = measure_oracle(exercise, 1, lambda attempt: fixed_seeds(0))

    assert found.new[1] > 99
    assert "| 1 | " in oracle_table(found)
