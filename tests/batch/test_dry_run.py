"""`autograder grade --dry-run`: whose score would change and why, before anything is written."""

from __future__ import annotations

from support.courses import ASSIGNMENT, run


def contents(course) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in course.rglob("*") if path.is_file()}


def change_the_solution(course) -> None:
    """A solution of `convolve` that does not flip the kernel."""
    path = course / "source" / ASSIGNMENT / "convolution.ipynb"
    text = path.read_text(encoding="utf-8")
    assert "x[K + k - i - 1] * h[i - 1]" in text
    path.write_text(text.replace("x[K + k - i - 1] * h[i - 1]", "x[k + i - 2] * h[i - 1]"))


def test_a_changed_solution_shows_whose_score_changes_and_because_of_what(
    graded, copy_of, exercise
):
    course = copy_of(graded[0])
    change_the_solution(course)

    said = run(course, "autograder", "grade", ASSIGNMENT, "--dry-run", "--student", "ada")

    heart = exercise.tasks["convolution"]["convolve"].criteria[0]
    assert "ada: -" in said
    assert "convolve: 2 -> 0 of 2 points" in said
    assert f"{heart.claim}: {heart.points:g} -> 0" in said
    assert "1 of 1 scores would change. Nothing was written." in said


def test_a_dry_run_writes_nothing(graded, copy_of):
    course = copy_of(graded[0])
    change_the_solution(course)
    before = contents(course)

    run(course, "autograder", "grade", ASSIGNMENT, "--dry-run", "--student", "kurt")

    assert before == contents(course)


def test_an_unchanged_course_changes_nothing(graded):
    said = run(graded[0], "autograder", "grade", ASSIGNMENT, "--dry-run")

    assert "0 of 7 scores would change. Nothing was written." in said


def test_who_has_no_grade_yet_is_listed_as_such(handed_in):
    said = run(handed_in, "autograder", "grade", ASSIGNMENT, "--dry-run", "--student", "ada")

    assert "ada: 24 points, no recorded grade to compare with" in said
    assert not (handed_in / "gradebook.db").exists()
