"""What is wrong with a value, in words: shape, type, sign, factor, order, not a number.

The sentences say what to look at. They never give the right values, nor what it takes to work them
out from the wrong ones: that all values are too large by one factor, but not by which.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from autograder.exercise.calls import Reply
from autograder.exercise.tasks import Finding
from autograder.judge.checks import not_returned
from autograder.judge.compare import (
    Perturbation,
    Precision,
    agrees,
    items,
    miss,
    numbers,
    part_of,
    tolerance,
    within,
)

MOST_PLACES = 6
"""Decimals that people round to."""

PrecisionOf = Callable[[int | None], Precision]
"""The precision that an item of a tuple is held to; None is what is no tuple."""


def diagnose(
    reply: Reply,
    expected: Reply,
    precision: Precision | PrecisionOf,
    perturbation: Perturbation | None = None,
) -> Finding | None:
    """What is wrong with a reply, or None if it agrees with the expected one."""
    if expected.raised is not None:
        wanted = expected.raised.name
        if reply.raised is not None and reply.raised.is_a(wanted):
            return None
        if reply.raised is not None:
            return Finding(f"it must raise {wanted} here, yours raised {reply.raised.name}")
        if reply.refused is not None:
            return Finding(f"it must raise {wanted} here, but your function {reply.refused}")
        return Finding(f"it must raise {wanted} here, yours returned a value")
    if not reply.returned:
        return not_returned(reply)
    held: PrecisionOf = (lambda _: precision) if isinstance(precision, Precision) else precision
    return _value(reply.value, expected.value, held, perturbation, "it")


def _value(
    value: object,
    expected: object,
    held: PrecisionOf,
    perturbation: Perturbation | None,
    what: str,
    item: int | None = None,
) -> Finding | None:
    if isinstance(expected, tuple):
        parts = items(value, len(expected))
        if parts is None:
            return Finding(f"{what} must be {len(expected)} things, yours is {kind_of(value)}")
        for index, (part, wanted) in enumerate(zip(parts, expected, strict=True)):
            part_perturbation = part_of(perturbation, index)
            name = f"item {index + 1} of what you return"
            finding = _value(part, wanted, held, part_perturbation, name, index)
            if finding:
                return finding
        return None
    precision = held(item)
    if agrees(value, expected, precision, perturbation):
        return None
    got, wanted = numbers(value), numbers(expected)
    if got is None or wanted is None:
        return Finding(f"{what} must be {kind_of(expected)}, yours is {kind_of(value)}")
    if got.dtype.kind == "b":
        return Finding(f"{what} must hold numbers, yours holds True and False")
    if got.shape != wanted.shape:
        return _shape(got, wanted, precision, what)
    return _numbers(got, wanted, tolerance(wanted, precision, perturbation), what)


def _shape(got: np.ndarray, wanted: np.ndarray, precision: Precision, what: str) -> Finding:
    if wanted.ndim == 0:
        return Finding(f"{what} must be one number, yours is an array of shape {got.shape}")
    if got.ndim == 0:
        return Finding(f"{what} must be an array of shape {wanted.shape}, yours is one number")
    sentence = f"{what} must have shape {wanted.shape}, yours has shape {got.shape}"
    if got.ndim == 2 and agrees(got.T, wanted, precision):
        return Finding(sentence + ": the values are right, but rows and columns are swapped")
    if got.size == wanted.size and agrees(got.reshape(wanted.shape), wanted, precision):
        return Finding(sentence + ": the values are right, but laid out otherwise")
    return Finding(sentence)


def _numbers(
    got: np.ndarray, wanted: np.ndarray, allowed: np.ndarray | float, what: str
) -> Finding:
    off = miss(got, wanted, allowed)
    prefix = "" if what == "it" else f"{what}: "
    if got.ndim == 0:
        number = "the number" if what == "it" else what
        plain = f"{number} is wrong: {_rough(got)} is too {_direction(got, wanted)}"
        got, wanted = got.reshape(1), wanted.reshape(1)
    else:
        plain = prefix + _which(off > 1, wanted)

    def pattern() -> str:
        found = _pattern(got, wanted, np.broadcast_to(allowed, wanted.shape))
        return found and prefix + found

    return Finding(plain, float(off.max()), pattern)


def _which(wrong: np.ndarray, wanted: np.ndarray) -> str:
    """Which of the values are wrong."""
    first = tuple(int(index) for index in np.argwhere(wrong)[0])
    if wanted.ndim == 2 and wrong.any(axis=0).sum() == 1 and wanted.shape[1] > 1:
        return f"column {first[1]} is wrong, all others are right"
    if wanted.ndim == 2 and wrong.any(axis=1).sum() == 1 and wanted.shape[0] > 1:
        return f"row {first[0]} is wrong, all others are right"
    where = ", ".join(map(str, first))
    return f"{int(wrong.sum())} of {wrong.size} values are wrong, the first at index [{where}]"


def _rough(number: np.ndarray) -> str:
    return f"{complex(number):.6g}" if number.dtype.kind == "c" else f"{float(number):.6g}"


def _direction(got: np.ndarray, wanted: np.ndarray) -> str:
    return "large" if np.real(got) > np.real(wanted) else "small"


def _pattern(got: np.ndarray, wanted: np.ndarray, allowed: np.ndarray) -> str:
    """How all of the values differ at once, if they do in a way that has a name."""

    def right(candidate: np.ndarray) -> bool:
        return within(candidate, wanted, allowed)

    if np.isnan(got).any() and not np.isnan(wanted).any():
        return f"{int(np.isnan(got).sum())} of {got.size} values are NaN (not a number)"
    if np.isinf(got).any() and not np.isinf(wanted).any():
        return f"{int(np.isinf(got).sum())} of {got.size} values are infinite"
    if not np.any(got) and np.any(wanted):
        return f"{_all(got)} zero"
    if got.size > 1 and right(-got):
        return "all signs are the wrong way round"
    if got.size > 1 and _rearranged(got, wanted, allowed):
        for axis in range(got.ndim):
            if right(np.flip(got, axis)):
                return "the values are right, but in reversed order" + _along(got, axis)
        if got.ndim == 2 and got.shape[0] == got.shape[1] and right(got.T):
            return "the values are right, but rows and columns are swapped"
        shifted = _shifted(got, right)
        if shifted:
            return shifted
        if got.ndim == 2 and right(_sorted_rows_like(got, wanted)):
            return "the rows are right, but in another order"
        if got.ndim == 2 and right(_sorted_rows_like(got.T, wanted.T).T):
            return "the columns are right, but in another order"
        if got.ndim == 1 and right(np.sort(got)[np.argsort(np.argsort(wanted))]):
            return "the values are right, but in another order"
    with np.errstate(all="ignore"):
        if right(np.where(wanted == 0, got, np.abs(got) * np.sign(wanted))):
            return "the sizes are right, but some signs are wrong"
        solid = np.abs(wanted) > allowed * 1e3
        if solid.any():
            factor = np.median(np.real(got[solid] / wanted[solid]))
            if factor and np.isfinite(factor) and right(got / factor):
                word = "large" if abs(factor) > 1 else "small"
                sign = ", and have the wrong sign" if factor < 0 else ""
                by = _part_of(abs(abs(factor) - 1)) or "by one and the same factor"
                return f"{_all(got)} too {word} {by if got.size > 1 else ''}".rstrip() + sign
        if got.size > 2:
            shift = np.median(np.real(got - wanted))
            if np.isfinite(shift) and right(got - shift):
                return f"{_all(got)} too {'large' if shift > 0 else 'small'} by the same amount"
        for places in range(MOST_PLACES + 1):
            if np.array_equal(np.round(got, places), got) and right(
                got + (wanted - np.round(wanted, places))
            ):
                whole = "whole numbers" if places == 0 else f"{places} decimals"
                return f"the values are rounded to {whole}: leave them as they are"
        if right(got + (wanted - np.trunc(wanted))) or right(got + (wanted - np.floor(wanted))):
            return "the digits after the decimal point are cut off"
    return ""


def _part_of(change: float) -> str:
    """How small a factor's distance from 1 is, if it is a small slip."""
    return f"by about one part in {10 ** round(-math.log10(change)):,}" if change < 1e-3 else ""


