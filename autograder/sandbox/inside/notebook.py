"""One notebook's process: takes requests from outside, runs them, answers.

The student's code shares this process, so nothing here keeps a secret from it: not the number of
the request, not the pipe. It can forge any answer, and answers are all that it can forge.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from . import shell as notebook_shell
from .calls import Caller, Interrupted
from .hints import Hints
from .wire import Frame, Frames, ProtocolError, Refused, Sizes, pack

REQUESTS = Sizes(header=64 << 20, blob=256 << 20)
CAPTURED_BYTES = 256 << 10
HELD_BYTES = 64 << 10
READ_BYTES = 64 << 10
HELD_SECONDS = 0.003


class Connection:
    """The socket to the outside. Only the process that it was made in may write."""

    def __init__(self, sock: socket.socket):
        self._socket = sock
        self._lock = threading.RLock()
        self._frames = Frames(lambda missing: sock.recv(min(max(missing, READ_BYTES), 1 << 20)))
        self._held = bytearray()
        self._sent = 0.0
        self.pid = os.getpid()

    def receive(self) -> Frame | None:
        return self._frames.next(REQUESTS)

    def send(self, header: dict[str, Any], blob: bytes = b"", hold: bool = False) -> None:
        """Send a frame, after those that were held back.

        Args:
            header: of the frame.
            blob: its arrays.
            hold: the frame may be held back for a moment, to go with the next: a frame alone costs
                both ends more than what stands in it.
        """
        if os.getpid() != self.pid:
            os._exit(0)  # a forked child that came back from a cell: the notebook is its parent
        with self._lock:
            self._held += pack(header, blob)
            now = time.monotonic()
            if hold and len(self._held) < HELD_BYTES and now - self._sent < HELD_SECONDS:
                return
            held, self._held, self._sent = self._held, bytearray(), now
            self._socket.sendall(held)


class Interrupts:
    """Turns the grader's signal into a KeyboardInterrupt, but only within a student's code."""

    def __init__(self) -> None:
        self.came = False
        self.welcome = False

    def listen(self) -> None:
        self.came = False
        signal.signal(signal.SIGINT, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.came = True
        if self.welcome:
            raise KeyboardInterrupt

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Let nothing interrupt what is within, such as a frame that is half sent."""
        welcome, self.welcome = self.welcome, False
        yield
        self.welcome = welcome
        if welcome and self.came:
            raise KeyboardInterrupt


class Captured:
    """What is written past Python, to descriptors 1 and 2: a fixed piece of memory each."""

    def __init__(self, files: dict[str, int]):
        self._files = files

    def drain(self) -> Iterator[tuple[str, str]]:
        for name, file in self._files.items():
            try:
                size = min(os.lseek(file, 0, os.SEEK_CUR), CAPTURED_BYTES)
                data = os.pread(file, size, 0) if size > 0 else b""
                os.lseek(file, 0, os.SEEK_SET)
            except OSError:  # the code closed it, or put something else in its place
                continue
            if data:
                yield name, data.decode("utf-8", "replace")


class Notebook:
    """Serves one notebook until the other end closes the pipe."""

    def __init__(
        self,
        shell: notebook_shell.NotebookShell,
        sock: socket.socket,
        limits: dict[str, Any],
        captured: Captured,
        harmless: list[str],
    ):
        self._shell = shell
        self._limits = limits
        self._pipe = Connection(sock)
        self._captured = captured
        self._interrupts = Interrupts()
        self._nonce = ""
        self._nowhere = open(os.devnull, "w")  # noqa: SIM115
        self._hints = Hints(self._tell, harmless)

    def serve(self) -> None:
        notebook_shell.attach_streams(self._shell)
        self._hints.start()
        self._interrupts.listen()
        while True:
            frame = self._pipe.receive()
            if frame is None:
                return
            header, blob = frame.header, frame.blob
            self._nonce = header["nonce"]
            if header["kind"] == "cell":
                self._run_cell(header["source"])
            elif header["kind"] == "ask":
                self._ask(header["calls"], header["stand_ins"], blob, not header["singly"])
            else:
                raise ProtocolError("an unknown request")

    def _tell(self, sentence: str) -> None:
        with self._interrupts.held():
            self._pipe.send({"nonce": self._nonce, "kind": "hint", "text": sentence})

    def _guarded(self, work: Callable[[], None]) -> None:
        """Run `work`, which runs a student's code, so that an interrupt at any point is caught."""
        self._interrupts.listen()
        try:
            self._interrupts.welcome = self._hints.listening = True
            work()
        except BaseException as error:
            if not isinstance(error, (KeyboardInterrupt, Interrupted)):
                raise
        finally:
            self._interrupts.welcome = self._hints.listening = False

    def _run_cell(self, source: str) -> None:
        recorder = self._shell.recorder
        recorder.start()
        ended = {"ok": False}

        def work() -> None:
            result = self._shell.run_cell(source, store_history=True)
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
            ended["ok"] = bool(result.success)

        self._guarded(work)
        for name, text in self._captured.drain():
            recorder.stream(name, text)
        outputs = recorder.finish()
        ok = ended["ok"] and not any(o["output_type"] == "error" for o in outputs)
        self._pipe.send({"nonce": self._nonce, "kind": "done", "outputs": outputs, "ok": ok})

    def _ask(
        self, calls: list[list[Any]], stand_ins: dict[str, str], blob: bytes, hold: bool
    ) -> None:
        namespace = self._shell.user_ns
        kept = {name: namespace[name] for name in stand_ins if name in namespace}
        for source in stand_ins.values():
            exec(source, namespace)
        streams = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self._nowhere
        caller = Caller(namespace, self._limits["reply_bytes"], lambda: self._interrupts.came)

        def work() -> None:
            for index, (name, args) in enumerate(calls):
                reply, data = caller.call(name, args, blob)
                answer = {"nonce": self._nonce, "kind": "reply", "index": index, "reply": reply}
                with self._interrupts.held():
                    self._pipe.send(answer, data, hold)

        try:
            self._guarded(work)
        finally:
            sys.stdout, sys.stderr = streams
            for name in stand_ins:
                namespace.pop(name, None)
            namespace.update(kept)
        self._forget_displays()
        try:
            changed, data = caller.later()
        except (Refused, MemoryError):
            changed, data = {}, b""
        self._pipe.send({"nonce": self._nonce, "kind": "done", "later": changed}, data)

    def _forget_displays(self) -> None:
        self._shell.recorder.start()
        for _ in self._captured.drain():
            pass
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None and pyplot.get_fignums():
            pyplot.close("all")
