"""One round of an assignment, as people see it: each test goes on where the last one stopped."""

from __future__ import annotations

import html
import re

import pytest
from nbgrader.api import Gradebook
from support.courses import ASSIGNMENT, REPOSITORY, reference_answers

from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import (
    BEGIN_SOLUTION,
    END_SOLUTION,
    Exercise,
    SourceCell,
    load_exercise,
)

from .lab import Desk, Notebook

MISTAKE = """def convolve(x, h):
    x, h = np.asarray(x, dtype=float), np.asarray(h, dtype=float)
    K = len(h)
    return np.array([x[k : k + K] @ h for k in range(len(x) - K + 1)])
"""
RIGHT = """def convolve(x, h):
    x, h = np.asarray(x, dtype=float), np.asarray(h, dtype=float)
    if x.ndim != 1 or h.ndim != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h must be vectors with 1 <= K <= D")
    return np.convolve(x, h, mode="valid")
"""


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return load_exercise(ASSIGNMENT, REPOSITORY / "source")


@pytest.fixture(scope="module")
def assignments(released: Desk):
    """Nbgrader's list of assignments, which the student opens from the menu."""
    released.open("lab?reset")
    released.menu("Nbgrader", "Assignment List")
    released.page.locator("#released_assignments_list .list_item").first.wait_for()
    return released.page


@pytest.fixture(scope="module")
def notebook(released: Desk, assignments) -> Notebook:
    """The release, fetched from the exchange by the student."""
    assignments.locator("#released_assignments_list").get_by_text("Fetch", exact=True).click()
    assignments.locator("#fetched_assignments_list .list_item").first.wait_for()
    return released.open_notebook(f"home/{ASSIGNMENT}/convolution.ipynb")


# The student.


def test_running_the_release_ends_at_the_first_function_that_is_to_be_written(released, notebook):
    with notebook.runs("# convolve: 2 points."):
        released.menu("Run", "Run All Cells")

    assert "No picture yet: fill in the function above" in notebook.said("show(draw_echo)")
    assert "NotImplementedError" in notebook.said("# convolve: 2 points.")
    assert "" == notebook.said("# convolution_matrix: 4 points.")


def test_a_typical_mistake_is_told_by_the_check(notebook):
    notebook.write("Return the convolution x * h", MISTAKE)

    said = notebook.run("# convolve: 2 points.")

    assert "cross-correlation" in said
    assert "which way does the index of x go" in said


def test_validate_says_what_fails(notebook):
    failed = notebook.validate("failed")

    assert "cross-correlation" in failed
    assert "convolution_matrix" in failed


def test_the_corrected_answer_passes_and_its_picture_appears(notebook):
    notebook.write("x[k : k + K] @ h", RIGHT)

    assert "shape, values and errors are right here" in notebook.run("# convolve: 2 points.")
    notebook.run("show(draw_echo)")
    assert 1 == notebook.cell("show(draw_echo)").locator("img").count()


def test_with_all_answers_written_validate_passes(released, notebook, exercise):
    for task in ("convolution_matrix", "count_parameters"):
        answer = exercise.variants(task)[0].cells[0]
        notebook.write(f"def {exercise.tasks['convolution'][task].functions[0]}", answer)
    notebook.write_text("YOUR ANSWER HERE", "The rows of the matrix share the kernel.")
    notebook.run("show(draw_W_h)")
    assert 1 == notebook.cell("show(draw_W_h)").locator("img").count()

    assert "Success" in notebook.validate("success")


def test_what_the_student_submits_reaches_the_exchange(released, exercise):
    """The other notebook was written elsewhere: with a mistake, and with its written answers."""
    answers = reference_answers(exercise, "batch_norm")
    answers["standardize"] = exercise.mistakes("standardize")[0].cells
    (released.home / ASSIGNMENT / "batch_norm.ipynb").write_text(
        fill_in(exercise, "batch_norm", answers), encoding="utf-8"
    )
    released.open("lab?reset")
    released.menu("Nbgrader", "Assignment List")
    page = released.page
    page.locator("#fetched_assignments_list").get_by_text("Submit", exact=True).click()
    page.locator("#submitted_assignments_list .list_item").first.wait_for()

    [handed_in] = (released.root / "exchange").glob(f"*/inbound/*+{ASSIGNMENT}+*")
    assert "np.convolve" in (handed_in / "convolution.ipynb").read_text(encoding="utf-8")


# The instructor.


@pytest.fixture(scope="module")
def student(released: Desk) -> str:
    """Who handed in, after the instructor pressed Collect in formgrader."""
    released.open("formgrader/manage_assignments")
    row = released.page.locator("tr", has_text=ASSIGNMENT)
    row.locator(".collect a").click()
    released.close_dialog("Success")
    [folder] = (released.course / "submitted").iterdir()
    return folder.name


def test_autograde_in_formgrader_runs_through_the_judge(released, student):
    released.open(f"formgrader/manage_submissions/{ASSIGNMENT}")
    row = released.page.locator("tr", has_text=student)
    row.locator(".autograde a").click()
    released.close_dialog("Success")

    points = scores(released, student)
    assert [2, 4, 2] == [
        points[f"test_{task}"] for task in ("convolve", "convolution_matrix", "count_parameters")
    ]
    assert points["test_standardize"] < 3
    assert "needs manual grading" in row.inner_text()


OUTSIDE = """performance.getEntriesByType("resource").map(one => one.name)
    .filter(name => !name.startsWith(location.origin) && !name.startsWith("data:"))"""


