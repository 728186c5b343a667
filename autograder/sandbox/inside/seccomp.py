"""The system calls that a notebook's process gives up before student code runs.

A short denylist over what the namespaces already hold: calls that make new namespaces or mounts,
look into other processes, keep memory that no limit counts, or speak to the kernel in ways that
no notebook needs. They fail with an error number, so that libraries fall back; a call in another
machine's numbering ends the process.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import struct
from collections.abc import Mapping

# number on x86_64, number on aarch64 (None: the call does not exist there)
_FORBIDDEN = {
    "unshare": (272, 97), "setns": (308, 268), "chroot": (161, 51), "pivot_root": (155, 41),
    "mount": (165, 40), "umount2": (166, 39), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "pidfd_getfd": (438, 438), "kcmp": (312, 272),
    "perf_event_open": (298, 241), "bpf": (321, 280), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186),
    "shmctl": (31, 195), "semop": (65, 193), "semtimedop": (220, 192), "semctl": (66, 191),
    "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "mq_unlink": (241, 181),
    "mq_open": (240, 180), "fanotify_init": (300, 262), "vmsplice": (278, 75),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "quotactl": (179, 60),
    "setsid": (112, 157),  # the kernel gives every session a fair share of the processor
    "inotify_init": (253, 26), "inotify_init1": (294, 26),  # sees which files others open
    "syslog": (103, 116), "landlock_create_ruleset": (444, 444),
    "mincore": (27, 232), "cachestat": (451, 451),  # which files others have read
    "statmount": (457, 457), "listmount": (458, 458), "listns": (470, 470),  # as /proc tells
    "open_tree_attr": (467, 467), "quotactl_fd": (443, 443),
    "io_setup": (206, 0),  # the whole machine has one number of these
    "sync": (162, 81), "syncfs": (306, 267),  # make the whole machine write to its disks
    "posix_fadvise": (221, 223), "readahead": (187, 213),  # what lies in the page cache
    "mbind": (237, 235), "set_mempolicy": (238, 237), "get_mempolicy": (239, 236),
    "migrate_pages": (256, 238), "move_pages": (279, 239), "set_mempolicy_home_node": (450, 450),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    "settimeofday": (164, 170), "sethostname": (170, 161), "setdomainname": (171, 162),
    "personality": (135, 92), "vhangup": (153, 58), "lookup_dcookie": (212, 18),
    "sysinfo": (99, 179),  # how many processes the machine has, and how much memory is free
    "statfs": (137, 43), "fstatfs": (138, 44),  # how full the machine's disks are
    # What only x86_64 has.
    "ustat": (136, None), "sysfs": (139, None), "modify_ldt": (154, None), "uselib": (134, None),
}  # fmt: skip
_MISSING = {
    "clone3": (435, 435),  # libc then uses clone, whose flags can be read
    "preadv2": (327, 286), "pwritev2": (328, 287),  # libc uses preadv, which has no RWF_NOWAIT
    "openat2": (437, 437),  # RESOLVE_CACHED tells which paths others have looked up
}  # fmt: skip
"""Calls that are said not to be there, so that libraries take an older one."""

_WITH_OTHERS = {
    "setpgid": (109, 154), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    "ioprio_set": (251, 30), "ioprio_get": (252, 31), "get_robust_list": (274, 100),
    "bind": (49, 200), "connect": (42, 203), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "removexattrat": (466, 466), "file_setattr": (469, 469),
}  # fmt: skip
"""Where processes and files of others are in sight: groups, handles, addresses, owners."""

_SAID_TO_BE_DONE = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
}  # fmt: skip
"""Modes and times of files, which no rule of Landlock covers. Copying a file sets them, and may go
on without."""

_OF_A_PROCESS = {
    "prlimit64": (302, 261), "sched_setaffinity": (203, 122), "sched_getaffinity": (204, 123),
    "sched_setparam": (142, 118), "sched_getparam": (143, 121), "sched_setscheduler": (144, 119),
    "sched_getscheduler": (145, 120), "sched_setattr": (314, 274), "sched_getattr": (315, 275),
    "sched_rr_get_interval": (148, 127), "getpgid": (121, 155), "getsid": (124, 156),
}  # fmt: skip
"""The first argument is a process; 0 is the one that calls."""

_PRIORITIES = {"getpriority": (140, 141), "setpriority": (141, 140)}
_SIGNALS = {
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}  # fmt: skip
_IOCTL = (16, 29)
_DEVICE_COMMANDS = (0x5401, 0x540F, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""TCGETS, TIOCGPGRP, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: none changes a file."""

