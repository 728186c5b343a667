"""Python files handed in beside a notebook that imports or runs them."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterable, Sequence

from autograder.repair.reading.decode import decode
from autograder.repair.reading.draft import DraftCell, clean_text
from autograder.repair.reading.legible import legible
from autograder.repair.reading.python_text import python_text
from autograder.repair.reading.read_files import ReadFile

MAX_MODULES = 10
MAX_CHARACTERS = 200_000


def modules_used(read: Sequence[ReadFile], sources: Iterable[str]) -> dict[str, str]:
    """The files, name to text, that code imports or runs, with what these import in turn."""
    present = {
        posixpath.basename(one.file.path): one.file.content
        for one in read
        if one.file.content and re.fullmatch(r"[A-Za-z_]\w*\.py", posixpath.basename(one.file.path))
    }
    found: dict[str, str] = {}
    waiting = list(sources) if present else []
    while waiting and len(found) < MAX_MODULES:
        for name in sorted(_wanted(waiting.pop()) & present.keys() - found.keys()):
            text = legible(DraftCell("code", clean_text(decode(present[name])[0]))).source
            if len(text) <= MAX_CHARACTERS:
                found[name] = text
                waiting.append(text)
    return found


def cell_with(name: str, text: str) -> DraftCell:
    """A cell that lays the file where the notebook runs."""
    code = f"# {name}, as it was handed in\nfrom pathlib import Path\n\nPath({name!r}).write_text({text!r})"
    return DraftCell("code", code + ";")


def _wanted(source: str) -> set[str]:
    """The names of the files that a text imports or runs, if they are there."""
    names = set(
        re.findall(r"^[^\S\n]*%run[^\S\n]+(?:\./)?([A-Za-z_]\w*\.py)\b", source, re.MULTILINE)
    )
    tree = python_text(source).tree
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            names |= {f"{alias.name.split('.')[0]}.py" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(f"{node.module.split('.')[0]}.py")
    return names
