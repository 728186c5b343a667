"""Known answers to a task, right ones (variants) and wrong ones (mistakes), read from text files.

They stand in percent format. A whole answer is a program, as a student would have it in the answer
cell. The first docstring of one of the task's functions is the hint:

    # %% missing_flip
    def convolution_matrix(h, D):
        \"\"\"The hint that a student reads whose values equal this mistake's.\"\"\"
        ...

    # %%+
    (a further cell of the answer above)

A mistake is mostly a small change to a right answer. Then it is that change, below its hint:

    # %% divides_by_B from plain
    # The hint, on as many lines as it takes.
    # with: transposed, variance + transposed
    #-    sigma = H.std(axis=0, ddof=1)
    #+    sigma = H.std(axis=0)

`plain` is a variant, or another block. The lines after `#-` stand in it once, one below the other,
and those after `#+` take their place; `#=` marks a line that stays, where that makes the place
plain, and `#@` begins a second change.

Two mistakes in one answer are its combination, "divides_by_B + transposed". It is made from the
two, so it is named only, after `with:`. Where their changes clash, the slips of the exercise (see
`combined`) are tried, and where these do not fit either, it is a block of its own, without a hint.

Mistakes and variants are the vocabulary of the feedback and, at the same time, the proof that the
hidden tests work.
"""

from __future__ import annotations

import ast
import difflib
import functools
import itertools
import re
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from autograder.errors import AutograderError

MARKER = re.compile(
    r"^# %%(?P<more>\+)?[ \t]*(?P<name>.*?)(?: from (?P<base>[\w.-]+))?[ \t]*$", re.MULTILINE
)
COMBINED = " + "
_QUOTES = re.compile(r"^ *[rR]?[\"']", re.MULTILINE)
_TOKEN = re.compile(r"\n *|[^\W\d]\w*|\d[\w.]*| +|.", re.DOTALL)

Slips = Mapping[str, Sequence[tuple[str, str]]]
"""For a mistake's name: what to write for what, in whatever program. The first that fits counts."""


@dataclass(frozen=True)
class Answer:
    """One known answer.

    Attributes:
        task: the task it answers.
        name: its name; those of its mistakes joined by " + " for a combination.
        cells: the source of its cells, without the hint.
        hints: what a student reads whose values equal this answer's, one for each mistake in it.
    """

    task: str
    name: str
    cells: tuple[str, ...]
    hints: tuple[str, ...] = ()

    @cached_property
    def code(self) -> types.CodeType:
        return _code("\n\n".join(self.cells))

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.name.split("+"))


class AnswerFileError(AutograderError):
    """A file of known answers that cannot be read; the message is one line with file and block."""


@dataclass
class _Block:
    """What stands below one marker.

    Attributes:
        base: what it changes, "" for a whole program.
        cells: the cells of a whole program.
        hint: the hint, "" if there is none.
        combinations: the names after this one's in its combinations.
        changes: for each change the lines that go and the lines that come.
    """

    base: str
    cells: list[str] = field(default_factory=list)
    hint: str = ""
    combinations: list[str] = field(default_factory=list)
    changes: list[tuple[list[str], list[str]]] = field(default_factory=list)


def read_answers(
    path: Path,
    task: str,
    functions: tuple[str, ...],
    variants: Sequence[Answer] = (),
    slips: Slips = {},
) -> tuple[Answer, ...]:
    """The known answers in a file, in its order, then the combinations; none if there is no file.

    Args:
        path: the file in percent format.
        task: the task that they answer.
        functions: the task's functions; the first docstring of one of them is the hint.
        variants: what the file's mistakes may be changes of.
        slips: how mistakes look in other programs.

    Raises:
        AnswerFileError: for a block that is no Python, has no name, a name that is taken, a change
            that does not fit its base, or a combination of what has no hint or cannot be combined.
    """
    if not path.exists():
        return ()
    text = path.read_text(encoding="utf-8")
    reader = _Reader(path, task, functions, {one.name: one.cells for one in variants}, slips)
    markers = list(MARKER.finditer(text))
    for marker, following in zip(markers, [*markers[1:], None], strict=True):
        body = text[marker.end() : following.start() if following else None].strip("\n").rstrip()
        reader.add(marker, body)
    return tuple(reader.answers())


