"""nbgrader's steps, as `nbgrader_config.py` names them: the seams where the grader fits in.

So plain `nbgrader autograde` and formgrader's button go the same way as `autograder grade`.
"""

from __future__ import annotations

import glob
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib
import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook, Notebook, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import setenv
from sqlalchemy import select

from autograder.course.course import refuse_path
from autograder.errors import AutograderError
from autograder.exercise.source_notebooks import Exercise, SourceCell, load_exercise
from autograder.result import SubmissionResult

if TYPE_CHECKING:
    from autograder.submission.files import Files

Converted = tuple[NotebookNode, ResourcesDict]

# Solutions.


class ShowSolutions(NbGraderPreprocessor):
    """Leaves of a source cell what students may see after the deadline: no hidden tests."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, index: int
    ) -> Converted:
        cell.source = SourceCell("", cell.cell_type, cell.source, {}).solved
        return cell, resources


class ExecuteReproducibly(Execute):
    """Runs a notebook so that the same source gives the same bytes on every run and machine."""

    def __init__(self, **kwargs: Any):
        # ipykernel warns on every start that it listens on TCP, which nothing here depends on.
        quiet = ["--IPKernelApp.log_level=ERROR"]
        # Pictures say what they draw, so that another version's can be compared with them.
        line = "from autograder.authoring import drawn as _d; _d.record(); del _d"
        started = [*quiet, f"--IPKernelApp.exec_lines={[line]!r}"]
        kwargs |= {"record_timing": False, "coalesce_streams": True, "extra_arguments": started}
        super().__init__(**kwargs)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict | None = None, km: Any = None
    ) -> Converted:
        folder = matplotlib.get_data_path()
        # A user's own matplotlibrc would change the pictures, the hash seed the order of sets.
        with setenv(
            MATPLOTLIBRC=os.path.join(folder, "matplotlibrc"),
            MPLBACKEND="module://matplotlib_inline.backend_inline",
            PYTHONHASHSEED="0",
        ):
            nb, resources = super().preprocess(nb, resources, km)
        # The kernel fills in its versions.
        nb.metadata["language_info"] = {"name": "python"}
        nb.metadata.pop("widgets", None)
        for cell in nb.cells:
            cell.metadata.pop("execution", None)
        return nb, resources


# Grading.


class SubmissionExporter(NotebookExporter):
    """Has every notebook of the exercise graded for every folder that was handed in.

    nbgrader converts the notebooks that it finds under their right names, reading each: here it
    is told that all of them are there, and what was handed in is left unread for `Repair`.
    """

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]  # nbconvert's has no types
        self._result: tuple[str, SubmissionResult] | None = None
        assert self.parent is not None, "Autograde makes it"
        self._converter: Autograde = self.parent
        self.coursedir: CourseDirectory = self._converter.coursedir
        # nbgrader's own fails at a time that it cannot read; the receipt names it instead.
        self.coursedir.get_existing_timestamp = hand_in_time_of_folder
        source = Path(self.coursedir.root, self.coursedir.source_directory)
        try:
            refuse_path(Path(self.coursedir.root))
            self.exercise: Exercise = load_exercise(self.coursedir.assignment_id, source)
        except AutograderError as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from None
        if self.coursedir.notebook_id == "*":
            handed_in = self.coursedir.format_path(
                self.coursedir.submitted_directory,
                self.coursedir.student_id,
                self.coursedir.assignment_id,
            )
            folders = {*self._converter.assignments, *map(str, _folders(handed_in))}
            self._converter.assignments = {
                folder: [os.path.join(folder, f"{name}.ipynb") for name in self.exercise.notebooks]
                for folder in folders
            }

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The notebook as text, and nbconvert's resources."""
        if not self._converter._sanitizing:
            return super().from_filename(filename, resources=resources, **kwargs)
        resources = resources if resources is not None else ResourcesDict()
        folder, name = os.path.split(filename)
        resources["metadata"] = ResourcesDict(name=os.path.splitext(name)[0], path=folder)
        text, found = self.from_notebook_node(  # type: ignore[no-untyped-call]  # nbconvert's, too
            nbformat.v4.new_notebook(), resources=resources, **kwargs
        )
        return text, found

    def files(self, student: str) -> Files:
        """What a student handed in."""
        from autograder.submission.files import read_submission

        return read_submission(
            Path(
                self.coursedir.format_path(
                    self.coursedir.submitted_directory, student, self.coursedir.assignment_id
                )
            )
        )

    def result(self, student: str) -> SubmissionResult:
        """The submission's result, graded once for all of its notebooks."""
        if self._result is None or self._result[0] != student:
            from autograder.course.settings import how_to_grade
            from autograder.grading.grade import grade_submission
            from autograder.sandbox import open_sandbox

            how = how_to_grade(
                self.config, None, Path(self.coursedir.root), self.coursedir.assignment_id
            )
            factory = open_sandbox(
                how.limits,
                sandboxed=how.sandboxed,
                cells=self.exercise.released_code,
                wall=how.wall,
            )
            try:
                graded = grade_submission(self.files(student), self.exercise, factory, how.settings)
            finally:
                factory.close()
            self._result = (student, graded)
        return self._result[1]


