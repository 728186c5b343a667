"""Whose file it is: the naming of each learning platform's downloads.

| platform | name of a file in the download | student id |
| --- | --- | --- |
| Moodle | `Ada Lovelace_4711_assignsubmission_file_/convolution.ipynb` | `4711` |
| Moodle, no folders | `Ada Lovelace_4711_assignsubmission_file_convolution.ipynb` | `4711` |
| Canvas | `lovelaceada_LATE_4711_98765_convolution-1.ipynb` | `4711` |
| ILIAS | `Blatt 9/Abgaben/Lovelace_Ada_alovel_4711/convolution.ipynb` | `alovel` |
| Blackboard | `Exercise 9_alovel_attempt_2026-11-20-11-59-00_convolution.ipynb` | `alovel` |
| Brightspace | `4711-2557 - Ada Lovelace - Nov 20, 2026 1159 AM/convolution.ipynb` | `4711` |
| Sakai | `Exercise 9/Lovelace, Ada(alovel)/Submission attachment(s)/convolution.ipynb` | `alovel` |
| Gradescope | `assignment_1_export/submission_98765/convolution.ipynb` | `:sid:` of the metadata |
| folders | `alovel/convolution.ipynb`, GitHub Classroom's `exercise09-alovel/…` | `alovel` |

Names of people are no ids: two of them can share one.
"""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<student>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?"
)
CANVAS = re.compile(
    r"(?:(?P<name>.*?)_(?:LATE_)?(?P<student>\d+)|(?:LATE_)?(?P<anonymous>anon_\w+?))"
    r"(?:_question_\d+)?_(?P<upload>\d+)_(?P<file>.+)"
)
ILIAS = re.compile(r"(?P<last>[^_]+)_(?P<first>[^_]+)_(?P<login>.+)_(?P<number>\d+)")
ILIAS_SUBMISSIONS = {"abgaben", "submissions", "einreichungen"}
ILIAS_NOT_STUDENTS = re.compile(r"multi_feedback.*|team[ _]\d+|feedback", re.IGNORECASE)
ILIAS_LATE = re.compile(r"(?:late submission|versp(?:ae|ä)tete abgabe) - ", re.IGNORECASE)
ILIAS_STORED = re.compile(r"(?P<time>20\d{12})_(?P<file>.+)")
BLACKBOARD = re.compile(
    r"(?P<before>.+)_attempt_(?P<time>20\d\d(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)"
)
BRIGHTSPACE = re.compile(
    r"(?P<first>\d+)-(?P<second>\d+) - (?P<name>.+?) - (?P<time>\w+ \d+, 20\d\d \d+:?\d\d [AP]M)"
)
SAKAI = re.compile(r"[^()]+\((?P<student>[^()]+)\)")
SAKAI_FILES = re.compile(r"submission attachment(\(s\)|s)?", re.IGNORECASE)
GRADESCOPE = re.compile(r"submission_(?P<number>\d+)")

COPY_NUMBER = re.compile(r"(?P<stem>.+?)(?:-(?P<dash>\d+)| \((?P<bracket>\d+)\))")

NOT_STUDENTS = {"submitted", "submissions", "abgaben", "downloaded", "extracted"}
"""Folders of this name lie between a download and its students' folders."""


@dataclass(frozen=True)
class HandedIn:
    """One file of a download.

    Attributes:
        student: the student's id on the platform.
        path: the file's path below the student's folder.
        order: larger for a later attempt at the same path.
        time: when it was handed in, seconds since 1970, if its name says it.
        name: what the platform calls the student beside the id, if it does.
    """

    student: str
    path: str
    order: tuple[float, ...] = ()
    time: float | None = None
    name: str = ""


