"""Names that NumPy 1.26 has and NumPy 2 took away: students may have either.

They mean what they meant. Source: NumPy's own guide to migrating to 2.0.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def give_back_old_names() -> None:
    """Put the names that this NumPy lacks back, for the notebooks of this process."""
    for name, value in _old_names().items():
        if name not in vars(np):
            setattr(np, name, value)


def _old_names() -> dict[str, Any]:
    def asfarray(a: Any, dtype: Any = np.float64) -> Any:
        kind = dtype if np.issubdtype(dtype, np.inexact) else np.float64
        return np.asarray(a, dtype=kind)

    def msort(a: Any) -> Any:
        return np.sort(a, axis=0)

    def in1d(ar1: Any, ar2: Any, assume_unique: bool = False, invert: bool = False) -> Any:
        return np.isin(np.ravel(ar1), ar2, assume_unique=assume_unique, invert=invert)

    return {
        **dict.fromkeys(("Inf", "Infinity", "infty", "PINF"), np.inf),
        "NINF": -np.inf,
        "NaN": np.nan,
        "NZERO": -0.0,
        "PZERO": 0.0,
        "alltrue": np.all,
        "asfarray": asfarray,
        "bool8": np.bool_,
        "cfloat": np.complex128,
        "clongfloat": np.clongdouble,
        "complex_": np.complex128,
        "cumproduct": np.cumprod,
        "float_": np.float64,
        "in1d": in1d,
        "int0": np.intp,
        "longcomplex": np.clongdouble,
        "longfloat": np.longdouble,
        "mat": np.asmatrix,
        "math": math,
        "msort": msort,
        "product": np.prod,
        "round_": np.round,
        "row_stack": np.vstack,
        "singlecomplex": np.complex64,
        "sometrue": np.any,
        "string_": np.bytes_,
        "trapz": getattr(np, "trapezoid", None),
        "uint0": np.uintp,
        "unicode_": np.str_,
    }
