"""Stored results: each under the hash of everything that it depends on.

So a repeated run grades only what changed, and an interrupted one goes on where it stopped. A file
appears whole or not at all, and one that cannot be read counts as not there.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import autograder
from autograder.course.files import write_whole
from autograder.exercise.source_notebooks import Exercise, package_of
from autograder.grading.grade import installed_versions
from autograder.grading.prepared import PackedResult
from autograder.result import NotebookResult, SubmissionResult, from_json, to_json
from autograder.submission.files import SubmittedFile

PACKAGE = Path(__file__).parents[1]

DECIDING = (
    "errors.py",
    "exercise",
    "result",
    "submission",
    "repair",
    "judge",
    "sandbox",
    "sanitize",
    "grading",
    "gradebook",
)
"""What of the package decides scores, comments or the recorded notebook, beside the exercise."""


class Store:
    """The results of one exercise under one set of limits.

    A result is kept in parts, one for each notebook and one for what holds for the submission as a
    whole. So when hidden tests change, the notebooks that they concern are graded again, and the
    parts of the others still stand.

    Args:
        folder: where they are kept.
        exercise: the exercise; its source notebooks and hidden tests are part of every key.
        how: the settings under which submissions are graded, as JSON values.
    """

    def __init__(self, folder: Path, exercise: Exercise, how: Mapping[str, Any]):
        self.folder = folder
        engine = _digest(
            {
                "engine": _digest_of_files(_deciding_files()),
                # All of them for each: what is whose answer depends on every notebook.
                "source": {name: book.text for name, book in exercise.notebooks.items()},
                "versions": installed_versions(),
                "how": how,
            }
        )
        self._bases = {
            name: _digest([engine, name, _digest_of_files(files_of_notebook(exercise, name))])
            for name in exercise.notebooks
        }
        self._parts_of: dict[str, dict[str, str]] = {}

    def key(self, files: Sequence[SubmittedFile]) -> str:
        """The hash of all that the result for these files depends on."""
        parts = self._part_keys(files)
        key = _digest(parts)
        self._parts_of[key] = parts
        return key

    def _part_keys(self, files: Sequence[SubmittedFile]) -> dict[str, str]:
        """The hash of all that the result for each notebook depends on."""
        contents = _digest(
            [
                (
                    asdict(file) | {"content": None},
                    hashlib.sha256(file.content).hexdigest() if file.content is not None else None,
                )
                for file in files
            ]
        )
        return {name: _digest([basis, contents]) for name, basis in self._bases.items()}

    def has(self, key: str) -> bool:
        keys = (key, *self._parts_of.get(key, {}).values())
        return all(self._path(one).exists() for one in keys)

    def load(self, key: str) -> SubmissionResult | None:
        try:
            whole = self._read(key)
            notebooks = tuple(
                from_json(NotebookResult, self._read(part)) for part in whole.pop("parts")
            )
            rest: SubmissionResult = from_json(SubmissionResult, whole | {"notebooks": []})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return replace(rest, notebooks=notebooks)

    def known(self, key: str) -> dict[str, str]:
        """The parts of the result under this key that are there, as JSON, by notebook."""
        found = {}
        for name, part in self._parts_of[key].items():
            try:
                found[name] = json.dumps(self._read(part))
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return found

    def save(self, key: str, packed: PackedResult) -> None:
        parts = self._parts_of[key]
        for notebook in packed.notebooks:
            self._write(parts[notebook.name], notebook.stored)
        whole = to_json(replace(packed.result, notebooks=()))
        del whole["notebooks"]
        whole["parts"] = [parts[notebook.name] for notebook in packed.notebooks]
        self._write(key, json.dumps(whole, ensure_ascii=False))

    def _read(self, key: str) -> dict[str, Any]:
        stored = json.loads(self._path(key).read_bytes())
        if stored["key"] != key:
            raise ValueError(f"this is not the result under {key}")
        result: dict[str, Any] = stored["result"]
        return result

    def _write(self, key: str, result: str) -> None:
        """Store a result that is JSON already."""
        text = f'{{"key": {json.dumps(key)}, "result": {result}}}'
        write_whole(self._path(key), text.encode("utf-8", "surrogatepass"))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def _deciding_files() -> list[Path]:
    """The files of the package that grade, whatever the exercise is."""
    return [path for name in DECIDING for path in _files_in(PACKAGE / name)]


@functools.cache
def digest_of_package() -> str:
    """The hash of the whole package and of the versions that it runs with, in this process."""
    return _digest([_digest_of_files(_files_in(PACKAGE)), installed_versions()])


def files_of_notebook(exercise: Exercise, notebook: str) -> list[Path]:
    """The files of an exercise's hidden tests that the result for one notebook depends on.

    These are the notebook's tests, what they import of the exercise's other modules, the known
    answers to its tasks with the slips that they are made of, and what is no Python at all.
    """
    package = package_of(exercise.name)
    found = {package / "__init__.py"}
    waiting = [package / f"{notebook}.py"]
    while waiting:
        module = waiting.pop()
        if module not in found and module.is_file():
            found.add(module)
            waiting += [package / f"{name}.py" for name in _imported(module, exercise.name)]
    found.add(package / "slips.py")
    found |= {
        package / kind / f"{task}.py"
        for kind in ("mistakes", "variants")
        for task in exercise.tasks[notebook]
    }
    found |= {path for path in _files_in(package) if path.suffix != ".py"}
    return sorted(path for path in found if path.is_file())


def _imported(module: Path, exercise: str) -> set[str]:
    """The modules of an exercise that one of them imports."""
    names: set[str] = set()
    package = f"autograder.{exercise}"
    for node in ast.walk(ast.parse(module.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                origin = f"{package}.{origin}".rstrip(".")
            names |= {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
    inside = (name.removeprefix(f"{package}.") for name in names if name.startswith(f"{package}."))
    return {name.split(".")[0] for name in inside}


def _files_in(folder: Path) -> list[Path]:
    """A file itself, or all files in a folder, without what Python makes there."""
    return [
        path
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))
        if path.is_file() and "__pycache__" not in path.parts
    ]


def _digest_of_files(paths: Sequence[Path]) -> list[tuple[str, str]]:
    return [(_name_of(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]


def _name_of(path: Path) -> str:
    """A file's path within the package, or within the course's own folder of exercises."""
    return next(
        path.relative_to(folder).as_posix()
        for folder in (PACKAGE, *map(Path, autograder.__path__))
        if path.is_relative_to(folder)
    )


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