@dataclass(frozen=True)
class Download:
    """What is known of a download beside the names of its files.

    Attributes:
        assignment: the assignment's name.
        released: names of the exercise's notebooks; a number that the platform put behind such a
            name (`convolution-1.ipynb`) is taken off again.
        ilias_id: "login" or "number".
        unpacked: the first folders that are archives' content.
        submitters: the student of each of Gradescope's submission folders, and the time.
        prefix: what the names of all students' folders begin with and no id has.
        around: how many folders lie around the students' folders, by the first folder of a path
            where that is an archive's content, else by "".
        brightspace: which of the two numbers in Brightspace's folders is the student's.
    """

    assignment: str = ""
    released: frozenset[str] = frozenset()
    ilias_id: str = "login"
    unpacked: frozenset[str] = frozenset()
    submitters: Mapping[str, tuple[str, float | None]] = field(default_factory=dict)
    prefix: str = ""
    around: Mapping[str, int] = field(default_factory=dict)
    brightspace: str = "first"


Parts = tuple[str, ...]
Reader = Callable[[Parts, Download], HandedIn | str | None]


def recognize(path: str, platform: str, download: Download = Download()) -> HandedIn | str | None:
    """What a file's path in a download says about it.

    Args:
        path: below the folder that the download was unpacked to, with forward slashes.
        platform: one of `PLATFORMS`.
        download: what else is known.

    Returns:
        What it is, or a sentence why it is nothing to grade, or None if it is no such naming.
    """
    parts = PurePosixPath(unicodedata.normalize("NFC", path)).parts
    return PLATFORMS[platform](parts, download)


def platform_of(paths: Iterable[str], download: Download = Download()) -> str:
    """The platform whose naming most paths follow; "folders" if they follow none.

    Single files decide nothing: students choose how their files and folders are called, so one may
    look like another platform's, and like another student's there.
    """
    counts = Counter(
        platform
        for path in paths
        for platform in PLATFORMS
        if platform != FOLDERS and recognize(path, platform, download) is not None
    )
    return max(counts, key=lambda platform: counts[platform], default=FOLDERS)


def same_words(one: str, other: str) -> bool:
    """Whether two names say the same: `Exercise 9`, `exercise09` and `exercise_09` do."""
    return words_of(one) == words_of(other)


def words_of(name: str) -> list[str]:
    """The words and numbers in a name, as they are compared."""
    return [word.lstrip("0") or "0" for word in re.findall(r"\d+|[^\W\d_]+", name.casefold())]


def _from_moodle(parts: Parts, download: Download) -> HandedIn | str | None:
    for at, part in enumerate(parts):
        match = MOODLE.fullmatch(part)
        if match is None:
            continue
        below = "/".join(parts[at + 1 :]) or match["file"]
        if match["kind"] != "file" or not below:
            return "it is text that was typed into Moodle, not a file that was handed in"
        return HandedIn(match["student"], below, name=match["name"])
    return None


def _from_canvas(parts: Parts, download: Download) -> HandedIn | None:
    for at, part in enumerate(parts):
        # A folder is an archive that a student handed in; the first one is the download itself.
        if (match := CANVAS.fullmatch(part)) and (at > 0 or len(parts) == 1):
            name, number = _without_number(match["file"], download.released)
            below = "/".join((name, *parts[at + 1 :]))
            student = match["student"] or match["anonymous"]
            order = float(match["upload"]), number
            return HandedIn(student, below, order, name=match["name"] or "")
    return None


def _from_ilias(parts: Parts, download: Download) -> HandedIn | None:
    at = _ilias_folder(parts[:-1])
    match = None if at is None else ILIAS.fullmatch(parts[at])
    if at is None or match is None:
        return None
    student = match["login"] if download.ilias_id == "login" else match["number"]
    *folders, name = parts[at + 1 :]
    name, late = ILIAS_LATE.subn("", name, count=1)
    name, time = _without_time(name)
    name, number = _without_number(name, download.released)
    return HandedIn(student, "/".join((*folders, name)), (time or 0.0, late, number), time)


def _without_time(name: str) -> tuple[str, float | None]:
    """The name as the student had it, and when ILIAS stored it, where the name begins with that."""
    stored = ILIAS_STORED.fullmatch(name)
    if stored:
        time = _local_time(stored["time"], "%Y%m%d%H%M%S")
        if time is not None:
            return stored["file"], time
    return name, None


