"""Notices what code reaches for: paths, addresses, programs. Information, never a defence.

The walls hold without this; code that shares the process can silence it. It is there so that an
instructor sees "tried to open …/gradebook.db" beside a submission.
"""

from __future__ import annotations

import os
import socket
import sys

MAX_HINTS = 30
_PROGRAMS = {"os.system", "os.exec", "os.posix_spawn", "subprocess.Popen"}
_ADDRESSES = {"socket.connect", "socket.sendto", "socket.bind"}
_LOOKS = {
    "gc.get_objects": "looked through all of the interpreter's objects",
    "ctypes.dlopen": "loaded a C library with ctypes",
    "sys.addaudithook": "added an audit hook",
}


class Hints:
    """Hands each new sentence to `tell`, up to `MAX_HINTS`.

    Args:
        tell: takes a sentence.
        harmless: folders in which files may be opened without a word.
    """

    def __init__(self, tell, harmless: list[str]):
        self._tell = tell
        self._harmless = tuple(folder.rstrip("/") + "/" for folder in harmless)
        self._said: set[str] = set()
        self._pid = os.getpid()
        self.listening = False

    def start(self) -> None:
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple) -> None:
        if not self.listening or event not in _EVENTS:
            return
        self.listening = False  # what is done here is not the student's
        try:
            sentence = self._sentence(event, args)
            if (
                sentence
                and sentence not in self._said
                and len(self._said) < MAX_HINTS
                and os.getpid() == self._pid
            ):
                self._said.add(sentence)
                self._tell(sentence)
        except Exception:
            pass  # a hint is never worth a student's cell
        finally:
            self.listening = True

    def _sentence(self, event: str, args: tuple) -> str | None:
        if event in ("open", "os.listdir", "os.scandir"):
            return self._path(args[0], "open" if event == "open" else "list")
        if event in _PROGRAMS:
            program = os.fsdecode(args[0]) if isinstance(args[0], bytes) else str(args[0])
            return f"tried to run {program[:80]!r}"
        if event in _ADDRESSES:
            return f"tried to reach the network address {str(args[1])[:80]}"
        if event == "socket.getaddrinfo":
            return f"tried to look up the host {str(args[0])[:80]!r}"
        if event == "socket.__new__":
            local = args[1] in (socket.AF_UNIX, -1)
            return None if local else "tried to open a network socket"
        return _LOOKS.get(event)

    def _path(self, path, verb: str) -> str | None:
        if not isinstance(path, (str, bytes)):
            return None
        text = os.path.abspath(os.fsdecode(path))
        if (text + "/").startswith(self._harmless) or text in ("/dev/null", "/"):
            return None
        return f"tried to {verb} {text[:200]}"


_EVENTS = {
    "open", "os.listdir", "os.scandir", "socket.getaddrinfo", "socket.__new__", *_PROGRAMS, *_ADDRESSES, *_LOOKS,
}  # fmt: skip