def _folders(pattern: str) -> list[Path]:
    return [Path(path) for path in sorted(glob.glob(pattern)) if os.path.isdir(path)]


def hand_in_time_of_folder(folder: str) -> datetime | None:
    """When a submission was handed in, in UTC, as `autograder grade` reads it."""
    from autograder.submission.files import read_submission
    from autograder.submission.times import hand_in_time

    handed_in = hand_in_time(read_submission(Path(folder)))
    return handed_in.utc if handed_in else None


def set_up_assignment(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put the assignment into the gradebook, if nobody has: `Autograde.pre_convert_hook`.

    nbgrader calls it in the course folder, before it looks the assignment up.
    """
    from autograder.course.course import open_course
    from autograder.gradebook.recorder import Recorder

    try:
        course = open_course(Path.cwd())
        Recorder(course, load_exercise(assignment, course.source_root)).close()
    except AutograderError as error:
        # nbgrader goes on after any other exception, and then says something else.
        sys.exit(f"error: {error}")


class Repair(NbGraderPreprocessor):
    """In place of what was handed in, the source notebook with the student's answers put in."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Converted:
        from autograder.grading.repaired import repair_within_limits

        where = resources["nbgrader"]
        files = self.parent.files(where["student"])
        repaired = repair_within_limits(files, self.parent.exercise)
        return nbformat.from_dict(repaired.notebooks[where["notebook"]]), resources


class ExecuteAndJudge(NbGraderPreprocessor):
    """The notebook with its outputs, judged: what `autograder grade` puts into autograded/."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Converted:
        from autograder.grading.grade import with_receipt

        where = resources["nbgrader"]
        result = self.parent.result(where["student"])
        graded = next(one for one in result.notebooks if one.name == where["notebook"])
        return nbformat.from_dict(with_receipt(graded.content, result.receipt)), resources


class SaveScores(NbGraderPreprocessor):
    """Writes the judge's scores to the gradebook, whatever the notebook displays."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Converted:
        from autograder.gradebook.recorder import gradebook_cells, write_scores
        from autograder.grading.prepared import pack_notebook
        from autograder.late.extensions import read_extensions
        from autograder.late.in_gradebook import set_extensions
        from autograder.late.plugin import policy_of

        where = resources["nbgrader"]
        submission = self.parent.result(where["student"])
        result = next(one for one in submission.notebooks if one.name == where["notebook"])
        packed = pack_notebook(result, submission)
        with Gradebook(where["db_url"], self.parent.coursedir.course_id) as gradebook:
            cells = gradebook_cells(gradebook.db, where["assignment"])
            assert cells is not None, "set_up_assignment has put them there"
            row = gradebook.db.scalar(
                select(SubmittedNotebook.id)
                .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
                .join(
                    SubmittedAssignment,
                    SubmittedAssignment.id == SubmittedNotebook.assignment_id,
                )
                .join(Student, Student.id == SubmittedAssignment.student_id)
                .where(
                    Student.id == where["student"],
                    Notebook.id == cells.notebooks[where["notebook"]],
                )
            )
            write_scores(gradebook.db, cells, row, packed)
            if (policy := policy_of(self.config)) is not None:
                extensions = read_extensions(Path(self.parent.coursedir.root), policy.zone)
                set_extensions(gradebook.db, extensions, where["student"])
            gradebook.db.commit()
        return nb, resources


class SayLateness(NbGraderPreprocessor):
    """Puts into the receipt that a submission was late, and what nbgrader's plugin took off."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Converted:
        from autograder.gradebook.grades import read_grades, say_lateness
        from autograder.late.plugin import policy_of

        where = resources["nbgrader"]
        with Gradebook(where["db_url"], self.parent.coursedir.course_id) as gradebook:
            policy = policy_of(self.config)
            grades = read_grades(gradebook.db, where["assignment"], where["student"], policy)
        one = grades.students[where["student"]]
        say_lateness(nb.cells, one.lateness(one.penalties[where["notebook"]]))
        return nb, resources
