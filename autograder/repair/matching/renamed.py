"""Answers that do not define what they should: judged under their own name where that is plain.

A function that was misspelt or renamed is an answer all the same, and so is one that Python cannot
read. Neither counts as "not answered yet".
"""

from __future__ import annotations

import ast
import dataclasses
import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence

from autograder.repair.matching.answers import FoundAnswer
from autograder.repair.matching.source_map import Spot
from autograder.repair.reading.draft import DraftCell
from autograder.repair.reading.python_text import PythonText, is_stub, parse, python_text
from autograder.result import Remark

LIKE = 0.6
"""How much of two names is the same, at least, for one to be the other misspelt."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def under_their_names(
    spots: Sequence[Spot], answers: Mapping[str, FoundAnswer], own: Iterable[DraftCell]
) -> tuple[dict[str, FoundAnswer], list[Remark]]:
    """The answers, each defining the functions that it is asked for where one of its own fits.

    Args:
        spots: the cells of the notebook's source.
        answers: what was answered, by the answer cell's id.
        own: the student's own cells.

    Returns:
        (The answers, with a line `convolve = convolution` where a function has another name; what
        is to be said, by task.)
    """
    completed = dict(answers)
    remarks: list[Remark] = []
    texts = {id: python_text(answer.source) for id, answer in answers.items()}
    elsewhere = [python_text(cell.source) for cell in own if cell.kind == "code"]
    there = {name for text in (*texts.values(), *elsewhere) for name in text.defines | text.stubs}
    asked = {name for spot in spots for name in spot.functions}
    for spot in spots:
        if spot.id not in answers or not spot.is_code:
            continue
        missing = [name for name in spot.functions if name not in there]
        if not missing:
            continue
        text = texts[spot.id]
        names = _methods(spot, text, missing)
        others = [name for name in missing if name not in names]
        names |= _renamed(spot, text, others, asked) if others else {}
        if names:
            lines = "".join(f"\n{name} = {its_own}" for name, its_own in names.items())
            source = f"{text.code.rstrip()}\n\n{lines}".lstrip("\n")
            completed[spot.id] = dataclasses.replace(answers[spot.id], source=source)
        remarks += _said(spot, text, missing, names)
    return completed, remarks


def _methods(spot: Spot, text: PythonText, missing: Sequence[str]) -> dict[str, str]:
    """For a function that is asked for the method of this name, in a class that needs nothing."""
    wanted = _functions(parse(spot.cell.solved))
    names = {}
    for node in text.tree.body if text.tree else ():
        if not isinstance(node, ast.ClassDef):
            continue
        methods = _functions(node)
        begins = methods.get("__init__")
        for name in set(missing) & methods.keys() & wanted.keys():
            method = methods[name]
            kinds = {one.id for one in method.decorator_list if isinstance(one, ast.Name)}
            is_bound = "staticmethod" not in kinds
            if is_stub(method) or not _takes(method, _most(wanted[name]) + is_bound):
                continue
            if not is_bound or "classmethod" in kinds:
                names[name] = f"{node.name}.{name}"
            elif begins is None or _takes(begins, 1):
                names[name] = f"{node.name}().{name}"
    return {name: names[name] for name in missing if name in names}


def _renamed(
    spot: Spot, text: PythonText, missing: Sequence[str], asked: Collection[str]
) -> dict[str, str]:
    """For a function that is asked for the one of the answer's own that it is, where one is."""
    wanted = _functions(parse(spot.cell.solved))
    written = {
        name: node
        for name, node in _functions(text.tree).items()
        if name not in asked and not is_stub(node)
    }
    helpers = {
        inner.id
        for name, node in written.items()
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and inner.id != name
    }
    fitting = {
        name: [its_own for its_own, node in written.items() if _takes(node, _most(wanted[name]))]
        for name in missing
        if name in wanted
    }
    if len(missing) == 1:
        alone = [its_own for its_own in fitting.get(missing[0], ()) if its_own not in helpers]
        if len(alone) == 1:
            return {missing[0]: alone[0]}
    pairs = sorted(
        (-_likeness(its_own, name), name, its_own)
        for name, candidates in fitting.items()
        for its_own in candidates
    )
    names: dict[str, str] = {}
    for unlike, name, its_own in pairs:  # the most alike first
        if name not in names and its_own not in names.values() and -unlike >= LIKE:
            names[name] = its_own
    return {name: names[name] for name in missing if name in names}


def _said(
    spot: Spot, text: PythonText, missing: Sequence[str], names: Mapping[str, str]
) -> Iterable[Remark]:
    for name in missing:
        if name in names:
            sentence = (
                f"The cell of {spot.id} defines {names[name]}, not {name}; it was judged under "
                "that name."
            )
            yield Remark("repaired", sentence, spot.notebook, spot.id, spot.points, urgency=2)
    rest = [name for name in missing if name not in names]
    if not rest or not text.source.strip():
        return
    if (trouble := _trouble(text)) is not None:
        sentence = f"The cell of {spot.id} is not Python as it stands: {trouble}."
    elif others := sorted(text.functions):
        listed = " and ".join(others[:3])
        sentence = f"The cell of {spot.id} defines {listed}, not {' and '.join(rest)}."
    elif text.tree is not None and text.tree.body:
        sentence = f"The cell of {spot.id} holds code, and does not define {' and '.join(rest)}."
    else:
        return
    yield Remark("noticed", sentence, spot.notebook, spot.id, spot.points, urgency=2)


def _trouble(text: PythonText) -> str | None:
    """What Python says of a cell that it cannot read; None if it can."""
    if text.parses:
        return None
    try:
        ast.parse(text.code)
    except SyntaxError as error:
        where = f" in line {error.lineno}" if error.lineno else ""
        return f"{error.msg or 'it cannot be read'}{where}"
    except (ValueError, RecursionError, MemoryError, OverflowError):
        pass
    return "it cannot be read"


def _functions(tree: ast.Module | ast.ClassDef | None) -> dict[str, Function]:
    nodes = tree.body if tree else []
    return {node.name: node for node in nodes if isinstance(node, Function)}


def _most(node: Function) -> int:
    return len(node.args.posonlyargs) + len(node.args.args)


def _takes(node: Function, count: int) -> bool:
    """Whether a function can be called with so many arguments by their places."""
    most = _most(node)
    least = most - len(node.args.defaults)
    required = any(default is None for default in node.args.kw_defaults)
    return least <= count and (count <= most or node.args.vararg is not None) and not required


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one[:100].lower(), other.lower(), autojunk=False).ratio()
