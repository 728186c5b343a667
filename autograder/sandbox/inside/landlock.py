"""Landlock: a process gives up for good what it may open, and whom it may reach.

Needs no namespace and no right. The kernel's documentation calls a set of rules a ruleset; each
time that a process takes one on, what it may do is what it could do before and the ruleset allows.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct

OLDEST_ABI = 3
"""The first that covers how long files are, not only what is in them."""

_CREATE, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # on every architecture
_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_DEVICES_AND_SOCKETS = 1 << 6 | 1 << 9 | 1 << 11  # MAKE_CHAR, MAKE_SOCK, MAKE_BLOCK
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_OF_ABI_3, _OF_ABI_5 = (1 << 15) - 1, (1 << 16) - 1
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV

LIST = _READ_DIR
READ = _EXECUTE | _READ_FILE | _READ_DIR
READ_AND_WRITE_FILE = _READ_FILE | _WRITE_FILE
WRITE = _OF_ABI_3 & ~_EXECUTE & ~_DEVICES_AND_SOCKETS
"""Everything in a folder but to run programs that lie there."""
SEE = READ | _WRITE_FILE | _TRUNCATE
"""All that can be done to a file that is there, and lists of folders."""
CHANGE = _OF_ABI_3 & ~READ
"""What changes files or folders, of whatever kind."""

_TCP = 1 << 0 | 1 << 1  # bind and connect, since ABI 4
_SCOPED = 1 << 0 | 1 << 1  # abstract Unix sockets and signals, since ABI 6

_LIBC = ctypes.CDLL(None, use_errno=True)

Rules = list[tuple[str, int]]
"""Paths, and what may be done there and beneath."""


def abi() -> int:
    """Which version of Landlock the kernel has; 0 where it has none or does not use it."""
    return max(0, int(_LIBC.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)))


def scopes_signals() -> bool:
    """Whether it keeps signals from processes that did not take on the same ruleset."""
    return abi() >= 6


def ruleset(rules: Rules, handled: int | None = None) -> int:
    """Return a descriptor of a new ruleset. What is not among the rules is refused.

    Args:
        rules: paths that do not exist are left out.
        handled: the kinds of access that are refused elsewhere; None for all that the kernel knows.

    Raises:
        OSError: if the kernel refuses.
    """
    version = abi()
    everything = _OF_ABI_5 if version >= 5 else _OF_ABI_3
    files = everything if handled is None else handled
    attributes = struct.pack(
        "=QQQ", files, _TCP if version >= 4 else 0, _SCOPED if version >= 6 else 0
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    made = _checked(_LIBC.syscall(_CREATE, attributes, ctypes.c_size_t(size), 0))
    for path, access in rules:
        _add(made, path, access & files)
    return made


def _add(made: int, path: str, access: int) -> None:
    try:
        file = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(file).st_mode):
            access &= _OF_FILES
        if access:
            rule = struct.pack("=Qi", access, file)
            _checked(_LIBC.syscall(_ADD_RULE, made, _PATH_BENEATH, rule, 0))
    finally:
        os.close(file)


def take_on(made: int) -> None:
    """Take a ruleset on, in this process and all that descend from it. Needs no_new_privs."""
    _checked(_LIBC.syscall(_RESTRICT_SELF, made, 0))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
