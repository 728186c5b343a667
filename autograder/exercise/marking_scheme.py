"""The model answer and marking scheme of a written task, where an instructor grades it.

Formgrader shows the notebook in `autograded/`, in which they do not stand, so that nothing made
from it can hold them. They are read from `source/` only while formgrader draws its page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory

from autograder.exercise.source_notebooks import SourceCell, SourceNotebook

BOX = """<div style="border: 2px solid #31708f; border-radius: 4px; padding: 4px 12px">

**Model answer and marking scheme: only instructors see this**

{text}

</div>"""


class ShowMarkingScheme(Preprocessor):
    """Puts a box with the scheme below each written answer, in formgrader's pages only.

    `HTMLExporter` makes the feedback pages too. What tells formgrader's page is the id of the
    submission's notebook in the gradebook, which only formgrader has at hand.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        if "submission_id" not in resources or "nbgrader" in resources:
            return nb, resources
        written = self._written_answers(resources)
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            source = written.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if source is not None:
                cells.append(nbformat.v4.new_markdown_cell(BOX.format(text=_text(source))))
        nb.cells = cells
        return nb, resources

    def _written_answers(self, resources: Mapping[str, Any]) -> dict[str, SourceCell]:
        """The written answers of the notebook's source; none where the course has no such file."""
        course = CourseDirectory(config=self.config)
        folder = course.format_path(course.source_directory, ".", resources["assignment_id"])
        path = Path(folder, f"{resources['notebook_id']}.ipynb")
        if not path.is_file():
            self.log.warning("No marking scheme: there is no %s", path)
            return {}
        source = SourceNotebook(path.stem, path.read_text(encoding="utf-8"))
        return {cell.id: cell for cell in source.written_answers}


def _text(cell: SourceCell) -> str:
    return cell.solved if cell.cell_type == "markdown" else f"```python\n{cell.solved}\n```"
