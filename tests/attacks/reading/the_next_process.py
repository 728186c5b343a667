"""Looks for the process that waits for the next notebook: by signals, handles, groups and sessions.

Must see none but its own.

Ends: ok
"""
# ruff: noqa

import os, signal
seen = []
for pid in set(range(2, 3000)) - {os.getpid()}:
    for look in (lambda: os.kill(pid, 0), lambda: os.pidfd_open(pid), lambda: os.getsid(pid), lambda: os.getpgid(pid), lambda: os.sched_getaffinity(pid), lambda: os.getpriority(os.PRIO_PROCESS, pid)):
        try:
            look()
            seen.append(pid)
        except OSError:
            pass
try:
    os.kill(-1, signal.SIGCONT)
except OSError as error:
    print(error)
if seen:
    raise SystemError(str(seen))
