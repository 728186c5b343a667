"""A site that runs the release in the browser, without an installation: JupyterLite with Pyodide.

All that the site needs lies in it, so it works offline after the first load, and on any server that
serves files. It is made from `release/`, and searched for hidden lines before it is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import Exercise

NEEDED = ("micropip", "ipython", "jedi", "packaging", "numpy", "matplotlib")
"""What the kernel and the notebooks import; with all that these need."""

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "package.json")
WORKER = (
    ("e.addAll([])", "e.addAll(FILES)"),
    ("await t.match(e)", "await t.match(e,{ignoreSearch:!0})"),
    ('||t.pathname.includes("/api/")', ""),  # lists of files, which are files as well
)
"""What JupyterLite's service worker keeps for offline: nothing at first, here every file."""

Lock = dict[str, Any]


def build_site(
    course: Course,
    exercise: Exercise,
    target: Path,
    jupyter_lite: Path,
    pyodide: Path,
    wheels: Sequence[Path],
    incomplete: bool = False,
) -> list[str]:
    """Make the site of an exercise's release.

    Args:
        course: the course.
        exercise: its exercise; `release/` must be what its source gives.
        target: the folder to make, which is replaced.
        jupyter_lite: the program `jupyter-lite`, with JupyterLite's Pyodide kernel.
        pyodide: the folder with Pyodide's core.
        wheels: folders with packages for it.
        incomplete: make the site also where packages are missing.

    Returns:
        The packages that are missing.

    Raises:
        CourseError: if something is missing or the release is not there, or it holds hidden lines.
    """
    release = course.folder("release", ".", exercise.name)
    if not any(release.glob("*.ipynb")):
        raise CourseError(f"{release} holds no notebooks: run 'autograder build {exercise.name}'")
    if target.exists() and not (target / "jupyter-lite.json").is_file():
        raise CourseError(f"{target} is there and is no site: take another folder")
    for name in CORE[:-1]:
        if not (pyodide / name).is_file():
            raise CourseError(f"{pyodide} lacks {name}: it is not Pyodide's core")
    if not jupyter_lite.is_file():
        raise CourseError(f"there is no {jupyter_lite}: install jupyterlite-pyodide-kernel")
    lock, files, missing = complete_lock(pyodide / "pyodide-lock.json", wheels)
    if missing and not incomplete:
        raise CourseError(
            f"the site lacks {', '.join(missing)}: put these files from Pyodide's release into "
            f"{wheels[0]} (docs/site.md)"
        )
    with tempfile.TemporaryDirectory() as name:
        lite = Path(name, "lite")
        inside = lite / "static" / "pyodide"
        inside.mkdir(parents=True)
        for core in CORE:
            if (pyodide / core).is_file():
                shutil.copyfile(pyodide / core, inside / core)
        for wheel in files:
            shutil.copyfile(wheel, inside / wheel.name)
        (inside / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
        shutil.copytree(release, lite / "contents", ignore=shutil.ignore_patterns(".*"))
        settings = {
            "jupyter-lite-schema-version": 0,
            "jupyter-config-data": {
                "appName": exercise.name,
                "enableServiceWorkerCache": "true",
                "litePluginSettings": {
                    "@jupyterlite/pyodide-kernel-extension:kernel": {"disablePyPIFallback": True}
                },
            },
        }
        (lite / "jupyter-lite.json").write_text(json.dumps(settings), encoding="utf-8")
        made = Path(name, "site")
        command = [str(jupyter_lite), "build", "--lite-dir", str(lite), "--output-dir", str(made)]
        command += ["--contents", str(lite / "contents"), "--apps", "lab"]
        done = subprocess.run(
            command, cwd=lite, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if done.returncode:
            last = (done.stdout.strip().splitlines() or ["it says nothing"])[-1]
            raise CourseError(f"jupyter-lite could not build the site: {last}")
        for found in _hidden_lines(made, exercise):
            raise CourseError(f"the site would hold a hidden line, in {found}: build the release")
        _keep_for_offline(made)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)
    return missing


def complete_lock(lock: Path, folders: Sequence[Path]) -> tuple[Lock, list[Path], list[str]]:
    """Pyodide's list of packages, with the wheels that are there.

    Returns:
        (the list without packages that are missing; the wheels; the files that are missing).
    """
    content: Lock = json.loads(lock.read_text(encoding="utf-8"))
    wheels = {path.name: path for folder in folders for path in sorted(folder.glob("*.whl"))}
    by_project = {_normal(name.split("-")[0]): path for name, path in wheels.items()}
    kept: Lock = {}
    files: list[Path] = []
    missing: list[str] = []
    waiting = list(NEEDED)
    while waiting:
        name = _normal(waiting.pop())
        if name in kept or name not in content["packages"]:
            continue
        package = dict(content["packages"][name])
        pure = package["file_name"].endswith("-none-any.whl")
        path = wheels.get(package["file_name"]) or (by_project.get(name) if pure else None)
        waiting += package["depends"]
        if path is None:
            missing.append(package["file_name"])
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if not pure and digest != package["sha256"]:
            raise CourseError(f"{path} is not the file that Pyodide's release has under this name")
        kept[name] = package | {"file_name": path.name, "sha256": digest}
        files.append(path)
    for package in kept.values():
        package["depends"] = [one for one in package["depends"] if _normal(one) in kept]
    for name, path in sorted(by_project.items()):  # what the kernel asks for by itself
        if name not in content["packages"] and path.name.endswith("-none-any.whl"):
            files.append(path)
            kept[name] = {
                "name": name,
                "version": path.name.split("-")[1],
                "file_name": path.name,
                "install_dir": "site",
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "imports": [name.replace("-", "_")],
                "depends": [],
                "package_type": "package",
                "unvendored_tests": False,
            }
    return content | {"packages": kept}, files, sorted(set(missing))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _hidden_lines(site: Path, exercise: Exercise) -> Iterator[str]:
    """The files in which a line stands that students must not see."""
    hidden = set()
    for notebook in exercise.notebooks.values():
        for cell in notebook.cells:
            shown = {line.strip() for line in cell.released.split("\n")}
            lines = {line.strip() for line in cell.source.split("\n")}
            hidden |= {line for line in lines - shown if len(line) >= 12}
    shown = {
        line.strip()
        for notebook in exercise.notebooks.values()
        for cell in notebook.cells
        for line in cell.released.split("\n")
    }
    written = {json.dumps(line, ensure_ascii=False)[1:-1] for line in hidden - shown}
    for path in sorted(site.rglob("*")):
        if path.is_file() and path.suffix in (".ipynb", ".json", ".py", ".md", ".html"):
            text = path.read_text(encoding="utf-8", errors="replace")
            if any(line in text for line in written):
                yield path.relative_to(site).as_posix()


def _keep_for_offline(site: Path) -> None:
    """Have the browser fetch and keep every file of the site at the first visit."""
    path = site / "service-worker.js"
    text = path.read_text(encoding="utf-8")
    for old, new in WORKER:
        if text.count(old) != 1:
            raise CourseError("this JupyterLite has another service worker: pin the version before")
        text = text.replace(old, new)
    names = [
        one.relative_to(site).as_posix()
        for one in sorted(site.rglob("*"))
        if one.is_file() and one != path and one.suffix != ".map"
    ]
    pages = [name.removesuffix("index.html") or "./" for name in names if "index.html" in name]
    files = list(dict.fromkeys(["./", *pages, *names]))  # one twice, and the browser keeps none
    path.write_text(f"const FILES={json.dumps(files)};{text}", encoding="utf-8")
