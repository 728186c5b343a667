"""Names that only NumPy 1.26 has work in a notebook, whichever NumPy the grader has."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("np.float_(2)", "2.0"),
        ("np.product([2, 3, 4])", "24"),
        ("np.asfarray([1, 2]).dtype", "float64"),
        ("np.asfarray([1, 2], np.float32).dtype", "float32"),
        ("np.trapz([0, 1, 2])", "2.0"),
        ("np.in1d([1, 5], [5]).tolist()", "[False, True]"),
        ("np.mat([[1, 2]]).shape", "(1, 2)"),
        ("np.isnan(np.NaN) and np.Inf == -np.NINF", "True"),
    ],
)
def test_an_old_name_of_numpy_means_what_it_meant(session, expression, value):
    run = session.run_cell(f"import numpy as np\nprint({expression})")

    assert [output["text"].strip().splitlines()[-1] for output in run.outputs] == [value]
