"""Feedback pages follow what they show, and appear together or not at all."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from support.courses import ASSIGNMENT, REPOSITORY, STUDENTS, hand_in, new_course, run
from support.gradebook_rows import change

from autograder.course.course import open_course
from autograder.feedback import pages as feedback
from autograder.feedback import visible_check
from autograder.feedback.exporter import page_html
from autograder.gradebook.grades import StudentGrades
from autograder.sanitize.notebooks import harmless_notebook


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
    damage(course, "kurt")

    failed = feedback.generate_feedback(open_course(course), ASSIGNMENT, ["kurt", "ada"])

    assert ["kurt"] == list(failed)
    assert "\n" not in failed["kurt"]
    assert not (course / "feedback" / "kurt").exists()
    assert {"batch_norm.html", "convolution.html"} == set(pages(course, "ada"))
    assert not (course / "feedback.unfinished").exists()


def damage(course, student: str) -> None:
    path = course / "autograded" / student / ASSIGNMENT / "convolution.ipynb"
    path.chmod(0o644)
    path.write_text("{")


def test_a_page_that_fails_is_named_and_costs_the_others_nothing(graded, copy_of):
    course = copy_of(graded[0])
    damage(course, "kurt")

    said = run(course, "autograder", "grade", ASSIGNMENT, "--feedback", "--report", ok=False)

    assert 1 == said.count("\nno feedback: kurt: ")
    assert "error: 1 of 7 students have no feedback" in said
    assert "24 of 24 so far" in said
    assert (course / "reports" / ASSIGNMENT / "report.html").exists()
    for student in set(STUDENTS) - {"kurt"}:
        assert {"batch_norm.html", "convolution.html"} == set(pages(course, student))


def test_a_process_that_ends_costs_only_the_student_whose_page_ended_it(
    graded, copy_of, monkeypatch
):
    course = copy_of(graded[0])
    sitecustomize = course / "elsewhere" / "sitecustomize.py"
    sitecustomize.parent.mkdir()
    sitecustomize.write_text(
        "import os, autograder.feedback.pages as pages\n"
        "write = pages._write\n"
        "pages._write = lambda c, a, s, w: os._exit(1) if s == 'kurt' else write(c, a, s, w)\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{sitecustomize.parent}:{REPOSITORY}")
    monkeypatch.setattr(feedback, "WORTH_A_PROCESS", 1)

    failed = feedback.generate_feedback(open_course(course), ASSIGNMENT, STUDENTS, 2)

    assert {"kurt": "the process that wrote it has ended"} == failed
    for student in set(STUDENTS) - {"kurt"}:
        assert {"batch_norm.html", "convolution.html"} == set(pages(course, student))


NAMES = ("x[1]", "bob ", " lead", "a?b", "q*", "%20", "x{y}", "(a|b)", "new\nline", "ü ö", "-d")


@pytest.fixture(scope="module")
def odd(tmp_path_factory, solved):
    """Students whose names mean something to a pattern, a shell or an address."""
    course = new_course(tmp_path_factory.mktemp("odd") / "a course (of mine) ü+#")
    for name in NAMES:
        hand_in(course, name, {"convolution.ipynb": solved["convolution.ipynb"]})
    return course, run(course, "autograder", "grade", ASSIGNMENT, "--feedback", "--report")


def test_whatever_a_student_is_called_there_are_pages(odd):
    course, said = odd

    assert "no feedback" not in said
    for name in NAMES:
        text = (course / "feedback" / name / ASSIGNMENT / "convolution.html").read_text("utf-8")
        assert "<strong>8 of 8 so far</strong>" in text


class Page(HTMLParser):
    """Rows of the table on top, headings, and every address that a browser would load."""

    def __init__(self, text: str):
        super().__init__()
        self.rows: list[list[str]] = []
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inside, self.below = "", False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.loads += [values[name] for name in ("src", "srcset", "data") if values.get(name)]
        self.loads += [values["href"]] if tag == "link" else []
        self.links += [values["href"]] if tag == "a" else []
        self.ids += [values["id"]] if "id" in values else []
        self.inside = tag
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        assert tag not in ("script", "iframe", "link", "object", "embed", "base")

    def handle_data(self, data):
        if self.rows and self.rows[-1] and not self.below and self.inside in ("th", "td", "a"):
            self.rows[-1][-1] += data.strip()

    def handle_endtag(self, tag):
        self.inside = "" if tag in ("th", "td") else self.inside
        self.below |= tag == "table"


def page_of(course, student: str, name: str = "convolution") -> str:
    return (course / "feedback" / student / ASSIGNMENT / f"{name}.html").read_text("utf-8")


def test_the_page_begins_with_a_table_of_the_tasks(with_feedback, exercise):
    text = page_of(with_feedback[0], "mixed")
    page = Page(text)
    mistake = exercise.mistakes("convolution_matrix")[0]

    assert [
        ["Task", "Points", "Verdict"],
        ["convolve", "2 of 2", "all that is asked holds"],
    ] == page.rows[:2]
    assert ["count_parameters", "2 of 2", "all that is asked holds"] == page.rows[3]
    assert [
        "explain_parameter_sharing",
        "not graded yet",
        "a person reads and grades this answer",
    ] == page.rows[4]
    name, points, verdict = page.rows[2]
    assert "convolution_matrix" == name and points.endswith(" of 4")
    assert " ".join(mistake.hints[0].split()).startswith(verdict)
    assert text.index('class="tasks"') < text.index("<main>")
    tasks = [f"task-{name}" for name in ("convolve", "convolution_matrix", "count_parameters")]
    assert [*tasks, "task-explain_parameter_sharing"] == [
        link[1:] for link in page.links if link.startswith("#task-")
    ]
    assert set(tasks) < set(page.ids)
    assert "Test cell" not in text


def test_an_answer_that_nobody_gave_has_no_points_and_says_so(with_feedback):
    text = page_of(with_feedback[0], "kurt")

    assert ["convolve", "0 of 2", "not answered yet"] == Page(text).rows[1]
    assert ["explain_parameter_sharing", "0 of 2", "no answer"] == Page(text).rows[4]
    assert "<strong>0 of 10</strong>" in text and "not graded yet" not in text


def test_the_total_counts_what_is_graded_so_far(with_feedback, copy_of):
    text = page_of(with_feedback[0], "ada", "batch_norm")
    assert "<strong>16 of 16 so far</strong> points. 4 more are not graded yet." in " ".join(
        text.split()
    )

    course = copy_of(with_feedback[0])
    change(
        course,
        "update grade set manual_score = 1.5, needs_manual_grade = 0 where needs_manual_grade = 1"
        " and cell_id in (select id from base_cell where name like 'explain%')",
    )
    feedback.generate_feedback(open_course(course), ASSIGNMENT, ["ada"])
    page = page_of(course, "ada")

    assert "<strong>9.5 of 10</strong> points." in page
    assert ["explain_parameter_sharing", "1.5 of 2", "graded by a person"] == Page(page).rows[4]


def test_a_page_names_no_address_and_loads_nothing(with_feedback):
    course, _ = with_feedback
    for path in (course / "feedback").rglob("*.html"):
        text = path.read_text("utf-8")
        assert all(one.startswith("data:image/") for one in Page(text).loads)
        assert not re.search(r"https?://|//cdn|mathjax|url\(", text, re.IGNORECASE), path


def test_set_up_and_pictures_are_folded(with_feedback):
    text = page_of(with_feedback[0], "ada")

    assert "import matplotlib" in re.sub(r"<[^<>]*>", "", text)
    for kind in ("setup", "picture"):
        for folded in re.findall(rf'<[a-z]+ class="{kind}"[^<>]*>', text):
            assert f'<details class="{kind}">' == folded
    assert 5 == text.count('<details class="picture">')


RED = {
    "output_type": "error",
    "ename": "AssertionError",
    "evalue": "no",
    "traceback": ["\x1b[31mAssertionError\x1b[0m: no"],
}
GREEN = {"output_type": "stream", "name": "stdout", "text": "Well done."}


def check_cell(points: float, *outputs: dict) -> dict:
    verdict = {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {"verdict": "a line"},
        "data": {"text/plain": repr(points), "text/html": "<p>verdict</p>"},
    }
    return {
        "cell_type": "code",
        "id": "test_convolve",
        "source": "assert False",
        "execution_count": 1,
        "metadata": {"nbgrader": {"grade": True, "grade_id": "test_convolve", "points": 3}},
        "outputs": [verdict, *outputs],
    }


@pytest.mark.parametrize(
    "points, outputs, sentence",
    [
        (3.0, [RED], visible_check.FAILED_YET_FULL),
        (0.0, [GREEN], visible_check.PASSED_YET_LESS),
        (1.5, [GREEN], visible_check.PASSED_YET_LESS),
        (3.0, [GREEN], ""),
        (0.0, [GREEN, RED], ""),
    ],
)
def test_the_visible_check_is_folded_with_a_sentence_where_it_says_something_else(
    points, outputs, sentence
):
    cell = check_cell(points, *outputs)
    grades = StudentGrades("ada", points={("convolution", "test_convolve"): points})
    text = page_html({"cells": [cell]}, ASSIGNMENT, "convolution", grades)
    folded = text[text.index("<details>") : text.index("</details>")]

    assert f"<summary>{sentence or 'The visible check, and what it printed'}" in html.unescape(
        folded
    )
    assert ("no" in folded or "Well done." in folded) and "<p>verdict</p>" not in folded

    visible_check.fold(cell)  # as in formgrader
    assert (2 if sentence else 1 + len(outputs)) == len(cell["outputs"])
    if sentence:
        (details,) = (one["data"]["text/html"] for one in cell["outputs"][1:])
        assert html.unescape(details).startswith(f"<details><summary>{sentence}</summary><pre>")
        assert ("AssertionError: no" if RED in outputs else "Well done.") in details
        assert "\x1b" not in details


def test_a_student_cannot_hand_in_a_verdict():
    """The verdict is known by metadata that nothing of a student's can carry."""
    fake = {
        "output_type": "display_data",
        "metadata": {"verdict": "all that is asked holds"},
        "data": {"text/plain": "3.0", "text/html": "<p>3 of 3</p>"},
    }
    (cell,) = harmless_notebook({"cells": [check_cell(0.0, fake)], "metadata": {}})["cells"]

    assert visible_check.verdict_of(cell) is None
