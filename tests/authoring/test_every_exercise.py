"""What holds of every exercise in `source/`, also of one that was added."""

from __future__ import annotations

import pytest
from support.courses import REPOSITORY, notebook

from autograder.exercise.source_notebooks import load_exercise

EXERCISES = sorted(path.name for path in (REPOSITORY / "source").iterdir() if path.is_dir())


@pytest.fixture(scope="module", params=EXERCISES)
def every(request):
    return load_exercise(request.param, REPOSITORY / "source")


def test_the_committed_release_is_the_source_without_what_is_hidden(every):
    for name, source in every.notebooks.items():
        path = REPOSITORY / "release" / every.name / f"{name}.ipynb"

        assert [cell.released for cell in source.cells] == [
            "".join(cell["source"]) for cell in notebook(path)["cells"]
        ]
        assert "autograder" not in path.read_text(encoding="utf-8")


def test_every_task_has_known_mistakes_and_variants(every):
    for tasks in every.tasks.values():
        for task in tasks:
            assert every.mistakes(task)
            assert every.variants(task)
