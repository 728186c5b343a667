"""One request to a notebook's process and the frames that answer it, within a time and a size."""

from __future__ import annotations

import secrets
import select
import socket
import time
from collections.abc import Callable, Iterator
from typing import Protocol

from autograder.sandbox.inside.wire import Frame, Frames, ProtocolError, Sizes, pack_text
from autograder.sandbox.limits import Limits

_AT_ONCE = 1 << 16  # bytes to read ahead: answers are many and small


class Died(Exception):
    """The process is gone. The text is the reason, one sentence."""


class Notebook(Protocol):
    """What an exchange needs of the session that it belongs to."""

    limits: Limits
    pipe: Pipe

    def budget(self, seconds: float) -> float:
        """How long the next request may take, of what is wished. Raises `Died`."""
        ...

    def spend(self, seconds: float) -> None: ...

    def note(self, sentence: str) -> None: ...

    def note_hint(self, text: object) -> None: ...

    def interrupt(self) -> None: ...

    def end(self, reason: str, wall: bool = False) -> Died: ...


class Pipe:
    """The socket to a notebook's process, with what has not gone out and what has come too early.

    `wait` is called with poll events whenever the socket is not ready for them.
    """

    def __init__(self, sock: socket.socket):
        sock.setblocking(False)
        self.socket = sock
        self.frames = Frames(self._receive)
        self.wait: Callable[[int], None] = lambda events: None
        self._out = bytearray()

    def nothing_waits(self) -> bool:
        """Whether nothing lies in the pipe: before a question there can be no answer."""
        try:
            return not (self.frames.waits or self.socket.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True

    def send(self, data: bytes) -> None:
        """Send what the socket takes now; the rest goes out while answers are waited for."""
        self._out += data
        self._flush()

    def _flush(self) -> None:
        try:
            while self._out:
                del self._out[: self.socket.send(memoryview(self._out)[: 1 << 20].tobytes())]
        except BlockingIOError:
            pass
        except OSError:  # the other end is gone, and reading will show it after its last words
            self._out.clear()

    def _receive(self, missing: int) -> bytes:
        while True:
            try:
                return self.socket.recv(min(max(missing, _AT_ONCE), 1 << 20))
            except BlockingIOError:
                self.wait(select.POLLIN | (select.POLLOUT if self._out else 0))
                self._flush()


class Exchange:
    """One request and its answer. All frames together may be twice as large as the largest: values,
    and what became of them.

    Args:
        notebook: whom it belongs to.
        request: a JSON object, without the number that it gets here.
        blob: the bytes of its arrays.
        seconds: how long the answer may take.
        sizes: the largest frame.

    Attributes:
        nonce: its number, which stands in every frame that answers it.
        seconds: the time that it was given.
        interrupted: whether that was not enough.
        received: how many bytes have come.
    """

    def __init__(
        self, notebook: Notebook, request: bytes, blob: bytes, seconds: float, sizes: Sizes
    ):
        self._notebook = notebook
        self._request = request
        self._blob = blob
        self._most = 2 * (sizes.header + sizes.blob)
        self._sizes = sizes
        self.nonce = secrets.token_hex(16).encode()
        self._opening = b'{"nonce":"%s",' % self.nonce
        self.seconds = seconds
        self.received = 0
        self.interrupted = False
        self._sent = False

    def is_like(self, other: Exchange) -> bool:
        """Whether both ask for the same."""
        return self._request == other._request and self._blob == other._blob

    def send(self) -> None:
        """Send the request, if that was not done."""
        if not self._sent:
            self._sent = True
            request = self._opening + self._request.removeprefix(b"{")
            self._notebook.pipe.send(pack_text(request, self._blob))

    def only_answer(self) -> Frame:
        for frame in self.answers():
            return frame
        raise ProtocolError("no answer")

    def answers(self) -> Iterator[Frame]:
        """Yield frames that carry this request's number, up to the one that ends the answer.

        Raises:
            Died: if the process is gone, or was ended because it would not stop.
            ProtocolError: if something else than an answer came.
        """
        notebook = self._notebook
        pipe = notebook.pipe
        self.seconds = notebook.budget(self.seconds)
        start = time.monotonic()
        self._deadline = start + self.seconds
        pipe.wait = self._wait
        try:
            if not (self._sent or pipe.nothing_waits()):
                raise ProtocolError("an answer before the question")
            self.send()
            while True:
                frame = pipe.frames.next(self._sizes)
                if frame is None:
                    raise ConnectionResetError
                self.received += len(frame.text) + len(frame.blob)
                if self.received > self._most:
                    raise ProtocolError("more than all answers may take")
                kind = self._kind(frame)
                if kind == "hint":
                    notebook.note_hint(frame.header.get("text"))
                    continue
                yield frame
                if kind == "done":
                    return
        except OSError:
            raise notebook.end("The process ended before the cell did.") from None
        finally:
            notebook.spend(time.monotonic() - start)

    def _kind(self, frame: Frame) -> object:
        """What kind of frame it says it is; most need not be read for that."""
        for kind in ("reply", "done"):
            if frame.text.startswith(b'%s"kind":"%s",' % (self._opening, kind.encode())):
                return kind
        if frame.header.get("nonce") != self.nonce.decode():
            raise ProtocolError("a message with the wrong number")
        return frame.header.get("kind")

    def _wait(self, events: int) -> None:
        """Wait for the socket; when time is up first interrupt, then end the process."""
        notebook = self._notebook
        while True:
            left = self._deadline - time.monotonic()
            if left > 0 and _ready(notebook.pipe.socket, events, left):
                return
            if self._deadline - time.monotonic() > 0:
                continue
            if self.interrupted:
                raise notebook.end(
                    f"The code ran longer than {self.seconds:g} s, "
                    f"did not stop when it was interrupted, and was ended.",
                    wall=True,
                )
            self.interrupted = True
            notebook.note(f"ran longer than {self.seconds:g} s and was interrupted")
            notebook.interrupt()
            self._deadline = time.monotonic() + notebook.limits.grace_seconds


def _ready(sock: socket.socket, events: int, seconds: float) -> bool:
    poll = select.poll()  # select() ends at descriptor 1023
    poll.register(sock, events)
    return bool(poll.poll(max(0.0, seconds) * 1000))
