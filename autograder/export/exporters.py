"""Grades as the files that Moodle, Canvas and ILIAS read, and as plain tables.

    nbgrader export
    nbgrader export --exporter=autograder.export.PointsExporter --to points.csv
    nbgrader export --exporter=autograder.export.MoodleExporter --assignment "['exercise09']" \\
        --GradesExporter.template=worksheet.csv --to moodle.csv

Each of the platforms has a file with a row for every student that one can download, fill in and
upload again. Given that file as `template`, only its grades are filled in, so it keeps the
platform's own columns, language and names; without it, the file gets the platform's English column
names.

While answers wait for a person, nothing is exported: a sum without them is no grade. `partial`
exports all the same; who waits has no grade then, and a note where there is a column for it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from sqlalchemy.exc import DBAPIError
from traitlets import Bool, Float, Unicode

from autograder.course.course import Course
from autograder.errors import CourseError
from autograder.export.spreadsheet import write_csv
from autograder.gradebook.database import gradebook_url, open_gradebook, retry_while_locked
from autograder.gradebook.grades import (
    AssignmentGrades,
    StudentGrades,
    late_words,
    read_grades,
    total_words,
)
from autograder.late.in_gradebook import set_penalties
from autograder.late.plugin import policy_of


def task_name(cell: str) -> str:
    """A graded cell's task, as the exercise calls it."""
    return cell.removeprefix("test_")


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

    partial = Bool(
        False, help="Export also while answers wait for a person to grade them, and mark these."
    ).tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        try:
            self.write(gradebook)
        except (ValueError, OSError, CourseError, DBAPIError) as error:
            if self.parent is None:
                raise
            self.parent.fail("%s", str(error).splitlines()[0])

    def write(self, gradebook: Gradebook) -> Path:
        """Write the file.

        Raises:
            ValueError, CourseError, OSError: say in a line why there is none.
        """
        path = Path(self.to or self.default_file)
        names = self._assignments(gradebook)
        policy = policy_of(self.config)
        if policy is not None:  # points that were given by hand change what lateness takes off
            set_penalties(gradebook.db, policy)
            gradebook.db.commit()
        grades = [read_grades(gradebook.db, name, policy=policy) for name in names]
        self._refuse_unknown_students(grades)
        self._refuse_waiting(grades)
        header, rows = self._filled(grades[0]) if self.template else self.table(grades)
        write_csv(path, header, rows, mark=self.for_spreadsheets)
        self.log.info("Wrote the grades of %s to %s", ", ".join(names), path)
        return path

    def _refuse_waiting(self, grades: Sequence[AssignmentGrades]) -> None:
        """Say what waits for a person; unless asked to go on, that is the end."""
        waiting = [cell for one in grades for row in self._chosen(one) for _, cell in row.waiting]
        if not waiting:
            return
        count, cells = len(waiting), ", ".join(sorted(set(waiting)))
        said = (
            f"{count} answer{' waits' if count == 1 else 's wait'} for a person to grade "
            f"{'it' if count == 1 else 'them'} ({cells})"
        )
        if not self.partial:
            raise ValueError(
                f"{said}: nothing is exported. --GradesExporter.partial=True exports the others "
                "and marks these"
            )
        self.log.warning("%s: these students are marked, and have no grade", said)

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
        known = {student for one in grades for student in one.students}
        unknown = sorted({str(student) for student in self.student} - known)
        if unknown:
            raise ValueError(f"the gradebook has no student {', '.join(map(repr, unknown))}")

    def _chosen(self, grades: AssignmentGrades) -> list[StudentGrades]:
        wanted = {str(student) for student in self.student}
        rows = grades.students.values()
        return [row for row in rows if not wanted or row.student in wanted]

    def table(self, grades: Sequence[AssignmentGrades]) -> tuple[list[str], list[list[object]]]:
        """The file as header and rows."""
        raise NotImplementedError

    # Filling in a template.

    id_columns: tuple[str, ...] = ()
    grade_columns: tuple[str, ...] = ()
    comment_columns: tuple[str, ...] = ()

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
                row[target] = self.grade(student)
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

    def grade(self, student: StudentGrades) -> float | None:
        """What goes into the column of grades: nothing while answers wait for a person."""
        return None if student.waiting else student.score

    def mark(
        self,
        header: Sequence[str],
        row: list[object],
        student: StudentGrades,
        grades: AssignmentGrades,
    ) -> None:
        """What else to fill in: which answers still wait, where the platform has a place for it."""
        for at, name in enumerate(header):
            if student.waiting and name.strip().lower() in self.comment_columns:
                row[at] = so_far(student, grades)


