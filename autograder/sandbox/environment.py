"""What of this machine is visible inside the sandbox: a Python with a few packages, and no more.

Folders are shown at their own paths, so that tracebacks read the same with and without the wall.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DISTRIBUTIONS = (
    "numpy", "scipy", "matplotlib", "ipython", "matplotlib-inline", "traitlets", "tqdm", "pandas",
    "sympy", "ipywidgets", "nbformat",
)  # fmt: skip
"""Packages that students' code may import, if they are installed, with all that they need.

IPython reads notebooks with nbformat, for `%run other.ipynb`.
"""


@dataclass(frozen=True)
class PythonView:
    """The files of a Python environment.

    Attributes:
        executable: the interpreter itself, not a link to it.
        shown: files and folders to show, read-only.
        emptied: folders within `shown` that are to be empty (other packages are there).
        packages: files and folders of the packages, shown after the emptying.
        links: links to make, as path and target.
        import_path: folders to import packages from.
    """

    executable: str
    shown: tuple[str, ...]
    emptied: tuple[str, ...]
    packages: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    import_path: tuple[str, ...]


@cache
def python_view() -> PythonView:
    """Return what the sandbox shows of the running Python environment."""
    executable = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
    base = os.path.realpath(sys.base_prefix)
    packages, import_path = _packages()
    links, system = _system_libraries()
    shown = [executable, *_standard_library(base), *system]
    return PythonView(
        executable=executable,
        shown=_outermost(path for path in shown if os.path.exists(path)),
        emptied=_package_folders(shown),
        packages=packages,
        links=links,
        import_path=import_path,
    )


def _standard_library(base: str) -> list[str]:
    """The standard library and the shared libraries that came with this Python."""
    names = {"base": base, "platbase": base, "installed_base": base, "installed_platbase": base}
    found = {
        os.path.realpath(sysconfig.get_path(name, vars=names)) for name in ("stdlib", "platstdlib")
    }
    found |= {os.path.realpath(path) for path in sys.path if path.endswith("lib-dynload")}
    library = Path(base, "lib")
    if base in ("/usr", "/usr/local"):
        found |= {str(path) for path in library.glob("libpython*.so*")}
    else:
        found.add(str(library))  # a Python of its own brings its libraries with it (conda, pyenv)
    return sorted(found)


def _system_libraries() -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Links and folders in which the dynamic loader finds the system's libraries."""
    several = sysconfig.get_config_var("MULTIARCH")
    own = [f"/usr/lib/{several}", f"/lib/{several}"] if several else []
    if not any(os.path.isdir(path) for path in own):
        own = ["/usr/lib"]
    links, shown = [], ["/usr/lib64", *own, "/etc/ld.so.cache"]
    for folder in ("/lib", "/lib64"):
        if os.path.islink(folder):
            links.append((folder, os.readlink(folder)))
        elif os.path.isdir(folder) and (folder == "/lib64" or not several):
            shown.append(folder)
    inside_links = tuple(path + "/" for path, _ in links)
    return tuple(links), [path for path in shown if not path.startswith(inside_links)]


def _package_folders(shown: Iterable[str]) -> tuple[str, ...]:
    """Folders of packages within what is shown."""
    found = set()
    for folder in shown:
        for pattern in ("", "python*/", "python3/", "lib/python*/"):
            for name in ("site-packages", "dist-packages"):
                found |= {str(path) for path in Path(folder).glob(f"{pattern}{name}")}
    return tuple(sorted(found))


def _packages() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Files and folders of the distributions above and of all that they require."""
    waiting, seen, files, folders = list(DISTRIBUTIONS), set(), set(), []
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        folder = os.path.realpath(str(distribution.locate_file("")))
        if folder not in folders:
            folders.append(folder)
        files |= {os.path.join(folder, part) for part in _top_level(distribution)}
        for requirement in distribution.requires or ():
            if "extra ==" not in requirement and "extra==" not in requirement:
                waiting += re.findall(r"^[A-Za-z0-9._-]+", requirement)
    return tuple(sorted(path for path in files if os.path.exists(path))), tuple(folders)


def _top_level(distribution: importlib.metadata.Distribution) -> set[str]:
    """First parts of the paths of a distribution's files: `numpy`, `numpy.libs`, `six.py`."""
    if distribution.files:
        parts = {file.parts[0] for file in distribution.files if len(file.parts) > 0}
    else:  # packages of the system's own package manager list only their names
        names = (distribution.read_text("top_level.txt") or "").split()
        parts = {*names, *(f"{name}.py" for name in names)}
    return {part for part in parts if part not in ("..", ".", "/", "__pycache__")}


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """`paths` without those that lie within another."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(folder + "/") for folder in kept):
            kept.append(path)
    return tuple(kept)
