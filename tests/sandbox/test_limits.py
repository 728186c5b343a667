"""Each limit that `nbgrader_config.py` can set acts where it is set."""

from __future__ import annotations

import pytest
from traitlets.config import Config

from autograder.course.settings import how_to_grade
from autograder.exercise.calls import Call
from autograder.sandbox import open_sandbox

FUNCTIONS = """
import numpy as np
def large(): return np.zeros(300_000)
def small(): return np.zeros(30_000)
def endless():
    while True: pass
"""


@pytest.fixture(scope="module")
def limited():
    """A sandbox with limits from a configuration, each far below what is the default."""
    config = Config()
    config.Execute.timeout = 1
    config.Grading.notebook_timeout = 4.0
    config.Grading.memory = 150
    config.Grading.scratch = 2
    config.Grading.processes = 12
    config.Grading.open_files = 30
    config.Grading.output = 1
    config.Grading.all_output = 2
    config.Grading.replies = 1
    with open_sandbox(how_to_grade(config).limits) as factory:
        yield factory


@pytest.fixture
def session(limited):
    session = limited.open()
    yield session
    session.close()


def text_of(run) -> str:
    return "".join(str(output.get("text", output.get("evalue"))) for output in run.outputs)


def test_seconds_of_a_cell(session):
    run = session.run_cell("while True: pass")

    assert (run.ended, run.reason) == ("timeout", "The cell ran longer than 1 s and was stopped.")


def test_seconds_of_a_cell_are_those_of_a_question_too(session):
    session.run_cell(FUNCTIONS)
    first, second = session.ask([Call("endless", ()), Call("small", ())])

    assert first.refused == second.refused == "did not answer within 1 s"


def test_a_function_that_ran_out_of_time_is_given_little_of_it_again(session):
    session.run_cell(FUNCTIONS)
    session.ask([Call("endless", ())])

    assert session.ask([Call("endless", ())])[0].refused == "did not answer within 0.1 s"
    assert session.ask([Call("small", ())])[0].returned


def test_seconds_of_a_notebook(session):
    while session.alive:
        session.run_cell("import time; time.sleep(0.95)")

    assert any("as a whole ran longer than 4 s" in sentence for sentence in session.walls_hit())


def test_memory(session):
    assert session.run_cell("_ = b'x' * 50_000_000").ended == "ok"
    assert "MemoryError" in str(session.run_cell("_ = b'x' * 500_000_000").outputs)


@pytest.mark.parametrize("folder", ["/scratch", "/dev/shm"])
def test_scratch_space(session, folder):
    assert session.run_cell(f"open('{folder}/a', 'wb').write(b'x' * 1_000_000)").ended == "ok"
    assert session.run_cell(f"open('{folder}/b', 'wb').write(b'x' * 1_500_000)").ended == "error"


def test_processes(session):
    run = session.run_cell(
        "import os, time\nfor _ in range(20):\n    if os.fork() == 0: time.sleep(9)"
    )

    assert run.ended in ("error", "died")


def test_processor_time():
    config = Config()
    config.Grading.processor = 1
    with open_sandbox(how_to_grade(config).limits) as factory:
        session = factory.open()
        run = session.run_cell("while True: pass")

    assert run.ended == "died"
    assert run.seconds < 30


def test_open_files(session):
    run = session.run_cell("import os\nfiles = [os.open('/dev/null', 0) for _ in range(40)]")

    assert "Too many open files" in text_of(run)


def test_output_of_a_cell_and_of_all_cells(session):
    runs = [session.run_cell("print('x' * 1_500_000)") for _ in range(3)]

    assert "The rest of this cell's output was left out" in text_of(runs[0])
    assert "the notebook's cells show too much together" in text_of(runs[-1])


def test_size_of_replies(session):
    session.run_cell(FUNCTIONS)

    assert session.ask([Call("small", ())])[0].returned
    assert "more than the 1.0 MB that are read" in session.ask([Call("large", ())])[0].refused


@pytest.mark.parametrize("timeout", [None, 0, -1])
def test_without_a_limit_for_cells_the_notebooks_is_the_only_one(timeout):
    config = Config()
    config.Execute.timeout = timeout

    limits = how_to_grade(config).limits

    assert limits.cell_seconds == limits.ask_seconds == limits.notebook_seconds
