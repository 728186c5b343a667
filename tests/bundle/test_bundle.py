"""What `autograder bundle` writes is what the platforms take, and grades there as it does here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from support.courses import ASSIGNMENT, REPOSITORY, new_course, run

from autograder.bundle.results import VISIBILITIES, results
from autograder.cli import cli
from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import load_exercise
from autograder.result import NotebookResult, Remark, SubmissionResult

EXERCISE = load_exercise(ASSIGNMENT, REPOSITORY / "source")
OF_RESULTS = {
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
    "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard",
}  # fmt: skip
OF_TESTS = {
    "score", "max_score", "status", "name", "name_format", "number", "output", "output_format",
    "tags", "visibility", "extra_data",
}  # fmt: skip
"""The names of Gradescope's published format."""


def bundled(folder: Path, platform: str) -> str:
    return run(
        folder, "autograder", "bundle", platform, ASSIGNMENT, "--course-dir", str(REPOSITORY)
    )


def has_the_published_form(found: dict) -> bool:
    """Whether these are results as Gradescope reads them: names, types and allowed values."""
    for test in found["tests"]:
        points = "score" in test, "max_score" in test, "status" in test
        if not (test.keys() <= OF_TESTS and all(points) == any(points)):
            return False
        if test.get("visibility", "visible") not in VISIBILITIES:
            return False
        if all(points) and not (0 <= test["score"] <= test["max_score"]):
            return False
        if not isinstance(test["output"], str) or test.get("status", "passed") not in (
            "passed",
            "failed",
        ):
            return False
    return found.keys() <= OF_RESULTS and isinstance(found["execution_time"], int)


@pytest.fixture(scope="module")
def gradescope(tmp_path_factory) -> Path:
    """The zip file, unpacked as Gradescope unpacks it."""
    folder = tmp_path_factory.mktemp("gradescope")
    said = bundled(folder, "gradescope")
    assert "give it to nobody else" in said
    with zipfile.ZipFile(folder / f"{ASSIGNMENT}-gradescope.zip") as archive:
        for entry in archive.infolist():
            path = archive.extract(entry, folder / "source")
            os.chmod(path, entry.external_attr >> 16)
    return folder / "source"


def test_gradescope_finds_its_two_scripts_at_the_root(gradescope):
    for name in ("setup.sh", "run_autograder"):
        assert os.access(gradescope / name, os.X_OK)
        assert subprocess.run(["bash", "-n", gradescope / name]).returncode == 0


def test_gradescope_gets_this_grader_with_these_versions(gradescope):
    grader = gradescope / "grader" / "autograder"
    here = REPOSITORY / "autograder"
    files = {path.relative_to(here) for path in here.rglob("*") if path.is_file()}
    wanted = {path for path in files if "__pycache__" not in path.parts}
    lines = (gradescope / "requirements.txt").read_text().splitlines()

    assert wanted == {path.relative_to(grader) for path in grader.rglob("*") if path.is_file()}
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.+!]+", line) for line in lines)
    assert {"numpy", "ipython", "nbgrader"} <= {line.split("==")[0] for line in lines}


def test_a_submission_on_gradescope_gets_its_points_and_hints(gradescope, tmp_path):
    """Runs what `run_autograder` runs, with the grader of the zip file."""
    submission, output = tmp_path / "submission", tmp_path / "results" / "results.json"
    submission.mkdir()
    mistake = next(m for m in EXERCISE.mistakes("convolve") if m.hints)
    source = EXERCISE.notebooks["convolution"]
    answers = {task: (source.by_id[task].source,) for task in EXERCISE.tasks["convolution"]}
    text = fill_in(EXERCISE, "convolution", answers | {"convolve": mistake.cells})
    (submission / "convolution.ipynb").write_text(text, encoding="utf-8")
    command = (gradescope / "run_autograder").read_text().split("-m autograder ")[1]
    words = command.replace("\\\n", " ").replace("/autograder/submission", str(submission))
    words = words.replace("/autograder/results/results.json", str(output))
    subprocess.run(
        [sys.executable, "-m", "autograder", *words.split()],
        cwd=gradescope / "course",
        env={**os.environ, "PYTHONPATH": str(gradescope / "grader")},
        check=True,
    )
    found = json.loads(output.read_text())
    tests = {test["name"]: test for test in found["tests"]}
    wrong = tests["convolution: convolve"]

    assert has_the_published_form(found)
    assert 6 <= sum(test.get("score", 0) for test in found["tests"]) < 8
    assert wrong["status"] == "failed" and wrong["visibility"] == "after_published"
    assert " ".join(mistake.hints[0].split())[:40] in " ".join(wrong["output"].split())
    assert "score" not in tests["convolution: explain_parameter_sharing"]
    assert tests["For instructors only"]["visibility"] == "hidden"
    assert "batch_norm.ipynb was not handed in" in found["output"]


