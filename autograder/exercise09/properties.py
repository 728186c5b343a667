"""What is true of right answers where they are not unique."""

import math

import numpy as np

from autograder.exercise.calls import Call, Reply
from autograder.exercise.tasks import Finding
from autograder.judge.checks import not_returned
from autograder.judge.compare import numbers, single_precision
from autograder.judge.diagnose import kind_of


def another_equivalent_weight(call: Call, reply: Reply, expected: Reply) -> Finding | None:
    """A finite number other than w1, with the sign of w1: all that standardizing leaves of it."""
    if not reply.returned:
        return not_returned(reply)
    w1 = call.args[0]
    number = numbers(reply.value)
    if number is None or number.ndim:
        return Finding(f"it must be one number, yours is {kind_of(reply.value)}")
    if number.dtype.kind not in "iuf":
        what = "True or False" if number.dtype.kind == "b" else "a complex number"
        return Finding(f"it must be a real number, yours is {what}")
    weight = float(number)
    if math.isnan(weight):
        return Finding("the weight is NaN (not a number)")
    if weight == 0:
        return Finding("with the weight 0 all pre-activations are equal, and sigma is 0")
    if not 1e-150 < abs(weight) < 1e150:
        return Finding("the weight is too extreme to compute with: its square is infinite or 0")
    rounding = 64 * np.finfo(np.float32 if single_precision(reply.value) else float).eps
    if abs(weight - w1) <= rounding * abs(w1):
        how = "w1 itself" if weight == w1 else "so close to w1 that rounding cannot tell them apart"
        return Finding(f"it must be another weight than w1, yours is {how}")
    if math.copysign(1.0, weight) != math.copysign(1.0, w1):
        return Finding("with your weight, network_standardized gives other values than with w1")
    return None
