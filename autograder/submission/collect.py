"""`nbgrader zip_collect` for the downloads of Moodle, Canvas and ILIAS.

Put the file as it was downloaded into `downloaded/<assignment>/archive/` and run
`nbgrader zip_collect <assignment>`. Which platform it comes from is seen from the names:

| platform | name of a file in the download | student id |
| --- | --- | --- |
| Moodle | `Ada Lovelace_4711_assignsubmission_file_/convolution.ipynb` | `4711` |
| Moodle, no folders | `Ada Lovelace_4711_assignsubmission_file_convolution.ipynb` | `4711` |
| Canvas | `lovelaceada_LATE_4711_98765_convolution-1.ipynb` | `4711` |
| ILIAS | `Blatt 9/Abgaben/Lovelace_Ada_alovel_4711/convolution.ipynb` | `alovel` |
| other | what `c.FileNameCollectorPlugin.named_regexp` says | its `student_id` |

The student id is what the platform itself knows the person by, so that exported grades find their
way back: Moodle's participant number (`Participant 4711` in its grading worksheet), Canvas's user
number (`ID` in its gradebook), the login in ILIAS. Names are no ids: two people can share one.

Where a student's file is there more than once (several downloads, several attempts), the latest
counts. A download's own times say when it was made, or nothing, so by default they decide between
attempts only; `c.LearningPlatformCollector.times_are_hand_ins` makes them count for lateness too.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Bool, Enum, Integer, List, Unicode

from autograder.submission.archives import (
    HANDED_IN,
    JUNK,
    ArchiveRefused,
    UnpackLimits,
    folder_for,
    is_archive,
    unpack,
)

MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<student>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?"
)
CANVAS = re.compile(
    r"(?:.*?_(?:LATE_)?(?P<student>\d+)|(?:LATE_)?(?P<anonymous>anon_\w+?))"
    r"_(?P<upload>\d+)_(?P<file>.+)"
)
ILIAS = re.compile(r"(?P<last>[^_]+)_(?P<first>[^_]+)_(?P<login>.+)_(?P<number>\d+)")
ILIAS_SUBMISSIONS = {"abgaben", "submissions", "einreichungen"}
ILIAS_NOT_STUDENTS = re.compile(r"multi_feedback.*|team[ _]\d+|feedback", re.IGNORECASE)
ILIAS_LATE = re.compile(r"(?:late submission|versp(?:ae|ä)tete abgabe) - ", re.IGNORECASE)
ILIAS_STORED = re.compile(r"(?P<time>20\d{12})_(?P<file>.+)")

PLATFORMS = ("moodle", "canvas", "ilias")

COPY_NUMBER = re.compile(r"(?P<stem>.+?)(?:-(?P<dash>\d+)| \((?P<bracket>\d+)\))")
STUDENT_ID = re.compile(r"[^\W_](?:[\w.@-]*\w)?")


@dataclass(frozen=True)
class HandedIn:
    """One file of a download.

    Attributes:
        student: the student's id on the platform.
        path: the file's path below the student's folder.
        order: larger for a later attempt at the same path.
        time: when it was handed in, seconds since 1970, if its name says it.
    """

    student: str
    path: str
    order: tuple[float, ...] = ()
    time: float | None = None


def recognize(
    path: str,
    released: Collection[str] = (),
    platform: str = "auto",
    ilias_id: str = "login",
) -> HandedIn | str | None:
    """What a file's path in a download says about it.

    Args:
        path: below the folder that the download was unpacked to, with forward slashes.
        released: names of the exercise's notebooks; a number that the platform put behind such a
            name (`convolution-1.ipynb`) is taken off again.
        platform: "moodle", "canvas" or "ilias", or "auto" for the first whose naming it follows.
        ilias_id: "login" or "number".

    Returns:
        What it is, or a sentence why it is nothing to grade, or None if it is no such naming.
    """
    parts = PurePosixPath(unicodedata.normalize("NFC", path)).parts
    readers = {
        "moodle": lambda: _from_moodle(parts),
        "canvas": lambda: _from_canvas(parts, released),
        "ilias": lambda: _from_ilias(parts, released, ilias_id),
    }
    return readers[platform_of([path]) if platform == "auto" else platform]()


def platform_of(paths: Iterable[str]) -> str:
    """The platform whose naming most paths follow.

    Single files decide nothing: students choose how their files and folders are called, so one may
    look like another platform's, and like another student's there.
    """
    counts = Counter(
        platform
        for path in paths
        for platform in PLATFORMS
        if recognize(path, platform=platform) is not None
    )
    return max(PLATFORMS, key=lambda platform: counts[platform])


def _from_moodle(parts: tuple[str, ...]) -> HandedIn | str | None:
    for at, part in enumerate(parts):
        match = MOODLE.fullmatch(part)
        if match is None:
            continue
        below = "/".join(parts[at + 1 :]) or match["file"]
        if match["kind"] != "file" or not below:
            return "it is text that was typed into Moodle, not a file that was handed in"
        return HandedIn(match["student"], below)
    return None


def _from_canvas(parts: tuple[str, ...], released: Collection[str]) -> HandedIn | None:
    for at, part in enumerate(parts):
        # A folder is an archive that a student handed in; the first one is the download itself.
        if (match := CANVAS.fullmatch(part)) and (at > 0 or len(parts) == 1):
            name, number = _without_number(match["file"], released)
            below = "/".join((name, *parts[at + 1 :]))
            student = match["student"] or match["anonymous"]
            return HandedIn(student, below, (float(match["upload"]), number))
    return None


def _from_ilias(
    parts: tuple[str, ...], released: Collection[str], ilias_id: str
) -> HandedIn | None:
    at = _ilias_folder(parts[:-1])
    if at is None:
        return None
    match = ILIAS.fullmatch(parts[at])
    student = match["login"] if ilias_id == "login" else match["number"]
    *folders, name = parts[at + 1 :]
    name, late = ILIAS_LATE.subn("", name, count=1)
    name, time = _without_time(name)
    name, number = _without_number(name, released)
    return HandedIn(student, "/".join((*folders, name)), (time or 0.0, late, number), time)


def _without_time(name: str) -> tuple[str, float | None]:
    """The name as the student had it, and when ILIAS stored it, where the name begins with that."""
    stored = ILIAS_STORED.fullmatch(name)
    if stored:
        with contextlib.suppress(ValueError):
            time = datetime.strptime(stored["time"], "%Y%m%d%H%M%S").astimezone()
            return stored["file"], time.timestamp()
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


def latest(
    found: Mapping[Path, HandedIn], modified: Mapping[Path, float], released: Collection[str]
) -> tuple[dict[Path, HandedIn], dict[Path, Path]]:
    """What counts of what was found.

    A notebook that a student put into a folder of its own comes to the top, unless there are
    several of that name.

    Returns:
        The files that count, and for each other one the file that is taken in its place.
    """
    paths: dict[tuple[str, str], set[str]] = {}
    for one in found.values():
        paths.setdefault((one.student, PurePosixPath(one.path).name), set()).add(one.path)
    chosen: dict[tuple[str, str], Path] = {}
    replaced: dict[Path, Path] = {}
    result: dict[Path, HandedIn] = {}
    for file in sorted(found, key=lambda file: (found[file].order, modified[file], str(file))):
        one = found[file]
        name = PurePosixPath(one.path).name
        if name in released and len(paths[one.student, name]) == 1:
            one = replace(one, path=name)
        earlier = chosen.get((one.student, one.path))
        if earlier is not None:
            replaced[earlier] = file
            del result[earlier]
        chosen[one.student, one.path] = file
        result[file] = one
    return result, replaced


class SafeExtractor(ExtractorPlugin):
    """Unpacks downloads, and the archives that students put into them, within limits.

    An archive that is refused stays where it is and is named in one line; the others are unpacked.
    """

    total_megabytes = Integer(
        UnpackLimits.total_bytes // 10**6, help="What one download may unpack to, in megabytes."
    ).tag(config=True)
    file_megabytes = Integer(
        UnpackLimits.file_bytes // 10**6, help="What one file may have, in megabytes."
    ).tag(config=True)
    files = Integer(UnpackLimits.files, help="How many files one download may hold.").tag(
        config=True
    )

    def extract(self, archive_path: str, extracted_path: str) -> None:
        limits = UnpackLimits(self.total_megabytes * 10**6, self.file_megabytes * 10**6, self.files)
        archives, target = Path(archive_path), Path(extracted_path)
        files = sorted(path for path in archives.rglob("*") if not path.is_dir())
        if not files:
            self.log.warning("There is nothing in %s", archives)
        for file in files:
            below = file.relative_to(archives)
            if any(JUNK.fullmatch(part) for part in below.parts):
                continue
            if file.is_symlink() or not file.is_file():
                self.log.warning("Left out %s: it is a link or no ordinary file", below)
            elif is_archive(file.name):
                folder = target / below.parent / folder_for(file.name)
                self._unpack(file, folder, limits, str(below), refused=self.log.error)
            else:
                copy = target / below
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, copy)
                self._unpack_handed_in(copy, str(below))

    def _unpack(self, archive: Path, folder: Path, limits, shown: str, refused) -> bool:
        if folder.exists():
            folder = folder.with_name(folder.name + " (unpacked)")
        try:
            written = unpack(archive, folder, limits, lambda line: self._say(shown, line))
        except ArchiveRefused as reason:
            refused("%s was refused: it %s", shown, reason)
            return False
        self.log.info("Unpacked %s: %d files", shown, len(written))
        for file in written:
            self._unpack_handed_in(file, f"{shown}: {file.relative_to(folder)}")
        return True

    def _unpack_handed_in(self, file: Path, shown: str, depth: int = 2) -> None:
        """Unpack an archive that a student handed in; the archive goes where its content is."""
        if not is_archive(file.name) or depth == 0:
            return
        folder = file.with_name(folder_for(file.name))
        if folder.exists():
            folder = folder.with_name(folder.name + " (unpacked)")
        try:
            written = unpack(file, folder, HANDED_IN, lambda line: self._say(shown, line))
        except ArchiveRefused as reason:
            self.log.warning("%s was left as it is: it %s", shown, reason)
            return
        file.unlink()
        for inner in written:
            self._unpack_handed_in(inner, f"{shown}: {inner.relative_to(folder)}", depth - 1)

    def _say(self, shown: str, line: str) -> None:
        self.log.warning("%s: %s", shown, line)


class LearningPlatformCollector(FileNameCollectorPlugin):
    """Tells from the names in a download of Moodle, Canvas or ILIAS whose file is whose."""

    valid_ext = List(
        Unicode(),
        default_value=[],
        help="Endings of the files to collect. Empty: all, since a notebook that was handed in "
        "under another ending can be graded too.",
    ).tag(config=True)
    platform = Enum(
        ["auto", "moodle", "canvas", "ilias"],
        default_value="auto",
        help="Which platform the downloads come from. By default the one whose naming most of the "
        "files follow.",
    ).tag(config=True)
    ilias_id = Enum(
        ["login", "number"],
        default_value="login",
        help="What in the name of an ILIAS folder is the student id.",
    ).tag(config=True)
    times_are_hand_ins = Bool(
        False,
        help="Whether the times of files in the download are when they were handed in. They are "
        "not in what Moodle, Canvas and ILIAS make: there it is the time of the download.",
    ).tag(config=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._chosen: dict[Path, HandedIn] | None = None

    def collect(self, submitted_file: str) -> dict | None:
        file = Path(submitted_file)
        if self._chosen is None or not self._knows(file):
            self._look_at_all(self._root(file))
        one = self._chosen.get(file)
        if one is None:
            return None
        info = {"student_id": one.student, "file_id": one.path}
        time = self._modified[file] if self.times_are_hand_ins else one.time
        if time is not None:
            utc = datetime.fromtimestamp(time, tz=UTC)
            info["timestamp"] = utc.strftime("%Y-%m-%d %H:%M:%S UTC")
        return info

    def _knows(self, file: Path) -> bool:
        return file in self._modified

    def _root(self, file: Path) -> Path:
        if self.parent is not None and hasattr(self.parent, "_format_collect_path"):
            root = Path(self.parent._format_collect_path(self.parent.extracted_directory))
            if root in file.parents:
                return root
        return file.parent

    def _released(self) -> set[str]:
        if self.parent is None or not hasattr(self.parent, "coursedir"):
            return set()
        course = self.parent.coursedir
        names = set()
        for directory in (course.release_directory, course.source_directory):
            folder = Path(course.format_path(directory, ".", course.assignment_id))
            names |= {path.name for path in folder.glob("*.ipynb")}
        return names

    def _look_at_all(self, root: Path) -> None:
        released = self._released()
        files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
        self._modified = {file: file.stat().st_mtime for file in files}
        paths = {file: file.relative_to(root).as_posix() for file in files}
        platform = platform_of(paths.values()) if self.platform == "auto" else self.platform
        found: dict[Path, HandedIn] = {}
        for file, path in paths.items():
            one = self._recognize(file, path, released, platform)
            if isinstance(one, str):
                self.log.warning("Left out %s: %s", file.relative_to(root), one)
            elif one is not None:
                found[file] = one
        self._chosen, replaced = latest(found, self._modified, released)
        for old, new in replaced.items():
            self.log.warning(
                "Left out %s: %s is the later attempt", old.relative_to(root), new.relative_to(root)
            )
        by_pattern = [file for file in found if recognize(paths[file], released, platform) is None]
        if by_pattern and len(by_pattern) < len(found):
            first = by_pattern[0]
            self.log.warning(
                "%d files have no names as %s gives them and are taken for students' by "
                "c.FileNameCollectorPlugin.named_regexp, such as %s for that of %r",
                len(by_pattern),
                platform.upper() if platform == "ilias" else platform.title(),
                first.relative_to(root),
                found[first].student,
            )
        self._tell_of_nameless(files, found, root)

    def _recognize(
        self, file: Path, path: str, released: Iterable[str], platform: str
    ) -> HandedIn | str | None:
        if any(JUNK.fullmatch(part) for part in path.split("/")):
            return None
        if self.valid_ext and file.suffix not in self.valid_ext:
            return f"files that end with {file.suffix or 'nothing'} are not collected"
        one = recognize(path, set(released), platform, self.ilias_id)
        if one is None and self.named_regexp and (match := re.match(self.named_regexp, str(file))):
            one = self._from_regexp(match.groupdict(), file)
        if isinstance(one, HandedIn):
            if not STUDENT_ID.fullmatch(one.student):
                return f"{one.student!r} cannot be a student id"
            if PurePosixPath(one.path).name == "timestamp.txt":
                return "a student's file cannot say when it was handed in"
        return one

    def _from_regexp(self, groups: Mapping[str, str | None], file: Path) -> HandedIn | None:
        if not groups.get("student_id") or not groups.get("file_id"):
            return None
        path = os.path.splitext(groups["file_id"])[0] + file.suffix
        if ".." in path.split("/") or path.startswith("/"):
            return None
        time = None
        if groups.get("timestamp"):
            from nbgrader.utils import parse_utc

            try:
                time = parse_utc(groups["timestamp"]).replace(tzinfo=UTC).timestamp()
            except (ValueError, OverflowError):
                self.log.warning("No time can be read from the name %s", file.name)
        return HandedIn(groups["student_id"], path, (time or 0.0, 0.0), time)

    def _tell_of_nameless(self, files, found, root: Path) -> None:
        nameless = [
            file
            for file in files
            if file not in found
            and file.suffix == ".ipynb"
            and ".ipynb_checkpoints" not in file.parts
        ]
        if nameless:
            self.log.error(
                "%d notebooks are not collected, since their names do not say whose they are, such "
                "as %s. For another naming set c.FileNameCollectorPlugin.named_regexp",
                len(nameless),
                nameless[0].relative_to(root),
            )