def _rearranged(got: np.ndarray, wanted: np.ndarray, allowed: np.ndarray) -> bool:
    """Whether these might be the right values in another order."""
    return got.dtype.kind == "c" or within(
        np.sort(got, axis=None), np.sort(wanted, axis=None), allowed.max()
    )


def _all(got: np.ndarray) -> str:
    return "all values are" if got.size > 1 else "the value is"


def _along(got: np.ndarray, axis: int) -> str:
    return "" if got.ndim == 1 else f" along axis {axis}"


def _shifted(got: np.ndarray, right: Callable[[np.ndarray], bool]) -> str:
    for axis in range(got.ndim):
        for step in range(1, min(got.shape[axis], 8)):
            for sign in (1, -1):
                if right(np.roll(got, sign * step, axis)):
                    places = "1 place" if step == 1 else f"{step} places"
                    return f"the values are right, but shifted by {places}" + _along(got, axis)
    return ""


def _sorted_rows_like(got: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The rows of `got`, in the order in which the rows of `wanted` would be sorted."""
    if got.shape != wanted.shape:
        return got
    order = np.lexsort(np.round(np.real(wanted), 6).T[::-1])
    result = np.empty_like(got)
    result[order] = got[np.lexsort(np.round(np.real(got), 6).T[::-1])]
    return result


def kind_of(value: object) -> str:
    """What a value is, as a student would say it."""
    if value is None:
        return "None (is a return missing?)"
    array = numbers(value)
    if isinstance(value, list | tuple) and array is None:
        return f"a {type(value).__name__} of {len(value)} things that do not form an array"
    if isinstance(value, np.ndarray):
        array = value if array is None else array
        if array.dtype.kind not in "biufc":
            return f"an array of {array.dtype} in place of numbers"
    if array is None:
        return f"a {type(value).__name__}"
    if array.ndim == 0:
        return "a number"
    return f"an array of shape {array.shape}"