def _ilias_folder(folders: tuple[str, ...]) -> int | None:
    """Which of the folders is a student's: the one below "Abgaben", else the first that may be."""
    matching = [
        at
        for at, folder in enumerate(folders)
        if ILIAS.fullmatch(folder) and not ILIAS_NOT_STUDENTS.fullmatch(folder)
    ]
    for at, folder in enumerate(folders):
        if folder.lower() in ILIAS_SUBMISSIONS:
            return next((one for one in matching if at < one <= at + 2), None)
    return matching[0] if matching else None


def _without_number(name: str, released: Collection[str]) -> tuple[str, float]:
    """The name without the number that a platform puts behind a name that it already has."""
    stem, suffix = os.path.splitext(name)
    match = COPY_NUMBER.fullmatch(stem)
    if match and match["stem"] + suffix in released:
        return match["stem"] + suffix, float(match["dash"] or match["bracket"])
    return name, 0.0


def _from_blackboard(parts: Parts, download: Download) -> HandedIn | str | None:
    for at, part in enumerate(parts):
        match = BLACKBOARD.fullmatch(part)
        if match is None:
            continue
        if not match["file"]:
            return "it is Blackboard's note on an attempt, not a file that was handed in"
        student = _after_assignment(match["before"], download.assignment)
        time = _local_time(match["time"], "%Y-%m-%d-%H-%M-%S")
        return HandedIn(student, "/".join((match["file"], *parts[at + 1 :])), (time or 0.0,), time)
    return None


def _after_assignment(before: str, assignment: str) -> str:
    """The student in `<title of the assignment>_<student>`, where both can hold underscores."""
    pieces = before.split("_")
    for at in range(1, len(pieces)):
        if same_words(" ".join(pieces[:at]), assignment):
            return "_".join(pieces[at:])
    return pieces[-1]


def _from_brightspace(parts: Parts, download: Download) -> HandedIn | None:
    for at, part in enumerate(parts[:-1]):
        if match := BRIGHTSPACE.fullmatch(part):
            time = _local_time(match["time"].replace(":", ""), "%b %d, %Y %I%M %p")
            below = "/".join(parts[at + 1 :])
            return HandedIn(match[download.brightspace], below, (time or 0.0,), time)
    return None


def brightspace_number(paths: Iterable[str]) -> str:
    """Which of the two numbers of Brightspace's folders tells the people apart.

    Where neither does, two people share a name; then the first number is the id.
    """
    matches = [
        match
        for path in paths
        for part in path.split("/")[:-1]
        if (match := BRIGHTSPACE.fullmatch(part))
    ]
    people = {match["name"] for match in matches}
    for number in ("first", "second"):
        if len({match[number] for match in matches}) >= len(people):
            return number
    return "first"


def _from_sakai(parts: Parts, download: Download) -> HandedIn | None:
    for at, part in enumerate(parts[:-2]):
        match = SAKAI.fullmatch(part)
        if match and SAKAI_FILES.fullmatch(parts[at + 1]):
            return HandedIn(match["student"].strip(), "/".join(parts[at + 2 :]))
    return None


def _from_gradescope(parts: Parts, download: Download) -> HandedIn | str | None:
    for at, part in enumerate(parts[:-1]):
        if GRADESCOPE.fullmatch(part):
            if part not in download.submitters:
                return (
                    "submission_metadata.yml, which lies in Gradescope's export, does not say "
                    "whose it is"
                )
            student, time = download.submitters[part]
            return HandedIn(student, "/".join(parts[at + 1 :]), (time or 0.0,), time)
    return None


def submitters_of(metadata: object) -> dict[str, tuple[str, float | None]]:
    """The students in Gradescope's `submission_metadata.yml`, by submission folder.

    Of several submitters of one submission, the first one counts; without a student number the
    e-mail address is the id.
    """
    found: dict[str, tuple[str, float | None]] = {}
    for folder, facts in metadata.items() if isinstance(metadata, dict) else ():
        people = facts.get(":submitters") if isinstance(facts, dict) else None
        if not people or not isinstance(people, list) or not isinstance(people[0], dict):
            continue
        student = str(people[0].get(":sid") or people[0].get(":email") or "").strip()
        when = facts.get(":created_at")
        if student:
            found[str(folder)] = student, when.timestamp() if isinstance(when, datetime) else None
    return found


