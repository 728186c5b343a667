"""The requests of a course, each with what the grader had to say."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.course.files import write_whole
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import Exercise
from autograder.requests.reading import Request, requests_of, split_requests
from autograder.result import SubmissionResult, TaskResult
from autograder.submission.files import SubmittedFile, read_submission

FOLDER = "requests"


@dataclass(frozen=True)
class Reply:
    """What an instructor decided.

    Attributes:
        decision: "accepted" or "declined".
        reason: the request's reason, so that a new one is seen as new.
        comment: for the student.
    """

    decision: str
    reason: str
    comment: str = ""


def all_requests(course: Course, exercise: Exercise) -> list[Request]:
    """What students ask, from their submissions and from the folder `requests/`."""
    folders: dict[str, list[Path]] = {}
    try:
        for student, folder in course.submissions(exercise.name).items():
            folders.setdefault(student, []).append(folder)
    except CourseError:  # nobody handed in
        pass
    for folder in sorted((course.root / FOLDER).glob(f"*/{exercise.name}")):
        folders.setdefault(folder.parent.name, []).append(folder)
    tasks = [task for names in exercise.tasks.values() for task in names]
    written = [cell.id for book in exercise.notebooks.values() for cell in book.written_answers]
    found = []
    for student, places in sorted(folders.items()):
        texts = [text for place in places for text in split_requests(read_submission(place))[0]]
        found += requests_of(student, texts, [*tasks, *written])
    return found


def keep_requests(
    course: Course, assignment: str, student: str, files: tuple[SubmittedFile, ...]
) -> None:
    """Put the requests of a submission into the folder `requests/`."""
    texts, _ = split_requests(files)
    target = course.root / FOLDER / student / assignment / "regrade.md"
    text = "\n\n".join(text for _, text in texts)
    write_whole(target, text.encode("utf-8", "replace"))


def replies(course: Course, assignment: str) -> dict[str, Reply]:
    """What was decided, by the requests' ids."""
    try:
        noted = json.loads(_noted(course, assignment).read_bytes())
        return {id_: Reply(**reply) for id_, reply in noted.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError):
        raise CourseError(f"{_noted(course, assignment)} cannot be read") from None


def note_reply(course: Course, assignment: str, request: Request, reply: Reply) -> None:
    with course.lock():
        noted = replies(course, assignment) | {request.id: reply}
        text = json.dumps({id_: asdict(one) for id_, one in noted.items()}, indent=1)
        write_whole(_noted(course, assignment), text.encode())


def is_open(request: Request, answered: dict[str, Reply]) -> bool:
    reply = answered.get(request.id)
    return reply is None or reply.reason != request.reason


def lines_of(request: Request, result: SubmissionResult | None, reply: Reply | None) -> list[str]:
    """A request as it is listed: the verdict, the criterion and the call, and what was decided."""
    task = _verdict(request, result)
    score = f"{task.points:g} of {task.max_points:g} points" if task else "no verdict"
    state = f" [{reply.decision}]" if reply else ""
    lines = [f"{request.id}: {score}{state}", f"  asks: {request.reason}"]
    if task is None:
        return lines
    for one in task.criteria:
        if one.holds is False:
            lines.append(f"  fails: {one.claim}")
            lines += [
                f"    {what}: {' '.join(text.split())[:300]}"
                for what, text in (
                    ("call", one.call),
                    ("came back", one.came_back),
                    ("wrong", one.wrong),
                )
                if text
            ]
    if task.mistakes:
        lines.append(f"  named: {', '.join(task.mistakes)}")
    return lines


def find(requests: list[Request], id_: str) -> Request:
    """The request of an id.

    Raises:
        CourseError: if there is none, or it names no task.
    """
    found = next((one for one in requests if one.id == id_), None)
    if found is None:
        known = ", ".join(one.id for one in requests) or "none"
        raise CourseError(f"there is no request {id_!r} (there is: {known})")
    if not found.task:
        raise CourseError(
            f"the request {id_!r} names no task: write the task and a colon into {found.where}"
        )
    return found


def _verdict(request: Request, result: SubmissionResult | None) -> TaskResult | None:
    tasks = [task for book in result.notebooks for task in book.tasks] if result else []
    return next((task for task in tasks if task.task == request.task), None)


def _noted(course: Course, assignment: str) -> Path:
    return course.root / FOLDER / f"{assignment}.json"
