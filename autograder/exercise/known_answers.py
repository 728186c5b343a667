"""Known answers to a task, right ones (variants) and wrong ones (mistakes), read from text files.

They stand in percent format, each as a student would have it in the answer cell:

    # %% missing_flip
    def convolution_matrix(h, D):
        \"\"\"The hint that a student reads whose values equal this mistake's.\"\"\"
        ...

    # %% missing_flip + transposed
    (two mistakes at once: the hints are those of the two)

    # %%+
    (a further cell of the answer above)

Mistakes and variants are the vocabulary of the feedback and, at the same time, the proof that the
hidden tests work.
"""

from __future__ import annotations

import ast
import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.errors import AutograderError

MARKER = re.compile(r"^# %%(?P<more>\+)?[ \t]*(?P<name>.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One known answer.

    Attributes:
        task: the task it answers.
        name: its name; two joined by " + " for a combination.
        cells: the source of its cells, without the hint.
        hints: what a student reads whose values equal this answer's, one for each mistake in it.
    """

    task: str
    name: str
    cells: tuple[str, ...]
    hints: tuple[str, ...] = ()

    @cached_property
    def code(self) -> types.CodeType:
        return compile("\n\n".join(self.cells), f"<{self.task}: {self.name}>", "exec")

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.name.split("+"))


class AnswerFileError(AutograderError):
    """A file of known answers that cannot be read; the message is one line with file and block."""


def read_answers(path: Path, task: str, functions: tuple[str, ...]) -> tuple[Answer, ...]:
    """The known answers in a file, in its order; none if there is no file.

    Args:
        path: the file in percent format.
        task: the task that they answer.
        functions: the task's functions; the first docstring of one of them is the hint.

    Raises:
        AnswerFileError: for a block that is no Python, has no name, a name that is taken, or (in a
            combination) parts that do not stand in the file.
    """
    if not path.exists():
        return ()
    blocks: dict[str, list[str]] = {}
    name = ""
    text = path.read_text(encoding="utf-8")
    markers = list(MARKER.finditer(text))
    for marker, following in zip(markers, [*markers[1:], None], strict=True):
        cell = text[marker.end() : following.start() if following else None].strip("\n").rstrip()
        if not marker["more"]:
            name = marker["name"].strip()
            if not name or name in blocks:
                raise AnswerFileError(f"{path}: a block needs a name of its own, not {name!r}")
            blocks[name] = []
        blocks[name].append(cell)

    answers: dict[str, Answer] = {}
    hints: dict[str, str] = {}
    for name, cells in blocks.items():
        try:
            bare = [_without_hint(cell, functions) for cell in cells]
        except SyntaxError as error:
            raise AnswerFileError(f"{path}: block {name} is no Python: {error}") from None
        hint = next((hint for _, hint in bare if hint), "")
        if hint:
            hints[name] = hint
        answers[name] = Answer(task, name, tuple(cell for cell, _ in bare))
    return tuple(_with_hints(answer, hints, path) for answer in answers.values())


def _with_hints(answer: Answer, hints: Mapping[str, str], path: Path) -> Answer:
    if len(answer.parts) == 1:
        own = hints.get(answer.name)
        return Answer(answer.task, answer.name, answer.cells, (own,) if own else ())
    missing = [part for part in answer.parts if part not in hints]
    if missing:
        raise AnswerFileError(
            f"{path}: {answer.name} combines {', '.join(missing)}, which has no hint"
        )
    return Answer(answer.task, answer.name, answer.cells, tuple(hints[p] for p in answer.parts))


def _without_hint(cell: str, functions: tuple[str, ...]) -> tuple[str, str]:
    """The cell without the docstring of its first function of the task, and that docstring."""
    tree = ast.parse(cell)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in functions and ast.get_docstring(node):
            docstring = node.body[0]
            lines = cell.split("\n")
            del lines[docstring.lineno - 1 : docstring.end_lineno]
            if len(node.body) == 1:
                lines.insert(docstring.lineno - 1, " " * docstring.col_offset + "pass")
            return "\n".join(lines), " ".join(ast.get_docstring(node).split())
    return cell, ""
