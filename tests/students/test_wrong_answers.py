"""What the visible checks say to wrong answers, and how they show it."""

from __future__ import annotations

import pytest

from benchmarks.visible_checks import (
    BEGIN,
    END,
    NO_CAUSE,
    REPOSITORY,
    exercise,
    say,
    table,
    wrong_answers,
)

TASKS = [task for tasks in exercise().tasks.values() for task in tasks]
WRONG = wrong_answers()


def task_of(name: str):
    return exercise().tasks[exercise().notebook_of(name)][name]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: f"{one.task}: {one.what}")
def test_the_first_line_names_the_cause(wrong):
    said = say(wrong.task, wrong.cells)

    assert not said.passes
    assert not said.message.startswith(NO_CAUSE)
    for word in wrong.words:
        assert word.lower() in said.message.lower()


def test_every_task_has_typical_wrong_answers():
    assert len(WRONG) >= 42
    for task in TASKS:
        assert 3 <= sum(wrong.task == task for wrong in WRONG)


def test_the_page_shows_what_the_checks_say():
    text = (REPOSITORY / "docs" / "teaching.md").read_text(encoding="utf-8")

    assert table() == text.split(BEGIN)[1].split(END)[0].strip(), (
        "run: python -m benchmarks.visible_checks --write docs/teaching.md"
    )


@pytest.mark.parametrize("task", TASKS)
def test_no_known_mistake_is_told_as_a_bare_error(task):
    """Of the single mistakes that the measured grader knows; some pass the few visible cases."""
    mistakes = [one for one in exercise().mistakes(task) if "+" not in one.name]
    said = {one.name: say(task, one.cells) for one in mistakes}

    assert [] == [name for name, one in said.items() if one.message.startswith(NO_CAUSE)]
    assert sum(not one.passes for one in said.values()) > len(said) / 2


@pytest.mark.parametrize("task", TASKS)
def test_right_answers_in_every_style_pass(task):
    for variant in exercise().variants(task):
        said = say(task, variant.cells)

        assert said.passes, (variant.name, said.message)


@pytest.mark.parametrize("task", TASKS)
def test_an_answer_under_another_name_is_found_also_where_the_stub_has_run(task):
    answer = exercise().notebooks[exercise().notebook_of(task)].by_id[task]
    first = task_of(task).functions[0]
    renamed = answer.solved.replace(f"def {first}(", f"def {first}s(")

    said = say(task, (answer.released, renamed))

    assert f"{first} is still to be written" in said.message
    assert f"rename it to {first}." in said.message
    assert said.last.startswith("NotImplementedError: ")


def test_the_traceback_is_one_line_and_begins_as_the_message_does():
    [wrong] = [one for one in WRONG if (one.task, one.what) == ("convolve", "no flip")]
    said = say(wrong.task, wrong.cells)

    assert "AssertionError: You slide h along x as it stands: a cross-correlation" == said.last


def test_the_error_in_an_earlier_function_is_named_as_one_of_that_function():
    solved = exercise().notebooks["batch_norm"].by_id["batch_norm"].solved
    said = say("batch_norm", (solved,), others_written=False)

    assert "standardize is still to be written" in said.message


def test_progress_counts_tasks_and_points():
    [wrong] = [one for one in WRONG if (one.task, one.what) == ("recover_layer", "1 and 0")]
    solved = exercise().notebooks["batch_norm"].by_id["recover_layer"].solved

    before, after = say(wrong.task, wrong.cells), say(wrong.task, (solved,))

    assert "Progress: 0 of 7 tasks pass their checks, 0 of 16 points can be graded." == (
        before.progress
    )
    assert "Progress: 1 of 7 tasks pass their checks, 2 of 16 points can be graded." == (
        after.progress
    )


def test_the_points_that_progress_counts_are_those_of_the_tasks():
    for name, notebook in exercise().notebooks.items():
        names: dict = {}
        exec(notebook.by_id["imports"].source, names)

        assert {task: one.points for task, one in exercise().tasks[name].items()} == names["POINTS"]


def test_the_tools_are_the_same_in_both_notebooks():
    tools = {notebook.by_id["tools"].source for notebook in exercise().notebooks.values()}

    assert 1 == len(tools)


def test_what_students_need_not_read_is_folded():
    for notebook in exercise().notebooks.values():
        for name in ("tools", "pictures"):
            assert {"source_hidden": True} == notebook.by_id[name].metadata["jupyter"]
        for cell in notebook.cells:
            if "picture" in cell.tags:
                assert len(cell.source.splitlines()) <= 2
