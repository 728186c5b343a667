"""Writes the files that a platform asks for."""

from __future__ import annotations

import importlib.metadata
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.course.course import Course
from autograder.course.files import write_whole
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import HIDDEN_FOLDER, Exercise, package_of

PACKAGE = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parent / "templates"
CONFIGURATION = "nbgrader_config.py"

Files = dict[str, bytes]
"""Contents by path, relative to where the bundle is put."""


def write_bundle(course: Course, exercise: Exercise, platform: str, to: Path | None) -> list[Path]:
    """Write what a platform needs to grade an exercise.

    Args:
        platform: one of `PLATFORMS`.
        to: the file or folder to write, in the working folder by default.

    Returns:
        The files that were written.

    Raises:
        CourseError: if something is missing in the course.
    """
    files = PLATFORMS[platform](course, exercise)
    if platform == "gradescope":
        files = {f"{exercise.name}-gradescope.zip": _zipped(files)}
    elif platform == "github":
        files = {f"{exercise.name}-github/{name}": data for name, data in files.items()}
    written = []
    for name, data in files.items():
        path = Path(name) if to is None else Path(to, *Path(name).parts[1:])
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        written.append(path)
    return written


def gradescope(course: Course, exercise: Exercise) -> Files:
    """The autograder that Gradescope takes as a zip file: it holds the hidden tests."""
    files = _templates(exercise, "setup.sh", "run_autograder")
    files["requirements.txt"] = "".join(f"{one}\n" for one in _requirements()).encode()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            files[f"grader/autograder/{path.relative_to(PACKAGE).as_posix()}"] = path.read_bytes()
    for name in exercise.notebooks:
        path = course.source_root / exercise.name / f"{name}.ipynb"
        files[f"course/source/{exercise.name}/{name}.ipynb"] = path.read_bytes()
    package = package_of(exercise.name)
    if not package.is_relative_to(PACKAGE):
        for path in sorted(package.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                inside = path.relative_to(package.parent).as_posix()
                files[f"course/{HIDDEN_FOLDER}/{inside}"] = path.read_bytes()
    files |= {f"course/{name}": data for name, data in _configuration(course)}
    return files


def kubernetes(course: Course, exercise: Exercise) -> Files:
    """A Job that grades a class in a volume."""
    (manifest,) = _templates(exercise, "job.yaml").values()
    return {f"{exercise.name}-kubernetes.yaml": manifest}


def github(course: Course, exercise: Exercise) -> Files:
    """A template repository for students, and the workflow with which instructors grade."""
    files = {
        f"course/.github/workflows/grade-{exercise.name}.yml": _template("grade.yml", exercise),
        "students/.github/workflows/classroom.yml": _template("classroom.yml", exercise),
        "students/.github/visible_checks.py": _template("visible_checks.py", exercise),
    }
    for name in exercise.notebooks:
        path = course.folder("release", assignment=exercise.name) / f"{name}.ipynb"
        if not path.is_file():
            raise CourseError(f"there is no {path}: run 'autograder build {exercise.name}' first")
        files[f"students/{exercise.name}/{name}.ipynb"] = path.read_bytes()
    return files


PLATFORMS: dict[str, Callable[[Course, Exercise], Files]] = {
    "gradescope": gradescope,
    "kubernetes": kubernetes,
    "github": github,
}


def _templates(exercise: Exercise, *names: str) -> Files:
    return {name: _template(name, exercise) for name in names}


def _template(name: str, exercise: Exercise) -> bytes:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return (
        text.replace("ASSIGNMENT", exercise.name).replace("LABEL", _label(exercise.name)).encode()
    )


def _label(name: str) -> str:
    """A name as Kubernetes allows it: small letters, digits and dashes."""
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-")[:50] or "exercise"


def _configuration(course: Course) -> Iterator[tuple[str, bytes]]:
    path = course.root / CONFIGURATION
    if not path.is_file():
        raise CourseError(f"there is no {CONFIGURATION} in {course.root}")
    yield CONFIGURATION, path.read_bytes()


def _requirements() -> list[str]:
    """All that the grader requires, in the versions that are installed here."""
    waiting, found = ["autograder"], {}
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        found[name] = distribution.version
        for requirement in distribution.requires or ():
            if not re.search(r"extra\s*==", requirement):
                waiting += re.findall(r"^[A-Za-z0-9._-]+", requirement)
    if "autograder" not in found:
        raise CourseError(
            "the package autograder is not installed here: 'pip install .' installs it"
        )
    return [f"{name}=={version}" for name, version in sorted(found.items()) if name != "autograder"]


def _zipped(files: Files) -> bytes:
    """The same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            executable = name in ("setup.sh", "run_autograder")
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()
