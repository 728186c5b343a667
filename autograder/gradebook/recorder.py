"""Recording results: nbgrader's gradebook and the folder of autograded notebooks.

One process writes. A submission is one transaction with nbgrader's own models; its folder appears
whole or not at all. What a person entered (manual scores, comments, extra credit, flags) is kept,
and a score that a person had given waits for a second look, as nbgrader has it.
"""

from __future__ import annotations

import contextlib
import fnmatch
import functools
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

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
    new_uuid,
)
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import find_all_files
from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from autograder.course.course import Course
from autograder.course.files import recorded_marker, write_whole
from autograder.course.interrupts import interrupts_held_back
from autograder.course.release import generate_release
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import Exercise
from autograder.exercise.source_notebooks import SourceCell as ExerciseCell
from autograder.gradebook.database import gradebook_url, open_gradebook, retry_while_locked
from autograder.gradebook.grades import StudentGrades, read_grades, say_lateness
from autograder.grading.notebook_text import notebook_text
from autograder.grading.prepared import CellScore, PackedNotebook, PackedResult
from autograder.late.extensions import read_extensions
from autograder.late.in_gradebook import (
    read_accounts,
    set_due_dates,
    set_extensions,
    set_penalties,
)
from autograder.late.plugin import policy_of
from autograder.submission.files import Files
from autograder.submission.times import HandInTime, hand_in_time


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
    named = select(Notebook.name, Notebook.id).where(Notebook.assignment_id == row.id)
    notebooks: dict[str, str] = {one.name: one.id for one in session.execute(named)}
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
    notebook: PackedNotebook,
    is_new: bool = False,
) -> float:
    """Write one notebook's scores and automatic comments, without committing.

    Args:
        session: the gradebook's.
        cells: the assignment as the gradebook has it.
        submitted_notebook: the id of the notebook's row.
        notebook: what to write.
        is_new: whether the row was made just now, so that there is nothing yet to keep.

    Returns:
        The notebook's score: what a person gave, where a person did, plus extra credit.
    """
    graded, answers = cells.graded[notebook.name], cells.answers[notebook.name]
    there = {} if is_new else _grades(session, submitted_notebook)
    score = 0.0
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for name, cell in graded.items():
        row = there.get(cell)
        # What the notebook does not hold (nbgrader's manually graded tasks) a person scores.
        one = notebook.scores.get(name, CellScore(None, True))
        by_hand = row is not None and row.manual_score is not None
        values: dict[str, Any] = {
            "auto_score": one.auto_score,
            "needs_manual_grade": one.needs_manual_grade or by_hand,
        }
        if row is None:
            new.append(values | {"cell_id": cell, "notebook_id": submitted_notebook})
            score += one.auto_score or 0.0
        else:
            changed.append(values | {"id": row.id})
            given = row.manual_score if by_hand else one.auto_score
            score += (given or 0.0) + (row.extra_credit or 0.0)
    _write(session, Grade, new, changed)

    commented = {} if is_new else _comments(session, submitted_notebook)
    new, changed = [], []
    for name, cell in answers.items():
        values = {"auto_comment": notebook.comments.get(name)}
        if cell in commented:
            changed.append(values | {"id": commented[cell]})
        else:
            new.append(values | {"cell_id": cell, "notebook_id": submitted_notebook})
    _write(session, Comment, new, changed)
    return score


def _grades(session: Session, submitted_notebook: str) -> dict[str, Row[*tuple[Any, ...]]]:
    rows = session.execute(
        select(Grade.id, Grade.cell_id, Grade.manual_score, Grade.extra_credit).where(
            Grade.notebook_id == submitted_notebook
        )
    )
    return {row.cell_id: row for row in rows}


def _comments(session: Session, submitted_notebook: str) -> dict[str, str]:
    query = select(Comment.cell_id, Comment.id).where(Comment.notebook_id == submitted_notebook)
    return {row.cell_id: row.id for row in session.execute(query)}


def _write(
    session: Session,
    model: type[Any],
    new: list[dict[str, Any]],
    changed: list[dict[str, Any]],
) -> None:
    if new:
        _insert(session, model, new)
    if changed:
        session.execute(update(model), changed)