def test_where_nothing_could_be_graded_instructors_are_told():
    found = results(
        SubmissionResult(
            notebooks=(NotebookResult("convolution", {}),),
            remarks=(Remark("unusable", "The file is empty.", urgency=3),),
            gradeable=False,
        ),
        "hidden",
        1.2,
    )

    assert has_the_published_form(found)
    assert "There was no notebook that could be graded." in found["output"]
    assert "a person has to look" in found["tests"][-1]["output"]


def test_no_results_are_written_where_grading_fails(tmp_path):
    course, submission = new_course(tmp_path / "course"), tmp_path / "submission"
    submission.mkdir()
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.Grading.wall = 'none'\n")
    output = tmp_path / "results.json"
    said = run(
        course, "autograder", "gradescope", ASSIGNMENT, str(submission), str(output), ok=False
    )

    assert said.startswith("error: ") and said.count("\n") == 1
    assert not output.exists()


def test_the_kubernetes_job_asks_for_no_right(tmp_path):
    bundled(tmp_path, "kubernetes")
    text = (tmp_path / f"{ASSIGNMENT}-kubernetes.yaml").read_text()
    job, policy = yaml.safe_load_all(text)
    pod = job["spec"]["template"]["spec"]
    (container,) = pod["containers"]

    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job")
    assert (
        policy["spec"]["podSelector"]["matchLabels"]
        == job["spec"]["template"]["metadata"]["labels"]
    )
    assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert {m["name"] for m in container["volumeMounts"]} == {v["name"] for v in pod["volumes"]}
    command, *options = container["args"]
    context = cli.commands[command].make_context(command, options, resilient_parsing=False)
    assert context.params["assignment"] == ASSIGNMENT


@pytest.fixture(scope="module")
def classroom(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("github")
    bundled(folder, "github")
    return folder / f"{ASSIGNMENT}-github"


def test_the_workflows_for_github_can_be_read(classroom):
    for path in classroom.rglob("*.yml"):
        jobs = yaml.safe_load(path.read_text())["jobs"]
        assert all("runs-on" in job and job["steps"] for job in jobs.values())


def test_nothing_hidden_is_in_the_students_repository(classroom):
    for path in (classroom / "students").rglob("*"):
        if path.is_file():
            text = path.read_text()
            assert "HIDDEN TESTS" not in text and "autograder" not in text, path


def test_the_students_workflow_says_which_visible_checks_pass(classroom, tmp_path):
    folder = tmp_path / ASSIGNMENT
    folder.mkdir()
    name = "convolution.ipynb"
    shutil.copyfile(REPOSITORY / "release" / ASSIGNMENT / name, folder / "unanswered.ipynb")
    shutil.copyfile(REPOSITORY / "solutions" / ASSIGNMENT / name, folder / "solved.ipynb")
    script = classroom / "students" / ".github" / "visible_checks.py"
    done = subprocess.run(
        [sys.executable, script, ASSIGNMENT], cwd=tmp_path, capture_output=True, text=True
    )
    lines = done.stdout.splitlines()

    assert done.returncode == 1
    assert "- [x] test_convolve" in lines
    assert any(line.startswith("- [ ] test_convolve: NotImplementedError") for line in lines)
    assert 6 == len(lines)


def test_what_is_missing_in_the_course_is_said_in_a_line(tmp_path):
    course = new_course(tmp_path / "course")
    said = run(course, "autograder", "bundle", "github", ASSIGNMENT, ok=False)

    assert said.startswith("error: there is no ") and said.count("\n") == 1
    assert f"run 'autograder build {ASSIGNMENT}' first" in said
