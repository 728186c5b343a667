"""A notebook's process: cells run in it one after the other, and a fresh one takes up again."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from autograder.exercise.calls import Call, Replies, Reply
from autograder.grading.cells import Cell, Cells, is_own, opening, text_of
from autograder.result import Remark
from autograder.sandbox.protocol import CellRun, Session, SessionFactory

MOST_RESTARTS = 9
"""How often a notebook's process may end before the rest of the notebook is left unrun."""
MOST_ROUNDS = 5
"""How often cells that failed are run again, while that makes some of them work."""
MOST_DEATHS_ALONE = 3
MOST_NAMED = 3
"""How many of a student's failing cells are named on the receipt."""


class Running:
    """One notebook being run: the session, and what has run in it so far.

    Args:
        cells: the notebook's.
        factory: where sessions come from.
        seconds: how long all cells and questions may take together.
        remarks: here is added what happens.

    Attributes:
        undisturbed: no cell but checks ended with an error, and none was ended or run once more.
    """

    def __init__(
        self, cells: Cells, factory: SessionFactory, seconds: float, remarks: list[Remark]
    ):
        self._cells = cells
        self._factory = factory
        self._most_seconds = seconds
        self._remarks = remarks
        self._with_scipy = cells.mentions_scipy
        self._session = self._open()
        self._ran: list[Cell] = []
        self._failed: list[Cell] = []
        self._errors: dict[str, str] = {}  # the first line of a cell that failed, and the error
        self._restarts = 0
        self._singly = False
        self._seconds = 0.0
        self.undisturbed = True

    # Cells and questions.

    def begin(self, cells: Sequence[Cell], rounds: Sequence[Sequence[Call]]) -> None:
        """Tell the session what comes, so that it need not wait for each of them."""
        if self.is_ready():
            self._session.prefetch([self._cells.run_text(cell) for cell in cells], rounds)

    def run(self, cell: Cell) -> CellRun:
        if not self.is_ready():
            return CellRun(ended="died")
        run = self._session.run_cell(self._cells.run_text(cell))
        self._seconds += run.seconds
        if run.ended in ("timeout", "died"):
            self.undisturbed = False
            reason = run.reason.rstrip(".") or "The process ended"
            self._remark_once(
                f"In the cell that begins with {opening(cell)!r}: {reason[0].lower()}{reason[1:]}"
                "; the other cells ran without it.",
                urgency=2,
            )
        if run.ended != "died":
            self._ran.append(cell)
        is_check = self._cells.task_of(cell) is not None
        if run.ended == "error" and not is_check and cell not in self._failed:
            self._failed.append(cell)
            self.undisturbed = False
            self._note_error(cell, run)
        return run

    def run_failed_again(self) -> bool:
        """Whether cells that had failed work now; run again until no more of them do."""
        came_good, waiting = False, list(self._failed)
        for _ in range(MOST_ROUNDS):
            still = [cell for cell in waiting if self.run(cell).ended != "ok"]
            came_good |= len(still) < len(waiting)
            if len(still) in (0, len(waiting)):
                break
            waiting = still
        return came_good

    def ask(self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}) -> Replies:
        """As `Functions.ask`: the functions of the notebook, as far as it has run."""
        if not self.is_ready():
            sentence = "could not be asked: the notebook's process had ended too often"
            return Replies(len(calls), lambda: [Reply(refused=sentence)] * len(calls))
        start = time.monotonic()
        replies = self._session.ask(calls, stand_ins, self._singly)
        self._seconds += time.monotonic() - start
        if not self._session.alive and not self._singly:
            # Once more, to see which of the calls it was.
            self._singly = True
            return self.ask(calls, stand_ins)
        return replies

    def close(self) -> None:
        self._session.close()

    # The process.

    def is_ready(self) -> bool:
        """Whether there is a session, with all that ran before in it, to go on with."""
        if self._seconds > self._most_seconds:
            self._give_up("took longer than a notebook may; the cells after that were not run")
            return False
        while not self._session.alive:
            if self._restarts == MOST_RESTARTS:
                self._give_up("ended its process too often; the cells after that were not run")
                return False
            self._restarts += 1
            self.undisturbed = False
            self._start_again()
        return True

    def _start_again(self) -> None:
        """A fresh session in which all that ran before has run, up to what ends it."""
        self.remark_walls()
        self._session.close()
        self._session = self._open()
        for cell in list(self._ran):
            run = self._session.run_cell(self._cells.run_text(cell))
            self._seconds += run.seconds
            if run.ended == "died":
                self._ran.remove(cell)
                break

    def open_alone(self, texts: list[str]) -> Session:
        """A fresh session in which these texts have run, without those that end it."""
        for _ in range(MOST_DEATHS_ALONE + 1):
            session = self._open()
            waiting = []
            for text in list(texts):
                run = session.run_cell(text)
                if run.ended == "died":
                    texts.remove(text)
                    break
                if run.ended == "error":
                    waiting.append(text)
            else:
                for text in waiting:
                    session.run_cell(text)
                return session
            session.close()
        return self._open()

    def _open(self) -> Session:
        return self._factory.open(self._with_scipy)

    # What is said about it.

    def remark_failed_cells(self) -> None:
        """Name the student's own cells, and answers, that ended with an error."""
        if not self._errors:
            return
        named = [f"{first!r} ({error})" for first, error in self._errors.items()]
        more = len(named) - MOST_NAMED
        listed = ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        what = "A cell of yours" if len(named) == 1 else f"{len(named)} cells of yours"
        sentence = f"{what} ended with an error; the other cells ran all the same: {listed}."
        self._remarks.append(Remark("noticed", sentence, self._cells.source.name))

    def remark_walls(self) -> None:
        """Say what the code was stopped from doing."""
        said = {remark.sentence for remark in self._remarks}
        timed_out = any("was stopped" in sentence for sentence in said)
        for sentence in self._session.walls_hit():
            if sentence in said or (timed_out and sentence.startswith("ran longer than")):
                continue
            self._remarks.append(Remark("stopped", sentence, self._cells.source.name, urgency=2))

    def _note_error(self, cell: Cell, run: CellRun) -> None:
        known = self._cells.known(cell)
        unchanged = known is not None and text_of(cell) == known.released
        if not is_own(cell) and (not self._cells.is_answer(cell) or unchanged):
            return
        errors = [one for one in run.outputs if one["output_type"] == "error"]
        if errors:
            self._errors[opening(cell)] = str(errors[0].get("ename", "")) or "an error"

    def _give_up(self, sentence: str) -> None:
        self._remark_once(f"The notebook {sentence}.", urgency=3)

    def _remark_once(self, sentence: str, urgency: int) -> None:
        remark = Remark("stopped", sentence, self._cells.source.name, urgency=urgency)
        if remark not in self._remarks:
            self._remarks.append(remark)