_PRCTL = (157, 167)
_TIES = (1, 36)
"""PR_SET_PDEATHSIG and PR_SET_CHILD_SUBREAPER: that a notebook ends with the fork server, and that
none of its processes gets out of its sight."""

_FLOCK = (73, 32)
_CLONE, _MMAP, _MADVISE, _FCNTL = (56, 220), (9, 222), (28, 233), (72, 25)
_SOCKET, _SOCKETPAIR, _SETSOCKOPT = (41, 198), (53, 199), (54, 208)
_ARCHITECTURE = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_NEW_NAMESPACE_FLAGS = 0x7E020080  # every CLONE_NEW* flag, CLONE_NEWTIME (0x80) among them
_NEWTIME = 0x80  # in clone this bit belongs to the exit signal, and means no namespace

_MAP_SHARED, _MAP_ANONYMOUS = 0x01, 0x20
"""Together they make memory that outlives its mapping, page by page. The watch counts what is
mapped, and sees none of it. Files in `/dev/shm`, which has a size, give shared memory."""

_COLD_PAGES = (20, 21)  # MADV_COLD, MADV_PAGEOUT: take a file's pages out of the page cache

_LOCKS = (5, 6, 7, 36, 37, 38)
"""Commands of fcntl that set and see locks. A lock needs no right to write, so notebooks could tell
each other something through the files that they share; and no limit counts the kernel's notes."""

_FILE_COMMANDS = (1024, 1025, 1026, 1031, 1032)
"""F_SETLEASE, F_GETLEASE, F_NOTIFY: hold up, and see, how others open files. F_SETPIPE_SZ and
F_GETPIPE_SZ: the room in pipes is counted for the user, whose the others are, too."""

_UNIX = 1
_SOCKET_KINDS = (1, 2)  # stream and datagram
_SOCKET_LEVEL = 1
_SOCKET_OPTIONS = (2, 9, 16, 20, 21)
"""SO_REUSEADDR, SO_KEEPALIVE, SO_PASSCRED, SO_RCVTIMEO, SO_SNDTIMEO. None makes a buffer larger."""

_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x54, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NR, _ARCH, _ARG0, _ARG1, _ARG2, _ARG3 = 0, 4, 16, 24, 32, 40  # offsets in struct seccomp_data


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


_LIBC = ctypes.CDLL(None, use_errno=True)

_Steps = list[bytes]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _refuse(number: int) -> bytes:
    return _step(_RETURN, _ERROR | number)


def _refuse_these(values: tuple[int, ...], number: int) -> _Steps:
    """Refuse what is loaded if it is one of `values`; go on otherwise."""
    last = len(values) - 1
    checks = [_step(_EQUAL, v, last - i, int(i == last)) for i, v in enumerate(values)]
    return [*checks, _refuse(number)]


def _refuse_others(values: tuple[int, ...], number: int) -> _Steps:
    """Refuse what is loaded unless it is one of `values`; go on otherwise."""
    checks = [_step(_EQUAL, value, len(values) - i) for i, value in enumerate(values)]
    return [*checks, _refuse(number)]


_Numbers = tuple[int | None, int | None]


def _sockets(families: tuple[int, ...], kinds: tuple[int, ...]) -> _Steps:
    return [
        _step(_LOAD, _ARG0), *_refuse_others(families, errno.EAFNOSUPPORT),
        _step(_LOAD, _ARG1), _step(_AND, 0xF), *_refuse_others(kinds, errno.ESOCKTNOSUPPORT),
    ]  # fmt: skip


def _rules_with_others(only: int) -> list[tuple[_Numbers, _Steps]]:
    """The same where processes and files of others are in sight.

    A stream socket that was made as one of a pair can reach no other, by no call.
    """
    own = [_step(_LOAD, _ARG0), *_refuse_others((0,), errno.EPERM)]
    signals = [_step(_LOAD, _ARG0), *_refuse_others((only, 0, -only & 0xFFFFFFFF), errno.EPERM)]
    return [
        (_SOCKET, _sockets((), ())),
        (_SOCKETPAIR, _sockets((_UNIX,), _SOCKET_KINDS[:1])),
        (_IOCTL, [_step(_LOAD, _ARG1), *_refuse_others(_DEVICE_COMMANDS, errno.ENOTTY)]),
        (_PRCTL, [_step(_LOAD, _ARG0), *_refuse_these(_TIES, errno.EPERM)]),
        *((numbers, own) for numbers in _OF_A_PROCESS.values()),
        *((numbers, [*own, _step(_LOAD, _ARG1), *_refuse_others((0,), errno.EPERM)])
          for numbers in _PRIORITIES.values()),
        *((numbers, signals) for numbers in _SIGNALS.values() if only),
    ]  # fmt: skip


