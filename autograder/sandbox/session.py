"""One notebook's session seen from outside: sends cells and questions, believes no answer."""

from __future__ import annotations

import contextlib
import socket
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from autograder.exercise.calls import Call, Replies
from autograder.sandbox.exchange import Died, Exchange, Pipe
from autograder.sandbox.inside.wire import Frame, ProtocolError, Sizes, as_json, whole_text
from autograder.sandbox.limits import MB, Limits
from autograder.sandbox.outputs import checked_outputs
from autograder.sandbox.process import NotebookProcess, Watch
from autograder.sandbox.protocol import CellRun
from autograder.sandbox.rounds import WrittenCalls, read_replies, written

_OVERHEAD = 4 * MB  # what a frame says besides its payload
_MAX_HINTS = 40
_FULL = "This cell's output was left out: the notebook's cells show too much together.\n"
_PATIENCE = 0.1  # of the time for a round of questions, with a function that ran out of it before


class NotebookSession:
    """Implements `autograder.sandbox.protocol.Session` on a notebook's process."""

    def __init__(
        self,
        sock: socket.socket,
        process: NotebookProcess,
        limits: Limits,
        on_close: Callable[[], None],
    ):
        self.pipe = Pipe(sock)
        self.limits = limits
        self._process = process
        self._on_close = on_close
        self._left = limits.notebook_seconds
        self._output_left = limits.all_output_bytes
        self._slow: set[str] = set()
        self._walls: dict[str, None] = {}
        self._hints = 0
        self._line: deque[Exchange] = deque()
        self._gone = ""
        self._closed = False
        self._watch = Watch(process, limits)
        self._watch.start()
        self.alive = True

    # --- the interface ------------------------------------------------------------------------

    def run_cell(self, source: str) -> CellRun:
        start = time.monotonic()
        exchange = self._in_line(self._cell(source))
        try:
            header = exchange.only_answer().header
            outputs = checked_outputs(header.get("outputs"))
        except Died as died:
            return CellRun(ended="died", seconds=time.monotonic() - start, reason=str(died))
        except ProtocolError as error:
            reason = str(self._forged(error))
            return CellRun(ended="died", seconds=time.monotonic() - start, reason=reason)
        self._output_left -= exchange.received
        if self._output_left < 0:
            outputs = ({"output_type": "stream", "name": "stderr", "text": _FULL},)
        seconds = time.monotonic() - start
        if exchange.interrupted:
            reason = f"The cell ran longer than {exchange.seconds:g} s and was stopped."
            return CellRun(outputs, "timeout", seconds, reason)
        return CellRun(outputs, "ok" if header.get("ok") is True else "error", seconds)

    def ask(
        self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}, singly: bool = False
    ) -> Replies:
        asked = written(tuple(calls))
        exchange = self._in_line(self._round(asked, stand_ins, singly))
        if not self._slow.isdisjoint(call.function for call in asked.calls):
            exchange.seconds *= _PATIENCE
        frames: list[Frame] = []
        missing, slow = "was not answered", False
        try:
            for frame in exchange.answers():
                if len(frames) > len(asked.calls):
                    raise ProtocolError("an answer to no question")
                frames.append(frame)
            unanswered = asked.calls[len(frames) - 1 :]
            if exchange.interrupted and unanswered:
                missing, slow = f"did not answer within {exchange.seconds:g} s", True
                self._slow.add(unanswered[0].function)
        except Died as died:
            missing = _refusal(str(died))
        except ProtocolError as error:
            missing = _refusal(str(self._forged(error)))
        replies, trouble = read_replies(asked, frames, exchange.nonce, missing, slow)
        if trouble is not None:
            missing = _refusal(str(self._forged(trouble)))
            replies, _ = read_replies(asked, frames, exchange.nonce, missing, slow)
        return replies

    def prefetch(self, cells: Sequence[str], rounds: Sequence[Sequence[Call]]) -> None:
        if not self.alive or self._line or not self.pipe.nothing_waits():
            return
        self._line += map(self._cell, cells)
        self._line += (self._round(written(tuple(calls)), {}, False) for calls in rounds)
        for exchange in self._line:
            exchange.send()

    def walls_hit(self) -> tuple[str, ...]:
        return tuple(self._walls)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self.alive = False
        self._gone = self._gone or "The session is closed."
        self._watch.stop()
        self._process.end()
        self.pipe.socket.close()
        self._process.close()
        self._on_close()

    # --- requests -----------------------------------------------------------------------------

    def _cell(self, source: str) -> Exchange:
        sizes = Sizes(header=self.limits.output_bytes + _OVERHEAD, blob=0)
        request = as_json({"kind": "cell", "source": whole_text(source)})
        return Exchange(self, request, b"", self.limits.cell_seconds, sizes)

    def _round(self, calls: WrittenCalls, stand_ins: Mapping[str, str], singly: bool) -> Exchange:
        sizes = Sizes(header=2 * _OVERHEAD, blob=self.limits.reply_bytes)
        request = calls.request(stand_ins, singly)
        return Exchange(self, request, calls.blob, self.limits.ask_seconds, sizes)

    def _in_line(self, wanted: Exchange) -> Exchange:
        """The exchange, or the one like it that was sent ahead. Those before it are not wanted."""
        while self._line:
            first = self._line.popleft()
            if first.is_like(wanted):
                return first
            with contextlib.suppress(Died, ProtocolError):
                for _ in first.answers():
                    pass
        return wanted

    # --- what an exchange needs ---------------------------------------------------------------

    def note(self, sentence: str) -> None:
        self._walls.setdefault(whole_text(sentence, 300), None)

    def note_hint(self, text: object) -> None:
        self._hints += 1
        if self._hints > _MAX_HINTS or type(text) is not str:
            raise ProtocolError("more notices than there can be")
        self.note("".join(c if c.isprintable() else "?" for c in text))

    def budget(self, seconds: float) -> float:
        """How long the next request may take."""
        if self._gone:
            raise Died(self._gone)
        if self._left <= 0:
            whole = self.limits.notebook_seconds
            raise self.end(f"The notebook as a whole ran longer than {whole:g} s.", wall=True)
        return min(seconds, self._left)

    def spend(self, seconds: float) -> None:
        self._left -= seconds

    def interrupt(self) -> None:
        self._process.interrupt()

    def end(self, reason: str, wall: bool = False) -> Died:
        """End the process and return the exception that says so."""
        self.alive = False
        self._process.end()
        self._watch.stop()
        if self._watch.reason:
            reason, wall = f"The notebook {self._watch.reason}.", True
        if wall:
            self.note(reason)
        self._gone = self._gone or reason
        return Died(reason)

    def _forged(self, error: ProtocolError) -> Died:
        return self.end(f"The process sent {error} where an answer was expected.", wall=True)


def _refusal(reason: str) -> str:
    return f"did not answer: {reason[:1].lower()}{reason[1:].rstrip('.')}"
