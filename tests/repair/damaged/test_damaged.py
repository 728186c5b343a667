"""Each kind of damage, alone and two at a time: what can still be read is graded as it was."""

from __future__ import annotations

import ast
import json
import os
import re
import textwrap

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.repair import repair
from autograder.repair.receipt import receipt_markdown
from repair.damaged import Damage, all_damages, submitted
from repair.damaged.graded import graded, is_one_line, points, repaired, sentences
from repair.damaged.undamaged import exercise, undamaged

PAIRS = int(os.environ.get("DAMAGED_PAIRS", "60"))
"""How many pairs are tried; set the variable for more."""

DAMAGES = list(all_damages().values())
# Pairs of which the second finds nothing to damage as it means to, or leaves nothing readable.
INCOMPATIBLE = {
    ("all_answers_in_one_cell", "deleted_answer"),
    ("all_answers_in_one_cell", "emptied_answer"),
    ("all_answers_in_one_cell", "cut_off_in_the_last_cell"),
    ("answers_at_the_end_in_own_cells", "cut_off_in_the_last_cell"),
    ("merge_markers_in_an_answer", "answer_as_fenced_markdown"),
    ("answer_as_markdown", "plain_python_file"),
    ("answer_as_markdown", "exported_as_web_page"),
    ("answer_as_raw", "plain_python_file"),
    ("answer_as_raw", "exported_as_web_page"),
    ("answer_as_fenced_markdown", "plain_python_file"),
    ("answer_as_fenced_markdown", "exported_as_web_page"),
    ("answer_pretends_to_be_a_test", "deleted_all_test_cells"),
    ("answers_at_the_end_in_own_cells", "cut_off_in_the_middle"),
    ("both_in_one_notebook", "cut_off_in_the_middle"),
    ("answer_pretends_to_be_a_test", "weakened_test_cell"),
    ("answer_pretends_to_be_a_test", "a_test_that_ends_grading"),
    ("answer_pretends_to_be_a_test", "emptied_test_cell"),
    ("answer_split_inside_a_function_with_metadata", "stub_left_beside_the_answer"),
    ("answer_split_inside_a_function_with_metadata", "swapped_ids"),
    ("answer_split_inside_its_docstring", "stub_left_beside_the_answer"),
    ("answer_split_inside_its_docstring", "swapped_ids"),
    ("answer_split_into_three", "stub_left_beside_the_answer"),
    ("answer_split_into_three", "swapped_ids"),
    ("swapped_ids", "a_thousand_cells_with_one_id"),
    ("swapped_ids", "older_answer_kept_with_metadata"),
    ("written_answer_merged_with_its_question", "deleted_everything_but_answers"),
    ("written_answer_in_the_question", "deleted_everything_but_answers"),
    ("older_copies_beside", "names_without_meaning"),
    ("own_cells_that_quote_answers", "plain_python_file"),
    ("written_answer_split", "written_answer_merged_with_its_question"),
}
# These change what the answers say, not only how they are written: their points tell.
CHANGES_ANSWERS = {
    "a_helper_below_a_missing_package",
    "a_helper_defined_later",
    "a_helper_in_a_raw_cell",
    "annotations_that_nothing_imports",
    "answer_in_a_module_beside",
    "full_width_characters",
    "typographic_quotation_marks",
    "dashes_for_minus",
    "wide_spaces",
    "tabs_in_the_body_only",
    "windows_tabs",
    "prompts_of_a_terminal",
}
ENDS_IN_ANOTHER_ORDER = {"shuffled_cells", "reversed_cells", "every_cell_twice"}


def answers(repaired) -> dict[str, set[str]]:
    """What each answer cell says, by id; untouched ones left out.

    For code these are the task's functions without blank lines, for text its lines.
    """
    return {
        cell["id"]: functions(cell["source"], exercise().tasks[name][cell["id"]].functions)
        if cell["cell_type"] == "code"
        else {line.strip() for line in cell["source"].split("\n") if line.strip()}
        for name, notebook in repaired.notebooks.items()
        for cell in notebook["cells"]
        if cell["id"] in repaired.answers[name]
    }


def functions(source: str, names: tuple[str, ...]) -> set[str]:
    lines = [line for line in source.split("\n") if line.strip() and line[0] not in "%!"]
    try:
        body = ast.parse(textwrap.dedent("\n".join(lines))).body
    except SyntaxError:
        return set()
    return {ast.dump(node) for node in body if getattr(node, "name", "") in names}


@pytest.fixture(scope="module")
def expected() -> dict[str, set[str]]:
    return answers(repair(submitted(undamaged()), exercise()))


def unescaped(repaired) -> str:
    return "\n".join(remark.sentence for remark in repaired.remarks)


