"""One notebook's session seen from outside: sends cells and questions, believes no answer."""

from __future__ import annotations

import secrets
import select
import socket
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.questions import Call, Function, Raised, Reply
from autograder.runner.wire import (
    Encoder,
    ProtocolError,
    Sizes,
    decode,
    pack,
    read_frame,
    whole_text,
)
from autograder.sandbox.limits import MB, Limits
from autograder.sandbox.outputs import checked_outputs
from autograder.sandbox.process import NotebookProcess, Watch
from autograder.session import CellRun

_REQUEST_BYTES = 256 * MB
_OVERHEAD = 4 * MB  # what a frame says besides its payload
_MAX_HINTS = 40
_MAX_KNOWN = 200
_FULL = "This cell's output was left out: the notebook's cells show too much together.\n"
_PATIENCE = 0.1  # of the time for a round of questions, with a function that ran out of it before
_AT_ONCE = 1 << 16  # bytes to read ahead: answers are many and small


class Died(Exception):
    """The process is gone. The text is the reason, one sentence."""


class NotebookSession:
    """Implements `autograder.session.Session` on a notebook's process."""

    def __init__(self, sock: socket.socket, process: NotebookProcess, limits: Limits, on_close):
        self.socket = sock
        self.limits = limits
        self._process = process
        self._on_close = on_close
        self._left = limits.notebook_seconds
        self._output_left = limits.all_output_bytes
        self._slow: set[str] = set()
        self._walls: dict[str, None] = {}
        self.received = bytearray()
        sock.setblocking(False)
        self._hints = 0
        self._gone = ""
        self._closed = False
        self._watch = Watch(process, limits)
        self._watch.start()
        self.alive = True

    # --- the interface ------------------------------------------------------------------------

    def run_cell(self, source: str) -> CellRun:
        start = time.monotonic()
        sizes = Sizes(header=self.limits.output_bytes + _OVERHEAD, blob=0)
        exchange = _Exchange(self, {"kind": "cell", "source": whole_text(source)}, b"",
                             self.limits.cell_seconds, sizes)  # fmt: skip
        try:
            header, _ = exchange.only_answer()
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
    ) -> list[Reply]:
        written = _written(tuple(calls))
        calls = written.calls
        request = {
            "kind": "ask",
            "calls": written.header,
            "stand_ins": dict(stand_ins),
            "singly": singly,
        }
        replies: list[Reply] = []
        later: dict[int, object] = {}
        sizes = Sizes(header=2 * _OVERHEAD, blob=self.limits.reply_bytes)
        seconds = self.limits.ask_seconds
        if not self._slow.isdisjoint(call.function for call in calls):
            seconds *= _PATIENCE
        exchange = _Exchange(self, request, written.blob, seconds, sizes)
        unanswered = "was not answered"
        try:
            for header, blob in exchange.answers():
                if header.get("kind") == "done":
                    later = _later(header.get("later"), blob, len(replies))
                    break
                if header.get("kind") != "reply" or header.get("index") != len(replies):
                    raise ProtocolError("an answer to no question")
                if len(replies) == len(calls):
                    raise ProtocolError("an answer to no question")
                number = len(replies)
                replies.append(
                    _reply(header.get("reply"), blob, calls[number], written.functions[number])
                )
            if exchange.interrupted:
                unanswered = f"did not answer within {exchange.seconds:g} s"
                self._slow |= {call.function for call in calls[len(replies) : len(replies) + 1]}
        except Died as died:
            unanswered = _refusal(str(died))
        except ProtocolError as error:
            unanswered = _refusal(str(self._forged(error)))
        replies = [
            Reply(
                value=reply.value,
                raised=reply.raised,
                refused=reply.refused,
                arguments=reply.arguments,
                later=later.get(index, reply.value),
            )
            for index, reply in enumerate(replies)
        ]
        return replies + [Reply(refused=unanswered)] * (len(calls) - len(replies))

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
        self.socket.close()
        self._process.close()
        self._on_close()

    # --- what an exchange needs ---------------------------------------------------------------

    def note(self, sentence: str) -> None:
        self._walls.setdefault(whole_text(sentence, 300), None)

    def note_hint(self, text) -> None:
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


