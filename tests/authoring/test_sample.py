"""The sample class comes anew, and what a person graded in it stays."""

from __future__ import annotations

import pytest
from support.courses import ASSIGNMENT, REPOSITORY, run
from support.gradebook_rows import COMMENTS, GRADES, change, rows

from autograder.authoring.sample import MARK
from autograder.course.course import open_course
from autograder.gradebook.database import holds_hand_grades

BY_HAND = {
    "points": "update grade set manual_score = 1.5, needs_manual_grade = 0 where id ="
    " (select min(id) from grade where needs_manual_grade = 1)",
    "credit": "update grade set extra_credit = 1 where id = (select min(id) from grade)",
    "comment": "update comment set manual_comment = 'Good'"
    " where id = (select min(id) from comment)",
}


@pytest.fixture
def sample(graded, copy_of):
    """A graded course that is known as a sample class."""
    course = copy_of(graded[0])
    (course / MARK).touch()
    return course


@pytest.mark.parametrize("what", BY_HAND)
def test_what_a_person_entered_stays(sample, what):
    assert not holds_hand_grades(open_course(sample))
    change(sample, BY_HAND[what])
    before = rows(sample, GRADES), rows(sample, COMMENTS)
    assert holds_hand_grades(open_course(sample))

    said = run(REPOSITORY, "autograder", "sample", ASSIGNMENT, str(sample))

    assert "13 students handed in" in said
    assert before == (rows(sample, GRADES), rows(sample, COMMENTS))
    assert 13 == len(list((sample / "submitted").iterdir()))
    assert (sample / "autograded" / "ada").is_dir()


def test_a_class_that_nobody_graded_by_hand_is_made_anew(sample):
    run(REPOSITORY, "autograder", "sample", ASSIGNMENT, str(sample))

    assert not (sample / "gradebook.db").exists()
    assert not (sample / "autograded").exists()
    assert 13 == len(list((sample / "submitted").iterdir()))


def test_a_gradebook_that_cannot_be_read_is_not_removed(sample):
    (sample / "gradebook.db").write_text("this is no database, and longer than its header is")

    said = run(REPOSITORY, "autograder", "sample", ASSIGNMENT, str(sample), ok=False)

    assert 1 == len(said.splitlines()) and said.startswith("error: the gradebook")
    assert (sample / "gradebook.db").read_text().startswith("this is")


def test_answers_graded_by_hand_wait_no_longer(sample):
    before = run(sample, "autograder", "grade", ASSIGNMENT)
    change(sample, BY_HAND["points"])

    after = run(sample, "autograder", "grade", ASSIGNMENT)

    [waiting] = [int(line.split()[0]) for line in before.splitlines() if "for you in" in line]
    assert f"{waiting - 1} answers wait for you in formgrader." in after
