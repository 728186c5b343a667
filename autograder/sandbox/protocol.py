"""The interface between grading and the place where a student's code runs.

A session is one student's notebook being run: cells go in and their outputs come out, questions go
in and replies come out. `autograder.sandbox` implements it with a wall around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.exercise.calls import Call, Replies


@dataclass(frozen=True)
class CellRun:
    """What running one cell gave.

    Attributes:
        outputs: nbformat 4 outputs, as plain dicts (stream, display_data, execute_result, error).
        ended: how it ended: "ok", "error" (an exception), "timeout" (interrupted, the session goes
            on), or "died" (the process is gone: `os._exit`, a signal, memory; the session is over).
        seconds: wall time.
        reason: one sentence for the receipt if it ended with "timeout" or "died", else "".
    """

    outputs: tuple[dict[str, Any], ...] = ()
    ended: str = "ok"
    seconds: float = 0.0
    reason: str = ""


class Session(Protocol):
    """One notebook's process, seen from outside. Also a `Functions`."""

    alive: bool

    def run_cell(self, source: str) -> CellRun: ...

    def prefetch(self, cells: Sequence[str], rounds: Sequence[Sequence[Call]]) -> None:
        """Be told what will come next: these cells are run, and then these rounds asked.

        They may be begun at once, so that no one waits for the other. What is run or asked next
        must be that, in that order, or else rounds that were begun in vain are lost.
        """
        ...

    def ask(
        self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}, singly: bool = False
    ) -> Replies:
        """As `Functions.ask`.

        Replies may come together, and those before one that ends the process are then lost with
        it. With `singly` each comes by itself: slower, but it shows which call it was.
        """
        ...

    def walls_hit(self) -> tuple[str, ...]:
        """Sentences on what the code was stopped from doing, in order, without doubles."""
        ...

    def close(self) -> None: ...


class SessionFactory(Protocol):
    """Where sessions come from. `description` is one line for receipts and tables."""

    description: str

    def open(self, with_scipy: bool = False) -> Session:
        """A fresh session. One that will import SciPy starts sooner if that is said beforehand."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> SessionFactory: ...

    def __exit__(self, *exception: Any) -> None: ...
