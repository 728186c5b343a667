"""The report of a course folder: stored results, and what people gave by hand."""

import json
import os
import sys
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from autograder.batch.store import Store
from autograder.course.course import open_course
from autograder.course.settings import how_to_grade
from autograder.errors import CourseError
from autograder.grading.prepared import pack_result
from autograder.report import entries_from_course, report_course
from autograder.result import Remark
from autograder.submission.files import SubmittedFile

from .made_up import ROOT, submission, task_result


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course without gradebook entries, with nbgrader's `alembic` on the path."""
    beside = os.path.dirname(sys.executable)
    monkeypatch.setenv("PATH", os.pathsep.join([beside, os.environ.get("PATH", "")]))
    (tmp_path / "source").symlink_to(ROOT / "source")
    return open_course(tmp_path)


def record(course, exercise, student, result) -> str:
    """Store a result as recorded for a student; the key that it is stored under."""
    how = how_to_grade(course.config).as_dict()
    store = Store(course.private / "results" / exercise.name, exercise, how)
    key = store.key((SubmittedFile("notes.txt", len(student), student.encode()),))
    store.save(key, pack_result(result))
    marker = course.private / "recorded" / exercise.name / student
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.write_text(key)
    return key


def test_recorded_results_and_grades_by_hand_come_together(course, exercise):
    task = exercise.tasks["convolution"]["convolve"]
    result = submission(
        exercise, {"convolve": task_result(task)}, written={"explain_rescaling": True}
    )
    result = replace(result, remarks=(Remark("stopped", "a wall was hit", urgency=3),))
    key, _ = [record(course, exercise, student, result) for student in ("ada", "emmy")]
    (course.private / "seconds").mkdir()
    (course.private / "seconds" / "exercise09.json").write_text(json.dumps({key: 1.5}))
    with Gradebook(course.db_url, course.option("course_id")) as gradebook:
        gradebook.add_assignment("exercise09")
        gradebook.add_notebook("batch_norm", "exercise09")
        gradebook.add_grade_cell(
            "explain_rescaling", "batch_norm", "exercise09", max_score=2, cell_type="markdown"
        )
        for student, given in (("ada", 1.5), ("emmy", None)):
            gradebook.add_student(student, first_name=student.title())
            (notebook,) = gradebook.add_submission("exercise09", student).notebooks
            (grade,) = notebook.grades
            grade.manual_score, grade.needs_manual_grade = given, given is None
        gradebook.db.commit()

    ada, emmy = entries_from_course(course, exercise)

    assert ("ada", "Ada", 1.5, {"explain_rescaling": 1.5}) == (
        ada.student,
        ada.name,
        ada.seconds,
        ada.by_hand,
    )
    assert ({"explain_rescaling": None}, None) == (emmy.by_hand, emmy.seconds)
    assert result.remarks == emmy.result.remarks
    assert [one.tasks for one in result.notebooks] == [one.tasks for one in emmy.result.notebooks]
    for anonymous, name in ((False, "exercise09"), (True, "exercise09-anonymous")):
        path = report_course(course, exercise, anonymous=anonymous)
        assert course.root / "reports" / name / "report.html" == path
        assert anonymous == ("emmy" not in path.read_text("utf-8"))


def test_a_course_without_grades_is_told_what_to_do(course, exercise):
    with pytest.raises(CourseError, match="run 'autograder grade exercise09'"):
        report_course(course, exercise)
