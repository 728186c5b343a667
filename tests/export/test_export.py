"""`nbgrader export` for each platform, as an instructor runs it."""

import csv
import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from support.warm import run_nbgrader

import autograder.export
from autograder.export.spreadsheet import csv_text, safe_cell

ROOT = Path(__file__).parents[2]
STARTS = ("=", "+", "-", "@", "\t", "\r")
CELLS = {"convolution": {"test_convolve": 2, "explain_sharing": 2}, "batch_norm": {"test_mu": 6}}


def hand_in(gradebook, student, scores, **more):
    """A student with a submission: automatic scores by cell, None where a person has to grade."""
    gradebook.add_student(student, **more)
    submission = gradebook.add_submission(
        "exercise09", student, timestamp=datetime(2024, 12, 3, 12)
    )
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            grade.auto_score = scores.get(grade.name, 0.0)
            grade.needs_manual_grade = scores.get(grade.name, 0.0) is None
    gradebook.db.commit()
    return submission


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """A gradebook file, since making one takes seconds."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader starts `alembic` by its name when it makes a gradebook.
        beside = os.path.dirname(sys.executable)
        patch.setenv("PATH", os.pathsep.join([beside, os.environ.get("PATH", "")]))
        with Gradebook(f"sqlite:///{path}") as one:
            fill(one)
    return path


def fill(one):
    one.add_assignment("exercise09")
    for notebook, cells in CELLS.items():
        one.add_notebook(notebook, "exercise09")
        for cell, points in cells.items():
            one.add_grade_cell(cell, notebook, "exercise09", max_score=points, cell_type="code")
            one.add_source_cell(cell, notebook, "exercise09", cell_type="code")
    names = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org"}
    hand_in(one, "4711", {"test_convolve": 1.5, "test_mu": 6.0, "explain_sharing": 2.0}, **names)
    hand_in(one, "enoether", {"test_convolve": 2.0, "explain_sharing": None})
    one.add_student("nobody")


@pytest.fixture
def gradebook(made_once, tmp_path):
    shutil.copy(made_once, tmp_path / "gradebook.db")
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as one:
        yield one


@pytest.fixture
def export(tmp_path, gradebook):
    def run(exporter, *options, to="out.csv", code=0, partial=True):
        (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
        command = ["export", "--to", to]
        command += ["--GradesExporter.partial=True"] if partial else []
        done = run_nbgrader(
            [*command, f"--exporter=autograder.export.{exporter}", *options], cwd=tmp_path
        )
        assert code == done.returncode, done.stderr
        run.said = done.stderr
        if code:
            return done.stderr
        with open(tmp_path / "out.csv", encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return run


def test_the_plain_table_has_points_per_task(export):
    ada, noether, nobody = export("PointsExporter")

    assert ("4711", "Lovelace", "yes") == (
        ada["student_id"],
        ada["last_name"],
        ada["handed_in"],
    )
    assert ("1.5", "6", "9.5", "10") == (
        ada["convolve (of 2)"],
        ada["mu (of 6)"],
        ada["score"],
        ada["max_score"],
    )
    assert "explain_sharing" in noether["still_to_grade"]
    assert ("no", "0") == (nobody["handed_in"], nobody["score"])


def test_what_a_person_gave_and_what_lateness_takes_count(export, gradebook):
    submission = gradebook.find_submission("exercise09", "4711")
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            if grade.name == "test_convolve":
                grade.manual_score, grade.extra_credit = 1.0, 0.25
                notebook.late_submission_penalty = 2.0
    gradebook.db.commit()

    ada = export("PointsExporter")[0]

    assert ("1.25", "2", "7.25") == (ada["convolve (of 2)"], ada["late_penalty"], ada["score"])


def test_moodle_gets_a_grading_worksheet(export):
    ada, noether = export("MoodleExporter")

    assert ("Participant 4711", "Ada Lovelace", "ada@example.org", "9.5", "10") == (
        ada["Identifier"],
        ada["Full name"],
        ada["Email address"],
        ada["Grade"],
        ada["Maximum Grade"],
    )
    assert "" == noether["Identifier"]
    assert "Last modified (grade)" in ada


def test_a_worksheet_from_moodle_is_filled_in(export, tmp_path):
    (tmp_path / "sheet.csv").write_text(
        "\ufeffID,Vollständiger Name,Status,Bewertung,Zuletzt geändert (Bewertung)\n"
        'Teilnehmer/in 4711,"Lovelace, Ada",Abgegeben,,-\n'
        "Teilnehmer/in 9,Jemand anders,Abgegeben,3,-\n",
        encoding="utf-8",
    )

    ada, other = export("MoodleExporter", "--MoodleExporter.template=sheet.csv")

    assert ("Teilnehmer/in 4711", "9.5") == (ada["ID"], ada["Bewertung"])
    assert "3" == other["Bewertung"]
    assert "-" == other["Zuletzt geändert (Bewertung)"].lstrip("'")


def test_canvas_gets_its_gradebook(export):
    possible, ada, noether = export("CanvasExporter", "--CanvasExporter.column=Exercise 9 (123)")

    assert ("Points Possible", "10") == (possible["Student"], possible["Exercise 9 (123)"])
    assert ("Lovelace, Ada", "4711", "9.5") == (ada["Student"], ada["ID"], ada["Exercise 9 (123)"])
    assert ("", "enoether") == (noether["ID"], noether["SIS Login ID"])


def test_a_gradebook_from_canvas_is_filled_in(export, tmp_path):
    (tmp_path / "canvas.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Quiz (1),Exercise 09 (2),Final Score\n"
        "    Points Possible,,,,,5,10,(read only)\n"
        '"Lovelace, Ada",4711,u1,alovel,S1,4,,40\n'
        '"Noether, Emmy",4712,u2,ENoether,S1,5,,50\n'
    )

    possible, ada, noether = export("CanvasExporter", "--GradesExporter.template=canvas.csv")

    assert ("4", "9.5", "40") == (ada["Quiz (1)"], ada["Exercise 09 (2)"], ada["Final Score"])
    assert "" == noether["Exercise 09 (2)"]
    assert "10" == possible["Exercise 09 (2)"]


def test_an_ilias_status_file_is_filled_in(export, tmp_path):
    (tmp_path / "status.csv").write_text(
        "update;usr_id;login;lastname;firstname;status;mark;notice;comment;plagiarism;plag_comment\n"
        "0;4711;alovel;Lovelace;Ada;notgraded;;;;;\n"
        "0;12;enoether;Noether;Emmy;notgraded;;;;;\n"
        "0;13;other;Other;One;failed;1;;;;\n"
    )

    ada, noether, other = export(
        "IliasExporter", "--IliasExporter.template=status.csv", "--IliasExporter.passed_at=0.5"
    )

    assert ("1", "passed", "9.5") == (ada["update"], ada["status"], ada["mark"])
    assert ("1", "notgraded", "") == (noether["update"], noether["status"], noether["mark"])
    assert ("0", "failed", "1") == (other["update"], other["status"], other["mark"])


def test_an_ilias_table_has_the_columns_in_the_order_that_it_reads(export):
    ada, noether = export("IliasExporter")

    assert ["update", "usr_id", "login", "lastname", "firstname", "status", "mark"] == list(ada)[:7]
    assert ("4711", "enoether") == (ada["usr_id"], noether["login"])


@pytest.mark.parametrize(
    "exporter",
    ["PointsExporter", "GradebookExporter", "MoodleExporter", "CanvasExporter", "IliasExporter"],
)
def test_while_an_answer_waits_for_a_person_nothing_is_exported(export, tmp_path, exporter):
    said = " ".join(export(exporter, code=1, partial=False).split())

    assert "1 answer waits for a person to grade it (explain_sharing)" in said
    assert "--GradesExporter.partial=True exports the others and marks these" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out.csv").exists()


def test_a_partial_export_marks_who_waits_and_says_so(export, gradebook):
    marked = "2 of 8 so far, not graded yet: explain_sharing"

    _, noether, _ = export("PointsExporter")
    assert ("not graded yet", marked) == (
        noether["explain_sharing (of 2)"],
        noether["still_to_grade"],
    )
    assert "1 answer waits for a person" in " ".join(export.said.split())
    ada, noether, _ = export("GradebookExporter")
    assert ("", marked) == (ada["still_to_grade"], noether["still_to_grade"])
    ada, noether = export("MoodleExporter")
    assert ("9.5", "") == (ada["Grade"], ada["Feedback comments"])
    assert ("", marked) == (noether["Grade"], noether["Feedback comments"])
    assert "" == export("CanvasExporter")[2]["exercise09"]
    _, noether = export("IliasExporter", "--IliasExporter.passed_at=0.5")
    assert ("notgraded", "", marked) == (noether["status"], noether["mark"], noether["comment"])


def test_what_was_graded_by_hand_waits_no_longer(export, gradebook):
    for notebook in gradebook.find_submission("exercise09", "enoether").notebooks:
        for grade in notebook.grades:
            if grade.name == "explain_sharing":
                grade.manual_score, grade.needs_manual_grade = 1.5, False
    gradebook.db.commit()

    _, noether, _ = export("PointsExporter", partial=False)

    assert ("1.5", "3.5", "") == (
        noether["explain_sharing (of 2)"],
        noether["score"],
        noether["still_to_grade"],
    )


def test_lateness_stands_in_the_table_with_its_penalty(export, gradebook):
    submission = gradebook.find_submission("exercise09", "4711")
    gradebook.find_assignment("exercise09").duedate = datetime(2024, 12, 3, 9, 30)
    submission.notebooks[0].late_submission_penalty = 1.0
    gradebook.db.commit()

    ada, noether, _ = export("PointsExporter")

    assert ("2 h 30 min late", "1", "8.5") == (ada["late"], ada["late_penalty"], ada["score"])
    assert ("2 h 30 min late", "0") == (noether["late"], noether["late_penalty"])


def test_plain_export_has_the_columns_of_nbgrader_and_no_formula(export, gradebook, tmp_path):
    name = '=cmd|" /C calc"!A0'
    gradebook.add_student("eve", first_name=name, last_name="+1", email="@SUM(1)")
    config = (ROOT / "nbgrader_config.py").read_text("utf-8")
    (line,) = (one for one in config.splitlines() if one.startswith("c.ExportApp.plugin_class"))
    exporter = line.split('"')[1].removeprefix("autograder.export.")

    ada, eve, _ = export(exporter, "--student=['4711', 'eve', 'nobody']", partial=False)

    assert (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,"
        "late_submission_penalty,score,max_score"
    ) == ",".join(ada)
    assert ("9.5", "0", "9.5", "10") == tuple(list(ada.values())[-4:])
    assert ("'+1", "'" + name, "'@SUM(1)") == (eve["last_name"], eve["first_name"], eve["email"])


def test_only_the_students_asked_for_are_exported(export):
    assert ["4711"] == [row["student_id"] for row in export("PointsExporter", "--student=['4711']")]


def test_an_unknown_assignment_is_one_line(export):
    said = export("MoodleExporter", "--assignment=['exercise10']", code=1)

    assert "no assignment 'exercise10' (there is: exercise09)" in said
    assert "Traceback" not in said


def test_an_unknown_student_is_one_line(export):
    said = export("MoodleExporter", "--student=['4711', 'stranger']", code=1)

    assert "the gradebook has no student 'stranger'" in said
    assert "Traceback" not in said


def test_a_file_that_cannot_be_written_is_one_line(export):
    said = export("PointsExporter", to="nowhere/out.csv", code=1)

    assert "No such file or directory: 'nowhere/out.csv'" in said.replace("\n", " ")
    assert "Traceback" not in said


def test_a_template_without_a_known_column_is_one_line(export, tmp_path):
    (tmp_path / "sheet.csv").write_text("Identifier,Punkte\nParticipant 4711,\n")

    said = export("MoodleExporter", "--MoodleExporter.template=sheet.csv", code=1)
    assert "--GradesExporter.column" in said

    (ada,) = export(
        "MoodleExporter", "--MoodleExporter.template=sheet.csv", "--MoodleExporter.column=Punkte"
    )
    assert "9.5" == ada["Punkte"]


def test_a_template_may_be_what_excel_saves(export, tmp_path):
    (tmp_path / "sheet.csv").write_text(
        "Identifier\tGrade\nParticipant 4711\t\n", encoding="utf-16"
    )

    (ada,) = export("MoodleExporter", "--MoodleExporter.template=sheet.csv")

    assert "9.5" == ada["Grade"]


def test_a_template_that_is_no_table_is_one_line(export, tmp_path):
    (tmp_path / "sheet.csv").write_text("Identifier,Grade\n" + "x" * 200_000)

    said = export("MoodleExporter", "--MoodleExporter.template=sheet.csv", code=1)

    assert "cannot be read as a table" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "exporter",
    ["PointsExporter", "GradebookExporter", "MoodleExporter", "CanvasExporter", "IliasExporter"],
)
def test_no_cell_is_a_formula(tmp_path, gradebook, exporter):
    for start in STARTS:
        name = f'{start}HYPERLINK("http://example.org")'
        hand_in(gradebook, name, {}, first_name=name, last_name=name, email=name)

    plugin = getattr(autograder.export, exporter)(to=str(tmp_path / "out.csv"), partial=True)
    plugin.export(gradebook)

    with open(tmp_path / "out.csv", encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(STARTS) <= sum("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(STARTS) for cell in cells)


def test_numbers_stay_numbers_and_text_stays_text():
    assert ["-1.5", "'-1.5", "", "yes", "'＝1", "0.1"] == [
        safe_cell(value) for value in (-1.5, "-1.5", None, True, "＝1", 0.1)
    ]
    assert ["'\xa0=1", "'\u200b=1", "", "-"] == [
        safe_cell(value) for value in ("\xa0=1", "\u200b=1", float("nan"), "-")
    ]
    assert 'a,"b,c"\r\n"x""y","1\n2"\r\n' == csv_text(["a", "b,c"], [['x"y', "1\n2"]])
