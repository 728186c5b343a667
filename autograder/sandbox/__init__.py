"""The place where students' code runs: behind a wall, within limits, one notebook at a time."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.sandbox.limits import Limits
from autograder.sandbox.protocol import SessionFactory

__all__ = ["WALLS", "Limits", "open_sandbox"]

WALLS = ("auto", "bubblewrap", "landlock")
"""What a sandbox can be built with."""


def open_sandbox(
    limits: Limits | None = None,
    sandboxed: bool = True,
    cells: Sequence[str] = (),
    wall: str = "auto",
) -> SessionFactory:
    """Return where sessions come from, behind the strongest wall that this machine allows.

    Each process needs its own. Close it when done; it also ends with the thread that opened it, as
    the kernel counts parents by thread.

    Args:
        limits: what each notebook may take, if it is not to be the default.
        sandboxed: False runs students' code with the grader's own rights, and says so.
        cells: code cells that every notebook has, as students got them. They are prepared once; to
            leave them out costs time and nothing else.
        wall: "bubblewrap", "landlock", or "auto" for the first of these that can be built.

    Raises:
        NoSandbox: if no wall can be built here, with one line that names the cause and the remedy.
    """
    from autograder.sandbox.factory import Factory, Wall, strongest

    limits = limits or Limits()
    if sandboxed:
        return strongest(limits, tuple(cells), wall)
    return Factory(Wall("", None, "none"), limits, cells=tuple(cells))
