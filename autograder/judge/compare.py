"""When two values agree: structure, shape and numbers within a tolerance that suits the case.

How precise an answer can be depends on the case: the mean of numbers near a million cannot be had
to twelve digits. So the tolerance of a call is measured, not guessed: the reference is asked again
with its arguments perturbed by a few units of rounding, and what that changes is allowed for. An
answer in single precision is as right as one in double precision, and is measured in its own units.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from autograder.exercise.calls import Call, Function


@dataclass(frozen=True)
class Precision:
    """How closely values have to agree.

    Attributes:
        name: for reports.
        relative: tolerance relative to each expected value.
        overall: tolerance relative to the largest expected value.
        rounding: relative size of one rounding step; arguments are perturbed by a few of these.
    """

    name: str
    relative: float
    overall: float
    rounding: float


DOUBLE = Precision("double", relative=1e-7, overall=1e-9, rounding=2.0**-52)
TO_THE_LAST_DIGITS = Precision("last digits", relative=1e-11, overall=1e-12, rounding=2.0**-52)
SINGLE = Precision("single", relative=1e-4, overall=1e-5, rounding=2.0**-23)


def within_relative(allowed: float) -> Precision:
    """The precision of a criterion that allows more than rounding in double precision."""
    return Precision(f"within {allowed:g}", allowed, allowed / 2, DOUBLE.rounding)


Perturbation = Callable[[Precision], object]
"""The reference's value for slightly perturbed arguments."""


def numbers(value: object) -> np.ndarray | None:
    """The value as a numeric array (0-dimensional for a number), or None if it is not numeric.

    Lists and tuples count if they are nested regularly. Strings, None and ragged lists do not.
    """
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
    elif isinstance(value, bool | int | float | complex):
        array = _number(value)
    elif isinstance(value, list | tuple):
        parts: list[np.ndarray] = []
        for item in value:
            part = numbers(item)
            if part is None or (parts and part.shape != parts[0].shape):
                return None
            parts.append(part)
        try:
            array = np.array(parts) if parts else np.zeros(0)
        except (ValueError, MemoryError):  # arrays without entries, of shapes that do not add up
            return None
    else:
        return None
    if array.dtype.kind == "c" and _is_real(array):
        array = array.real
    return array if array.dtype.kind in "biufc" else None


def _is_real(array: np.ndarray) -> bool:
    """Whether the imaginary parts are nothing but rounding; not a number is more than that."""
    return not np.any(np.isnan(array.imag)) and not np.any(
        np.abs(array.imag) > 1e-9 * (1 + np.abs(array.real))
    )


def _number(value: complex) -> np.ndarray:
    if type(value) is not int:
        return np.asarray(value)
    try:
        return np.asarray(value, dtype=np.int64)
    except OverflowError:
        return np.asarray(float(value) if abs(value) < 10**300 else math.inf)


def tolerance(
    expected: np.ndarray, precision: Precision, perturbation: Perturbation | None
) -> np.ndarray | float:
    """How far each number may be off; infinite where the case says nothing at this precision."""
    if expected.dtype.kind in "biu":
        return 1e-9
    each: np.ndarray = np.abs(expected)
    size = each.max(initial=0.0)
    if not math.isfinite(size):
        # Where infinity is expected nothing else will do.
        each = np.where(np.isfinite(each), each, 0.0)
        size = each.max(initial=0.0)
    allowed: np.ndarray = precision.relative * each + precision.overall * size + 1e-300
    perturbed = numbers(perturbation(precision)) if perturbation else None
    if perturbed is not None and perturbed.shape == expected.shape and expected.size:
        with np.errstate(all="ignore"):
            change = np.where(perturbed == expected, 0.0, np.abs(perturbed - expected))
        # Not a number on one side only: at this precision the case is meaningless.
        lost = np.isnan(change) & ~np.isnan(expected)
        most = change[~np.isnan(change)].max(initial=0.0)
        allowed = np.where(lost.any(), np.inf, allowed + 4 * most)
    return allowed


def miss(value: np.ndarray, expected: np.ndarray, allowed: np.ndarray | float) -> np.ndarray:
    """By how many tolerances each number is off. NaN agrees with NaN, infinity with itself."""
    with np.errstate(all="ignore"):
        off = _off(value, expected, allowed)
    if np.isfinite(off).all():
        return off
    same = (value == expected) | (np.isnan(value) & np.isnan(expected)) | np.isinf(allowed)
    return np.where(same, 0.0, np.where(np.isnan(off), np.inf, off))


def within(value: np.ndarray, expected: np.ndarray, allowed: np.ndarray | float) -> bool:
    """Whether no number is off by more than is allowed."""
    with np.errstate(all="ignore"):
        off = _off(value, expected, allowed)
    if (off <= 1).all():
        return True
    return not np.isfinite(off).all() and bool((miss(value, expected, allowed) <= 1).all())


