"""What stands on the page: questions from the source notebooks, answers from autograded/.

Nothing of a student reaches the browser as HTML. Markdown is made harmless, turned into HTML,
cleaned, and sent as a tree of known elements, which the page builds one by one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from autograder.exercise.source_notebooks import Exercise
from autograder.marking.grouping import Written
from autograder.marking.scheme import Scheme, scheme_of
from autograder.sanitize.filters import markdown as clean_markdown
from autograder.sanitize.formulas import ATTRIBUTES as MATHML_ATTRIBUTES
from autograder.sanitize.formulas import ELEMENTS as MATHML
from autograder.sanitize.notebooks import harmless_markdown, harmless_notebook

Tree = list[Any]
"""An element as [tag, attributes, children]; a child is a tree or a text."""

HTML = frozenset(
    {"b", "blockquote", "br", "code", "del", "div", "dd", "dl", "dt", "em", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "hr", "i", "img", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span"}
    | {"strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"}
)
EMPTY = frozenset({"br", "hr", "img"})
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")

MOST_RENDERED = 5_000
"""How many answers are kept as trees."""

DEEPEST = 60
MOST_ELEMENTS = 20_000


@dataclass(frozen=True)
class Question:
    """A written task.

    Attributes:
        task: its `grade_id`.
        notebook: where it stands.
        title: its heading.
        points: the most that it gives.
        prompt: the question, Markdown.
        scheme: model answer and marking scheme.
        stub: what stands there before a student writes.
        is_code: whether the answer is code that a person grades.
    """

    task: str
    notebook: str
    title: str
    points: float
    prompt: str
    scheme: Scheme
    stub: str
    is_code: bool


@dataclass(frozen=True)
class Answer:
    """What a student wrote."""

    source: str
    pictures: Mapping[str, Mapping[str, str]]
    is_code: bool

    @property
    def written(self) -> Written:
        hashes = [
            hashlib.sha256(data.encode()).hexdigest()
            for bundle in self.pictures.values()
            for data in bundle.values()
        ]
        inline = [hashlib.sha256(one.encode()).hexdigest() for one in PICTURE.findall(self.source)]
        return Written(self.source, tuple(sorted([*hashes, *inline])))


NOTHING = Answer("", {}, False)


def questions_of(exercise: Exercise) -> dict[str, Question]:
    """The written tasks of an exercise, in their order."""
    found = {}
    for name, notebook in exercise.notebooks.items():
        above = ""
        for cell in notebook.cells:
            if cell.is_written_answer:
                task = cell.nbgrader["grade_id"]
                found[task] = Question(
                    task=task,
                    notebook=name,
                    title=_title(above) or task,
                    points=cell.points,
                    prompt=_without_title(above),
                    scheme=scheme_of(cell),
                    stub=cell.released,
                    is_code=cell.cell_type == "code",
                )
            elif cell.cell_type == "markdown":
                above = cell.source
    return found


def _title(prompt: str) -> str:
    first = prompt.lstrip().split("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("#") else ""


def _without_title(prompt: str) -> str:
    return prompt.lstrip().partition("\n")[2] if _title(prompt) else prompt


class Answers:
    """The answers in autograded/, each notebook read once as long as it stays the same."""

    def __init__(self, course: Course, exercise: Exercise):
        self.course = course
        self.exercise = exercise
        self._read: dict[Path, tuple[tuple[int, int], dict[str, Answer]]] = {}
        self._trees: OrderedDict[str, Tree] = OrderedDict()

    def answer(self, student: str, question: Question) -> Answer:
        """What a student wrote; an empty answer where the notebook is not there."""
        folder = self.course.folder("autograded", student, self.exercise.name)
        path = folder / f"{question.notebook}.ipynb"
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            known = self._read.get(path)
            if known is None or known[0] != stamp:
                known = (stamp, _answers_in(path, self._tasks(question.notebook)))
                self._read[path] = known
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return NOTHING
        return known[1].get(question.task, NOTHING)

    def _tasks(self, notebook: str) -> set[str]:
        source = self.exercise.notebooks[notebook]
        return {cell.nbgrader["grade_id"] for cell in source.written_answers}

    def tree(self, answer: Answer) -> Tree:
        """An answer for the page."""
        if answer.is_code:
            return ["div", {}, [["pre", {}, [answer.source]]]]
        known = json.dumps([answer.source, answer.pictures], sort_keys=True)
        key = hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()
        if key not in self._trees:
            self._trees[key] = tree_of(answer.source, answer.pictures)
            while len(self._trees) > MOST_RENDERED:
                self._trees.popitem(last=False)
        return self._trees[key]


def _answers_in(path: Path, tasks: Iterable[str]) -> dict[str, Answer]:
    """The answers in an autograded notebook, which may be nbgrader's own: cleaned here as well."""
    content = json.loads(path.read_text(encoding="utf-8"))
    wanted = set(tasks)
    cells = [
        cell
        for cell in content["cells"]
        if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") in wanted
    ]
    cleaned = harmless_notebook({"metadata": {}, "cells": cells})
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: Answer(
            _text(cell["source"]), cell.get("attachments", {}), cell["cell_type"] == "code"
        )
        for cell in cleaned["cells"]
    }


def _text(source: object) -> str:
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def tree_of(markdown: str, pictures: Mapping[str, Mapping[str, str]] = {}) -> Tree:
    """Markdown from anyone as a tree of known elements."""
    safe = harmless_markdown(markdown, pictures)
    try:
        html = clean_markdown(safe, {name: dict(one) for name, one in pictures.items()})
        return parsed(html)
    except Exception:  # whatever the converter stumbles over is shown as it was typed
        return ["div", {}, [["pre", {}, [markdown]]]]


def parsed(html: str) -> Tree:
    """HTML as a tree of known elements and attributes; of others only the text remains."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Tree = ["div", {}, []]
        self._open = [self.root]
        self._count = 0
        self._addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count += 1
        if tag == "a":
            self._addresses.append(dict(attrs).get("href") or "")
        if (tag not in HTML and tag not in MATHML) or self._count > MOST_ELEMENTS:
            return
        node: Tree = [tag, _attributes(tag, attrs), []]
        if len(self._open) <= DEEPEST:
            self._open[-1][2].append(node)
            if tag not in EMPTY:
                self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._addresses:
            # No link leads away from the page; where it would have led can be read.
            address = self._addresses.pop()
            if re.match(r"https?://", address, re.IGNORECASE):
                self.handle_data(f" ({address})")
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        children = self._open[-1][2]
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def _attributes(tag: str, attrs: list[tuple[str, str | None]]) -> dict[str, str]:
    kept = {}
    for name, value in attrs:
        value = value or ""
        if (
            (tag == "img" and name == "src" and PICTURE.fullmatch(value))
            or (tag == "img" and name == "alt")
            or (tag in ("td", "th") and name in ("colspan", "rowspan") and value.isdecimal())
            or (tag in MATHML and name in MATHML_ATTRIBUTES)
        ):
            kept[name] = value
    return kept
