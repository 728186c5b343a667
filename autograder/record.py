"""Recording results: nbgrader's gradebook and the folder of autograded notebooks.

One process writes. A submission is one transaction with nbgrader's own models; its folder appears
whole or not at all. What a person entered (manual scores, comments, extra credit, flags) is kept,
and a score that a person had given waits for a second look, as nbgrader has it.
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat
import sqlalchemy.exc
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import find_all_files, parse_utc
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from autograder.batch import Files
from autograder.build import generate_release
from autograder.course import Course, CourseError
from autograder.exercise import Exercise
from autograder.exercise import SourceCell as ExerciseCell
from autograder.gradebook import gradebook_url, open_gradebook, patiently
from autograder.repair.checksum import compute_checksum
from autograder.result import NotebookResult, SubmissionResult
from autograder.store import recorded_marker, write_whole

NO_RESPONSE = "No response."
"""nbgrader's comment on an untouched answer."""


@dataclass(frozen=True)
class CellScore:
    """What the gradebook holds of one graded cell; None is a score that a person has to give."""

    auto_score: float | None
    needs_manual_grade: bool


def scores_of(result: NotebookResult, gradeable: bool) -> dict[str, CellScore]:
    """The scores of a notebook's graded cells and written answers, by `grade_id`."""
    points = {f"test_{task.task}": float(task.points) for task in result.tasks}
    scores: dict[str, CellScore] = {}
    for cell in result.content["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        if not nbgrader.get("grade"):
            continue
        name = nbgrader["grade_id"]
        if nbgrader.get("solution"):
            written = result.written.get(name, False)
            scores[name] = CellScore(None if written else 0.0, written or not gradeable)
        else:
            scores[name] = CellScore(points.get(name, 0.0), name not in points or not gradeable)
    return scores


def comments_of(result: NotebookResult, submission: SubmissionResult) -> dict[str, str | None]:
    """The automatic comments on a notebook's answers, by `grade_id`."""
    comments: dict[str, str | None] = {}
    for cell in result.content["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        if not nbgrader.get("solution"):
            continue
        untouched = compute_checksum(cell["source"], cell["cell_type"], nbgrader)
        unchanged = nbgrader.get("checksum") == untouched
        comments[nbgrader["grade_id"]] = NO_RESPONSE if unchanged else None
    if comments and not submission.gradeable:
        reasons = dict.fromkeys(r.sentence for r in submission.remarks if r.kind == "unusable")
        sentence = "Nothing that was handed in could be graded. " + " ".join(
            reason[:1].upper() + reason[1:].rstrip(".") + "." for reason in reasons
        )
        comments[next(iter(comments))] = sentence.strip()
    return comments


@dataclass(frozen=True)
class GradebookCells:
    """The ids of an assignment's rows in the gradebook.

    Attributes:
        assignment: the assignment's id.
        duedate: when it is due, in UTC.
        notebooks: notebook ids by name.
        graded: ids by name of the cells that have a score, for each notebook.
        answers: likewise, of the cells that can have a comment.
    """

    assignment: str
    duedate: datetime | None
    notebooks: dict[str, str]
    graded: dict[str, dict[str, str]]
    answers: dict[str, dict[str, str]]


def gradebook_cells(session: Session, assignment: str) -> GradebookCells | None:
    """The assignment as the gradebook has it, None if it has none of that name."""
    row = session.execute(
        select(Assignment.id, Assignment.duedate).where(Assignment.name == assignment)
    ).first()
    if row is None:
        return None
    notebooks = dict(
        session.execute(
            select(Notebook.name, Notebook.id).where(Notebook.assignment_id == row.id)
        ).all()
    )
    graded: dict[str, dict[str, str]] = {name: {} for name in notebooks}
    answers: dict[str, dict[str, str]] = {name: {} for name in notebooks}
    for name, id_ in notebooks.items():
        for cell in session.execute(
            select(BaseCell.name, BaseCell.id, BaseCell.type).where(BaseCell.notebook_id == id_)
        ):
            if cell.type in (GradeCell.__name__, TaskCell.__name__):
                graded[name][cell.name] = cell.id
            if cell.type in (SolutionCell.__name__, TaskCell.__name__):
                answers[name][cell.name] = cell.id
    return GradebookCells(row.id, row.duedate, notebooks, graded, answers)


def write_scores(
    session: Session,
    cells: GradebookCells,
    submitted_notebook: str,
    result: NotebookResult,
    submission: SubmissionResult,
) -> float:
    """Write one notebook's scores and automatic comments, without committing.

    Returns:
        The notebook's score: what a person gave, where a person did, plus extra credit.
    """
    graded, answers = cells.graded[result.name], cells.answers[result.name]
    rows = {
        row.cell_id: row
        for row in session.execute(
            select(Grade.id, Grade.cell_id, Grade.manual_score, Grade.extra_credit).where(
                Grade.notebook_id == submitted_notebook
            )
        )
    }
    score, new, changed = 0.0, [], []
    scores = scores_of(result, submission.gradeable)
    for name, cell in graded.items():
        row = rows.get(cell)
        # What the notebook does not hold (nbgrader's manually graded tasks) a person scores.
        one = scores.get(name, CellScore(None, True))
        values = {"auto_score": one.auto_score, "needs_manual_grade": one.needs_manual_grade}
        if row is None:
            new.append(values | {"cell_id": cell, "notebook_id": submitted_notebook})
            score += one.auto_score or 0.0
        else:
            by_hand = row.manual_score is not None
            values["needs_manual_grade"] |= by_hand
            changed.append(values | {"id": row.id})
            given = row.manual_score if by_hand else one.auto_score
            score += (given or 0.0) + (row.extra_credit or 0.0)
    _write(session, Grade, new, changed)

    rows = dict(
        session.execute(
            select(Comment.cell_id, Comment.id).where(Comment.notebook_id == submitted_notebook)
        ).all()
    )
    new, changed = [], []
    comments = comments_of(result, submission)
    for name, cell in answers.items():
        values = {"auto_comment": comments.get(name)}
        if cell in rows:
            changed.append(values | {"id": rows[cell]})
        else:
            new.append(values | {"cell_id": cell, "notebook_id": submitted_notebook})
    _write(session, Comment, new, changed)
    return score


def _write(session: Session, model: type, new: list[dict], changed: list[dict]) -> None:
    if new:
        session.execute(insert(model), new)
    if changed:
        session.execute(update(model), changed)


class Recorder:
    """The one writer of a course's gradebook and autograded folders, for one exercise.

    Raises:
        CourseError: if the gradebook cannot be used; also from `record`.
    """

    def __init__(self, course: Course, exercise: Exercise):
        self.course = course
        self.exercise = exercise
        self.coursedir = CourseDirectory(
            config=course.config, root=str(course.root), assignment_id=exercise.name
        )
        self._converter = Autograde(coursedir=self.coursedir, config=course.config)
        late = AssignLatePenalties(config=course.config)
        late.init_plugin()
        self._late = late
        self._db_url = gradebook_url(self.coursedir.db_url)
        with course.lock():
            self._gradebook = open_gradebook(self._db_url, self.coursedir.course_id)
            self._session: Session = self._gradebook.db()
            self._cells = patiently(self._db_url, self._set_up_assignment)
        self._sweep()

    def close(self) -> None:
        self._gradebook.close()

    def students(self) -> set[str]:
        """Who has a submission in the gradebook."""

        def attempt() -> set[str]:
            self._session.rollback()
            found = self._session.scalars(
                select(SubmittedAssignment.student_id).where(
                    SubmittedAssignment.assignment_id == self._cells.assignment
                )
            ).all()
            self._session.rollback()
            return set(found)

        return patiently(self._db_url, attempt)

    def is_recorded(self, student: str, key: str) -> bool:
        """Whether the result under this key is the one that was recorded last."""
        marker = self._marker(student)
        folder = self.course.folder("autograded", student, self.exercise.name)
        try:
            return marker.read_text(encoding="utf-8") == key and folder.is_dir()
        except (OSError, ValueError):
            return False

    def record(self, student: str, files: Files, result: SubmissionResult, key: str) -> None:
        """Write one submission's grades and its autograded folder."""
        with self.course.lock(), self._incoming() as incoming:
            self._fill(incoming, files, result)
            # First: should this end half way, nothing says that it is recorded.
            self._marker(student).unlink(missing_ok=True)
            patiently(self._db_url, lambda: self._write_grades(student, files, result))
            self._exchange(incoming, student)
            write_whole(self._marker(student), key.encode())

    # The gradebook.

    def _set_up_assignment(self) -> GradebookCells:
        """The assignment in the gradebook, put there the way that nbgrader does it."""
        self._session.rollback()
        cells = gradebook_cells(self._session, self.exercise.name)
        if cells is not None and self._is_current(cells):
            self._session.rollback()
            return cells
        self._session.rollback()
        try:
            with tempfile.TemporaryDirectory() as folder:
                generate_release(self.course, self.exercise.name, Path(folder), self._db_url)
        except (NbGraderException, RuntimeError) as error:
            if isinstance(error.__context__, sqlalchemy.exc.OperationalError):
                raise error.__context__ from None  # locked, perhaps
            raise CourseError(
                f"the gradebook holds submissions to an earlier {self.exercise.name} with other "
                f"cells: put the cells back, or remove the assignment from the gradebook with "
                f"'nbgrader db assignment remove {self.exercise.name} --force' and grade again"
            ) from None
        cells = gradebook_cells(self._session, self.exercise.name)
        self._session.rollback()
        assert cells is not None
        return cells

    def _is_current(self, cells: GradebookCells) -> bool:
        """Whether the gradebook knows the source's notebooks, cells and points as they are."""
        if set(cells.notebooks) != set(self.exercise.notebooks):
            return False
        for name, notebook in self.exercise.notebooks.items():
            id_ = cells.notebooks[name]
            points = dict(
                self._session.execute(
                    select(GradeCell.name, GradeCell.max_score).where(GradeCell.notebook_id == id_)
                ).all()
            )
            sources = self._session.execute(
                select(SourceCell.name, SourceCell.cell_type, SourceCell.source).where(
                    SourceCell.notebook_id == id_
                )
            ).all()
            known = {row[0]: ExerciseCell(row[0], row[1], row[2], {}).released for row in sources}
            if points != {c.id: c.points for c in notebook.cells if c.nbgrader.get("grade")}:
                return False
            if known != {c.id: c.released for c in notebook.cells if c.nbgrader}:
                return False
        return True

    def _write_grades(self, student: str, files: Files, result: SubmissionResult) -> None:
        session, cells = self._session, self._cells
        try:
            if session.scalar(select(Student.id).where(Student.id == student)) is None:
                session.execute(insert(Student), [{"id": student}])
            submission, seconds_late = self._submission(student, timestamp_of(files))
            rows = dict(
                session.execute(
                    select(SubmittedNotebook.notebook_id, SubmittedNotebook.id).where(
                        SubmittedNotebook.assignment_id == submission
                    )
                ).all()
            )
            missing = [id_ for id_ in cells.notebooks.values() if id_ not in rows]
            if missing:
                rows |= self._new_notebooks(submission, missing)
            penalties = []
            for notebook in result.notebooks:
                row = rows[cells.notebooks[notebook.name]]
                score = write_scores(session, cells, row, notebook, result)
                penalty = self._penalty(student, score, seconds_late)
                penalties.append({"id": row, "late_submission_penalty": penalty})
            session.execute(update(SubmittedNotebook), penalties)
            session.commit()
        except BaseException:
            session.rollback()
            raise

    def _submission(self, student: str, timestamp: datetime | None) -> tuple[str, float]:
        """The submission's row, made or brought up to date, and how many seconds late it is."""
        session, cells = self._session, self._cells
        query = select(
            SubmittedAssignment.id, SubmittedAssignment.timestamp, SubmittedAssignment.extension
        ).where(
            SubmittedAssignment.assignment_id == cells.assignment,
            SubmittedAssignment.student_id == student,
        )
        row = session.execute(query).first()
        if row is None:
            values = {"assignment_id": cells.assignment, "student_id": student}
            session.execute(insert(SubmittedAssignment), [values | {"timestamp": timestamp}])
        elif timestamp is not None and row.timestamp != timestamp:
            session.execute(update(SubmittedAssignment), [{"id": row.id, "timestamp": timestamp}])
        row = session.execute(query).one()
        if row.timestamp is None or cells.duedate is None:
            return row.id, 0.0
        duedate = cells.duedate + row.extension if row.extension is not None else cells.duedate
        return row.id, max(0.0, (row.timestamp - duedate).total_seconds())

    def _new_notebooks(self, submission: str, notebooks: list[str]) -> dict[str, str]:
        self._session.execute(
            insert(SubmittedNotebook),
            [
                {"assignment_id": submission, "notebook_id": notebook, "flagged": False}
                for notebook in notebooks
            ],
        )
        return dict(
            self._session.execute(
                select(SubmittedNotebook.notebook_id, SubmittedNotebook.id).where(
                    SubmittedNotebook.assignment_id == submission,
                    SubmittedNotebook.notebook_id.in_(notebooks),
                )
            ).all()
        )

    def _penalty(self, student: str, score: float, seconds_late: float) -> float | None:
        """What nbgrader's plugin takes off, within the bounds that nbgrader sets."""
        if seconds_late <= 0:
            return None
        penalty = self._late.plugin_inst.late_submission_penalty(student, score, seconds_late)
        return None if penalty is None else min(max(penalty, 0.0), score)

    # The folder of autograded notebooks.

    @contextlib.contextmanager
    def _incoming(self) -> Iterator[Path]:
        """A hidden folder beside the students', as if it were one."""
        autograded = self.course.folder("autograded")
        autograded.mkdir(parents=True, exist_ok=True)
        incoming = Path(tempfile.mkdtemp(prefix=".incoming-", dir=autograded))
        try:
            yield incoming
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    def _fill(self, incoming: Path, files: Files, result: SubmissionResult) -> None:
        """Put in what stands in an autograded submission: notebooks and the files beside them."""
        folder = incoming / self.exercise.name
        folder.mkdir()
        for file in files:
            if file.content is not None and not self._is_left_out(file.path):
                path = folder / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
        source = self.course.folder("source", ".", self.exercise.name)
        for path in find_all_files(str(source), [*self.coursedir.ignore, "*.ipynb"]):
            target = folder / os.path.relpath(path, source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        for notebook in result.notebooks:
            path = folder / f"{notebook.name}.ipynb"
            path.write_text(notebook_text(notebook.content), encoding="utf-8", newline="\n")
        self._converter.set_permissions(self.exercise.name, incoming.name)

    def _is_left_out(self, path: str) -> bool:
        parts = path.split("/")
        return path.endswith(".ipynb") or any(
            fnmatch.fnmatch(part, pattern) for part in parts for pattern in self.coursedir.ignore
        )

    def _exchange(self, incoming: Path, student: str) -> None:
        target = self.course.folder("autograded", student, self.exercise.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            os.rename(target, incoming / "replaced")
        os.rename(incoming / self.exercise.name, target)

    def _sweep(self) -> None:
        """Remove what an interrupted run left behind."""
        with self.course.lock():
            for folder in self.course.folder("autograded").glob(".incoming-*"):
                shutil.rmtree(folder, ignore_errors=True)

    def _marker(self, student: str) -> Path:
        return recorded_marker(self.course.private, self.exercise.name, student)


def timestamp_of(files: Files) -> datetime | None:
    """When it was handed in, in UTC, if a `timestamp.txt` says so in a way that can be read."""
    for file in files:
        if file.path == "timestamp.txt" and file.content:
            with contextlib.suppress(ValueError, OverflowError):
                text = file.content.decode("utf-8").strip()
                return parse_utc(text) if text else None
    return None


def notebook_text(content: dict) -> str:
    """A notebook as nbgrader writes it."""
    text = nbformat.writes(nbformat.from_dict(content), version=4)
    return text if text.endswith("\n") else text + "\n"
