"""What formgrader's page gets, on which a person grades: boxes around what students made."""

from __future__ import annotations

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import Preprocessor

from autograder.feedback.visible_check import fold
from autograder.sanitize.safe_html import BOX_STYLE

STYLE = f".output_subarea, .input_area, .text_cell_render, .panel-footer {{ {BOX_STYLE} }}"


class KeepInPlace(Preprocessor):
    """Lets nothing that a student made show outside of its place on the page.

    Where the visible check says something else than the verdict, it is folded, with a sentence why.
    """

    def preprocess(
        self, nb: nbformat.NotebookNode, resources: ResourcesDict
    ) -> tuple[nbformat.NotebookNode, ResourcesDict]:
        for cell in nb.cells:
            if cell.cell_type == "code":
                fold(cell)
        resources.setdefault("inlining", {}).setdefault("css", []).append(STYLE)
        return nb, resources
