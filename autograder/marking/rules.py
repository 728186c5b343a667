"""What a decision is, what it is worth, and in which order answers come: plain values only."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

LONGEST_COMMENT = 10_000
LONGEST_ITEM = 2_000
MOST_POINTS = 1_000.0
MOST_ITEMS = 60

SAMPLE_SHARE = 0.1
SMALLEST_SAMPLE = 10
"""How many answers are drawn to be marked twice: a tenth, but not fewer than this."""


@dataclass(frozen=True)
class Item:
    """One line of a rubric.

    Attributes:
        id: stays when the line is edited.
        points: what the line adds, negative where it takes off.
        text: the sentence that students read, in Markdown.
        line: the line of the marking scheme that it was read from, "" if it was written by hand.
        version: counts its edits.
        deleted: no longer offered; no decision has it.
    """

    id: str
    points: float
    text: str
    line: str = ""
    version: int = 1
    deleted: bool = False


@dataclass(frozen=True)
class Choice:
    """What a person decides about an answer."""

    items: tuple[str, ...] = ()
    adjustment: float = 0.0
    comment: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(sorted(set(self.items))))

    @staticmethod
    def read(values: Mapping[str, object]) -> Choice:
        """A choice from JSON values.

        Raises:
            ValueError: in one line, if a value is of another kind or too large.
        """
        items = values.get("items", [])
        if not isinstance(items, list) or not all(isinstance(one, str) for one in items):
            raise ValueError("'items' is to be a list of ids")
        if len(items) > MOST_ITEMS:
            raise ValueError(f"an answer has at most {MOST_ITEMS} items")
        comment = values.get("comment", "")
        if not isinstance(comment, str) or len(comment) > LONGEST_COMMENT:
            raise ValueError(f"a comment is text of at most {LONGEST_COMMENT} characters")
        adjustment = number_in(values.get("adjustment", 0))
        return Choice(tuple(items), adjustment, without_nul(comment).strip())

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"items": list(self.items)}


def number_in(value: object) -> float:
    """Points from a JSON value.

    Raises:
        ValueError: if it is no number, or one that nobody gives.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("points are to be a number")
    if not math.isfinite(value) or abs(value) > MOST_POINTS:
        raise ValueError(f"points are to be between -{MOST_POINTS:g} and {MOST_POINTS:g}")
    return round(float(value), 4)


def without_nul(text: str) -> str:
    """Text that every database takes."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def score_of(choice: Choice, rubric: Mapping[str, Item], max_score: float) -> float:
    """The points of the items that apply and the adjustment, within 0 and the maximum."""
    points = sum(rubric[one].points for one in choice.items if one in rubric)
    return round(min(max(points + choice.adjustment, 0.0), max_score), 4)


def signed(points: float) -> str:
    """Points with their sign, as pages show them."""
    return f"{'−' if points < 0 else '+'}{abs(points):g}"


def comment_of(choice: Choice, rubric: Sequence[Item]) -> str | None:
    """The comment that nbgrader shows: each item that applied, then what the grader wrote.

    Returns:
        Markdown, None if there is nothing to say.
    """
    lines = [
        f"- **{signed(item.points)}** {' '.join(item.text.split())}"
        for item in rubric
        if item.id in choice.items
    ]
    if choice.adjustment:
        lines.append(f"- **{signed(choice.adjustment)}** adjustment")
    return "\n\n".join(filter(None, ["\n".join(lines), choice.comment])) or None


def key_of(assignment: str, task: str, student: str) -> str:
    """A name for an answer that does not tell whose it is, and in whose order answers come."""
    text = json.dumps([assignment, task, student])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def sample_of(keys: Iterable[str]) -> frozenset[str]:
    """The answers that a second person marks as well: drawn by their keys, always the same."""
    known = sorted(keys, key=lambda key: hashlib.sha256(f"twice {key}".encode()).digest())
    return frozenset(known[: max(SMALLEST_SAMPLE, math.ceil(SAMPLE_SHARE * len(known)))])
