"""How much one notebook may take."""

from __future__ import annotations

from dataclasses import asdict, dataclass

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one notebook may take, and how much may come back from it.

    Attributes:
        cell_seconds: wall time of one cell, after which it is interrupted.
        ask_seconds: wall time of one round of questions, after which the rest stays unanswered.
        notebook_seconds: wall time of all cells and questions of one notebook together.
        grace_seconds: how long code may go on after an interrupt before its process is ended.
        cpu_seconds: processor time of each process.
        memory_bytes: memory of one notebook's processes together, on top of Python and NumPy.
        scratch_bytes: what its files may take, all of which are in memory.
        processes: how many processes and threads it may have at once.
        open_files: how many files each process may have open.
        output_bytes: what one cell may print and display; the rest is left out.
        all_output_bytes: what all cells of a notebook may print and display together.
        reply_bytes: what the answers of one round of questions may take together.
    """

    cell_seconds: float = 30.0
    ask_seconds: float = 30.0
    notebook_seconds: float = 180.0
    grace_seconds: float = 2.0
    cpu_seconds: int = 240
    memory_bytes: int = 1024 * MB
    scratch_bytes: int = 64 * MB
    processes: int = 64
    open_files: int = 64
    output_bytes: int = 4 * MB
    all_output_bytes: int = 32 * MB
    reply_bytes: int = 32 * MB

    def as_dict(self) -> dict:
        return asdict(self)