def check_structure(repaired) -> None:
    """Whatever came in, the graded notebooks have the source's cells, in its order, unchanged."""
    for name, source in exercise().notebooks.items():
        notebook = repaired.notebooks[name]
        theirs = [cell for cell in notebook["cells"] if "autograder" not in cell["metadata"]]
        assert [cell["id"] for cell in theirs] == [cell.id for cell in source.exercise_cells]
        for cell, original in zip(theirs, source.exercise_cells, strict=True):
            assert cell["cell_type"] == original.cell_type
            assert cell["metadata"].keys() == original.metadata.keys()
            if not original.is_answer:
                assert cell["source"] == original.released
        own = [cell for cell in notebook["cells"] if "autograder" in cell["metadata"]]
        assert all(cell["metadata"] == {"autograder": {"own": True}} for cell in own)
        ids = [cell["id"] for cell in notebook["cells"]]
        assert len(set(ids)) == len(ids)
        assert notebook["metadata"] == source.content["metadata"]
    json.dumps(repaired.notebooks, allow_nan=False).encode("utf-8")
    receipt_markdown(repaired.received, repaired.remarks, "", {}).encode("utf-8")


def again(repaired):
    """The repaired notebooks, repaired once more."""
    files = {f"{n}.ipynb": json.dumps(nb).encode() for n, nb in repaired.notebooks.items()}
    return repair(submitted(files), exercise())


def compatible(first: str, second: str) -> bool:
    """Whether the answers can still be read when both happened, the first one first."""
    if (first, second) in INCOMPATIBLE or first == second:
        return False
    if first.startswith("lines_"):
        return False  # the corpus' own reader does not understand these
    if second in ENDS_IN_ANOTHER_ORDER and (
        "split" in first or "question" in first or "stub" in first
    ):
        return False  # nobody could put these together
    if "split" in first and second in ("answers_at_the_end_in_own_cells", "emptied_answer"):
        return False
    if second in ENDS_IN_ANOTHER_ORDER and ("thousand" in first or "older_answer" in first):
        return False  # the last version is another one then
    if "split" in first and second in ("answer_indented", "merge_markers_in_an_answer"):
        return False
    if "split" in first and ("question" in second or "stub" in second):
        return False
    if first == "written_to_a_file" and ("stub" in second or "question" in second):
        return False  # in a cell of the student's own that line is meant
    if first == "answer_as_fenced_markdown" and "split" in second:
        return False
    no_metadata = ("lost_", "colab_without", "nbgrader_metadata", "blank_grade_id")
    if "written_answer_split" in (first, second) and (
        first.startswith(no_metadata) or second.startswith(no_metadata)
    ):
        return False  # the second half stays a cell of its own, below the first
    if second == "names_swapped" and first.endswith("_beside"):
        return False
    if first in ENDS_IN_ANOTHER_ORDER and second == "cut_off_in_the_middle":
        return False
    if first == "merge_markers_in_an_answer" and "split" in second:
        return False
    if first in ("missing_cell_types", "answer_indented") and second.startswith(
        ("export", "plain")
    ):
        return False
    whole_files = {"both_in_one_notebook", "in_a_zip", "in_a_zip_in_a_zip", "a_zip_named_ipynb"}
    return not (first in whole_files and second.startswith("one_notebook"))


def test_there_are_at_least_sixty_kinds_of_damage():
    assert len(DAMAGES) >= 60


@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_answers_that_can_be_read_are_graded_as_they_were(damage: Damage, expected):
    fixed = repaired(damage.name)
    check_structure(fixed)
    found = answers(fixed)

    for id, text in expected.items():
        if id in damage.lost:
            continue
        assert id in found, f"{id} was lost: {unescaped(fixed)}"
        if damage.name not in CHANGES_ANSWERS:
            assert text <= found[id]


def expected_points(*damages: Damage) -> dict[str, float]:
    """The points that every task must get: those of the undamaged submission, if it can be read."""
    lost = frozenset().union(*(damage.lost for damage in damages))
    before = points(graded(undamaged()))
    return {task: 0.0 if task in lost else earned for task, earned in before.items()}


def test_the_undamaged_submission_has_all_points_and_a_receipt_of_one_line():
    result = graded(undamaged())

    assert sum(points(result).values()) == 24
    assert is_one_line(result)


@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_the_points_are_those_of_what_can_be_read_and_the_receipt_names_the_damage(damage: Damage):
    result = graded(damage.apply(undamaged()))

    assert points(result) == expected_points(damage), sentences(result)
    assert re.search(damage.says, sentences(result)), sentences(result)


@pytest.mark.parametrize("damage", [one for one in DAMAGES if one.lost], ids=str)
def test_what_is_lost_is_not_made_up(damage: Damage, expected):
    found = answers(repaired(damage.name))

    for id in damage.lost:
        assert not found.get(id) or expected[id] <= found[id]


@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_repairing_twice_is_repairing_once(damage: Damage):
    once = repaired(damage.name)
    twice = again(once)

    assert twice.notebooks == once.notebooks


@settings(max_examples=PAIRS, deadline=None, derandomize=True)
@given(first=st.sampled_from(DAMAGES), second=st.sampled_from(DAMAGES))
def test_two_kinds_of_damage_together(first: Damage, second: Damage):
    assume(compatible(first.name, second.name))
    files = second.apply(first.apply(undamaged()))
    fixed = repair(submitted(files), exercise())
    check_structure(fixed)

    assert again(fixed).notebooks == fixed.notebooks
    result = graded(files)
    assert points(result) == expected_points(first, second), sentences(result)
