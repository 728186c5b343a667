"""What a cell's text defines and uses, as Python sees it: never what it only quotes.

Nothing is run, only parsed.
"""

from __future__ import annotations

import ast
import functools
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

MAX_CHARACTERS = 200_000
"""A longer cell is not looked into."""

_KEPT_TEXTS, _KEPT_CHARACTERS = 256, 4000

_PYTHON_CELL_MAGICS = ("time", "timeit", "capture", "prun", "debug", "pypy", "python", "python3")
_MAGIC = re.compile(r"^(\s*+)(?:[%!?].*|.*[\w)\]]\?{1,2}\s*)$")
_ASSIGNED_MAGIC = re.compile(r"^(\s*+[\w, ]*+=\s*+)[%!].*$")
_QUOTED = re.compile(r"(\"{3}|'{3}).*?\1", re.DOTALL)
_FENCE_OPENS = re.compile(r"\s*+`{3,}+(?:\s*+(?:python3?|py))?\s*\n")
_FENCE_LINE = re.compile(r"(```+|~~~+)[ ]*(?:python3?|py)?[ ]*")


@dataclass(frozen=True)
class PythonText:
    """A cell's text, parsed when first asked."""

    source: str

    @cached_property
    def code(self) -> str:
        """The text without an indentation that all of it has, which IPython takes away too."""
        text = self.source.lstrip()
        before = self.source[: len(self.source) - len(text)]
        indent = before[len(before.rstrip(" \t")) :]
        if not text or not indent or before.lstrip("\n")[:1] not in " \t":
            return self.source
        return re.sub(rf"(?m)^{indent}", "", self.source)

    @cached_property
    def tree(self) -> ast.Module | None:
        return parse(self.code)

    @property
    def parses(self) -> bool:
        return self.tree is not None

    @cached_property
    def compiles(self) -> bool:
        """Whether it could run as a cell: a `return` outside of a function parses but cannot."""
        if self.tree is None:
            return False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
                compile(self.tree, "<cell>", "exec", flags=flags, dont_inherit=True)
            except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
                return False
        return True

    @property
    def is_in_another_language(self) -> bool:
        """Whether a cell magic hands the cell to something other than Python."""
        return _is_in_another_language(self.source)

    @property
    def is_indented(self) -> bool:
        """Whether all of it is indented, as the rest of something that began before would be."""
        return self.code != self.source

    @cached_property
    def defines(self) -> frozenset[str]:
        """Names that running the cell binds at its top level, stubs left out."""
        return frozenset(
            name
            for node in (self.tree.body if self.tree else ())
            for name in bound_names(node)
            if name not in self.stubs
        )

    @cached_property
    def stubs(self) -> frozenset[str]:
        """Functions whose last definition does nothing yet."""
        last = {}
        for node in self.tree.body if self.tree else ():
            for name in bound_names(node):
                last[name] = node
        return frozenset(name for name, node in last.items() if is_stub(node))

    @cached_property
    def functions(self) -> frozenset[str]:
        """Those of `defines` that are functions by their looks: def or lambda."""
        return frozenset(
            name
            for node in (self.tree.body if self.tree else ())
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            or (isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda))
            for name in bound_names(node)
            if name in self.defines
        )

    @cached_property
    def uses(self) -> frozenset[str]:
        """Every name that is read anywhere in the cell."""
        return read_names(self.tree.body) if self.tree else frozenset()

    def begins_definition_of(self, names: Iterable[str]) -> bool:
        """Whether a line begins the definition of one of the names, also where nothing parses."""
        pattern = "|".join(map(re.escape, names))
        if not pattern or _is_in_another_language(self.source):
            return False
        unquoted = _QUOTED.sub("", self.code)
        return bool(re.search(rf"^(?:async\s+)?def\s+(?:{pattern})\b", unquoted, re.MULTILINE))

    def extract(self, names: Iterable[str], leave_out: Iterable[str] = ()) -> str:
        """The statements that define these names, with those of the cell that they need.

        Args:
            names: what is wanted.
            leave_out: names whose definitions are not wanted even where they are used.
        """
        body = self.tree.body if self.tree else []
        wanted, left_out = set(names), set(leave_out) - set(names)
        chosen: set[int] = set()
        while True:
            more = {
                k
                for k, node in enumerate(body)
                if k not in chosen and set(bound_names(node)) & wanted
            }
            if not more:
                break
            chosen |= more
            wanted |= read_names(body[k] for k in more) - left_out
        return "\n\n\n".join(self.segment(body[k]) for k in sorted(chosen))

    def segment(self, node: ast.stmt) -> str:
        """The lines of a top-level statement, decorators included."""
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
        return "\n".join(self.code.split("\n")[first - 1 : node.end_lineno])


