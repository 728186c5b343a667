"""Grades as the files that Moodle, Canvas and ILIAS read, and as a plain table with all tasks.

    nbgrader export --exporter=autograder.export.PointsExporter --to points.csv
    nbgrader export --exporter=autograder.export.MoodleExporter --assignment "['exercise09']" \\
        --GradesExporter.template=worksheet.csv --to moodle.csv

Each of the platforms has a file with a row for every student that one can download, fill in and
upload again. Given that file as `template`, only its grades are filled in, so it keeps the
platform's own columns, language and names; without it, the file gets the platform's English column names.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.plugins import ExportPlugin
from sqlalchemy import select
from traitlets import Float, Unicode

from autograder.export.spreadsheet import write_csv


@dataclass
class StudentGrades:
    """What the gradebook holds of one student's submission to one assignment.

    Attributes:
        student: the id.
        first_name, last_name, email: as far as the gradebook knows them.
        handed_in: whether there is a submission.
        timestamp: when it was handed in, in UTC.
        points: by notebook and graded cell, extra credit included.
        penalty: what is taken off for lateness.
        waiting: graded cells that a person still has to grade.
    """

    student: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    handed_in: bool = False
    timestamp: object = None
    points: dict[tuple[str, str], float] = field(default_factory=dict)
    penalty: float = 0.0
    waiting: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        return max(0.0, sum(self.points.values()) - self.penalty)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class AssignmentGrades:
    """One assignment: its graded cells with their points, in order, and a row for each student."""

    name: str
    cells: dict[tuple[str, str], float]
    students: list[StudentGrades]

    @property
    def max_points(self) -> float:
        return sum(self.cells.values())


def task_name(cell: str) -> str:
    """A graded cell's task, as the exercise calls it."""
    return cell.removeprefix("test_")