def _off(value: np.ndarray, expected: np.ndarray, allowed: np.ndarray | float) -> np.ndarray:
    kind = complex if "c" in (value.dtype.kind, expected.dtype.kind) else float
    off: np.ndarray = np.abs(value.astype(kind) - expected.astype(kind)) / allowed
    return off


def agrees(
    value: object,
    expected: object,
    precision: Precision,
    perturbation: Perturbation | None = None,
) -> bool:
    """Whether a value agrees with an expected one in structure, shape and numbers."""
    if isinstance(expected, tuple):
        parts = items(value, len(expected))
        return parts is not None and all(
            agrees(part, wanted, precision, part_of(perturbation, index))
            for index, (part, wanted) in enumerate(zip(parts, expected, strict=True))
        )
    got, wanted = numbers(value), numbers(expected)
    if wanted is None or got is None:
        return got is wanted and _same_things(value, expected, precision)
    if got.shape != wanted.shape or (got.dtype.kind == "b") != (wanted.dtype.kind == "b"):
        return False
    if (got == wanted).all():
        return True
    glance = _at_a_glance(got, wanted, precision)
    if glance or (glance is False and perturbation is None):
        return glance
    if within(got, wanted, tolerance(wanted, precision, None)):
        return True
    return perturbation is not None and within(
        got, wanted, tolerance(wanted, precision, perturbation)
    )


def _same_things(value: object, expected: object, precision: Precision) -> bool:
    """Whether two values agree that are no arrays: texts, dicts, lists of different things."""
    if type(value) is not type(expected):
        return False
    if isinstance(value, dict) and isinstance(expected, dict):
        value = [*value, *value.values()]
        expected = [*expected, *expected.values()]
    if isinstance(value, list) and isinstance(expected, list):
        return len(value) == len(expected) and all(
            agrees(one, other, precision) for one, other in zip(value, expected, strict=True)
        )
    if isinstance(value, np.ndarray) or isinstance(expected, np.ndarray):
        return False
    return bool(value == expected)


def _at_a_glance(got: np.ndarray, wanted: np.ndarray, precision: Precision) -> bool | None:
    """Whether the number that is off most is off by hardly anything, or by more than any may be.

    None is neither. A perturbation may still allow what is too much here.
    """
    if not got.dtype == wanted.dtype == float:
        return None
    with np.errstate(all="ignore"):
        off = np.abs(got - wanted).max(initial=0.0)
        size = np.abs(wanted).max(initial=0.0)
        # Neither holds for what is not a number, nor where infinity is expected.
        if off <= precision.overall * size < math.inf:
            return True
        too_far = off > 2 * (precision.relative + precision.overall) * size + 1e-290
        return False if too_far else None


def items(value: object, count: int) -> list[Any] | None:
    """The items of something that holds `count` things (tuple, list or array), else None."""
    if isinstance(value, list | tuple) and len(value) == count:
        return list(value)
    if isinstance(value, np.ndarray) and value.ndim and len(value) == count:
        return list(value)
    return None


@overload
def part_of(perturbation: Perturbation, index: int) -> Perturbation: ...


@overload
def part_of(perturbation: None, index: int) -> None: ...


def part_of(perturbation: Perturbation | None, index: int) -> Perturbation | None:
    """What perturbed arguments give for one item of a tuple."""
    if perturbation is None:
        return None

    def part(precision: Precision) -> object:
        parts = perturbation(precision)
        return parts[index] if isinstance(parts, tuple | list) and len(parts) > index else None

    return part


def perturbation_of(ask: Callable[[Call], object], call: Call) -> Perturbation:
    """Ask again with every floating-point argument moved by a few rounding steps.

    Args:
        ask: gives the value for a call, None if there is none.
        call: the call whose arguments are moved.
    """
    known: dict[float, object] = {}

    def perturbation(precision: Precision) -> object:
        step = precision.rounding
        if step not in known:
            rng = np.random.default_rng(9)
            args = tuple(_moved(arg, 4 * step, rng) for arg in call.args)
            known[step] = ask(Call(call.function, args))
        return known[step]

    return perturbation


def _moved(arg: Any, step: float, rng: np.random.Generator) -> Any:
    if isinstance(arg, Function | bool | int | str) or arg is None:
        return arg
    if isinstance(arg, list | tuple):
        return type(arg)(_moved(item, step, rng) for item in arg)
    array = np.asarray(arg)
    if array.dtype.kind not in "iuf":
        return arg
    with np.errstate(all="ignore"):
        moved = array * (1 + step * rng.choice([-1.0, 1.0], size=array.shape))
    return moved if isinstance(arg, np.ndarray) else float(moved)


def single_precision(value: object) -> bool:
    """Whether a value, or anything in it, is stored in single precision."""
    if isinstance(value, list | tuple):
        return any(single_precision(item) for item in value)
    dtype = getattr(value, "dtype", None)
    return dtype is not None and dtype.kind in "fc" and np.finfo(dtype).eps > 1e-8
