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
}  # fmt: skip
_MISSING = {"clone3": (435, 435)}  # "not there": libc then uses clone, whose flags can be read
_CLONE, _SOCKET = (56, 220), (41, 198)
_MMAP, _FCNTL = (9, 222), (72, 25)
_ARCHITECTURE = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_NEW_NAMESPACE_FLAGS = 0x7E020080  # every CLONE_NEW* flag, CLONE_NEWTIME (0x80) among them
_NEWTIME = 0x80  # in clone this bit belongs to the exit signal, and means no namespace
_SOCKET_FAMILIES = (1, 2, 10)  # unix, IPv4, IPv6: what the network namespace holds

_MAP_SHARED, _MAP_ANONYMOUS = 0x01, 0x20
"""Together they make memory that outlives its mapping, page by page: the watch, which counts what is
mapped, sees none of it. Shared memory is to be had from files in `/dev/shm`, which has a size."""

_FILE_COMMANDS = (1024, 1026)  # F_SETLEASE, F_NOTIFY: hold up, and see, how others open files

_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NR, _ARCH, _ARG0, _ARG1, _ARG3 = 0, 4, 16, 24, 40  # offsets in struct seccomp_data


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


_LIBC = ctypes.CDLL(None, use_errno=True)


def program(machine: str) -> bytes:
    """Return the filter for this machine, as the kernel's array of instructions.

    Raises:
        KeyError: if no numbers are known for it.
    """
    column, architecture = _ARCHITECTURE[machine]

    def step(code, value, if_true=0, if_false=0):
        return struct.pack("=HBBI", code, if_true, if_false, value)

    def answer(numbers, result):
        return [step(_EQUAL, numbers[column], 0, 1), step(_RETURN, result)]

    steps = [
        step(_LOAD, _ARCH), step(_EQUAL, architecture, 1, 0), step(_RETURN, _KILL),
        step(_LOAD, _NR),
    ]  # fmt: skip
    if machine == "x86_64":  # the x32 numbering
        steps += [step(_AT_LEAST, 0x40000000, 0, 1), step(_RETURN, _ERROR | errno.ENOSYS)]
    for numbers in _FORBIDDEN.values():
        steps += answer(numbers, _ERROR | errno.EPERM)
    for numbers in _MISSING.values():
        steps += answer(numbers, _ERROR | errno.ENOSYS)
    steps += [
        step(_EQUAL, _CLONE[column], 0, 4),
        step(_LOAD, _ARG0), step(_ANY_BIT, _NEW_NAMESPACE_FLAGS & ~_NEWTIME, 0, 1),
        step(_RETURN, _ERROR | errno.EPERM), step(_RETURN, _ALLOW),
        step(_EQUAL, _MMAP[column], 0, 5),
        step(_LOAD, _ARG3), step(_ANY_BIT, _MAP_ANONYMOUS, 0, 2), step(_ANY_BIT, _MAP_SHARED, 0, 1),
        step(_RETURN, _ERROR | errno.EPERM), step(_RETURN, _ALLOW),
        step(_EQUAL, _FCNTL[column], 0, 3 + len(_FILE_COMMANDS)),
        step(_LOAD, _ARG1),
        *(step(_EQUAL, command, len(_FILE_COMMANDS) - i, 0)
          for i, command in enumerate(_FILE_COMMANDS)),
        step(_RETURN, _ALLOW), step(_RETURN, _ERROR | errno.EPERM),
        step(_EQUAL, _SOCKET[column], 0, 2 + len(_SOCKET_FAMILIES)),
        step(_LOAD, _ARG0),
        *(step(_EQUAL, family, len(_SOCKET_FAMILIES) - i, 0)
          for i, family in enumerate(_SOCKET_FAMILIES)),
        step(_RETURN, _ERROR | errno.EAFNOSUPPORT),
        step(_RETURN, _ALLOW),
    ]  # fmt: skip
    return b"".join(steps)


@functools.cache  # worked out once, in the fork server
def known_program() -> bytes | None:
    """The filter for this machine, or None if there is none."""
    try:
        return program(platform.machine() if platform.system() == "Linux" else "")
    except KeyError:
        return None


def give_up_system_calls() -> bool:
    """Install the filter in this process for good. False where there is none for this machine.

    Needs no_new_privs.
    """
    code = known_program()
    if code is None:
        return False
    buffer = ctypes.create_string_buffer(code, len(code))
    handed = _Program(len(code) // 8, ctypes.addressof(buffer))
    if _LIBC.prctl(22, 2, ctypes.byref(handed), 0, 0) != 0:  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")
    return True
