"""The plain lines that say how far a run is, where there is no terminal."""

from __future__ import annotations

import io

from rich.console import Console

from autograder.batch import progress as showing


def test_remaining_time_is_told_from_what_was_graded_last(monkeypatch):
    """A hundred stored results in no time, then one a second."""
    now = [0.0]
    monkeypatch.setattr(showing.time, "monotonic", lambda: now[0])
    said = io.StringIO()
    with showing.progress(Console(file=said, width=140), 200, "submissions") as shown:
        for number in range(200):
            now[0] += 0.001 if number < 100 else 1.0
            shown.advance(worth_a_look=number % 50 == 0)

    lines = said.getvalue().splitlines()
    assert "graded 150 of 200, 1.0 a second, about 0:00:50 left, 3 worth a look" in lines
    assert lines[-1] == "graded 200 of 200, 1.0 a second, 4 worth a look"
