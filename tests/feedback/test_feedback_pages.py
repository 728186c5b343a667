"""Feedback pages follow what they show, and appear together or not at all."""

from __future__ import annotations

import pytest
from support.courses import ASSIGNMENT
from support.gradebook_rows import change

from autograder.course.course import open_course
from autograder.errors import CourseError
from autograder.feedback import pages as feedback


def pages(course, student: str) -> dict:
    folder = course / "feedback" / student / ASSIGNMENT
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.html")}


def test_only_pages_are_written_anew_that_show_something_else(graded, copy_of):
    course = copy_of(graded[0])
    students = ["kurt", "one-missing"]
    feedback.generate_feedback(open_course(course), ASSIGNMENT, students)
    before = {student: pages(course, student) for student in students}
    assert {"batch_norm.html", "convolution.html"} == set(before["kurt"])

    feedback.generate_feedback(open_course(course), ASSIGNMENT, students)
    assert before == {student: pages(course, student) for student in students}

    change(
        course,
        "update comment set manual_comment = 'Come and see me.' where id = (select comment.id"
        " from comment join submitted_notebook n on n.id = comment.notebook_id"
        " join submitted_assignment s on s.id = n.assignment_id where s.student_id = 'kurt')",
    )
    feedback.generate_feedback(open_course(course), ASSIGNMENT, students)

    assert before["one-missing"] == pages(course, "one-missing")
    assert before["kurt"] != pages(course, "kurt")
    texts = [path.read_text("utf-8") for path in (course / "feedback" / "kurt").rglob("*.html")]
    assert any("Come and see me." in text for text in texts)
    assert not (course / "feedback.unfinished").exists()


def test_pages_that_fail_leave_nothing_half_done(graded, copy_of):
    course = copy_of(graded[0])
    (course / "autograded" / "kurt" / ASSIGNMENT / "convolution.ipynb").chmod(0o644)
    (course / "autograded" / "kurt" / ASSIGNMENT / "convolution.ipynb").write_text("{")

    with pytest.raises(CourseError, match="no feedback for kurt"):
        feedback.generate_feedback(open_course(course), ASSIGNMENT, ["kurt"])

    assert not (course / "feedback" / "kurt").exists()
    assert not (course / "feedback.unfinished").exists()
