"""What a notebook's answers consist of, apart from everything else that stands in its cells.

A function that is right may still fail where the whole notebook is run: an import above it in its
cell is missing, a cell deletes `np`, prints for ever or ends the process. Its definition, with what
it needs, can then be run by itself.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.repair.reading.python_text import bound_names, is_stub, python_text, read_names

MOST_STATEMENTS = 300
"""How many statements are run one by one; no answer needs as many."""


@dataclass(frozen=True)
class Statement:
    """One top-level statement of a student's cell.

    Attributes:
        node: its syntax tree.
        text: its lines.
        in_answer: it stands in an answer's cell.
    """

    node: ast.stmt
    text: str
    in_answer: bool

    @cached_property
    def binds(self) -> frozenset[str]:
        return frozenset(bound_names(self.node))

    @cached_property
    def uses(self) -> frozenset[str]:
        return read_names([self.node])

    @property
    def imports_everything(self) -> bool:
        return "*" in self.binds


def statements(cells: Iterable[tuple[str, bool]]) -> list[Statement]:
    """The statements of a student's cells, each (text, whether it is an answer), in order."""
    found = []
    for source, in_answer in cells:
        text = python_text(source)
        body = text.tree.body if text.tree else ()
        found += [Statement(node, text.segment(node), in_answer) for node in body]
    return found


def needed(found: Sequence[Statement], functions: Iterable[str], given: set[str]) -> list[str]:
    """The texts of the statements that define the functions and what these need, in order.

    Args:
        found: all statements.
        functions: what the answers have to define. For each the last definition in an answer's cell
            counts; one in another cell where that is a stub or missing.
        given: names that are there already, such as `np`, which the student's own cells do not
            bind to something else here.
    """
    functions = set(functions)
    chosen = {k for k, one in enumerate(found) if one.imports_everything}
    for name in functions:
        k = _definition(found, name)
        if k is not None:
            chosen.add(k)
    fixed = functions | given | set(vars(builtins))
    wanted = set().union(*(found[k].uses for k in chosen)) - fixed
    while True:
        more = {
            k
            for k, one in enumerate(found)
            if k not in chosen and one.binds & wanted and not one.binds & functions
        }
        if not more:
            break
        chosen |= more
        wanted |= set().union(*(found[k].uses for k in more)) - fixed
    last_first = sorted(chosen, reverse=True)[:MOST_STATEMENTS]
    # What answers call may stand below them, what own constants call above: definitions are run
    # after all that is not one, and those that fail are run again.
    return [found[k].text for k in sorted(last_first)]


def is_answered(found: Sequence[Statement], functions: Iterable[str]) -> bool:
    """Whether all of the functions are defined by something other than a stub."""
    return all(_definition(found, name) is not None for name in functions)


def is_begun(source: str, released: str) -> bool:
    """Whether an answer's cell holds code of the student's, be it wrong, renamed or no Python."""
    text = python_text(source)
    if source.strip() == released.strip():
        return False
    if text.tree is None:
        return bool(source.strip())
    return any(
        not is_stub(node)
        and not isinstance(node, ast.Import | ast.ImportFrom | ast.Pass)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in text.tree.body
    )


def _definition(found: Sequence[Statement], name: str) -> int | None:
    there = [k for k, one in enumerate(found) if name in one.binds and not is_stub(one.node)]
    answers = [k for k in there if found[k].in_answer]
    functions = [k for k in there if _is_function(found[k].node)]
    return max(answers or functions or there, default=None)


def _is_function(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