def _rules() -> list[tuple[_Numbers, _Steps]]:
    """Calls of which some are refused, and what is done with each. It is allowed at the end."""
    sockets = _sockets((_UNIX,), _SOCKET_KINDS)
    return [
        (_CLONE, [
            _step(_LOAD, _ARG0), _step(_ANY_BIT, _NEW_NAMESPACE_FLAGS & ~_NEWTIME, 0, 1),
            _refuse(errno.EPERM),
        ]),
        (_MMAP, [
            _step(_LOAD, _ARG3), _step(_ANY_BIT, _MAP_ANONYMOUS, 0, 2),
            _step(_ANY_BIT, _MAP_SHARED, 0, 1), _refuse(errno.EPERM),
        ]),
        (_MADVISE, [_step(_LOAD, _ARG2), *_refuse_these(_COLD_PAGES, errno.EPERM)]),
        (_FCNTL, [
            _step(_LOAD, _ARG1), *_refuse_these(_LOCKS, errno.ENOLCK),
            *_refuse_these(_FILE_COMMANDS, errno.EPERM),
        ]),
        (_SOCKET, sockets),
        (_SOCKETPAIR, sockets),
        (_SETSOCKOPT, [
            _step(_LOAD, _ARG1), *_refuse_others((_SOCKET_LEVEL,), errno.EPERM),
            _step(_LOAD, _ARG2), *_refuse_others(_SOCKET_OPTIONS, errno.EPERM),
        ]),
    ]  # fmt: skip


def program(machine: str, with_others: bool = False, only: int = 0) -> bytes:
    """Return the filter for this machine, as the kernel's array of instructions.

    Args:
        machine: as `platform.machine` names it.
        with_others: processes and files of others are in sight, as no namespace hides them.
        only: the one process that signals may go to, and its group; 0 for all that the kernel
            allows.

    Raises:
        KeyError: if no numbers are known for it.
    """
    column, architecture = _ARCHITECTURE[machine]
    steps = [
        _step(_LOAD, _ARCH), _step(_EQUAL, architecture, 1, 0), _step(_RETURN, _KILL),
        _step(_LOAD, _NR),
    ]  # fmt: skip
    if machine == "x86_64":  # the x32 numbering
        steps += [_step(_AT_LEAST, 0x40000000, 0, 1), _refuse(errno.ENOSYS)]
    whole: list[tuple[Mapping[str, _Numbers], int]] = [
        (_FORBIDDEN, errno.EPERM), (_MISSING, errno.ENOSYS), ({"flock": _FLOCK}, errno.ENOLCK),
    ]  # fmt: skip
    rules = _rules()
    if with_others:
        whole += [(_WITH_OTHERS, errno.EPERM), (_SAID_TO_BE_DONE, 0)]
        rules = _rules_with_others(only) + rules  # the first rule for a call is the one that holds
    for calls, answer in whole:
        for numbers in calls.values():
            number = numbers[column]
            if number is not None:
                steps += _refuse_these((number,), answer)
    for numbers, rule in rules:
        number = numbers[column]
        if number is not None:
            steps += [_step(_EQUAL, number, 0, len(rule) + 1), *rule, _step(_RETURN, _ALLOW)]
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


@functools.cache  # worked out once, in the fork server
def known_program(with_others: bool = False, only: int = 0) -> bytes | None:
    """The filter for this machine, or None if there is none."""
    try:
        machine = platform.machine() if platform.system() == "Linux" else ""
        return program(machine, with_others, only)
    except KeyError:
        return None


def give_up_system_calls(with_others: bool = False, only: int = 0) -> bool:
    """Install the filter in this process for good. False where there is none for this machine.

    Needs no_new_privs. The arguments are those of `program`.
    """
    code = known_program(with_others, only)
    if code is None:
        return False
    buffer = ctypes.create_string_buffer(code, len(code))
    handed = _Program(len(code) // 8, ctypes.addressof(buffer))
    if _LIBC.prctl(22, 2, ctypes.byref(handed), 0, 0) != 0:  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")
    return True
