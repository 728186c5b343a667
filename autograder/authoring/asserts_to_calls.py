"""From the asserts of a graded cell to the questions of a hidden test.

An assert that compares what a student's function returns with a value becomes the call in it: the
right value then comes from the model solution, and the comparison is made outside of the student's
process. A cell is converted as a whole or not at all. It may hold, besides such asserts,

    x = np.array([1, 2])                what arguments are made of
    y = f(x)                            a call, if an assert then compares y as a whole
    try: f(0)                           an error that must be raised
    except ValueError: pass
    else: raise AssertionError("…")
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.exercise.tasks import Call

COMPARE = {"allclose": 1e-5, "isclose": 1e-5, "array_equal": 0.0, "assert_allclose": 1e-7}
COMPARE |= {"assert_array_equal": 0.0, "assert_equal": 0.0, "assert_almost_equal": 1e-6}
COMPARE |= {"assert_array_almost_equal": 1e-6}
"""Functions of NumPy, math and unittest that compare two values, with their relative tolerance."""


class NotConverted(Exception):
    """Why a cell cannot be converted, in a line."""


@dataclass
class Asked:
    """What a converted cell asks.

    Attributes:
        lines: the body of the function that makes the calls.
        functions: the students' functions that are called, in this order.
        tolerance: how far values may be off; None for no more than rounding.
        count: how many calls there are.
        raises: how many of them must raise an error.
    """

    lines: list[str] = field(default_factory=list)
    functions: tuple[str, ...] = ()
    tolerance: float | None = None
    count: int = 0
    raises: int = 0

    @property
    def claim(self) -> str:
        """What is true of a right answer."""
        names = " and ".join(self.functions)
        if self.raises == self.count:
            return f"{names} raises the right error"
        return f"{names} gives the right value" + (", or error" if self.raises else "")

    def function(self, name: str) -> str:
        """The text of the function that makes the calls."""
        body = ["calls: list[Call] = []", *self.lines, "return calls"]
        return f"def {name}(rng: Generator) -> list[Call]:\n" + textwrap.indent(
            "\n".join(body) + "\n", "    "
        )

    def calls(self) -> list[Call]:
        """The calls themselves."""
        namespace: dict[str, Any] = {"np": np, "Call": Call, "calls": []}
        exec("\n".join(self.lines), namespace)
        made: list[Call] = namespace["calls"]
        return made


def questions_of(source: str, written: Collection[str]) -> Asked:
    """What a graded cell asks.

    Args:
        source: the cell, with its hidden tests.
        written: the functions that students write.

    Raises:
        NotConverted: says which line does something else than compare values.
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:
        raise NotConverted("it is not Python alone") from None
    reader = _Reader(written)
    for node in body:
        try:
            reader.read(node)
        except NotConverted as reason:
            raise NotConverted(f"line {node.lineno}, {_line(node)!r}: {reason}") from None
    if reader.waiting:
        raise NotConverted(f"no assert compares {min(reader.waiting)} as a whole")
    if not reader.asked.count:
        raise NotConverted("no assert in it compares a value of a student's function")
    try:
        reader.asked.calls()
    except Exception as error:
        raise NotConverted(
            f"its arguments need more of the notebook ({type(error).__name__}: {error})"
        ) from None
    return reader.asked