def _insert(session: Session, model: type[Any], rows: list[dict[str, Any]]) -> None:
    """Insert rows of one of nbgrader's models, without making an object of each."""
    session.execute(insert(model.__table__), rows)


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
        self._policy = policy_of(course.config)
        self._extensions = (
            read_extensions(course.root, self._policy.zone) if self._policy is not None else {}
        )
        self._db_url = gradebook_url(self.coursedir.db_url)
        with course.lock():
            self._gradebook = open_gradebook(self._db_url, self.coursedir.course_id)
            self._session: Session = self._gradebook.db()
            self._cells = retry_while_locked(self._db_url, self._set_up_assignment)
            retry_while_locked(self._db_url, self._set_due_dates)
        self._late = AssignLatePenalties(config=course.config)
        self._late.init_plugin()
        # As nbgrader leaves it to its plugin.
        self._late.gradebook, self._late.assignment_id = self._gradebook, exercise.name
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

        return retry_while_locked(self._db_url, attempt)

    def is_recorded(self, student: str, key: str) -> bool:
        """Whether the result under this key is the one that was recorded last."""
        marker = self._marker(student)
        folder = self.course.folder("autograded", student, self.exercise.name)
        try:
            return marker.read_text(encoding="utf-8") == key and folder.is_dir()
        except (OSError, ValueError):
            return False

    def record(
        self,
        student: str,
        files: Files,
        packed: PackedResult,
        key: str,
        is_outdated: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Write one submission's grades and its autograded folder.

        Args:
            student: whose it is.
            files: what was handed in.
            packed: the result.
            key: what the result is known by.
            is_outdated: whether a newer one has been recorded; asked when nobody else can record.

        Returns:
            Whether it was written: it is not if it is outdated.
        """
        with self.course.lock(), self._incoming() as incoming:
            if is_outdated():
                return False
            self._fill(incoming, files, packed)
            # First: should this end half way, nothing says that it is recorded.
            self._marker(student).unlink(missing_ok=True)

            def attempt() -> None:
                try:
                    self._write_grades(student, hand_in_time(files), packed)
                    self._say_lateness(incoming, packed, student)
                    # What Ctrl-C leaves has grades and folder, or neither.
                    with interrupts_held_back():
                        self._session.commit()
                        self._exchange(incoming, student)
                        write_whole(self._marker(student), key.encode())
                except BaseException:
                    self._session.rollback()
                    raise

            retry_while_locked(self._db_url, attempt)
            return True

    def settle_lateness(self) -> set[str]:
        """Bring extensions and penalties up to date everywhere, with the receipts that say them.

        The table of extensions, the due dates and points by hand change them after a submission was
        recorded. Where another plugin than `LateDays` decides on penalties, nothing happens.

        Returns:
            Who has an extension for this assignment that is not in the table, and stays.
        """
        if self._policy is None:
            return set()
        policy, name = self._policy, self.exercise.name

        def attempt() -> set[str]:
            self._session.rollback()
            try:
                before = read_accounts(self._session, policy, name)
                elsewhere = set_extensions(self._session, self._extensions)
                set_penalties(self._session, policy)
                after = read_accounts(self._session, policy, name)
                spoken_of = {
                    student
                    for found in (before, after)
                    for student, account in found.items()
                    if account.late or account.words
                }
                if spoken_of:
                    grades = read_grades(self._session, name, policy=policy)
                    for student in spoken_of:
                        self._say_lateness_again(student, grades.students[student])
                with interrupts_held_back():
                    self._session.commit()
            except BaseException:
                self._session.rollback()
                raise
            return {student for student, assignment in elsewhere if assignment == name}

        with self.course.lock():
            return retry_while_locked(self._db_url, attempt)

    # The gradebook.

    def _set_due_dates(self) -> None:
        self._session.rollback()
        if self._policy is not None and set_due_dates(self._session, self._policy):
            self._session.commit()
        self._session.rollback()
        cells = gradebook_cells(self._session, self.exercise.name)
        assert cells is not None
        self._cells = cells
        self._session.rollback()

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
            worth = select(GradeCell.name, GradeCell.max_score).where(GradeCell.notebook_id == id_)
            points = {row.name: row.max_score for row in self._session.execute(worth)}
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

    def _write_grades(
        self, student: str, handed_in: HandInTime | None, packed: PackedResult
    ) -> None:
        """Write a submission's rows, without committing."""
        session, cells = self._session, self._cells
        timestamp = handed_in.utc if handed_in else None
        submission, seconds_late, rows = self._submission(student, timestamp)
        new = {
            cells.notebooks[notebook.name]: new_uuid()
            for notebook in packed.notebooks
            if cells.notebooks[notebook.name] not in rows
        }
        values = {"assignment_id": submission, "flagged": False}
        _write(
            session,
            SubmittedNotebook,
            [values | {"id": row, "notebook_id": id_} for id_, row in new.items()],
            [],
        )
        penalties = []
        for notebook in packed.notebooks:
            id_ = cells.notebooks[notebook.name]
            row = rows[id_] if id_ in rows else new[id_]
            score = write_scores(session, cells, row, notebook, is_new=id_ in new)
            penalty = self._penalty(student, score, seconds_late)
            if penalty is not None or id_ in rows:
                penalties.append({"id": row, "late_submission_penalty": penalty})
        _write(session, SubmittedNotebook, [], penalties)

    def _submission(
        self, student: str, timestamp: datetime | None
    ) -> tuple[str, float, dict[str, str]]:
        """The submission's row, made or brought up to date, with what belongs to it.

        Returns:
            Its id, how many seconds late it is, and the rows of its notebooks by notebook.
        """
        session, cells = self._session, self._cells
        row = session.execute(
            select(SubmittedAssignment.id, SubmittedAssignment.timestamp).where(
                SubmittedAssignment.assignment_id == cells.assignment,
                SubmittedAssignment.student_id == student,
            )
        ).first()
        notebooks: dict[str, str] = {}
        if row is None:
            if session.scalar(select(Student.id).where(Student.id == student)) is None:
                _insert(session, Student, [{"id": student}])
            id_ = new_uuid()
            values = {"id": id_, "assignment_id": cells.assignment, "student_id": student}
            _insert(session, SubmittedAssignment, [values | {"timestamp": timestamp}])
        else:
            id_ = row.id
            if timestamp is None:
                timestamp = row.timestamp
            elif row.timestamp != timestamp:
                values = {"id": id_, "timestamp": timestamp}
                session.execute(update(SubmittedAssignment), [values])
            query = select(SubmittedNotebook.notebook_id, SubmittedNotebook.id).where(
                SubmittedNotebook.assignment_id == id_
            )
            notebooks = dict(session.execute(query).all())
        if timestamp is None or cells.duedate is None:
            return id_, 0.0, notebooks
        set_extensions(session, self._extensions, student)
        extension = session.scalar(
            select(SubmittedAssignment.extension).where(SubmittedAssignment.id == id_)
        )
        duedate = cells.duedate + extension if extension is not None else cells.duedate
        return id_, max(0.0, (timestamp - duedate).total_seconds()), notebooks

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

    def _fill(self, incoming: Path, files: Files, packed: PackedResult) -> None:
        """Put in what stands in an autograded submission: notebooks and the files beside them."""
        folder = incoming / self.exercise.name
        folder.mkdir()
        for file in files:
            if file.content is not None and not self._is_left_out(file.path):
                path = folder / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
        for source, beside in self._beside_the_source:
            target = folder / beside
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        for notebook in packed.notebooks:
            path = folder / f"{notebook.name}.ipynb"
            path.write_text(notebook.text, encoding="utf-8", newline="\n")
        self._converter.set_permissions(self.exercise.name, incoming.name)

    def _say_lateness(self, incoming: Path, packed: PackedResult, student: str) -> None:
        """Put into the receipts how late a submission is, if it is, and what that costs."""
        grades = read_grades(self._session, self.exercise.name, student, self._policy)
        one = grades.students[student]
        for notebook in packed.notebooks:
            sentence = one.lateness(one.penalties[notebook.name])
            if sentence:
                path = incoming / self.exercise.name / f"{notebook.name}.ipynb"
                content = json.loads(notebook.text)
                say_lateness(content["cells"], sentence)
                mode = path.stat().st_mode
                path.unlink()
                path.write_text(notebook_text(content), encoding="utf-8", newline="\n")
                path.chmod(mode)

    def _say_lateness_again(self, student: str, one: StudentGrades) -> None:
        """Put into recorded receipts what is so now."""
        folder = self.course.folder("autograded", student, self.exercise.name)
        for name in self.exercise.notebooks:
            path = folder / f"{name}.ipynb"
            try:
                content = json.loads(path.read_bytes())
                mode = path.stat().st_mode
                changed = say_lateness(content["cells"], one.lateness(one.penalties[name]))
            except (OSError, ValueError, KeyError, TypeError):
                continue  # it is recorded anew when it is graded
            if changed:
                write_whole(path, notebook_text(content).encode())
                path.chmod(mode)

    @functools.cached_property
    def _beside_the_source(self) -> list[tuple[str, str]]:
        """The files that lie beside the source notebooks, with their place in the folder."""
        source = self.course.folder("source", ".", self.exercise.name)
        paths = find_all_files(str(source), [*self.coursedir.ignore, "*.ipynb"])
        return [(path, os.path.relpath(path, source)) for path in paths]

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
