"""Progress and agreement: the right numbers, worked out by hand."""

from __future__ import annotations

import pytest

from autograder.marking.rules import Choice, sample_of, signed
from autograder.marking.statistics import agreement_of, kappa
from autograder.marking.storage import Twice


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 5, 10, 15), 0.4),  # Wikipedia's example: p_o = 0.7, p_e = 0.5
        ((10, 0, 0, 10), 1.0),
        ((5, 5, 5, 5), 0.0),
        ((0, 5, 5, 0), -1.0),
    ],
)
def test_kappa_is_cohens(counts: tuple[int, int, int, int], expected: float) -> None:
    pairs = [(True, True), (True, False), (False, True), (False, False)]
    every = [pair for pair, count in zip(pairs, counts, strict=True) for _ in range(count)]

    assert expected == pytest.approx(kappa(every))


def test_kappa_says_nothing_where_both_always_say_the_same_one_thing() -> None:
    assert kappa([]) is None
    assert kappa([(True, True)] * 5) is None


def test_agreement_counts_scores_and_items() -> None:
    def twice(key: str, first: tuple[str, ...], second: tuple[str, ...]) -> Twice:
        scores = float(len(first)), float(len(second))
        return Twice(key, Choice(first), scores[0], "g", Choice(second), scores[1], "h")

    found = agreement_of(
        [twice("k", ("a",), ("a",)), twice("l", ("a", "b"), ()), twice("m", (), ("b",))], ["a", "b"]
    )

    assert (3, 1, 1.0) == (found.answers, found.same_score, found.difference)
    assert ("l", "m") == found.apart
    assert found.by_item["a"] == pytest.approx(0.4)  # agreed 2/3, by chance 4/9
    assert found.by_item["b"] == pytest.approx(-0.5)  # agreed 1/3, by chance 5/9


def test_the_sample_is_a_tenth_always_the_same_and_not_too_small() -> None:
    keys = [f"{number:020x}" for number in range(300)]

    assert 30 == len(sample_of(keys))
    assert sample_of(keys) == sample_of(reversed(keys))
    assert 10 == len(sample_of(keys[:40]))
    assert 4 == len(sample_of(keys[:4]))


def test_points_are_shown_with_their_sign() -> None:
    assert ("+0.5", "−1") == (signed(0.5), signed(-1.0))
