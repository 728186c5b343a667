"""Ctrl-C, kept from the few moments in which it would leave something half done."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Let Ctrl-C wait until the end of this.

    Only the main thread hears Ctrl-C: in any other one, there is nothing to hold back.

    Raises:
        KeyboardInterrupt: at the end, if it was pressed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[bool] = []
    # Processes inherit what is blocked. Here another thread may hear it all the same.
    handler = signal.signal(signal.SIGINT, lambda *_: pressed.append(True))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, handler)
    if pressed and handler is not signal.SIG_IGN:
        raise KeyboardInterrupt
