"""`nbgrader zip_collect` for the downloads of learning platforms.

Put the file as it was downloaded into `downloaded/<assignment>/archive/` and run
`nbgrader zip_collect <assignment>`. Which platform it comes from is seen from the names, see
`autograder.submission.platforms`; other names follow `c.FileNameCollectorPlugin.named_regexp`.

The student id is what the platform itself knows the person by, so that exported grades find their
way back: Moodle's participant number (`Participant 4711` in its grading worksheet), Canvas's user
number (`ID` in its gradebook), the login in ILIAS. The name of a notebook or of the assignment is
never a student.

Where a student's file is there more than once (several downloads, several attempts), the latest
counts. A download's own times say when it was made, or nothing, so by default they decide between
attempts only; `c.LearningPlatformCollector.times_are_hand_ins` makes them count for lateness too.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Bool, Enum, Integer, List, Unicode

from autograder.submission.archive_entries import ArchiveRefused, Budget
from autograder.submission.archives import (
    HANDED_IN,
    JUNK,
    UnpackLimits,
    folder_for,
    is_archive,
    unpack,
)
from autograder.submission.platforms import (
    FOLDERS,
    PLATFORMS,
    Download,
    HandedIn,
    brightspace_number,
    classroom_prefix,
    folders_around,
    name_of,
    platform_of,
    recognize,
    same_words,
    submitters_of,
)
from autograder.submission.times import read_time

STUDENT_ID = re.compile(r"[^\W_](?:[\w.@-]*\w)?")
METADATA = "submission_metadata.yml"
METADATA_BYTES = 20_000_000


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

    def _unpack(
        self,
        archive: Path,
        folder: Path,
        limits: UnpackLimits,
        shown: str,
        refused: Callable[..., None],
    ) -> bool:
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

    def _unpack_handed_in(
        self, file: Path, shown: str, depth: int = 2, budget: Budget | None = None
    ) -> None:
        """Unpack an archive that a student handed in; the archive goes where its content is."""
        if not is_archive(file.name) or depth == 0:
            return
        budget = budget or HANDED_IN.budget()
        folder = file.with_name(folder_for(file.name))
        if folder.exists():
            folder = folder.with_name(folder.name + " (unpacked)")
        try:
            written = unpack(file, folder, HANDED_IN, lambda line: self._say(shown, line), budget)
        except ArchiveRefused as reason:
            self.log.warning("%s was left as it is: it %s", shown, reason)
            return
        file.unlink()
        for inner in written:
            below = f"{shown}: {inner.relative_to(folder)}"
            self._unpack_handed_in(inner, below, depth - 1, budget)

    def _say(self, shown: str, line: str) -> None:
        self.log.warning("%s: %s", shown, line)


class LearningPlatformCollector(FileNameCollectorPlugin):
    """Tells from the names in a platform's download whose file is whose."""

    valid_ext = List(
        Unicode(),
        default_value=[],
        help="Endings of the files to collect. Empty: all, since a notebook that was handed in "
        "under another ending can be graded too.",
    ).tag(config=True)
    platform = Enum(
        ["auto", *PLATFORMS],
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

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self._chosen: dict[Path, HandedIn] = {}
        self._modified: dict[Path, float] = {}

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        file = Path(submitted_file)
        if file not in self._modified:
            self._read_names(self._root(file))
        one = self._chosen.get(file)
        if one is None:
            return None
        info = {"student_id": one.student, "file_id": one.path}
        time = self._modified[file] if self.times_are_hand_ins else one.time
        if time is not None:
            utc = datetime.fromtimestamp(time, tz=UTC)
            info["timestamp"] = utc.strftime("%Y-%m-%d %H:%M:%S UTC")
        return info

    def _root(self, file: Path) -> Path:
        if self.parent is not None and hasattr(self.parent, "_format_collect_path"):
            root = Path(self.parent._format_collect_path(self.parent.extracted_directory))
            if root in file.parents:
                return root
        return file.parent

    def _download(self, root: Path, paths: Iterable[str]) -> Download:
        """What is known beside the names: the course, and what lies in the download itself."""
        paths = list(paths)
        download = Download(
            ilias_id=self.ilias_id,
            brightspace=brightspace_number(paths),
            submitters={
                folder: facts
                for path in paths
                if PurePosixPath(path).name == METADATA
                for folder, facts in self._submitters(root / path).items()
            },
        )
        if self.parent is None or not hasattr(self.parent, "coursedir"):
            return download
        course = self.parent.coursedir
        released = set()
        for directory in (course.release_directory, course.source_directory):
            folder = Path(course.format_path(directory, ".", course.assignment_id))
            released |= {path.name for path in folder.glob("*.ipynb")}
        archives = Path(self.parent._format_collect_path(self.parent.archive_directory))
        unpacked = {
            root_name
            for path in (archives.iterdir() if archives.is_dir() else ())
            if path.is_file() and is_archive(path.name)
            for root_name in (folder_for(path.name), folder_for(path.name) + " (unpacked)")
        }
        download = replace(
            download,
            assignment=course.assignment_id,
            released=frozenset(released),
            unpacked=frozenset(unpacked),
        )
        download = replace(download, around=folders_around(paths, download))
        return replace(download, prefix=classroom_prefix(paths, download))

    def _submitters(self, metadata: Path) -> dict[str, tuple[str, float | None]]:
        try:
            if metadata.stat().st_size > METADATA_BYTES:
                raise ValueError("it is too large")
            return submitters_of(yaml.load(metadata.read_bytes(), yaml.CSafeLoader))
        except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
            self.log.error("%s cannot be read: %s", metadata, str(error).split("\n")[0])
            return {}

    def _read_names(self, root: Path) -> None:
        files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
        self._modified = {file: file.stat().st_mtime for file in files}
        paths = {file: file.relative_to(root).as_posix() for file in files}
        paths = {
            file: path
            for file, path in paths.items()
            if not any(JUNK.fullmatch(part) for part in path.split("/"))
        }
        download = self._download(root, paths.values())
        platform = self.platform
        if platform == "auto":
            platform = platform_of(paths.values(), download)
        shared = platform == FOLDERS and self._is_one_folder_for_all(paths, download)
        found: dict[Path, HandedIn] = {}
        by_pattern: list[Path] = []
        recognized = {file: recognize(path, platform, download) for file, path in paths.items()}
        names: dict[str, set[str]] = {}
        for one in recognized.values():
            if isinstance(one, HandedIn):
                names.setdefault(one.student, set()).add(one.name)
        for file, path in paths.items():
            one = recognized[file]
            if isinstance(one, HandedIn) and len(names[one.student]) > 1:
                people = ", ".join(sorted(names[one.student])[:3])
                one = f"{one.student!r} would be the id of several people, such as {people}"
            if one is None or shared:
                one = self._from_pattern(file, download)
                by_pattern += [file] if one else []
            if isinstance(one, HandedIn):
                one = self._refusal(file, one, download) or one
            if isinstance(one, str):
                self.log.warning("Left out %s: %s", path, one)
            elif one is not None:
                found[file] = one
        self._chosen, replaced = latest(found, self._modified, download.released)
        for old, new in replaced.items():
            self.log.warning("Left out %s: %s is the later attempt", paths[old], paths[new])
        self._tell_of_other_names(
            platform, [file for file in by_pattern if file in found], found, paths
        )
        self._tell_of_nameless(paths, found)

    def _is_one_folder_for_all(self, paths: Mapping[Path, str], download: Download) -> bool:
        """Whether the only folder that could be a student's holds files that name several."""
        folders = {
            one.student
            for path in paths.values()
            if isinstance(one := recognize(path, FOLDERS, download), HandedIn)
        }
        named = {one.student for file in paths if (one := self._from_pattern(file, download))}
        return len(folders) == 1 and len(named) > 1

    def _refusal(self, file: Path, one: HandedIn, download: Download) -> str:
        """Why a file is not collected although it has a student's name, "" if it is."""
        if self.valid_ext and file.suffix not in self.valid_ext:
            return f"files that end with {file.suffix or 'nothing'} are not collected"
        if not STUDENT_ID.fullmatch(one.student):
            return f"{one.student!r} cannot be a student id"
        taken = [download.assignment, *(PurePosixPath(name).stem for name in download.released)]
        if any(same_words(one.student, name) for name in taken if name):
            return f"{one.student!r} names the assignment or a notebook, not a student"
        if PurePosixPath(one.path).name == "timestamp.txt":
            return "a student's file cannot say when it was handed in"
        return ""

    def _from_pattern(self, file: Path, download: Download) -> HandedIn | None:
        """What `named_regexp` says, unless the whole name is that of a notebook."""
        stem = file.stem.casefold()
        if any(stem.startswith(PurePosixPath(name).stem.casefold()) for name in download.released):
            return None
        match = re.match(self.named_regexp, str(file)) if self.named_regexp else None
        groups = match.groupdict() if match else {}
        file_id = os.path.splitext(groups.get("file_id") or "")[0]
        for own in (PurePosixPath(name).stem for name in download.released):
            # ada-batch_norm.ipynb: the whole name of a notebook stands at the end.
            before = file.stem[: -len(own)]
            student = before.rstrip(" -_.")
            is_cut = stem.endswith(own.casefold()) and len(file_id) < len(own)
            if is_cut and student not in ("", before):
                return HandedIn(student, own + file.suffix)
        if not groups.get("student_id") or not groups.get("file_id"):
            return None
        path = os.path.splitext(groups["file_id"])[0] + file.suffix
        if ".." in path.split("/") or path.startswith("/"):
            return None
        time = None
        if groups.get("timestamp"):
            time = read_time(groups["timestamp"])
            if time is None:
                self.log.warning("No time can be read from the name %s", file.name)
        seconds = time.timestamp() if time else None
        return HandedIn(groups["student_id"], path, (seconds or 0.0, 0.0), seconds)

    def _tell_of_other_names(
        self,
        platform: str,
        by_pattern: Sequence[Path],
        found: Mapping[Path, HandedIn],
        paths: Mapping[Path, str],
    ) -> None:
        if by_pattern and len(by_pattern) < len(found):
            self.log.warning(
                "%d files have no names as %s gives them and are taken for students' by "
                "c.FileNameCollectorPlugin.named_regexp, such as %s for that of %r",
                len(by_pattern),
                name_of(platform),
                paths[by_pattern[0]],
                found[by_pattern[0]].student,
            )

    def _tell_of_nameless(self, paths: Mapping[Path, str], found: Mapping[Path, HandedIn]) -> None:
        """Say which notebooks are nobody's; a download in which all are ends the command."""
        nameless = [
            path for file, path in paths.items() if file not in found and _is_notebook(file)
        ]
        if not nameless:
            return
        line = (
            f"{len(nameless)} notebooks are not collected, since their names do not say whose they "
            f"are, such as {nameless[0]}. For another naming set "
            "c.FileNameCollectorPlugin.named_regexp"
        )
        if any(_is_notebook(file) for file in found) or not hasattr(self.parent, "fail"):
            self.log.error(line)
        else:
            self.parent.fail(line)


def _is_notebook(file: Path) -> bool:
    return file.suffix == ".ipynb"
