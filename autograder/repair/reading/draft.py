"""A handed-in notebook as plain text cells: all that the repair looks at."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

CHECKPOINT = re.compile(r"(^|/)\.ipynb_checkpoints/|-checkpoint\.ipynb$")

Settings = tuple[bool, bool, bool, float | None]
"""Of nbgrader's metadata: grade, solution, locked, points."""


@dataclass(frozen=True)
class DraftCell:
    """A cell as it was handed in.

    Attributes:
        kind: "code", "markdown" or "raw".
        source: its text, lines ended by newlines.
        grade_id: what nbgrader's metadata call it, "" if they do not.
        cell_id: the notebook format's cell id, "" if there is none.
        tags: of its metadata.
        attachments: pictures pasted into a Markdown cell, by name.
        pieces: how many cells it was put together from.
        added: it was taken out of a cell of the exercise that had been added to.
        settings: of nbgrader's metadata, None if there are none.
        notes: what its code held that had to be taken out to make it Python again.
    """

    kind: str
    source: str
    grade_id: str = ""
    cell_id: str = ""
    tags: tuple[str, ...] = ()
    attachments: Mapping[str, dict[str, str]] = field(default_factory=dict)
    added: bool = False
    pieces: int = 1
    notes: tuple[str, ...] = ()
    settings: Settings | None = None


@dataclass(frozen=True)
class Draft:
    """One reading of one file.

    Attributes:
        path: the file.
        cells: in order.
        form: "notebook", "script", "text" or "web page": what it was read from.
        repairs: what had to be put right to read it, each the end of a sentence that starts with
            the file's name ("has commas too many").
        partial: something in it may be missing.
        side: for a file with an unresolved merge conflict, which side this is.
    """

    path: str
    cells: tuple[DraftCell, ...]
    form: str = "notebook"
    repairs: tuple[str, ...] = ()
    partial: bool = False
    side: str = ""

    @property
    def is_checkpoint(self) -> bool:
        return bool(CHECKPOINT.search(self.path))

    def shortened(self, count: int) -> Draft:
        """The draft with its first cells only."""
        return dataclasses.replace(self, cells=self.cells[:count], partial=True)


class Unreadable(Exception):
    """A file that holds no notebook that could be read; the message ends a sentence."""


def clean_text(text: str) -> str:
    """The text with newlines as line ends and without half characters, which cannot be written."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")
