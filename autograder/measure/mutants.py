"""Wrong answers that a machine writes: the reference solutions with one small change each.

Conceptual mistakes are thought up by people, who forget some. So every operator, comparison,
constant, index, argument and return of the reference solutions is changed in turn, from the syntax
tree. The hidden tests have to see each change, but for those that change nothing, which an exercise
lists with a proof.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

ARITHMETIC = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.MatMult: (ast.Mult,),
    ast.Mod: (ast.Mult,),
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq, ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.Is: (ast.IsNot,),
}


@dataclass(frozen=True)
class Mutant:
    """A solution with one change.

    Attributes:
        function: the function that was changed.
        change: the statement's changed expression, "before -> after": its name, unique in a task.
        source: the whole answer with the change.
    """

    function: str
    change: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.function}: {self.change}"


def mutants(source: str) -> list[Mutant]:
    """All mutants of an answer cell, in the order of its text, without doubles.

    Args:
        source: the source of the answer cell; docstrings and error messages are left alone.
    """
    found: dict[str, Mutant] = {}
    names: set[str] = set()
    for function in ast.parse(source).body:
        if not isinstance(function, ast.FunctionDef):
            continue
        for path, node in _inside(function):
            for changed, change in _changes(node):
                tree = ast.parse(source)
                copied = next(
                    one
                    for one in tree.body
                    if isinstance(one, ast.FunctionDef) and one.name == function.name
                )
                _put(copied, path, changed)
                text = ast.unparse(ast.fix_missing_locations(tree))
                if text == ast.unparse(ast.parse(source)) or text in found:
                    continue
                name, count = change, 2
                while f"{function.name}: {name}" in names:
                    name, count = f"{change} (number {count})", count + 1
                names.add(f"{function.name}: {name}")
                found[text] = Mutant(function.name, name, text)
    return list(found.values())


Path = tuple[tuple[str, int | None], ...]


def _inside(function: ast.FunctionDef) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of the body with the path to it, but for docstring and messages of exceptions."""

    def walk(node: ast.AST, path: Path) -> Iterator[tuple[Path, ast.AST]]:
        yield path, node
        if isinstance(node, ast.Raise):
            return
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                yield from walk(value, (*path, (name, None)))
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, ast.AST):
                        yield from walk(item, (*path, (name, index)))

    for index, statement in enumerate(function.body):
        if index == 0 and isinstance(statement, ast.Expr):
            continue
        yield from walk(statement, (("body", index),))


def _put(root: ast.AST, path: Path, new: ast.AST) -> None:
    for name, index in path[:-1]:
        value = getattr(root, name)
        root = value if index is None else value[index]
    name, index = path[-1]
    if index is None:
        setattr(root, name, new)
    else:
        getattr(root, name)[index] = new


def _changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """The node with each of the changes that it can take, and what that is called."""
    for changed in _changed(node):
        before, after = ast.unparse(node), ast.unparse(ast.fix_missing_locations(changed))
        yield changed, f"{_short(before)} -> {_short(after)}"


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp):
        for operator in ARITHMETIC.get(type(node.op), ()):
            yield _with(node, op=operator())
        yield node.left
        yield node.right
    elif isinstance(node, ast.AugAssign):
        for operator in ARITHMETIC.get(type(node.op), ()):
            yield _with(node, op=operator())
        yield ast.Assign([node.target], node.value)
    elif isinstance(node, ast.Compare):
        for index, comparison in enumerate(node.ops):
            for other in COMPARISONS.get(type(comparison), ()):
                yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
        yield from node.values
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Slice):
        for bound in ("lower", "upper", "step"):
            if getattr(node, bound) is not None:
                yield _with(node, **{bound: None})
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.ctx, ast.Load):
        yield _with(node, elts=node.elts[::-1])
        yield _with(node, elts=[node.elts[0], node.elts[0]])
        yield _with(node, elts=[node.elts[1], node.elts[1]])
    elif isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(None)
        if not isinstance(node.value, ast.Tuple):
            yield ast.Return(ast.UnaryOp(ast.USub(), node.value))
    elif isinstance(node, ast.Raise):
        yield ast.Pass()
        yield ast.Raise(ast.Name("TypeError", ast.Load()), None)
    elif isinstance(node, ast.If):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
        yield ast.UnaryOp(ast.USub(), ast.Constant(1)) if value == 0 else ast.Constant(value - 1)


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    for index, keyword in enumerate(node.keywords):
        yield _with(node, keywords=[*node.keywords[:index], *node.keywords[index + 1 :]])
        if keyword.arg == "axis":
            for axis in (0, 1, None):
                other = ast.keyword("axis", ast.Constant(axis))
                changed = [*node.keywords[:index], other, *node.keywords[index + 1 :]]
                if ast.dump(other.value) != ast.dump(keyword.value):
                    yield _with(node, keywords=changed)
    if len(node.args) == 2:
        yield _with(node, args=node.args[::-1])
    if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _short(text: str) -> str:
    first = text.splitlines()[0]
    return first if len(first) <= 70 else first[:67] + "..."