def so_far(student: StudentGrades, grades: AssignmentGrades) -> str:
    """ "10 of 16 so far, not graded yet: explain_batch_norm"; "" if all is graded."""
    if not student.waiting:
        return ""
    total = total_words(student.score, grades.possible(student), waits=True)
    return f"{total}, not graded yet: {' '.join(sorted(cell for _, cell in student.waiting))}"


class SeveralExporter(GradesExporter):
    """What exports all assignments, if it is not told which."""

    for_spreadsheets = True

    def _assignments(self, gradebook: Gradebook) -> list[str]:
        names = [str(name) for name in self.assignment]
        return names or sorted(assignment.name for assignment in gradebook.assignments)


class GradebookExporter(SeveralExporter):
    """The table of nbgrader's own export, in which no cell is a formula.

    nbgrader's writes names as they are: `=cmd|…` in one is run by the spreadsheet program.
    """

    for_spreadsheets = False

    def table(self, grades: Sequence[AssignmentGrades]) -> tuple[list[str], list[list[object]]]:
        header = [
            *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name"),
            *("email", "raw_score", "late_submission_penalty", "score", "max_score"),
        ]
        rows: list[list[object]] = [
            [
                *(one.name, one.duedate, row.timestamp, row.student, row.last_name),
                *(row.first_name, row.email, sum(row.points.values()), row.penalty, row.score),
                *(one.max_points, so_far(row, one)),
            ]
            for one in grades
            for row in self._chosen(one)
        ]
        if self.partial:
            return [*header, "still_to_grade"], rows
        return header, [row[:-1] for row in rows]


class PointsExporter(SeveralExporter):
    """A table with points per task: a row for each student and assignment, also for all of them.

    Who handed in nothing has 0 points, as in nbgrader's own export.
    """

    default_file = "points.csv"

    def table(self, grades: Sequence[AssignmentGrades]) -> tuple[list[str], list[list[object]]]:
        cells = {cell: points for one in grades for cell, points in one.cells.items()}
        header = [
            *("assignment", "student_id", "last_name", "first_name", "email", "handed_in", "time"),
            *(f"{task_name(cell)} (of {points:g})" for (_, cell), points in cells.items()),
            *("late", "late_penalty", "score", "max_score", "still_to_grade", "lateness"),
        ]
        rows: list[list[object]] = [
            [
                *(one.name, row.student, row.last_name, row.first_name, row.email),
                *(row.handed_in, row.timestamp),
                *(_points(row, cell) if cell in one.cells else None for cell in cells),
                *(late_words(row.seconds_late), row.penalty, row.score, one.max_points),
                *(so_far(row, one), row.lateness()),
            ]
            for one in grades
            for row in self._chosen(one)
        ]
        return header, rows


def _points(student: StudentGrades, cell: tuple[str, str]) -> float | str:
    return "not graded yet" if cell in student.waiting else student.points.get(cell, 0.0)


class MoodleExporter(GradesExporter):
    """Moodle's grading worksheet (assignment > Submissions > Upload grading worksheet).

    Rows are found by the participant number, which is the student id that `zip_collect` gives, or
    by e-mail address. Moodle leaves a grade alone that was changed there since the worksheet was
    downloaded; tick "Allow updating records that have been modified more recently" to replace it.
    In the gradebook (Import > CSV file), the same file works by e-mail address.
    """

    default_file = "moodle.csv"
    id_columns = ("identifier", "id", "id number", "email address", "e-mail-adresse", "username")
    grade_columns = ("grade", "bewertung", "note", "calificación")
    comment_columns = ("feedback comments", "feedback als kommentar")

    def table(self, grades: Sequence[AssignmentGrades]) -> tuple[list[str], list[list[object]]]:
        (one,) = grades
        header = [
            *("Identifier", "Full name", "ID number", "Email address", "Grade", "Maximum Grade"),
            *("Last modified (grade)", "Feedback comments"),
        ]
        rows: list[list[object]] = [
            [
                f"Participant {row.student}" if row.student.isdecimal() else "",
                *(row.name, row.student, row.email, self.grade(row), one.max_points, ""),
                so_far(row, one),
            ]
            for row in self._chosen(one)
            if row.handed_in
        ]
        return header, rows

    def key(self, cell: object) -> str:
        text = super().key(cell)
        # "Participant 4711", in the language of whoever downloaded it.
        match = re.fullmatch(r"(?:.*\s)?(\d+)", text)
        return match[1] if match else text