def _from_folders(parts: Parts, download: Download) -> HandedIn | None:
    """The first folder that is a student's, in whatever folders the download has around it."""
    folders, name = parts[:-1], PurePosixPath(*parts).name
    first = folders[0] if folders and folders[0] in download.unpacked else ""
    folders = folders[download.around.get(first, 1 if first else 0) :]
    while folders and _is_around_students(folders[0], download):
        folders = folders[1:]
    if not folders:
        return None
    student, *below = folders
    student = student.removeprefix(download.prefix)
    below = [one for one in below if not same_words(one, download.assignment)]
    name, number = _without_number(name, download.released)
    return HandedIn(student, "/".join((*below, name)), (number,))


def _is_around_students(folder: str, download: Download) -> bool:
    return folder.lower() in NOT_STUDENTS or same_words(folder, download.assignment)


def folders_around(paths: Iterable[str], download: Download) -> dict[str, int]:
    """`Download.around`: the folders that all notebooks of a download lie in are no students'.

    People are told apart by having notebooks of the same name, each in a folder of their own. Where
    there are several archives, and each holds one person's files, they are named after the people.
    """
    contents: dict[str, list[Parts]] = {}
    for path in paths:
        parts = PurePosixPath(path).parts
        if path.endswith(".ipynb"):
            contents.setdefault(parts[0] if parts[0] in download.unpacked else "", []).append(parts)
    levels = {
        first: _students_level(notebooks, 1 if first else 0)
        for first, notebooks in contents.items()
    }
    if len(levels) > 1 and "" not in levels and not any(level for level in levels.values()):
        return dict.fromkeys(levels, 0)
    around = {}
    for first, level in levels.items():
        around[first] = level or (1 if first else 0)
        inner = {parts[1] for parts in contents[first] if len(parts) > 2}
        if first and not level and inner == {first}:
            around[first] = 2  # a folder that was packed under its own name
    return around


def _students_level(notebooks: Sequence[Parts], level: int) -> int | None:
    """Where the folders of several people lie; None if that of one person does at most."""
    while all(len(parts) > level + 1 for parts in notebooks):
        owners: dict[str, set[str]] = {}
        for parts in notebooks:
            owners.setdefault(parts[-1], set()).add(parts[level])
        if any(len(folders) > 1 for folders in owners.values()):
            return level
        if len({parts[level] for parts in notebooks}) > 1:
            return None
        level += 1
    return None


def classroom_prefix(paths: Iterable[str], download: Download) -> str:
    """What GitHub Classroom puts before the names: `exercise-9-` in `exercise-9-alovel`."""
    found = [_from_folders(PurePosixPath(path).parts, download) for path in paths]
    students = {one.student for one in found if one}
    first, last = min(students, default=""), max(students, default="")
    different = (
        at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other
    )
    shared = first[: next(different, len(first))]
    words = words_of(download.assignment)
    ends = [match.end() for match in re.finditer("-", shared)]
    if len(students) == 1:  # no other name tells how far the prefix goes
        ends = [end for end in ends if words_of(shared[:end]) == words]
    for end in reversed(ends):
        if words and words_of(shared[:end])[: len(words)] == words:
            return shared[:end]
    return ""


def _local_time(text: str, pattern: str) -> float | None:
    with contextlib.suppress(ValueError, OverflowError):
        return datetime.strptime(text, pattern).astimezone().timestamp()
    return None


FOLDERS = "folders"
PLATFORMS: dict[str, Reader] = {
    "moodle": _from_moodle,
    "canvas": _from_canvas,
    "ilias": _from_ilias,
    "blackboard": _from_blackboard,
    "brightspace": _from_brightspace,
    "sakai": _from_sakai,
    "gradescope": _from_gradescope,
    FOLDERS: _from_folders,
}
NAMES = {"ilias": "ILIAS", FOLDERS: "a folder for each student"}


def name_of(platform: str) -> str:
    """The platform as a sentence has it."""
    return NAMES.get(platform, platform.title())