class _Reader:
    """Reads one cell. The arguments are those of `questions_of`."""

    def __init__(self, written: Collection[str]):
        self.asked = Asked()
        self.waiting: set[str] = set()
        self._written = set(written)
        self._results: set[str] = set()

    def read(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr):
            return  # a docstring
        if isinstance(node, ast.Expr) and self._is_print(node.value):
            return
        if isinstance(node, ast.Import | ast.ImportFrom):
            self.asked.lines.append(ast.unparse(node))
        elif isinstance(node, ast.Assign):
            self._read_assignment(node)
        elif isinstance(node, ast.Assert):
            self._read_comparison(node.test)
        elif isinstance(node, ast.Expr) and _name_of(node.value).startswith("assert"):
            self._read_comparison(node.value)
        elif isinstance(node, ast.Try):
            self._read_try(node)
        else:
            raise NotConverted("this is no comparison")

    def _is_print(self, node: ast.expr) -> bool:
        return _name_of(node) == "print" and not self._mentions(node, self._written)

    def _read_assignment(self, node: ast.Assign) -> None:
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        target = node.targets[0]
        if not all(isinstance(one, ast.Name | ast.Tuple) for one in node.targets):
            raise NotConverted("it changes a value that was used before")  # perhaps
        if not names & (self._written | self._results):
            self.asked.lines.append(ast.unparse(node))
        elif self._is_call(node.value) and isinstance(target, ast.Name) and len(node.targets) == 1:
            if target.id in self._written:
                raise NotConverted("it puts something in the place of a student's function")
            self._ask(node.value)
            self._results.add(target.id)
            self.waiting.add(target.id)
        else:
            raise NotConverted("it works on with what a student's function returned")

    def _read_comparison(self, test: ast.expr) -> None:
        sides, tolerance = _sides(test)
        if sides is None:
            # About a result that is compared as a whole, an assert says nothing more.
            if self._mentions(test, self._results) and not self._mentions(test, self._written):
                return
            raise NotConverted("it looks at a property, which more than one value may have")
        one, other = sides
        if self._mentions(one, self._written | self._results):
            one, other = other, one
        if self._mentions(one, self._written | self._results):
            raise NotConverted("it compares two values of students' functions")
        if self._is_call(other):
            self._ask(other)
        elif isinstance(other, ast.Name) and other.id in self._results:
            self.waiting.discard(other.id)
        elif self._mentions(other, self._results) and not self._mentions(other, self._written):
            return
        else:
            raise NotConverted("it compares something made of the value, not the value itself")
        if tolerance:
            self.asked.tolerance = max(tolerance, self.asked.tolerance or 0.0)

    def _read_try(self, node: ast.Try) -> None:
        raising = [*node.body[1:], *node.orelse]
        handled = [one for handler in node.handlers for one in handler.body]
        plain = (
            len(node.body) >= 1
            and raising
            and all(isinstance(one, ast.Raise | ast.Assert) for one in raising)
            and all(isinstance(one, ast.Pass) for one in handled)
            and all(handler.type is not None for handler in node.handlers)
            and not node.finalbody
        )
        first = node.body[0]
        value = first.value if isinstance(first, ast.Expr | ast.Assign) else None
        if not plain or value is None or not self._is_call(value):
            raise NotConverted("this is not only an error that must be raised")
        self._ask(value)
        self.asked.raises += 1

    def _is_call(self, node: ast.expr | None) -> bool:
        """Whether this is a call of a student's function with arguments that are there."""
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in self._written
            and not node.keywords
            and not any(isinstance(one, ast.Starred) for one in node.args)
            and not any(self._mentions(one, self._written | self._results) for one in node.args)
        )

    def _ask(self, node: ast.expr) -> None:
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        name = node.func.id
        args = "".join(f"{ast.unparse(one)}, " for one in node.args).rstrip()
        if len(node.args) > 1:
            args = args.rstrip(",")
        self.asked.lines.append(f'calls.append(Call("{name}", ({args})))')
        self.asked.functions = tuple(dict.fromkeys((*self.asked.functions, name)))
        self.asked.count += 1

    def _mentions(self, node: ast.AST, names: Collection[str]) -> bool:
        return any(isinstance(one, ast.Name) and one.id in names for one in ast.walk(node))


def _sides(test: ast.expr) -> tuple[Sequence[ast.expr] | None, float | None]:
    """The two values that an assert compares and how far they may be apart; None if it does not."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, right = test.left, test.comparators[0]
        if isinstance(test.ops[0], ast.Eq | ast.Is):
            return (left, right), None
        if isinstance(test.ops[0], ast.Lt | ast.LtE) and _name_of(left) == "abs":
            return _near(left, right)
        return None, None
    if isinstance(test, ast.Call) and _name_of(test) in COMPARE and len(test.args) >= 2:
        allowed = {
            one.arg: one.value.value
            for one in test.keywords
            if isinstance(one.value, ast.Constant) and isinstance(one.value.value, float)
        }
        rounding = COMPARE[_name_of(test)]
        return test.args[:2], max(float(allowed.get("rtol", rounding)), rounding) or None
    if isinstance(test, ast.Call) and _name_of(test) == "all" and len(test.args) == 1:
        return _sides(test.args[0])
    return None, None


def _near(left: ast.expr, right: ast.expr) -> tuple[Sequence[ast.expr] | None, float | None]:
    """`abs(f(x) - 2.5) < 1e-6`, as a relative tolerance."""
    inner = left.args[0] if isinstance(left, ast.Call) and left.args else None
    try:
        allowed = float(ast.literal_eval(right))
    except (ValueError, TypeError, SyntaxError):
        return None, None
    if not isinstance(inner, ast.BinOp) or not isinstance(inner.op, ast.Sub):
        return None, None
    for side in (inner.left, inner.right):
        try:
            size = abs(ast.literal_eval(side))
        except (ValueError, TypeError, SyntaxError):
            continue
        return (inner.left, inner.right), allowed / size if size else allowed
    return (inner.left, inner.right), allowed


def _name_of(node: ast.expr) -> str:
    """The last name of a function that is called: `allclose` for `np.allclose(…)`."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _line(node: ast.stmt) -> str:
    return ast.unparse(node).split("\n")[0][:60]
