"""Progress in the terminal, and as plain lines where there is none."""

from __future__ import annotations

import collections
import contextlib
import time
from collections.abc import Iterator
from datetime import timedelta

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

SECONDS_BETWEEN_LINES = 5.0
LINES_REMEMBERED = 6
WIDTH_OF_FILES = 140
"""How wide a table is that goes to a file or a pipe."""


def console() -> Console:
    """The terminal, or standard output as a wide page without colours."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=WIDTH_OF_FILES)


class _Bar:
    def __init__(self, bar: Progress, total: int, what: str):
        self._bar = bar
        self._task = bar.add_task(f"grading {what}", total=total, looks=0)
        self._looks = 0

    def advance(self, worth_a_look: bool) -> None:
        self._looks += worth_a_look
        self._bar.update(self._task, advance=1, looks=self._looks)


class _Lines:
    def __init__(self, terminal: Console, total: int):
        self._terminal = terminal
        self._total = total
        self._done = self._looks = 0
        # Of the last half minute only: results that were stored come fast, and first.
        self._before = collections.deque([(time.monotonic(), 0)], maxlen=LINES_REMEMBERED)

    def advance(self, worth_a_look: bool) -> None:
        self._done += 1
        self._looks += worth_a_look
        now = time.monotonic()
        if now - self._before[-1][0] >= SECONDS_BETWEEN_LINES or self._done == self._total:
            then, done = self._before[0]
            rate = (self._done - done) / max(now - then, 1e-9)
            left = (self._total - self._done) / rate
            self._terminal.print(
                f"graded {self._done} of {self._total}, {rate:.1f} a second"
                + (f", about {timedelta(seconds=round(left))} left" if left else "")
                + (f", {self._looks} worth a look" if self._looks else "")
            )
            self._before.append((now, self._done))


@contextlib.contextmanager
def progress(terminal: Console, total: int, what: str) -> Iterator[_Bar | _Lines]:
    """Shows how far a run over so many submissions is, while the context lasts."""
    if not terminal.is_terminal:
        yield _Lines(terminal, total)
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[looks]} worth a look"),
        console=terminal,
        transient=True,
    ) as bar:
        yield _Bar(bar, total, what)