class _Exchange:
    """One request and the frames that answer it, within a time and a size.

    All frames together may be twice as large as the largest: values, and what became of them.

    Attributes:
        seconds: the time it was given.
        interrupted: whether that was not enough.
        received: how many bytes have come.
    """

    def __init__(self, session: NotebookSession, request, blob, seconds: float, sizes: Sizes):
        self._session = session
        self._request = request
        self._blob = blob
        self.seconds = seconds
        self._most = 2 * (sizes.header + sizes.blob)
        self.received = 0
        self._sizes = sizes
        self.interrupted = False

    def only_answer(self) -> tuple[dict, bytes]:
        for header, blob in self.answers():
            return header, blob
        raise ProtocolError("no answer")

    def answers(self) -> Iterator[tuple[dict, bytes]]:
        """Yield frames that carry this request's number, up to the one that ends the answer.

        Raises:
            Died: if the process is gone, or was ended because it would not stop.
            ProtocolError: if something else than an answer came.
        """
        session = self._session
        self.seconds = session.budget(self.seconds)
        sock = session.socket
        start = time.monotonic()
        self._deadline = start + self.seconds
        nonce = secrets.token_hex(16)
        try:
            self._nothing_waits(sock)
            self._send(sock, pack({**self._request, "nonce": nonce}, self._blob))
            while True:
                frame = read_frame(lambda size: self._read(sock, size), self._sizes)
                if frame is None:
                    raise ConnectionResetError
                header, blob = frame
                if header.get("nonce") != nonce:
                    raise ProtocolError("a message with the wrong number")
                if header.get("kind") == "hint":
                    session.note_hint(header.get("text"))
                    continue
                yield header, blob
                if header.get("kind") == "done":
                    return
        except OSError:
            raise session.end("The process ended before the cell did.") from None
        finally:
            session.spend(time.monotonic() - start)

    def _nothing_waits(self, sock: socket.socket) -> None:
        """Whatever lies in the pipe before a question is not an answer to it."""
        try:
            waits = self._session.received or sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return
        if waits:
            raise ProtocolError("an answer before the question")

    def _send(self, sock: socket.socket, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[sock.send(view[: 1 << 20]) :]
            except BlockingIOError:
                self._wait(sock, select.POLLOUT)

    def _read(self, sock: socket.socket, size: int) -> bytes:
        """The next bytes; what has arrived beyond them is kept for the next frame."""
        self.received += size
        if self.received > self._most:
            raise ProtocolError("more than all answers may take")
        received = self._session.received
        while len(received) < size:
            try:
                piece = sock.recv(min(max(size - len(received), _AT_ONCE), 1 << 20))
            except BlockingIOError:
                self._wait(sock, select.POLLIN)
                continue
            if not piece:
                break
            received += piece
        data = bytes(received[:size])
        del received[:size]
        return data

    def _wait(self, sock: socket.socket, events: int) -> None:
        """Wait for the socket; when time is up first interrupt, then end the process."""
        while True:
            left = self._deadline - time.monotonic()
            if left > 0 and _ready(sock, events, left):
                return
            if self._deadline - time.monotonic() > 0:
                continue
            grace = self._session.limits.grace_seconds
            if self.interrupted:
                raise self._session.end(
                    f"The code ran longer than {self.seconds:g} s, "
                    f"did not stop when it was interrupted, and was ended.",
                    wall=True,
                )
            self.interrupted = True
            self._session.note(f"ran longer than {self.seconds:g} s and was interrupted")
            self._session.interrupt()
            self._deadline = time.monotonic() + grace


def _ready(sock: socket.socket, events: int, seconds: float) -> bool:
    poll = select.poll()  # select() ends at descriptor 1023
    poll.register(sock, events)
    return bool(poll.poll(max(0.0, seconds) * 1000))


def _functions(calls: Sequence[Call]) -> Iterator[Function]:
    waiting = [call.args for call in calls]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Function):
            yield value
        elif isinstance(value, (list, tuple)):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()


@dataclass(frozen=True)
class _Written:
    """Calls as they are sent: the same for every student, so written once.

    Attributes:
        calls: the calls.
        header: function and arguments of each.
        blob: the bytes of all arrays.
        functions: for each call, its arguments that are functions, by their expressions.
    """

    calls: tuple[Call, ...]
    header: list
    blob: bytes
    functions: list[dict[str, Function]]


_known: OrderedDict[int, _Written] = OrderedDict()


def _written(calls: tuple[Call, ...]) -> _Written:
    known = _known.get(id(calls))
    if known is not None and known.calls is calls:
        return known
    encoder = Encoder(_REQUEST_BYTES, {id(f): f.source for f in _functions(calls)})
    written = _Written(
        calls,
        [[call.function, encoder.encode(tuple(call.args))] for call in calls],
        bytes(encoder.blob),
        [{function.source: function for function in _functions([call])} for call in calls],
    )
    _known[id(calls)] = written
    if len(_known) > _MAX_KNOWN:
        _known.popitem(last=False)
    return written


def _reply(reply, blob: bytes, call: Call, functions: dict[str, Function]) -> Reply:
    """Read one reply. Functions among the arguments are those that were sent, never new ones.

    A reply that does not mention the arguments left them as they were.
    """
    if type(reply) is not dict:
        raise ProtocolError("a reply that is not an object")
    arguments = reply.get("arguments", call.args)
    if arguments is not None and arguments is not call.args:
        arguments = decode(arguments, blob, functions.__getitem__)
        if type(arguments) is not tuple:
            raise ProtocolError("arguments that are not a tuple")
    if "raised" in reply:
        return Reply(raised=_raised(reply["raised"]), arguments=arguments)
    if "refused" in reply:
        refused = reply["refused"]
        if type(refused) is not str:
            raise ProtocolError("a reply without a reason")
        return Reply(refused=whole_text(refused, 300), arguments=arguments)
    if "value" not in reply:
        raise ProtocolError("a reply without a value")
    return Reply(value=decode(reply["value"], blob), arguments=arguments)


def _raised(raised) -> Raised:
    match raised:
        case [str(name), [*bases], str(message)] if all(type(base) is str for base in bases):
            return Raised(
                whole_text(name, 100),
                tuple(whole_text(base, 100) for base in bases[:20]),
                whole_text(message, 2000),
            )
    raise ProtocolError("an exception that is none")


def _later(later, blob: bytes, count: int) -> dict[int, object]:
    """Values that have changed since they were returned, by the number of their call."""
    if type(later) is not dict or len(later) > count:
        raise ProtocolError("later values of no question")
    changed = {}
    for index, tree in later.items():
        if not index.isdecimal() or len(index) > 9 or int(index) >= count:
            raise ProtocolError("later values of no question")
        changed[int(index)] = None if tree == "?" else decode(tree, blob)
    return changed


def _refusal(reason: str) -> str:
    return f"did not answer: {reason[:1].lower()}{reason[1:].rstrip('.')}"
