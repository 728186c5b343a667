"""Stored results: each under the hash of everything that it depends on.

So a repeated run grades only what changed, and an interrupted one goes on where it stopped. A file
appears whole or not at all, and one that cannot be read counts as not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from autograder.exercise import Exercise
from autograder.grading import installed_versions
from autograder.result import SubmissionResult, from_json, to_json
from autograder.submission import SubmittedFile

NOT_GRADING = {
    "__main__.py",
    "batch.py",
    "build.py",
    "cli.py",
    "course.py",
    "feedback.py",
    "measure.py",
    "mutants.py",
    "nbgrader_steps.py",
    "own_notebook.py",
    "progress.py",
    "record.py",
    "run.py",
    "sample.py",
    "settings.py",
    "store.py",
    "table.py",
}
"""Modules of the package that can change without a grade changing."""


class Store:
    """The results of one exercise under one set of limits.

    Args:
        folder: where they are kept.
        exercise: the exercise; its source notebooks and hidden tests are part of every key.
        how: the settings under which submissions are graded, as JSON values.
    """

    def __init__(self, folder: Path, exercise: Exercise, how: dict):
        self.folder = folder
        self._basis = _digest(
            {
                "engine": _digest_of_files(_engine_files(exercise)),
                "source": {name: book.text for name, book in exercise.notebooks.items()},
                "versions": installed_versions(),
                "how": how,
            }
        )

    def key(self, files: Sequence[SubmittedFile]) -> str:
        """The hash of all that the result for these files depends on."""
        contents = [
            (
                asdict(file) | {"content": None},
                hashlib.sha256(file.content).hexdigest() if file.content is not None else None,
            )
            for file in files
        ]
        return _digest([self._basis, contents])

    def has(self, key: str) -> bool:
        return self._path(key).exists()

    def load(self, key: str) -> SubmissionResult | None:
        try:
            stored = json.loads(self._path(key).read_bytes())
            if stored["key"] != key:
                return None
            return from_json(SubmissionResult, stored["result"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def save(self, key: str, result: SubmissionResult) -> None:
        text = json.dumps({"key": key, "result": to_json(result)}, ensure_ascii=False)
        write_whole(self._path(key), text.encode("utf-8", "surrogatepass"))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there either with all of its content or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _engine_files(exercise: Exercise) -> list[Path]:
    """The files of the package that grade, with this exercise's hidden tests and known answers."""
    package = Path(__file__).parent
    other_exercises = {
        declares.parent.name
        for declares in package.glob("*/__init__.py")
        if "POINTS" in declares.read_text(encoding="utf-8")
    } - {exercise.name}
    return [
        path
        for path in sorted(package.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.relative_to(package).parts[0] not in NOT_GRADING | other_exercises
    ]


def _digest_of_files(paths: Sequence[Path]) -> list[tuple[str, str]]:
    package = Path(__file__).parent
    return [
        (path.relative_to(package).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in paths
    ]


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
