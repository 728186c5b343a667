"""What a notebook's process builds around itself before the first line of a student's code.

Order matters: namespaces first (they need the right to make them), then mounts, then every right is
given up.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Any

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
_NAMESPACES = _NEWUSER | _NEWPID | _NEWNS | _NEWIPC | _NEWUTS | _NEWNET
_CHILD_CLEARTID, _CHILD_SETTID = 0x00200000, 0x01000000
_CLONE3 = 435  # on every architecture
_RDONLY, _NOSUID, _NODEV, _NOEXEC = 1, 2, 4, 8
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_PR_GET_TID_ADDRESS = 40
_PR_CAPBSET_DROP, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 24, 36, 38, 47
_CAPABILITIES = {
    "CHOWN": 0, "DAC_OVERRIDE": 1, "FOWNER": 3, "KILL": 5, "SETGID": 6, "SETUID": 7,
}  # fmt: skip
_USERS, _PROCESSES = (
    0x70000000,
    1 << 22,
)  # numbers that no user has, and how many processes there are
_STUDENT = 1000  # the user id inside; outside it is that of the fork server

SCRATCH = "/scratch"
SHARED_MEMORY = "/dev/shm"


_outside: tuple[int, int] | None = None
"""In a process that was forked into its namespaces: its user and group outside of them."""


class NoNamespaces(Exception):
    """Namespaces inside the sandbox are refused on this machine."""


# Made once, in the fork server: a notebook's process needs them each time.
_LIBC = ctypes.CDLL(None, use_errno=True)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise NoNamespaces(f"{what}: {os.strerror(number)}")


def fork_into_namespaces() -> int:
    """Fork, as `os.fork` does, with namespaces of the child's own where the kernel does it in one.

    Python forks only as the C library does, which knows no namespaces, so that a process namespace
    would take a second fork; each copies the tables of all memory. Where this is refused it is a
    plain fork. The child has to call `enter_namespaces` next in either case.
    """
    global _outside
    api, libc = ctypes.pythonapi, ctypes.PyDLL(None)
    thread = ctypes.c_void_p()  # where the C library keeps the number of this thread, for its locks
    if libc.prctl(_PR_GET_TID_ADDRESS, ctypes.byref(thread), 0, 0, 0) != 0 or not thread.value:
        return os.fork()
    flags = _NAMESPACES | _CHILD_CLEARTID | _CHILD_SETTID
    # flags, pidfd, child_tid, parent_tid, exit_signal, and nothing for stack, stack_size and tls
    args = (ctypes.c_uint64 * 8)(flags, 0, thread.value, 0, signal.SIGCHLD)
    ids = os.geteuid(), os.getegid()
    api.PyOS_BeforeFork()
    pid = libc.syscall(_CLONE3, args, ctypes.c_size_t(ctypes.sizeof(args)))
    if pid == 0:
        api.PyOS_AfterFork_Child()
        _outside = ids
        return 0
    api.PyOS_AfterFork_Parent()
    return pid if pid > 0 else os.fork()


def enter_namespaces(scratch_bytes: int, hidden: list[str]) -> None:
    """Be number 1 of a process namespace, and in other namespaces of its own.

    These are user, mount, IPC, host-name and network namespaces; the network is down.

    To be called after `fork_into_namespaces`. `/proc` and the folders in `hidden` are empty from
    here on, the scratch folder and shared memory are fresh.

    Raises:
        NoNamespaces: if the kernel refuses.
    """
    user, group = _outside or (os.geteuid(), os.getegid())
    libc = _LIBC
    libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)  # otherwise the id maps belong to root
    if _outside is None:
        _check(libc.unshare(_NAMESPACES), "unshare")
        if os.fork() != 0:
            os._exit(0)  # the first process of the new process namespace goes on alone
    try:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{_STUDENT} {user} 1")
        _write("/proc/self/gid_map", f"{_STUDENT} {group} 1")
    except OSError as error:
        raise NoNamespaces(f"{error.filename}: {error.strerror}") from None
    for path in ["/proc", *hidden]:
        _tmpfs(libc, path, "size=4k,nr_inodes=2,mode=0555", _RDONLY)
    shape = f"size={scratch_bytes},nr_inodes=4096,mode=0700"
    _tmpfs(libc, SCRATCH, shape)
    _tmpfs(libc, SHARED_MEMORY, shape)
    os.chdir(SCRATCH)


def _tmpfs(libc: ctypes.CDLL, path: str, options: str, flags: int = 0) -> None:
    flags |= _NOSUID | _NODEV | _NOEXEC
    _check(libc.mount(b"tmpfs", path.encode(), b"tmpfs", flags, options.encode()), f"mount {path}")


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def become(user: int) -> None:
    """Turn from root into an ordinary user for good, and out of reach of every other process."""
    if os.geteuid() == 0 and user != 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    stay_out_of_reach()


def stay_out_of_reach() -> None:
    """No process of the same user may look into this one or trace it."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def stay_in_reach() -> None:
    """Processes of the same user may look into this one, if nothing else keeps them from it."""
    _LIBC.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def end_with_parent() -> None:
    """Be killed when the process that started this one ends."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)


def keep_orphans() -> None:
    """Become the parent of all that descend from this process and lose their own parent.

    Else they would go to the system's first process: out of sight, and to one that may not look
    after them (in a container it can be the grader).
    """
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def rights_that_root_lacks() -> list[str]:
    """Capabilities without which root cannot run, end and clean up after another user."""
    with open("/proc/self/status") as lines:
        held = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff:"))
    return [name for name, number in _CAPABILITIES.items() if not held >> number & 1]


def give_up_rights() -> None:
    """Drop every capability and the way to any new one."""
    libc = _LIBC
    libc.prctl(_PR_CAP_AMBIENT, 4, 0, 0, 0)  # PR_CAP_AMBIENT_CLEAR_ALL
    for capability in range(64):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)

    nothing = (ctypes.c_uint32 * 6)()
    header = _CapabilityHeader(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3
    if libc.capset(ctypes.byref(header), nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset failed")
    give_up_new_rights()


def give_up_new_rights() -> None:
    """No program that is started from here on has more rights than this process."""
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def user_of_its_own() -> int:
    """A user that nobody else is, for this process: its number counts up with the process's.

    In a container there may be few users. Then they repeat, after tens of thousands of processes.
    """
    most = min(_users("uid_map"), _users("gid_map"))
    if most > _USERS + _PROCESSES:
        return _USERS + os.getpid()
    span = most // 2
    if span < 2:
        raise PermissionError("there are no users here that notebooks could turn into")
    return most - 2 - os.getpid() % (span - 1)


def _users(name: str) -> int:
    """How many users or groups there are from 0 on, without a gap."""
    with open(f"/proc/self/{name}") as lines:
        ranges = sorted((int(inside), int(count)) for inside, _, count in map(str.split, lines))
    most = 0
    for first, count in ranges:
        if first <= most:
            most = max(most, first + count)
    return most


def limit_resources(limits: dict[str, Any], count_processes: bool) -> None:
    """Set this process's resource limits; its children inherit them.

    Args:
        limits: the fields of `autograder.sandbox.limits.Limits`.
        count_processes: whether the limit on processes counts this notebook's alone.
    """
    _limit(resource.RLIMIT_AS, _address_space() + limits["memory_bytes"])
    _limit(resource.RLIMIT_CPU, limits["cpu_seconds"])
    _limit(resource.RLIMIT_FSIZE, limits["scratch_bytes"])
    _limit(resource.RLIMIT_NOFILE, limits["open_files"])
    _limit(resource.RLIMIT_CORE, 0)
    if count_processes:
        _limit(resource.RLIMIT_NPROC, limits["processes"])
    if hasattr(resource, "RLIMIT_SIGPENDING"):
        _limit(resource.RLIMIT_SIGPENDING, 128)  # counted for the user, whose the others are too
    for name in ("RLIMIT_MSGQUEUE", "RLIMIT_MEMLOCK", "RLIMIT_NICE", "RLIMIT_RTPRIO"):
        if hasattr(resource, name):
            _limit(getattr(resource, name), 0)


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(what, (value, value))
    except (ValueError, OSError):  # macOS has no limit on the address space
        if sys.platform == "linux":
            raise


_started_with = 0


def remember_address_space() -> None:
    """Note how much address space the warm process takes, while /proc can still be read."""
    global _started_with
    try:
        with open("/proc/self/statm") as file:
            _started_with = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        _started_with = 2 << 30


def _address_space() -> int:
    return _started_with
