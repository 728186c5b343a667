"""Files handed in beside a notebook that its code imports, runs or opens.

Each is laid where the notebook runs by a cell in front of the others: so it is there in the sandbox
and in the graded notebook alike, and a person sees what was used.
"""

from __future__ import annotations

import ast
import base64
import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from autograder.repair.reading.decode import decode
from autograder.repair.reading.draft import DraftCell, clean_text
from autograder.repair.reading.legible import legible
from autograder.repair.reading.python_text import python_text
from autograder.repair.reading.read_files import ReadFile

MAX_FILES = 50
MAX_BYTES = 256_000
"""As they stand in the notebook: text as it is if it is short, anything else packed."""

MAX_DEPTH = 10
"""How many folders above a file are looked at as packages."""

SHORT_TEXT = 20_000
_RUN = re.compile(r"^[^\S\n]*+%run[^\S\n]++(?:-\w++[^\S\n]++)*+[\"']?([^\s\"']++)", re.MULTILINE)
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Beside:
    """What code uses of the files handed in beside it.

    Attributes:
        files: where each is to lie, and what it holds.
        too_large: the paths of those that are used and for which there is no room.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    too_large: tuple[str, ...] = ()


class Module(NamedTuple):
    """A file as a module or as a part of a package.

    Attributes:
        root: the folder in which Python would look for it.
        path: the file.
        target: its path below the root.
    """

    root: str
    path: str
    target: str


def files_used(read: Sequence[ReadFile], sources: Iterable[str], folder: str) -> Beside:
    """The files that code uses, with those that these use in turn.

    Args:
        read: all files of the submission.
        sources: the texts of the notebook's code cells.
        folder: the folder of the notebook, "" for the submission's own.
    """
    present = {one.file.path: one.file.content for one in read if one.file.content is not None}
    if len(present) < 2:
        return Beside()
    by_name: dict[str, list[str]] = {}
    by_module: dict[str, list[Module]] = {}
    for path in present:
        by_name.setdefault(posixpath.basename(path), []).append(path)
        for module, one in _as_modules(path):
            by_module.setdefault(module, []).append(one)
    found: dict[str, bytes] = {}
    too_large: list[str] = []
    room = MAX_BYTES
    waiting = list(sources)
    while waiting:
        for path, target in _wanted(waiting.pop(), by_name, by_module, folder):
            if target in found or path in too_large:
                continue
            content = _python(present[path]) if path.endswith(".py") else present[path]
            size = (
                len(cell_with(target, content).source)
                if len(content) < 20 * MAX_BYTES
                else room + 1
            )
            if size > room or len(found) == MAX_FILES:
                too_large.append(path)
                continue
            room -= size
            found[target] = content
            if target.endswith(".py"):
                waiting.append(content.decode())
    return Beside(found, tuple(too_large))


def cell_with(path: str, content: bytes) -> DraftCell:
    """A cell that lays the file where the notebook runs."""
    folder = posixpath.dirname(path)
    lines = [f"# {path}, as it was handed in", "from pathlib import Path", ""]
    if folder:
        lines.append(f"Path({folder!r}).mkdir(parents=True, exist_ok=True)")
    try:
        text = content.decode() if len(content) <= SHORT_TEXT else None
    except UnicodeDecodeError:
        text = None
    if text is not None:
        lines.append(f"Path({path!r}).write_bytes({text!r}.encode());")
    else:
        packed = base64.b85encode(zlib.compress(content, 9)).decode()
        lines[1] = "import base64\nimport zlib\nfrom pathlib import Path"
        lines.append(f"content = zlib.decompress(base64.b85decode({packed!r}))")
        lines.append(f"Path({path!r}).write_bytes(content)")
        lines.append("del content")
    return DraftCell("code", "\n".join(lines))


def _python(content: bytes) -> bytes:
    """A Python file, put right as a cell would be."""
    return legible(DraftCell("code", clean_text(decode(content)[0]))).source.encode()


def _wanted(
    source: str,
    by_name: Mapping[str, Sequence[str]],
    by_module: Mapping[str, Sequence[Module]],
    folder: str,
) -> Iterator[tuple[str, str]]:
    """For each file that a text names: its path as handed in, and where it has to lie."""
    for name in _names(source):
        called_so = by_name.get(posixpath.basename(name), ())
        for path in called_so[:MAX_FILES]:
            own = posixpath.relpath(path, folder or ".")
            inside = not own.startswith("..")
            if name == own or (f"/{path}".endswith(f"/{name}") and "/" in name):
                yield path, name
            elif len(called_so) == 1:
                # A platform may have flattened folders, and code may put a path together.
                yield path, name
                if inside:
                    yield path, own
    for module in _modules(source):
        if found := by_module.get(module):
            roots = {one.root for one in found}
            nearest = min(roots, key=lambda root: (root != folder, root.count("/"), root))
            yield from ((one.path, one.target) for one in found if one.root == nearest)


def _as_modules(path: str) -> Iterator[tuple[str, Module]]:
    """The modules that a file can be, or belong to, by name."""
    if not path.endswith(".py"):
        return
    *folders, name = path.split("/")
    module = name.removesuffix(".py")
    yield module, Module("/".join(folders), path, name)
    for k, package in enumerate(folders[-MAX_DEPTH:], start=max(0, len(folders) - MAX_DEPTH)):
        yield package, Module("/".join(folders[:k]), path, "/".join((*folders[k:], name)))


def _names(source: str) -> set[str]:
    """The texts in code that could be the relative path of a file."""
    names = set(_RUN.findall(source))
    tree = python_text(source).tree
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.add(node.value[: _LONGEST_NAME + 1])
    clean = {posixpath.normpath(name.replace("\\", "/")) for name in names if "." in name}
    return {
        name
        for name in clean
        if len(name) <= _LONGEST_NAME and name.isprintable() and not name.startswith(("/", ".."))
    }


def _modules(source: str) -> set[str]:
    """The names of the modules that a text imports."""
    names: set[str] = set()
    tree = python_text(source).tree
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names