class _Reader:
    """Reads one file of known answers. The arguments are those of `read_answers`."""

    def __init__(
        self,
        path: Path,
        task: str,
        functions: tuple[str, ...],
        variants: Mapping[str, tuple[str, ...]],
        slips: Slips,
    ):
        self._path = path
        self._task = task
        self._functions = functions
        self._variants = variants
        self._slips = slips
        self._blocks: dict[str, _Block] = {}
        self._programs: dict[str, tuple[str, ...]] = {}

    def add(self, marker: re.Match[str], body: str) -> None:
        """Take what stands below a marker."""
        if marker["more"]:
            if not self._blocks:
                raise AnswerFileError(
                    f"{self._path}: a further cell stands before the first answer"
                )
            block = self._blocks[next(reversed(self._blocks))]
            block.cells.append(self._without_hint(body, block, next(reversed(self._blocks))))
            return
        name = marker["name"].strip()
        if not name or name in self._blocks:
            raise AnswerFileError(f"{self._path}: a block needs a name of its own, not {name!r}")
        self._blocks[name] = block = _Block(marker["base"] or "")
        if block.base:
            self._read_change(body, block, name)
        else:
            lines = body.split("\n")
            named = [line for line in lines if line.startswith("# with: ")]
            block.combinations += _names(named)
            rest = "\n".join(line for line in lines if line not in named)
            block.cells.append(self._without_hint(rest, block, name))

    def _read_change(self, body: str, block: _Block, name: str) -> None:
        hint: list[str] = []
        gone: list[str] = []
        come: list[str] = []
        for line in [*body.split("\n"), "#@"]:
            sign, content = line[:2], line[2:]
            if sign == "#@":
                if gone:
                    block.changes.append((gone, come))
                gone, come = [], []
            elif sign in ("#-", "#=", "#+"):
                if sign != "#+":
                    gone.append(content)
                if sign != "#-":
                    come.append(content)
            elif line.startswith("# with: "):
                block.combinations += _names([line])
            elif line.startswith("# "):
                hint.append(line[2:])
            elif line:
                raise AnswerFileError(
                    f"{self._path}: block {name} changes {block.base}, so its lines begin with "
                    f"#-, #+ or #, not with {line[:20]!r}"
                )
        block.hint = _one_line("\n".join(hint))
        if not block.changes:
            raise AnswerFileError(f"{self._path}: block {name} changes nothing of {block.base}")

    def _without_hint(self, cell: str, block: _Block, name: str) -> str:
        try:
            cell, hint = _without_hint(cell, self._functions)
        except SyntaxError as error:
            raise AnswerFileError(f"{self._path}: block {name} is no Python: {error}") from None
        block.hint = block.hint or hint
        return cell

    def answers(self) -> Iterable[Answer]:
        for name in self._blocks:
            yield self._answer(name, self._program(name))
        for first, block in self._blocks.items():
            for others in block.combinations:
                name = first + COMBINED + others
                if name in self._blocks:
                    raise AnswerFileError(f"{self._path}: {name} is written and named in a 'with:'")
                yield self._answer(name, self._combined(name))

    def _answer(self, name: str, cells: tuple[str, ...]) -> Answer:
        parts = name.split(COMBINED)
        hints = [self._blocks[part].hint if part in self._blocks else "" for part in parts]
        if len(parts) > 1 and not all(hints):
            missing = [part for part, hint in zip(parts, hints, strict=True) if not hint]
            raise AnswerFileError(
                f"{self._path}: {name} combines {', '.join(missing)}, which has no hint"
            )
        return Answer(self._task, name, cells, tuple(filter(None, hints)))

    def _program(self, name: str, asked_by: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The cells of an answer: as they stand, or its base's with the changes made."""
        if name in self._programs:
            return self._programs[name]
        if name not in self._blocks:
            if name not in self._variants:
                raise AnswerFileError(
                    f"{self._path}: block {asked_by[-1]} changes {name}, which is neither a "
                    "variant nor a block"
                )
            return self._variants[name]
        block = self._blocks[name]
        if name in asked_by:
            raise AnswerFileError(f"{self._path}: block {name} changes itself")
        cells = tuple(block.cells)
        if block.base:
            base = "\n\n".join(self._program(block.base, (*asked_by, name)))
            text = self._changed(base.split("\n"), block.changes, name)
            cells = (text,)
            try:
                _code(text)
            except SyntaxError as error:
                raise AnswerFileError(f"{self._path}: block {name} is no Python: {error}") from None
        self._programs[name] = cells
        return cells

    def _changed(
        self, lines: list[str], changes: Sequence[tuple[list[str], list[str]]], name: str
    ) -> str:
        found: list[tuple[int, list[str], list[str]]] = []
        for gone, come in changes:
            starts = range(len(lines) - len(gone) + 1)
            places = [at for at in starts if lines[at : at + len(gone)] == gone]
            if len(places) != 1:
                raise AnswerFileError(
                    f"{self._path}: block {name}: {gone[0].strip()!r} stands {len(places)} times "
                    f"in {self._blocks[name].base}, not once"
                )
            found.append((places[0], gone, come))
        for at, gone, come in sorted(found, key=lambda one: one[0], reverse=True):
            lines[at : at + len(gone)] = come
        return "\n".join(lines)

    def _combined(self, name: str) -> tuple[str, ...]:
        """The program with several mistakes in it."""
        parts = name.split(COMBINED)
        unknown = [part for part in parts if part not in self._blocks]
        if unknown:
            raise AnswerFileError(
                f"{self._path}: {name} combines {', '.join(unknown)}, which has no hint"
            )
        programs = {part: "\n\n".join(self._program(part)) for part in parts}
        bases = {self._blocks[part].base for part in parts}
        base = "\n\n".join(self._program(bases.pop())) if len(bases) == 1 and all(bases) else None
        program = combined(programs, base, self._slips)
        if program is None:
            raise AnswerFileError(
                f"{self._path}: {name} cannot be made, since the changes clash: write it as a block"
            )
        return (program,)


def combined(programs: Mapping[str, str], base: str | None, slips: Slips) -> str | None:
    """One program with the mistakes of several, None if they clash.

    Args:
        programs: the program of each mistake, by name.
        base: the right program that all of them change, if it is the same.
        slips: how mistakes look in other programs.
    """
    if base is not None:
        merged = _merged(base, list(programs.values()))
        if merged is not None and _is_python(merged):
            return merged
    for first, *others in itertools.permutations(programs):
        program: str | None = programs[first]
        for name in others:
            program = program and _with_slip(program, slips.get(name, ()))
        if program is not None and _is_python(program):
            return program
    return None


def _with_slip(program: str, slip: Sequence[tuple[str, str]]) -> str | None:
    for right, wrong in slip:
        changed = (program + "\n").replace(right, wrong).rstrip("\n")
        if changed != program:
            return changed
    return None


def _merged(base: str, programs: Sequence[str]) -> str | None:
    """All changes to the base at once, None where two of them touch the same place."""
    changes = list(dict.fromkeys(one for program in programs for one in _changes(base, program)))
    changes.sort(key=lambda change: change[:2])
    tokens = _tokens(base)
    merged: list[str] = []
    done = 0
    for start, end, new in changes:
        if start < done or (merged and start == done and start == end):
            return None
        merged += [*tokens[done:start], *new]
        done = end
    return "".join([*merged, *tokens[done:]])


@functools.lru_cache(maxsize=1000)
def _changes(base: str, program: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Which tokens of the base go, from and to, and what comes in their place."""
    tokens, other = _tokens(base), _tokens(program)
    same = 0
    while same < min(len(tokens), len(other)) and tokens[same] == other[same]:
        same += 1
    matcher = difflib.SequenceMatcher(None, tokens[same:], other[same:], autojunk=False)
    return tuple(
        (start + same, end + same, other[new_start + same : new_end + same])
        for kind, start, end, new_start, new_end in matcher.get_opcodes()
        if kind != "equal"
    )


@functools.lru_cache(maxsize=1000)
def _tokens(program: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(program))


@functools.lru_cache(maxsize=4000)
def _code(program: str) -> types.CodeType:
    """The program, compiled: to see that it is one, and later to run it.

    Raises:
        SyntaxError: if it is no Python.
    """
    return compile(program, "<known answer>", "exec")


def _is_python(program: str) -> bool:
    try:
        _code(program)
    except SyntaxError:
        return False
    return True


def _names(lines: Iterable[str]) -> list[str]:
    return [
        name.strip()
        for line in lines
        for name in line.removeprefix("# with: ").split(",")
        if name.strip()
    ]


def _one_line(text: str) -> str:
    """A hint on one line. A word that was broken at its hyphen is whole again."""
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "-", text).split())


def _without_hint(cell: str, functions: tuple[str, ...]) -> tuple[str, str]:
    """The cell without the docstring of its first function of the task, and that docstring."""
    _code(cell)
    if not _QUOTES.search(cell):
        return cell, ""
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            hint = ast.get_docstring(node)
            if not hint:
                continue
            docstring = node.body[0]
            lines = cell.split("\n")
            del lines[docstring.lineno - 1 : docstring.end_lineno]
            if len(node.body) == 1:
                lines.insert(docstring.lineno - 1, " " * docstring.col_offset + "pass")
            return "\n".join(lines), _one_line(hint)
    return cell, ""