def read_grades(gradebook: Gradebook, assignment: str) -> AssignmentGrades:
    """All grades of an assignment, with a few queries however many students there are.

    Raises:
        ValueError: the gradebook has no such assignment.
    """
    session = gradebook.db
    known = session.scalars(select(Assignment.name).order_by(Assignment.name)).all()
    if assignment not in known:
        listed = ", ".join(known) or "none"
        raise ValueError(f"the gradebook has no assignment {assignment!r} (there is: {listed})")
    id_ = session.scalar(select(Assignment.id).where(Assignment.name == assignment))
    notebooks = session.execute(
        select(Notebook).where(Notebook.assignment_id == id_).order_by(Notebook.name)
    ).scalars()
    # The gradebook keeps no order of cells but that of the source cells, which are stored in order.
    cells: dict[tuple[str, str], float] = {}
    for notebook in notebooks:
        place = {cell.name: at for at, cell in enumerate(notebook.source_cells)}
        graded = [*notebook.grade_cells, *notebook.task_cells]
        for cell in sorted(graded, key=lambda cell: place.get(cell.name, len(place))):
            cells[notebook.name, cell.name] = float(cell.max_score)
    columns = (Student.id, Student.first_name, Student.last_name, Student.email)
    students = {
        row[0]: StudentGrades(row[0], *(value or "" for value in row[1:]))
        for row in session.execute(select(*columns).order_by(Student.id))
    }
    of_assignment = SubmittedAssignment.assignment_id == id_
    for student, timestamp in session.execute(
        select(SubmittedAssignment.student_id, SubmittedAssignment.timestamp).where(of_assignment)
    ):
        students[student].handed_in, students[student].timestamp = True, timestamp
    joined = (
        select(
            SubmittedAssignment.student_id,
            SubmittedNotebook.late_submission_penalty,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(of_assignment)
    )
    for student, penalty in session.execute(joined):
        students[student].penalty += penalty or 0.0
    for student, notebook, cell, score, waiting in session.execute(
        select(
            SubmittedAssignment.student_id,
            Notebook.name,
            BaseCell.name,
            Grade.score,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .where(of_assignment)
    ):
        students[student].points[notebook, cell] = float(score or 0.0)
        if waiting:
            students[student].waiting.append(cell)
    return AssignmentGrades(assignment, cells, list(students.values()))


class GradesExporter(ExportPlugin):
    """What all exporters here share. One assignment goes into a file, unless it says otherwise."""

    default_file = "grades.csv"
    for_spreadsheets = False

    template = Unicode(
        "", help="The platform's own file, as downloaded, whose grades are to be filled in."
    ).tag(config=True)
    column = Unicode(
        "", help="The column of the template that takes the grades, if it is not found by its name."
    ).tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        path = Path(self.to or self.default_file)
        try:
            grades = [read_grades(gradebook, name) for name in self._assignments(gradebook)]
            self._refuse_unknown_students(grades)
            header, rows = self._filled(grades[0]) if self.template else self.table(grades)
            write_csv(path, header, rows, mark=self.for_spreadsheets)
        except (ValueError, OSError) as error:
            self.parent.fail(str(error)) if self.parent is not None else self.log.error(str(error))
            return
        self.log.info("Wrote the grades of %s to %s", ", ".join(g.name for g in grades), path)
        for one in grades:
            waiting = [row for row in self._chosen(one) if row.waiting]
            if waiting:
                cells = sorted({cell for row in waiting for cell in row.waiting})
                self.log.warning(
                    "%s: %d of the submissions wait for a person to grade %s",
                    one.name,
                    len(waiting),
                    ", ".join(cells),
                )

    def _assignments(self, gradebook: Gradebook) -> list[str]:
        names = [str(name) for name in self.assignment]
        names = names or sorted(assignment.name for assignment in gradebook.assignments)
        if len(names) != 1:
            listed = ", ".join(names) or "none"
            raise ValueError(
                f"say which assignment to export, such as --assignment \"['exercise09']\" "
                f"(there is: {listed})"
            )
        return names

    def _refuse_unknown_students(self, grades: Sequence[AssignmentGrades]) -> None:
        known = {row.student for one in grades for row in one.students}
        unknown = sorted({str(student) for student in self.student} - known)
        if unknown:
            raise ValueError(f"the gradebook has no student {', '.join(map(repr, unknown))}")

    def _chosen(self, grades: AssignmentGrades) -> list[StudentGrades]:
        wanted = {str(student) for student in self.student}
        return [row for row in grades.students if not wanted or row.student in wanted]

    def table(self, grades: Sequence[AssignmentGrades]) -> tuple[list[str], list[list[object]]]:
        """The file as header and rows."""
        raise NotImplementedError

    # Filling in a template.

    id_columns: tuple[str, ...] = ()
    grade_columns: tuple[str, ...] = ()

    def _filled(self, grades: AssignmentGrades) -> tuple[list[str], list[list[object]]]:
        header, rows = _read_table(Path(self.template))
        target = self._grade_column(header, grades)
        ids = [at for at, name in enumerate(header) if name.strip().lower() in self.id_columns]
        by_id = {row.student.lower(): row for row in self._chosen(grades)}
        filled = set()
        for row in rows:
            row += [""] * (len(header) - len(row))
            keys = (self.key(row[at]) for at in ids)
            student = next((by_id[key] for key in keys if key in by_id), None)
            if student is not None and student.handed_in:
                row[target] = student.score
                self.mark(header, row, student, grades)
                filled.add(student.student)
        missing = [
            one.student
            for one in self._chosen(grades)
            if one.handed_in and one.student not in filled
        ]
        if missing:
            self.log.warning(
                "%s has no row for %d students: %s",
                self.template,
                len(missing),
                ", ".join(missing[:10]) + (", …" if len(missing) > 10 else ""),
            )
        return header, rows

    def _grade_column(self, header: Sequence[str], grades: AssignmentGrades) -> int:
        for at, name in enumerate(header):
            if self.column and name.strip() == self.column:
                return at
        if self.column:
            raise ValueError(f"{self.template} has no column {self.column!r}")
        for at, name in enumerate(header):
            if name.strip().lower() in self.grade_columns or self.is_grade_column(name, grades):
                return at
        raise ValueError(
            f"{self.template} has no column for the grades of {grades.name} that is known here: "
            "name it with --GradesExporter.column=…"
        )

    def is_grade_column(self, name: str, grades: AssignmentGrades) -> bool:
        return False

    def key(self, cell: object) -> str:
        """What a cell of an id column says of the student's id, in lower case."""
        return str(cell).strip().lstrip("'").lower()

    def mark(self, header, row: list, student: StudentGrades, grades: AssignmentGrades) -> None:
        """What else to fill in."""


class PointsExporter(GradesExporter):
    """A table with points per task: a row for each student and assignment, also for all of them.

    Who handed in nothing has 0 points, as in nbgrader's own export.
    """

    default_file = "points.csv"
    for_spreadsheets = True

    def _assignments(self, gradebook: Gradebook) -> list[str]:
        names = [str(name) for name in self.assignment]
        return names or sorted(assignment.name for assignment in gradebook.assignments)

    def table(self, grades):
        cells = {cell: points for one in grades for cell, points in one.cells.items()}
        header = [
            *("assignment", "student_id", "last_name", "first_name", "email", "handed_in", "time"),
            *(f"{task_name(cell)} (of {points:g})" for (_, cell), points in cells.items()),
            *("late_penalty", "score", "max_score", "still_to_grade"),
        ]
        rows = [
            [
                *(one.name, row.student, row.last_name, row.first_name, row.email),
                *(row.handed_in, row.timestamp),
                *(row.points.get(cell, 0.0) if cell in one.cells else None for cell in cells),
                *(row.penalty, row.score, one.max_points, " ".join(row.waiting)),
            ]
            for one in grades
            for row in self._chosen(one)
        ]
        return header, rows


class MoodleExporter(GradesExporter):
    """Moodle's grading worksheet (assignment > Submissions > Upload grading worksheet).

    Rows are found by the participant number, which is the student id that `zip_collect` gives, or
    by e-mail address. Moodle leaves a grade alone that was changed there since the worksheet was
    downloaded; tick "Allow updating records that have been modified more recently" to replace it. In the gradebook (Import > CSV file), the same file works by e-mail address.
    """

    default_file = "moodle.csv"
    id_columns = ("identifier", "id", "id number", "email address", "e-mail-adresse", "username")
    grade_columns = ("grade", "bewertung", "note", "calificación")

    def table(self, grades):
        (one,) = grades
        header = [
            *("Identifier", "Full name", "ID number", "Email address", "Grade", "Maximum Grade"),
            *("Last modified (grade)", "Feedback comments"),
        ]
        rows = [
            [
                f"Participant {row.student}" if row.student.isdecimal() else "",
                *(row.name, row.student, row.email, row.score, one.max_points, "", ""),
            ]
            for row in self._chosen(one)
            if row.handed_in
        ]
        return header, rows

    def key(self, cell):
        text = super().key(cell)
        # "Participant 4711", in the language of whoever downloaded it.
        match = re.fullmatch(r"(?:.*\s)?(\d+)", text)
        return match[1] if match else text


class CanvasExporter(GradesExporter):
    """Canvas's gradebook (Grades > Import).

    Rows are found by Canvas's user number, which is the student id that `zip_collect` gives, or by
    SIS id or login. A column named like `Exercise 9 (123456)` is that assignment of the course; another
    name makes a new assignment.
    """

    default_file = "canvas.csv"
    id_columns = ("id", "sis user id", "sis login id")

    def is_grade_column(self, name, grades):
        bare = name.rsplit("(", 1)[0] if name.rstrip().endswith(")") else name
        squeezed = "".join(c for c in bare.lower() if c.isalnum())
        return squeezed == "".join(c for c in grades.name.lower() if c.isalnum())

    def table(self, grades):
        (one,) = grades
        header = [
            "Student",
            "ID",
            "SIS User ID",
            "SIS Login ID",
            "Section",
            self.column or one.name,
        ]
        rows: list[list[object]] = [["Points Possible", "", "", "", "", one.max_points]]
        for row in self._chosen(one):
            if row.handed_in:
                name = ", ".join(part for part in (row.last_name, row.first_name) if part)
                number = row.student if row.student.isdecimal() else ""
                login = "" if number else row.student
                rows.append([name or row.student, number, "", login, "", row.score])
        return header, rows


class IliasExporter(GradesExporter):
    """The `status.csv` of an ILIAS exercise, where ILIAS has the plugin ExerciseStatusFile.

    Rows are found by login, which is the student id that `zip_collect` gives, or by user number.
    The upload needs the user numbers: give the `status.csv` of the multi-feedback download as template.
    ILIAS itself reads no file of grades; there the table is for copying.
    """

    default_file = "status.csv"
    id_columns = ("login", "usr_id")
    grade_columns = ("mark",)

    passed_at = Float(
        0.0,
        help="Share of the points, such as 0.5, from which on the status is passed. 0: no status.",
    ).tag(config=True)

    def table(self, grades):
        (one,) = grades
        header = [
            *("update", "usr_id", "login", "lastname", "firstname", "status", "mark", "notice"),
            *("comment", "plagiarism", "plag_comment"),
        ]
        rows = [
            [
                1,
                row.student if row.student.isdecimal() else "",
                "" if row.student.isdecimal() else row.student,
                *(row.last_name, row.first_name, self._status(row, one) or "notgraded", row.score),
                *("", "", "", ""),
            ]
            for row in self._chosen(one)
            if row.handed_in
        ]
        return header, rows

    def mark(self, header, row, student, grades):
        names = [name.strip().lower() for name in header]
        if "update" in names:
            row[names.index("update")] = 1
        status = self._status(student, grades)
        if status and "status" in names:
            row[names.index("status")] = status

    def _status(self, row: StudentGrades, grades: AssignmentGrades) -> str:
        if not self.passed_at or row.waiting:
            return ""
        return "passed" if row.score >= self.passed_at * grades.max_points else "failed"


def _read_table(path: Path) -> tuple[list[str], list[list[object]]]:
    """A CSV file with commas, semicolons or tabs, in UTF-8, UTF-16 or what Windows writes."""
    content = path.read_bytes()
    try:
        marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows: Iterable[list[object]] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header, *rest = [row for row in rows if row] or [[]]
    except csv.Error as error:
        raise ValueError(f"{path} cannot be read as a table: {error}") from None
    if not header:
        raise ValueError(f"{path} is empty")
    return [str(name) for name in header], rest
