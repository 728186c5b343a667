"""What lies in the folder of submissions and is not graded, with the reason.

A submission in a folder of another name would otherwise be missed in silence: nbgrader, and this
grader with it, take `submitted/<student>/<assignment>/` and nothing else.
"""

from __future__ import annotations

import contextlib
import difflib
import itertools
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from autograder.course.course import Course
from autograder.submission.platforms import same_words, words_of

MOST_ENTRIES = 20_000
"""How many names are looked at in one folder."""

LIKE = 0.7
"""How much of two names is the same, at least, for one to be the other misspelt."""

_LOOSE = (".ipynb", ".py", ".zip", ".gz", ".tgz", ".tar")


def left_out(course: Course, assignment: str) -> dict[str, str]:
    """Why something that may be a submission is not graded, by its path in the course.

    Folders of other assignments are none of this one's submissions and are not among them. Empty
    where the course has a layout of its own (`CourseDirectory.directory_structure`).
    """
    root = course.folder("submitted", ".", ".")
    if course.folder("submitted", "student", assignment) != root / "student" / assignment:
        return {}
    others = {path.name for path in _entries(course.source_root)} - {assignment}
    found = {
        path: reason
        for student in _entries(root)
        for path, reason in _reasons(student, assignment, others)
    }
    return {_shown(path.relative_to(course.root)): reason for path, reason in found.items()}


def _reasons(student: Path, assignment: str, others: Collection[str]) -> Iterator[tuple[Path, str]]:
    wanted = f"submitted/<student>/{assignment}/"
    if not student.is_dir():
        if not student.name.startswith("."):
            yield student, f"it is a file, and a submission is a folder {wanted}"
        return
    entries = list(_entries(student))
    if student.name.startswith("."):
        if any(same_words(entry.name, assignment) for entry in entries):
            yield student, "the folder's name begins with a dot, so that it is hidden"
        return
    handed_in = student / assignment
    for entry in entries:
        if entry == handed_in and not entry.is_dir():
            yield entry, f"it is a file, and a submission is a folder {wanted}"
        elif entry == handed_in or entry.name in others:
            continue
        elif entry.is_dir() and _may_be_meant(entry, assignment, handed_in.is_dir()):
            yield entry, f"the folder has to be called {assignment}"
        elif _is_packed(entry, assignment):
            yield entry, f"it has to be unpacked into a folder {assignment}"
    loose = [
        entry
        for entry in entries
        if entry.suffix in _LOOSE and entry.is_file() and not _is_packed(entry, assignment)
    ]
    if loose and not handed_in.is_dir():
        yield student, f"its files lie beside a folder {assignment}, not in one: move them there"


def _may_be_meant(folder: Path, assignment: str, is_handed_in: bool) -> bool:
    """Whether a folder of another name could be a submission to the assignment.

    Where there is one already, it could be so only if its name has all of the assignment's words.
    """
    name, wanted = words_of(folder.name), words_of(assignment)
    if set(wanted) <= set(name) or is_handed_in:
        return set(wanted) <= set(name)
    numbers, theirs = ([word for word in words if word.isdigit()] for words in (wanted, name))
    if numbers and theirs:
        return theirs[: len(numbers)] == numbers
    alike = difflib.SequenceMatcher(None, " ".join(name), " ".join(wanted), autojunk=False)
    return alike.ratio() >= LIKE


def _is_packed(entry: Path, assignment: str) -> bool:
    return entry.is_file() and same_words(entry.name.split(".")[0], assignment)


def gone(course: Course, assignment: str, students: Collection[str]) -> list[str]:
    """A sentence for each student who has a grade and no folder any more.

    Args:
        course: the course, after a run over all submissions.
        assignment: the assignment.
        students: who has a folder.
    """
    markers = course.private / "recorded" / assignment
    keys = {path.name: _content(path) for path in _entries(markers) if path.is_file()}
    lines = []
    for student in sorted(keys.keys() - set(students)):
        same = [other for other in students if keys[student] and keys.get(other) == keys[student]]
        lines.append(
            f"{_shown(student)} has a grade in the gradebook and no folder any more"
            + (
                f": {_shown(same[0])} handed in the same files, so the folder may have been renamed"
                if same
                else ""
            )
        )
    return lines


def _entries(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in itertools.islice(entries, MOST_ENTRIES))
        yield from (folder / name for name in names)


def _content(path: Path) -> bytes:
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return b""


def _shown(path: Path | str) -> str:
    return "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for char in os.fspath(path).encode("utf-8", "replace").decode("utf-8")
    )
