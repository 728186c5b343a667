"""Whether an answer computes in single precision: decided from its values, never guessed.

An answer in single precision is as right as one in double precision, but it is off in the seventh
digit. So are answers that round to a few decimals, or that add a small epsilon or some noise. What
tells them apart is how the values are off. Rounding in single precision has the size of its
rounding step, goes up as often as down, and differs from number to number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.exercise.calls import Reply
from autograder.judge.compare import (
    SINGLE,
    TO_THE_LAST_DIGITS,
    Perturbation,
    items,
    numbers,
    part_of,
    tolerance,
)

STEP = SINGLE.rounding

WELL_CONDITIONED = 1e-3
"""What rounding the arguments may change, relative to the largest value: beyond it, errors say
nothing about how an answer computes."""

LARGEST_ERROR = 8.0
"""In rounding steps. Values that are off by more are off for another reason."""

TYPICAL_ERROR = 0.3
"""In rounding steps: for honest single precision the median is 0.02 to 0.15."""

STEADY = 0.7
"""Of -1 to 1: where all calls together are on one side by more than this, it is no rounding. Nor is
it where the values of each call are: for honest single precision that is 0.25 to 0.41."""

SEVERAL = 4
"""So many values of a call and more tell whether they are all on one side."""

MOST_DECIMALS = 9

FEW = 3
"""Fewer values than this may have few decimals by chance."""

Part = tuple[str, int | None]
"""A function and which item of the tuple that it returns; None for what is no tuple."""


@dataclass(frozen=True)
class _Errors:
    """How the values of one part of one reply are off, where they are.

    Attributes:
        values: those that are off by more than rounding in double precision.
        expected: the reference's.
        steps: by how many rounding steps of single precision they are off.
        most: whether this is the larger part of the values.
    """

    values: np.ndarray
    expected: np.ndarray
    steps: np.ndarray
    most: bool

    @property
    def side(self) -> float:
        """From -1, where all values come too close to 0, to 1, where all are too far from it."""
        size = float(np.sqrt(np.mean(self.steps**2)))
        return float(np.mean(self.steps * np.sign(self.expected))) / size if size else 0.0


def single_parts(
    function: str, replies: Sequence[tuple[Reply, Reply, Perturbation]]
) -> frozenset[Part]:
    """The parts of what a function returns that are computed in single precision.

    Args:
        function: its name.
        replies: for each call the reply, the reference's, and the reference's for perturbed
            arguments.
    """
    found: dict[int | None, list[_Errors]] = {}
    for reply, expected, perturbation in replies:
        if reply.returned and expected.returned:
            for index, errors in _errors(reply.value, expected.value, perturbation):
                found.setdefault(index, []).append(errors)
    return frozenset((function, index) for index, some in found.items() if _is_rounding(some))


def _errors(
    value: object, expected: object, perturbation: Perturbation
) -> Iterator[tuple[int | None, _Errors]]:
    if isinstance(expected, tuple):
        parts = items(value, len(expected)) or []
        for index, (part, wanted) in enumerate(zip(parts, expected, strict=False)):
            errors = _errors_of(part, wanted, part_of(perturbation, index))
            if errors is not None:
                yield index, errors
        return
    errors = _errors_of(value, expected, perturbation)
    if errors is not None:
        yield None, errors


def _errors_of(value: object, expected: object, perturbation: Perturbation) -> _Errors | None:
    got, wanted = numbers(value), numbers(expected)
    if got is None or wanted is None or got.shape != wanted.shape or wanted.dtype.kind != "f":
        return None
    if got.dtype.kind not in "iuf" or np.array_equal(wanted, wanted.astype(np.float32)):
        return None  # what is exact in single precision says nothing
    size = np.abs(wanted).max(initial=0.0)
    perturbed = numbers(perturbation(SINGLE))
    if perturbed is None or perturbed.shape != wanted.shape or not np.isfinite(size):
        return None
    with np.errstate(all="ignore"):
        change = np.abs(perturbed - wanted).max(initial=0.0)
        if not change <= WELL_CONDITIONED * size:
            return None
        off = (got.astype(float) - wanted).ravel()
        # The arguments were moved by four steps.
        steps = off / (STEP * np.abs(wanted) + change / 4 + 1e-300).ravel()
    last_digits = np.ravel(tolerance(wanted, TO_THE_LAST_DIGITS, perturbation))
    with np.errstate(all="ignore"):
        seen = (np.abs(off) > last_digits) & (np.abs(steps) <= LARGEST_ERROR)
    return _Errors(got.ravel()[seen], wanted.ravel()[seen], steps[seen], 2 * seen.sum() > seen.size)


def _is_rounding(errors: Sequence[_Errors]) -> bool:
    """Whether what all calls are off by, each with the same weight, looks like rounding."""
    off = [one for one in errors if one.most]
    # Off on few calls: the answer has another reason (it may cancel digits where they are large).
    if 3 * len(off) <= len(errors):
        return False
    typical = np.median([np.median(np.abs(one.steps)) for one in off])
    if typical > TYPICAL_ERROR or abs(np.mean([one.side for one in off])) > STEADY:
        return False
    # A factor that is another in each call takes sides in turn; all values of a call go with it.
    sides = [abs(one.side) for one in off if one.values.size >= SEVERAL]
    if sides and np.mean(sides) > STEADY:
        return False
    values = np.concatenate([one.values.astype(float) for one in off])
    expected = np.concatenate([one.expected for one in off])
    with np.errstate(all="ignore"):
        single = values.astype(np.float32)
    if np.array_equal(single, values):
        values = single
    return not _has_few_decimals(values) and _rounds_more_than_once(values, expected)


def _has_few_decimals(values: np.ndarray) -> bool:
    """Whether values were rounded to some decimals: all those of which this can be told."""
    steps = np.spacing(np.abs(values))
    for places in range(MOST_DECIMALS + 1):
        decisive = values[steps * 8 < 10.0**-places]
        if len(decisive) >= FEW and np.array_equal(np.round(decisive, places), decisive):
            return True
    return False


def _rounds_more_than_once(values: np.ndarray, expected: np.ndarray) -> bool:
    """Whether values are off by more than one rounding at the end, before which all was double.

    An answer that only gives out single precision has right values to its last digit everywhere.
    """
    with np.errstate(all="ignore"):
        half = 0.51 * np.spacing(np.abs(expected).astype(np.float32)).astype(float)
    return bool(np.mean(np.abs(values.astype(float) - expected) > half) > 0.02)