def test_the_written_answers_are_graded_with_the_marking_scheme_in_view(
    released, student, exercise
):
    page, given = released.page, {}
    for notebook, source in exercise.notebooks.items():
        released.open(f"formgrader/gradebook/{ASSIGNMENT}/{notebook}")
        page.get_by_role("link", name="Submission #1").click()
        # Its keys are there, and wait for nothing from outside.
        page.wait_for_function("window.formgrader && formgrader.loaded")
        assert [] == page.evaluate(OUTSIDE)
        for cell in source.written_answers:
            box = page.locator(f"#{cell.id}.score")
            answer = page.locator(".cell").filter(has=box)
            link = answer.get_by_role("link", name="Grade all answers to this question")
            assert f"/autograder/mark/{ASSIGNMENT}#{cell.id}" == link.get_attribute("href")
            scheme = answer.locator("xpath=following-sibling::*[1]")
            for phrase in phrases_of(scheme_of(cell)):
                assert phrase in " ".join(scheme.inner_text().split())
            box.fill("1.5")
            with page.expect_response(lambda one: "/api/grade/" in one.url and one.ok):
                box.press("Tab")
            given[cell.id] = 1.5
            if cell.id == "explain_parameter_sharing":
                take_picture_of_grading(released, answer, scheme)

    assert given == {cell: scores(released, student)[cell] for cell in given}


def test_formgrader_shows_the_sum_that_the_gradebook_holds(released, student):
    total = sum(scores(released, student).values())

    released.open(f"formgrader/manage_submissions/{ASSIGNMENT}")
    row = released.page.locator("tr", has_text=student)

    assert f"{total:g} / 30" == row.locator(".score").inner_text()


def test_feedback_is_generated_and_released(released, student):
    row = released.page.locator("tr", has_text=student)
    for button in ("generate-feedback", "release-feedback"):
        row.locator(f".{button} a").click()
        released.close_dialog("Success")

    assert (released.course / "feedback" / student / ASSIGNMENT / "convolution.html").exists()


def test_no_student_gets_to_see_the_marking_scheme(released, exercise):
    """Neither in the exchange, where release and feedback lie, nor in the feedback's folder."""
    sources = exercise.notebooks.values()
    shown = " ".join(" ".join(cell.released.split()) for book in sources for cell in book.cells)
    phrases = {
        phrase
        for source in sources
        for cell in source.written_answers
        for phrase in phrases_of(scheme_of(cell))
        if phrase not in shown
    }
    exchange = released.root / "exchange" / "foundations-of-deep-learning"
    folders = [exchange / "outbound", exchange / "feedback", released.course / "feedback"]

    assert len(phrases) > 20
    for folder in folders:
        pages = [path for path in folder.rglob("*") if path.suffix in (".ipynb", ".html")]
        assert len(pages) >= 2
        for path in pages:
            text = " ".join(html.unescape(path.read_text(encoding="utf-8")).split())
            assert [] == [phrase for phrase in phrases if phrase in text], path


def test_jupyterlabs_own_tab_opens_formgrader(released):
    released.open("lab?reset")
    released.menu("Nbgrader", "Formgrader")
    formgrader = released.page.frame_locator("iframe[src*=formgrader]")

    formgrader.locator("tr", has_text=ASSIGNMENT).locator(".name").wait_for()


# The student again.


def test_the_student_fetches_the_feedback_and_reads_what_went_wrong(released, student, exercise):
    released.open("lab?reset")
    released.menu("Nbgrader", "Assignment List")
    released.page.get_by_text("Fetch Feedback", exact=True).click()
    released.page.get_by_text("(view feedback)").first.wait_for(state="attached")
    [page] = (released.home / ASSIGNMENT / "feedback").rglob("batch_norm.html")

    released.page.goto(page.as_uri())

    hint = " ".join(exercise.mistakes("standardize")[0].hints[0].split())
    assert hint[:40] in " ".join(released.page.locator("body").inner_text().split())
    take_picture_of_feedback(released, "standardize")


def scheme_of(cell: SourceCell) -> str:
    """A written task's model answer and marking scheme."""
    return cell.source.split(BEGIN_SOLUTION)[1].split(END_SOLUTION)[0]


def phrases_of(text: str) -> list[str]:
    """What a page shows of a Markdown text as it was written: the words between formulas."""
    parts = (
        " ".join(part.split()) for part in re.split(r"\$[^$]*\$|[*`]+|^-|\n\n", text, flags=re.M)
    )
    return [part for part in parts if len(part) > 15]


def take_picture_of_grading(desk: Desk, answer, scheme) -> None:
    """The answer with its points, and the scheme below it."""
    answer.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().y + scrollY - 120)")
    one, other = answer.bounding_box(), scheme.bounding_box()
    bottom = other["y"] + other["height"]
    desk.picture(
        "formgrader",
        clip={"x": one["x"], "y": one["y"], "width": one["width"], "height": bottom - one["y"]},
    )


def take_picture_of_feedback(desk: Desk, heading: str) -> None:
    """The verdict on this task, with some space around it."""
    verdict = desk.page.locator(".verdict").filter(has_text=heading).first
    verdict.evaluate("one => { one.style.padding = '16px'; one.scrollIntoView(); }")
    desk.picture("feedback", clip=verdict.bounding_box())


def scores(desk: Desk, student: str) -> dict[str, float]:
    """What the gradebook holds, by graded cell."""
    with Gradebook(f"sqlite:///{desk.course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, student)
        return {grade.name: grade.score for one in submission.notebooks for grade in one.grades}
