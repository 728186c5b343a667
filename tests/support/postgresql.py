"""A PostgreSQL server of its own, in a temporary folder, reached by a socket there."""

from __future__ import annotations

import contextlib
import glob
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

USER = "course"


def missing() -> str:
    """Why no server can be started here, "" if one can."""
    if _programs() is None:
        return "PostgreSQL's server is not installed (apt-get install postgresql)"
    if importlib.util.find_spec("psycopg") is None:
        return "PostgreSQL's driver is not installed (pip install 'psycopg[binary]')"
    if os.geteuid() == 0 and _ordinary_user() is None:
        return "PostgreSQL's server does not run as root, and there is no user postgres"
    return ""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Start a server, and end it.

    Yields:
        The address of an empty database, as SQLAlchemy takes it.
    """
    programs = _programs()
    # Not pytest's own folder: the path of a socket may have 107 characters only.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    user = _ordinary_user() if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)

    def run(program: str, *words: str) -> None:
        done = subprocess.run(
            [programs / program, *words],
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-F -c listen_addresses= -k {folder}"
    run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
    finally:
        with contextlib.suppress(AssertionError):
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    if found and shutil.which("initdb"):
        return Path(found).parent
    # Debian keeps them apart, one folder for each version.
    return next(map(Path, sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)), None)


def _ordinary_user() -> str | None:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return None