def python_text(source: str) -> PythonText:
    """The text, looked into once where it comes again: most cells are every student's."""
    return _kept(source) if len(source) <= _KEPT_CHARACTERS else PythonText(source)


_kept = functools.lru_cache(maxsize=_KEPT_TEXTS)(PythonText)


def parse(source: str) -> ast.Module | None:
    """The syntax tree, None for what is not Python. IPython's magics are looked over."""
    if len(source) > MAX_CHARACTERS:
        return None
    tree = _parse(source)
    if tree is None and re.search(r"[%!?]", source):
        without = _without_magics(source)
        tree = _parse(without) if without is not None else None
    return tree


def _parse(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            return None


def _without_magics(source: str) -> str | None:
    """The text with magics as `pass` on their lines; None for a cell in another language."""
    if _is_in_another_language(source):
        return None
    lines = source.split("\n")
    first = next((k for k, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        lines[first] = ""
    lines = [_ASSIGNED_MAGIC.sub(r"\1None", line) for line in lines]
    return "\n".join(_MAGIC.sub(r"\1pass", line) for line in lines)


def _is_in_another_language(source: str) -> bool:
    """Whether a cell magic hands the cell to something other than Python."""
    first = source.lstrip().split("\n", 1)[0]
    words = first[2:].split()
    return first.startswith("%%") and (not words or words[0] not in _PYTHON_CELL_MAGICS)


def fenced_python(text: str) -> tuple[str, str]:
    """The Python in the fenced blocks of a Markdown text, and the text around them."""
    code: list[str] = []
    around: list[str] = []
    block: list[str] | None = None
    fence = ""
    for line in text.split("\n"):
        if block is None and (opening := _FENCE_LINE.fullmatch(line)):
            fence, block = opening[1], [line]
        elif block is not None and line.strip() == fence:
            inside = "\n".join(block[1:])
            if parse(inside) is not None:
                code.append(inside.strip("\n"))
            else:
                around += [*block, line]
            block = None
        else:
            (around if block is None else block).append(line)
    return "\n\n\n".join(code), "\n".join(around + (block or [])).strip()


def without_fence(text: str) -> str:
    """The code in a Markdown cell that holds one fenced block and nothing else."""
    opening, closed = _FENCE_OPENS.match(text), text.rstrip()
    inside = closed.rstrip("`")
    if opening is None or len(closed) - len(inside) < 3:
        return text
    code = inside[opening.end() :]
    blank = code[len(code.rstrip()) :]
    return code[: len(code) - len(blank) + blank.index("\n")] if "\n" in blank else text


def bound_names(node: ast.stmt) -> Iterable[str]:
    """Names that a top-level statement binds, also inside `if`, `try`, `with` and loops."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
        return
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield (alias.asname or alias.name).split(".")[0]
        return
    for target in _targets(node):
        for part in _unpacked(target):
            yield part.id
    for block in ("body", "orelse", "finalbody"):
        for inner in getattr(node, block, ()):
            yield from bound_names(inner)
    for handler in getattr(node, "handlers", ()):
        for inner in handler.body:
            yield from bound_names(inner)


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        return [node.target]
    if isinstance(node, ast.AugAssign | ast.For | ast.AsyncFor):
        return [node.target]
    if isinstance(node, ast.With | ast.AsyncWith):
        return [item.optional_vars for item in node.items if item.optional_vars]
    return []


def _unpacked(target: ast.expr) -> Iterable[ast.Name]:
    pending = [target]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.Name):
            yield part
        elif isinstance(part, ast.Tuple | ast.List):
            pending.extend(part.elts)
        elif isinstance(part, ast.Starred):
            pending.append(part.value)


def is_stub(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    body = [
        inner
        for inner in node.body
        if not (isinstance(inner, ast.Pass))
        and not (isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant))
    ]
    return not body or (len(body) == 1 and _raises_not_implemented(body[0]))


def _raises_not_implemented(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def read_names(nodes: Iterable[ast.AST]) -> frozenset[str]:
    return frozenset(
        inner.id
        for node in nodes
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    )
