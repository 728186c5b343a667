"""The marking scheme in source/ is the one truth: the rubric is read there, edits are a patch."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from support.courses import REPOSITORY

from autograder.exercise.source_notebooks import SourceCell, SourceNotebook, load_exercise
from autograder.marking.scheme import patch, scheme_of, with_items


def cell(source: str) -> SourceCell:
    return SourceCell("", "markdown", source, {})


def test_each_written_task_of_the_exercise_has_a_scheme_that_adds_up_to_its_points() -> None:
    exercise = load_exercise("exercise09", REPOSITORY / "source")
    for notebook in exercise.notebooks.values():
        for one in notebook.written_answers:
            scheme = scheme_of(one)

            assert one.points == sum(item.points for item in scheme.items)
            assert scheme.model_answer.startswith("**Model answer.**")


@pytest.mark.parametrize(
    ("line", "points", "text"),
    [
        ("- 0.5: half", 0.5, "half"),
        ("* +1: one", 1.0, "one"),
        ("- -0.5: wrong", -0.5, "wrong"),
        ("- −1: a minus sign", -1.0, "a minus sign"),
        ("- 0,5: a comma", 0.5, "a comma"),
        ("- 2 points: two: both", 2.0, "two: both"),
        ("- 1: begins\n  and goes on", 1.0, "begins and goes on"),
    ],
)
def test_a_line_of_a_scheme_is_an_item(line: str, points: float, text: str) -> None:
    (item,) = scheme_of(cell(f"Model.\n\n**Marking scheme**\n\n{line}\n\nA note.")).items

    assert (points, text) == (item.points, item.text)


def test_nbgraders_own_marks_are_read_as_well() -> None:
    source = "Model.\n### BEGIN MARK SCHEME\n- 1: right\n- 1: why\n### END MARK SCHEME"
    scheme = scheme_of(cell(source))

    assert [1.0, 1.0] == [item.points for item in scheme.items]
    assert ("Model.", "") == (scheme.model_answer, scheme.notes)


def test_what_is_no_item_is_a_note_and_lists_of_the_model_answer_are_none() -> None:
    scheme = scheme_of(cell("Model:\n- 1: a list\n\n**Marking scheme**\n\n- 1: x\n\nAccept y."))

    assert ["x"] == [item.text for item in scheme.items]
    assert "Accept y." == scheme.notes


def test_a_scheme_is_written_back_as_it_was_but_for_what_was_edited() -> None:
    source = (
        "M.\n\n**Marking scheme**\n\n- 1: long\n  line\n- 0.5: other\n\nNote.\n### END SOLUTION"
    )
    first, second = scheme_of(cell(source)).items

    kept = [(first.line, first.points, first.text), (second.line, second.points, second.text)]
    assert source == with_items(source, kept)
    edited = with_items(source, [kept[0], (second.line, 0.75, "other"), ("", -1, "new")])
    assert "- 1: long\n  line\n- 0.75: other\n- -1: new\n\nNote." in edited
    assert "0.5" not in edited


def test_a_task_without_a_scheme_gets_one() -> None:
    edited = with_items("### BEGIN SOLUTION\nM.\n### END SOLUTION", [("", 1, "new")])

    assert edited == "### BEGIN SOLUTION\nM.\n\n**Marking scheme**\n\n- 1: new\n### END SOLUTION"


def test_the_patch_applies_with_git_and_gives_the_edited_scheme(tmp_path: Path) -> None:
    path = "source/exercise09/convolution.ipynb"
    target = tmp_path / path
    target.parent.mkdir(parents=True)
    shutil.copyfile(REPOSITORY / path, target)
    notebook = SourceNotebook("convolution", target.read_text(encoding="utf-8"))
    task = notebook.by_id["explain_parameter_sharing"]
    items = [(one.line, one.points, one.text) for one in scheme_of(task).items]
    edits = [(items[0][0], 0.25, 'both "counts", $D\\,K$ and ü'), *items[1:], ("", -0.5, "new")]
    text = patch(notebook, path, {task.id: edits})
    (tmp_path / "rubric.patch").write_text(text, encoding="utf-8")

    subprocess.run(["git", "apply", "rubric.patch"], cwd=tmp_path, check=True)

    after = SourceNotebook("convolution", target.read_text(encoding="utf-8"))
    found = [(one.points, one.text) for one in scheme_of(after.by_id[task.id]).items]
    assert found == [(points, words) for _, points, words in edits]
    others = [one for one in notebook.cells if one.id != task.id]
    assert others == [one for one in after.cells if one.id != task.id]
    assert not patch(notebook, path, {task.id: items})
