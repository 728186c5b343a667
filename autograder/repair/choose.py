"""Which draft is graded as which notebook, decided by what is in them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.repair.matching.answers import FoundAnswer
from autograder.repair.matching.links import LinkedDraft
from autograder.repair.matching.resolve import Resolution, resolve
from autograder.repair.matching.source_map import SourceMap
from autograder.repair.reading.draft import Draft

_NOT_THE_LAST = frozenset(
    ("old", "older", "alt", "backup", "backups", "bak", "original", "orig", "archive", "archiv")
    + ("draft", "drafts", "entwurf", "wip", "tmp", "temp", "test", "tests", "try", "scratch")
    + ("trash", "papierkorb")
)
"""Words in the name of a version that something newer stands beside."""

Newness = tuple[int, tuple[int, ...], str]
Rank = tuple[int, int, bool, bool, Newness, bool, int, int, str]


@dataclass(frozen=True)
class Chosen:
    """What a notebook is graded from.

    Attributes:
        base: the draft that the notebook is built on, None if none has to do with it.
        borrowed: answers that only another draft has: by answer cell's id, with that draft.
        rivals: other drafts of the same notebook, whose answers differ from the base's.
    """

    base: Resolution | None
    borrowed: dict[str, tuple[Resolution, FoundAnswer]]
    rivals: tuple[Draft, ...]


def choose(drafts: Sequence[LinkedDraft], notebook: str, sources: SourceMap) -> Chosen:
    """The draft with most answers; of several such, the one with the newest name."""
    read = [resolve(linked, notebook, sources) for linked in drafts]
    candidates = [r for r in read if r.answers or r.linked.evidence(notebook)]
    working = [r for r in candidates if not r.linked.draft.is_checkpoint]
    if not candidates:
        return Chosen(None, {}, ())
    ordered = sorted(working or candidates, key=lambda r: _rank(r, notebook), reverse=True)
    base, others = ordered[0], ordered[1:]
    if working and (base.linked.draft.partial or not base.answers):
        others += [r for r in candidates if r.linked.draft.is_checkpoint]
    borrowed: dict[str, tuple[Resolution, FoundAnswer]] = {}
    for other in others:
        for id, answer in other.answers.items():
            if id not in base.answers and id not in borrowed:
                borrowed[id] = (other, answer)
    rivals = tuple(
        other.linked.draft
        for other in others
        if other.linked.draft.path != base.linked.draft.path
        and any(
            id in base.answers and base.answers[id].source.strip() != answer.source.strip()
            for id, answer in other.answers.items()
        )
    )
    return Chosen(base, borrowed, rivals)


def _rank(reading: Resolution, notebook: str) -> Rank:
    draft = reading.linked.draft
    return (
        len(reading.answers),
        -sum("raise NotImplementedError" in one.source for one in reading.answers.values()),
        not draft.partial,
        draft.form == "notebook",
        _newness(draft.path, notebook),
        draft.side != "theirs",
        reading.linked.evidence(notebook),
        -draft.path.count("/"),
        draft.path,
    )


def _newness(path: str, notebook: str) -> Newness:
    """How new a file's name says it is: the plain name is oldest, then by its numbers.

    Older still is what is called so, or a try, and so is all that lies in a folder of such a name.
    """
    stem = posixpath.splitext(posixpath.basename(path))[0].lower()
    rest = stem.replace(notebook.lower(), "").strip(" _-.")
    numbers = tuple(int(digits[:15]) for digits in re.findall(r"\d+", rest))
    words = set(re.findall(r"[^\W\d_]+", f"{posixpath.dirname(path)} {rest}".lower()))
    if words & _NOT_THE_LAST:
        return (0, (), rest)
    final = bool(re.search(r"final|endg|abgabe|submit|solution|l(oe|ö)sung", rest))
    return (1 + final + bool(numbers), numbers, rest)