class CanvasExporter(GradesExporter):
    """Canvas's gradebook (Grades > Import).

    Rows are found by Canvas's user number, which is the student id that `zip_collect` gives, or by
    SIS id or login. A column named like `Exercise 9 (123456)` is that assignment of the course;
    another name makes a new assignment. Who waits for a person has no grade in it.
    """

    default_file = "canvas.csv"
    id_columns = ("id", "sis user id", "sis login id")

    def is_grade_column(self, name: str, grades: AssignmentGrades) -> bool:
        bare = name.rsplit("(", 1)[0] if name.rstrip().endswith(")") else name
        squeezed = "".join(c for c in bare.lower() if c.isalnum())
        return squeezed == "".join(c for c in grades.name.lower() if c.isalnum())

    def table(self, grades: Sequence[AssignmentGrades]) -> tuple[list[str], list[list[object]]]:
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
                rows.append([name or row.student, number, "", login, "", self.grade(row)])
        return header, rows


class IliasExporter(GradesExporter):
    """The `status.csv` of an ILIAS exercise, where ILIAS has the plugin ExerciseStatusFile.

    Rows are found by login, which is the student id that `zip_collect` gives, or by user number.
    The upload needs the user numbers: give the `status.csv` of the multi-feedback download as
    template.
    ILIAS itself reads no file of grades; there the table is for copying.
    """

    default_file = "status.csv"
    id_columns = ("login", "usr_id")
    grade_columns = ("mark",)
    comment_columns = ("comment",)

    passed_at = Float(
        0.0,
        help="Share of the points, such as 0.5, from which on the status is passed. 0: no status.",
    ).tag(config=True)

    def table(self, grades: Sequence[AssignmentGrades]) -> tuple[list[str], list[list[object]]]:
        (one,) = grades
        header = [
            *("update", "usr_id", "login", "lastname", "firstname", "status", "mark", "notice"),
            *("comment", "plagiarism", "plag_comment"),
        ]
        rows: list[list[object]] = [
            [
                1,
                row.student if row.student.isdecimal() else "",
                "" if row.student.isdecimal() else row.student,
                *(row.last_name, row.first_name, self._status(row, one) or "notgraded"),
                self.grade(row),
                *("", so_far(row, one), "", ""),
            ]
            for row in self._chosen(one)
            if row.handed_in
        ]
        return header, rows

    def mark(
        self,
        header: Sequence[str],
        row: list[object],
        student: StudentGrades,
        grades: AssignmentGrades,
    ) -> None:
        super().mark(header, row, student, grades)
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


PLATFORMS = {
    "nbgrader": GradebookExporter,
    "points": PointsExporter,
    "moodle": MoodleExporter,
    "canvas": CanvasExporter,
    "ilias": IliasExporter,
}


def export_grades(
    course: Course,
    assignment: str,
    platform: str,
    to: Path | None = None,
    template: Path | None = None,
    partial: bool = False,
) -> Path:
    """Write the grades of an assignment for one of `PLATFORMS`.

    Raises:
        CourseError: if there is nothing to export, or answers wait and it is not to be partial.
    """
    exporter = PLATFORMS[platform](config=course.config)
    exporter.to = str(to or course.root / exporter.default_file)
    exporter.assignment, exporter.partial = [assignment], partial
    exporter.template = str(template or "")
    db_url = gradebook_url(course.db_url)
    with open_gradebook(db_url, course.option("course_id")) as gradebook:
        try:
            return retry_while_locked(db_url, lambda: exporter.write(gradebook))
        except ValueError as error:
            raise CourseError(str(error)) from None


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
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header, *rest = [list[object](row) for row in rows if row] or [[]]
    except csv.Error as error:
        raise ValueError(f"{path} cannot be read as a table: {error}") from None
    if not header:
        raise ValueError(f"{path} is empty")
    return [str(name) for name in header], rest
