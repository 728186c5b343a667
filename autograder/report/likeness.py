"""Answers that are more alike than the task makes them.

Answers to one task are alike because the task is: so what counts is only what is unusual. Each
answer is taken apart into statements (with variables renamed, so that renaming changes nothing),
names, comments and sentences. Whatever also stands in the stub, the reference solution or a known
answer counts nothing; anything else counts by how few in the class have it, in bits, and at most as
much as its length allows. Pairs that share many bits are a question to ask, and never a verdict:
people may have worked together where they were allowed to.

An index from features to students finds the pairs, so that a thousand students take seconds.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import math
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

FEW = 12
"""What more students than this have in common is common; it makes no pair."""

SURE = 30.0
"""Bits that two must share, beyond what the number of pairs in a class gives by chance."""

MOSTLY = 0.5
"""Share of the unusual in the plainer one of two answers that must be found in the other one."""

KEPT = set(dir(builtins)) | {"np", "numpy", "plt", "scipy", "sp", "math", "self"}


@dataclass(frozen=True)
class Feature:
    """Something in an answer.

    Attributes:
        kind: "statement", "name", "comment" or "sentence".
        key: equal in answers that agree in it.
        most_bits: what it may count at most.
        text: where it stands.
        lines: which lines of the text it is, from and to.
    """

    kind: str
    key: str
    most_bits: float
    text: str
    lines: tuple[int, int] = (0, 1)

    @property
    def shown(self) -> str:
        """How it reads in this answer, in one line."""
        start, end = self.lines
        return " ".join(" ".join(self.text.split("\n")[start:end]).split())

    @property
    def plain(self) -> str:
        """Likewise, without the names and texts that the student chose."""
        if self.kind != "statement":
            return f"(the same {self.kind})"
        return _without_words(self.shown)


@dataclass(frozen=True)
class Shared:
    """One unusual thing that two students have in common."""

    task: str
    feature: Feature
    students: int
    bits: float


@dataclass(frozen=True)
class Pair:
    """Two students whose answers are more alike than the task makes them.

    Attributes:
        one, other: their places in the class.
        bits: how unusual what they share is.
        share: of all that is unusual in the plainer of the two, how much they share.
        shared: the unusual things, most unusual first.
    """

    one: int
    other: int
    bits: float
    share: float
    shared: tuple[Shared, ...]

    @property
    def tasks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(shared.task for shared in self.shared))


def alike_pairs(
    answers: Sequence[Mapping[str, str]],
    known: Mapping[str, Iterable[str]],
    written: Iterable[str] = (),
) -> list[Pair]:
    """The pairs in a class that are worth a question, most alike first.

    Args:
        answers: for each student the source of each answer, by task. Untouched ones are left out.
        known: for each task what anybody may have: stub, reference solution, known answers.
        written: which tasks are answered in words.
    """
    if len(answers) < 2:
        return []
    in_words = set(written)
    background = {
        task: {
            feature.key
            for source in sources
            for feature in (sentences(source) if task in in_words else statements(source))
        }
        for task, sources in known.items()
    }
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    features: list[dict[tuple[str, str], Feature]] = []
    class_size: dict[str, int] = defaultdict(int)
    cached: dict[tuple[str, str], list[Feature]] = {}
    for student, tasks in enumerate(answers):
        own: dict[tuple[str, str], Feature] = {}
        for task, source in tasks.items():
            class_size[task] += 1
            if (task, source) not in cached:
                taken_apart = sentences(source) if task in in_words else statements(source)
                usual = background.get(task, set())
                cached[task, source] = [f for f in taken_apart if f.key not in usual]
            for feature in cached[task, source]:
                own.setdefault((task, feature.key), feature)
        for key in own:
            having[key].append(student)
        features.append(own)

    def bits(key: tuple[str, str], feature: Feature) -> float:
        others = max(len(having[key]) - 2, 0)
        rarest = math.log2((class_size[key[0]] + 8) / 0.5)
        rarity = max(0.0, rarest - math.log2((others + 0.5) / 0.5))
        # A class can only say that something is as rare as the class is large. What is long and
        # rare in it is rarer still.
        beyond = 0.5 * max(0.0, feature.most_bits - rarity) * rarity / rarest
        return min(feature.most_bits, rarity + beyond)

    shared_bits: dict[tuple[int, int], float] = defaultdict(float)
    for key, students in having.items():
        if 2 <= len(students) <= FEW:
            worth = bits(key, features[students[0]][key])
            for pair in combinations(students, 2):
                shared_bits[pair] += worth
    needed = SURE + math.log2(len(answers) * (len(answers) - 1) / 2)
    pairs = []
    for (one, other), sum_ in shared_bits.items():
        if sum_ < needed:
            continue
        common = features[one].keys() & features[other].keys()
        in_common = sum(bits(key, features[one][key]) for key in common)
        plainer = min(
            sum(bits(key, feature) for key, feature in features[who].items())
            for who in (one, other)
        )
        share = in_common / plainer if plainer else 0.0
        if share < MOSTLY:
            continue
        shared = [
            Shared(key[0], features[one][key], len(having[key]), bits(key, features[one][key]))
            for key in common
        ]
        shared.sort(key=lambda thing: (-thing.bits, thing.task, thing.feature.key))
        pairs.append(Pair(one, other, sum_, share, tuple(shared)))
    pairs.sort(key=lambda pair: (-pair.bits, pair.one, pair.other))
    return pairs


def groups_of(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs that hang together, those with the strongest pair first."""
    leader: dict[int, int] = {}

    def find(student: int) -> int:
        while leader.setdefault(student, student) != student:
            leader[student] = leader[leader[student]]
            student = leader[student]
        return student

    for pair in pairs:
        leader[find(pair.one)] = find(pair.other)
    groups: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[find(pair.one)].append(pair)
    return sorted(groups.values(), key=lambda group: -group[0].bits)


