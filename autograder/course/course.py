"""A course folder: its configuration and where things lie in it.

nbgrader takes seconds to import, so this reads the course without it, in the way that it does:
`nbgrader_config.py`, and the names of the folders in it.
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from traitlets.config import Config
from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

from autograder.course.lock import take_lock
from autograder.errors import CourseError

DEFAULTS = {
    "source_directory": "source",
    "release_directory": "release",
    "solution_directory": "solution",
    "submitted_directory": "submitted",
    "autograded_directory": "autograded",
    "feedback_directory": "feedback",
    "directory_structure": os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}"),
    "course_id": "",
}
"""nbgrader's own defaults for what this module reads."""

PRIVATE = ".autograder"
"""The folder in a course for stored results and locks. It can be deleted at any time."""


@dataclass(frozen=True)
class Course:
    """A course folder, whose paths are absolute.

    Attributes:
        root: the folder.
        config: nbgrader's configuration, as nbgrader merges it for this course.
    """

    root: Path
    config: Config

    def option(self, name: str) -> str:
        """One of `CourseDirectory`'s options, or nbgrader's default for it."""
        return str(self.config.CourseDirectory.get(name, DEFAULTS[name]))

    def folder(self, step: str, student: str = ".", assignment: str = ".") -> Path:
        """Where one assignment of one student lies at one step ("source", "submitted", …)."""
        structure = self.option("directory_structure")
        path = structure.format(
            nbgrader_step=self.option(f"{step}_directory"),
            student_id=student,
            assignment_id=assignment,
        )
        return Path(os.path.normpath(self.root / path))

    @property
    def source_root(self) -> Path:
        return self.root / self.option("source_directory")

    @property
    def db_url(self) -> str:
        default = f"sqlite:///{self.root / 'gradebook.db'}"
        return str(self.config.CourseDirectory.get("db_url", default))

    @property
    def private(self) -> Path:
        """The folder for stored results, which need not be there yet."""
        return self.root / PRIVATE

    def submissions(self, assignment: str) -> dict[str, Path]:
        """The folders that were handed in, by student, sorted.

        Raises:
            CourseError: if there is none.
        """
        pattern = str(self.folder("submitted", "\0", glob.escape(assignment)))
        before, after = pattern.split("\0")
        before = glob.escape(before)
        student = re.compile(
            re.escape(str(self.folder("submitted", "\0", assignment))).replace("\0", "([^/]+)")
        )
        found = {}
        for path in glob.glob(f"{before}*{after}"):
            match = student.fullmatch(path)
            if match and os.path.isdir(path):
                found[match[1]] = Path(path)
        if not found:
            shown = self.folder("submitted", "<student>", assignment).relative_to(self.root)
            raise CourseError(f"nothing was handed in: there is no folder {shown} in {self.root}")
        return dict(sorted(found.items()))

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Wait until no other process writes to this course's records, and keep others waiting."""
        self.private.mkdir(exist_ok=True)
        with open(self.private / "lock", "w") as file:
            take_lock(file, wait=True)
            yield


def open_course(root: Path) -> Course:
    """The course in a folder.

    Raises:
        CourseError: if there is no such folder or its configuration cannot be read.
    """
    root = Path(os.path.abspath(root))
    if not root.is_dir():
        raise CourseError(f"there is no course folder {root}")
    refuse_path(root)
    return Course(root, _load_config(root))


def refuse_path(root: Path) -> None:
    """Refuse a course folder in which nbgrader finds nothing, or writes elsewhere.

    It takes the path as a pattern of file names and, for the gradebook, as an address.

    Raises:
        CourseError: says what is in the way.
    """
    if re.search("[\ud800-\udfff]", str(root)):  # bytes that are no text
        raise CourseError(
            f"the path {root} is no text in this system's encoding "
            f"({sys.getfilesystemencoding()}): set LC_ALL=C.UTF-8, or rename the folder; what is "
            "in it stays as it is"
        )
    found = re.findall(r"[\[\]*?]|%[0-9A-Fa-f]{2}", str(root))
    if found:
        raise CourseError(
            f"nbgrader cannot work in a folder with {' '.join(dict.fromkeys(found))} in its path: "
            f"rename or move {root}; what is in it stays as it is"
        )


def _load_config(root: Path) -> Config:
    """nbgrader's order, the last one winning: Jupyter's folders, the working folder, the course."""
    from jupyter_core.paths import jupyter_config_path

    config = Config()
    folders = [*reversed(jupyter_config_path()), os.getcwd(), str(root)]
    for folder in dict.fromkeys(folders):
        for loader, name in (
            (PyFileConfigLoader, "nbgrader_config.py"),
            (JSONFileConfigLoader, "nbgrader_config.json"),
        ):
            if not os.path.exists(os.path.join(folder, name)):
                continue
            try:
                config.merge(loader(name, path=folder).load_config())
            except Exception as error:
                sentence = f"{type(error).__name__}: {error}"
                raise CourseError(
                    f"{os.path.join(folder, name)} cannot be read: {sentence}"
                ) from None
    return config