# Taking answers apart.


def sentences(text: str) -> list[Feature]:
    """The sentences of a written answer, as words in lower case."""
    found = []
    for sentence in re.split(r"[.!?;:]\s|\n", text + "\n"):
        words = re.findall(r"\w+", sentence.lower())
        if len(words) >= 5:
            found.append(Feature("sentence", " ".join(words), 1.5 * len(words), sentence))
    return found


def statements(source: str) -> list[Feature]:
    """The statements, chosen names and comments of a piece of code."""
    source = "\n".join(
        re.sub(r"\S.*", "pass", line) if line.lstrip().startswith(("%", "!")) else line
        for line in source.split("\n")
    )
    try:
        return _of_tree(ast.parse(source), source) + _comments(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _lines(source)


LEFT_OUT = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Pass


def _of_tree(tree: ast.Module, source: str) -> list[Feature]:
    nodes = list(ast.walk(tree))
    parameters = {node.arg for node in nodes if isinstance(node, ast.arg)}
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound = (stored | parameters) - KEPT
    docstrings = {
        node.body[0]
        for node in nodes
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    found = []
    for node in nodes:
        if not isinstance(node, ast.stmt | ast.match_case | ast.excepthandler):
            continue
        if isinstance(node, LEFT_OUT) or node in docstrings:
            continue
        form: list[str] = []
        size = _put_form(node, bound, {}, form)
        first = getattr(node, "lineno", 1) - 1
        last = first + 1 if hasattr(node, "body") else node.end_lineno or first + 1
        bits = 0.6 * max(0, size - 2)
        found.append(Feature("statement", " ".join(form), bits, source, (first, last)))
    for name in sorted(bound - parameters):
        if len(name) > 2:
            found.append(Feature("name", f"name {name}", min(5.0, len(name) / 2), name))
    return found


def _put_form(node: ast.AST, bound: set[str], numbers: dict[str, int], form: list[str]) -> int:
    """Put down what a statement does, with numbers for names that the student chose.

    Of one that holds others, only its head. Returns its size.
    """
    if isinstance(node, ast.Name):
        chosen = node.id in bound
        form.append(f"v{numbers.setdefault(node.id, len(numbers))}" if chosen else node.id)
        return 1
    if isinstance(node, ast.Constant):
        written = "text" if isinstance(node.value, str) else repr(node.value)
        form.append(written)
        # A long number is as good as a name.
        return 1 + (max(0, len(written) - 2) if isinstance(node.value, int | float) else 0)
    form.append(type(node).__name__)
    size = 0 if isinstance(node, ast.operator | ast.cmpop | ast.unaryop | ast.boolop) else 1
    for field in node._fields:
        value = getattr(node, field, None)
        if field in ("ctx", "type_comment", "annotation", "returns") or value is None:
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.stmt | ast.match_case | ast.excepthandler):
                break
            if isinstance(one, ast.AST):
                size += _put_form(one, bound, numbers, form)
            else:
                form.append(str(one))
        form.append(";")
    return size


class _WithoutWords(ast.NodeTransformer):
    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in KEPT:
            return node
        return ast.Name(f"v{self.numbers.setdefault(node.id, len(self.numbers))}", node.ctx)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("…") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.Constant("…")


def _without_words(line: str) -> str:
    for text, head in ((line, False), (f"{line} pass", True), (f"if 1: pass\n{line} pass", True)):
        try:
            tree = _WithoutWords().visit(ast.parse(text))
            shown = ast.unparse(ast.fix_missing_locations(tree)).split("\n")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return shown[0] if head and len(shown) < 3 else " ".join(shown)
    return "(a statement)"


def _lines(source: str) -> list[Feature]:
    """The lines of what is no Python."""
    found = []
    for line in source.split("\n"):
        text = " ".join(line.split())
        if len(text) > 3:
            found.append(Feature("statement", f"line {text}", 0.3 * len(text), line))
    return found


def _comments(source: str) -> list[Feature]:
    if "#" not in source:
        return []
    found = []
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type != tokenize.COMMENT:
                continue
            text = " ".join(token.string.lstrip("#").split())
            if len(text) >= 8:
                bits = 2.0 * len(text.split())
                found.append(Feature("comment", f"comment {text.lower()}", bits, text))
    return found
