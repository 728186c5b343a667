"""Which known mistakes a wrong answer's values equal.

A mistake is known by its code, so its replies to the hidden calls can be worked out, and an answer
that gives the same replies makes the same mistake, however it is written. There may be hundreds of
known mistakes to a task: most are told apart by the one call that failed, and only for the rest all
replies are compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeGuard

import numpy as np

from autograder.exercise.calls import Call, Raised, Reply
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import SourceNotebook
from autograder.judge.checks import leaves_arguments_alone
from autograder.judge.compare import (
    SINGLE,
    Perturbation,
    Precision,
    agrees,
    numbers,
    part_of,
    perturbation_of,
    single_precision,
)
from autograder.judge.known_replies import digest_of, is_same
from autograder.judge.score import Asked, Failure, failures_of

NAMING = Precision("naming", relative=1e-8, overall=1e-9, rounding=2.0**-52)
"""How closely values have to equal a known mistake's. A mistake may be worked out in many ways."""

_CALLED = re.compile(r"^[\w.<>]+\(\) ")


class KnownMistakes:
    """The known mistakes to one task. What they reply is worked out when it is first needed.

    Args:
        notebook: the source notebook; a mistake stands in it in place of the reference's answer.
        answers: the mistakes.
        asked: the criteria with the reference's replies.
    """

    def __init__(
        self, notebook: SourceNotebook, answers: Sequence[Answer], asked: tuple[Asked, ...]
    ):
        self._mistakes = [_KnownMistake(notebook, answer, asked) for answer in answers]
        self._asked = asked
        self._outcomes: dict[tuple[int, int], _Outcomes] = {}

    def explain(
        self, replies: Sequence[Sequence[Reply]], failures: Sequence[Failure | None]
    ) -> list[Answer]:
        """The mistakes that explain an answer's failures, as few as will do.

        Those that explain the main criterion's failure come first.

        Args:
            replies: the answer's replies to each criterion's calls.
            failures: where each criterion first fails.
        """
        found: list[_KnownMistake] = []
        for index, failure in self._worth_explaining(failures):
            if any(one.explains(index, failure.call, replies) for one in found):
                continue
            candidates = [
                mistake
                for mistake in self._suspects(index, failure.call, replies[index][failure.call])
                if mistake.explains(index, failure.call, replies)
            ]
            if len(candidates) > 1:
                candidates = [max(candidates, key=lambda one: one.closeness(replies))]
            found += candidates
        return list(dict.fromkeys(one.answer for one in found))

    def _worth_explaining(self, failures: Sequence[Failure | None]) -> list[tuple[int, Failure]]:
        """The failures that cost points, if any do. The example of the visible check is one call:
        by chance, a mistake may equal another one there."""
        some = [(index, failure) for index, failure in enumerate(failures) if failure is not None]
        return [one for one in some if self._asked[one[0]].criterion.points] or some

    def _suspects(self, index: int, call: int, reply: Reply) -> list[_KnownMistake]:
        """The mistakes whose reply to one call might be this one."""
        key = (index, call)
        if key not in self._outcomes:
            self._outcomes[key] = _Outcomes([one.outcome_of(index, call) for one in self._mistakes])
        asked = self._asked[index]
        if not _well_conditioned(asked.expected[call], asked.perturbations[call]):
            return self._mistakes
        return [
            self._mistakes[number]
            for number in self._outcomes[key].like(reply, asked.expected[call])
        ]


class _Outcomes:
    """What each mistake replies to one call. Most reply as others do, so few have to be compared.

    Args:
        replies: one for each mistake.
    """

    def __init__(self, replies: Sequence[Reply]):
        self._different: list[Reply] = []
        self._which: list[int] = []
        known: dict[bytes, int] = {}
        for reply in replies:
            digest = digest_of(reply)
            which = known.get(digest) if digest else None
            if which is None:
                which = len(self._different)
                self._different.append(reply)
                if digest:
                    known[digest] = which
            self._which.append(which)
        arrays: dict[tuple[int, ...], dict[int, np.ndarray]] = {}
        self._others: list[int] = []
        for which, reply in enumerate(self._different):
            if _is_array(reply.value):
                arrays.setdefault(reply.value.shape, {})[which] = reply.value.ravel()
            else:
                self._others.append(which)
        self._arrays = {
            shape: (np.array([*some]), np.stack([*some.values()])) for shape, some in arrays.items()
        }

    def like(self, reply: Reply, expected: Reply) -> list[int]:
        """The mistakes whose reply might be this one."""
        like = {
            which
            for which in self._near(reply)
            if _same_outcome(reply, self._different[which], expected, None)
        }
        return [number for number, which in enumerate(self._which) if which in like]

    def _near(self, reply: Reply) -> Sequence[int]:
        """Those of the different replies that are not far from this one: most are."""
        value = reply.value
        if not _is_array(value):
            return range(len(self._different))
        if value.shape not in self._arrays:
            return self._others
        which, known = self._arrays[value.shape]
        with np.errstate(all="ignore"):
            off = np.abs(known - value.ravel()).max(axis=1)
            far = off > 2 * (NAMING.relative + NAMING.overall) * np.abs(known).max(axis=1) + 1e-290
        return [*self._others, *which[~far].tolist()]


def _is_array(value: object) -> TypeGuard[np.ndarray]:
    return type(value) is np.ndarray and value.dtype == np.float64 and value.size > 0


class _KnownMistake:
    def __init__(self, notebook: SourceNotebook, answer: Answer, asked: tuple[Asked, ...]):
        self.answer = answer
        self._notebook = notebook
        self._asked = asked
        self._perturbed: dict[tuple[int, int, float], object] = {}

    def outcome_of(self, index: int, call: int) -> Reply:
        """What one of a criterion's calls, after those before it, returns or raises."""
        functions = self._notebook.functions_with(self.answer)
        reply = functions.ask(self._asked[index].calls[: call + 1])[call]
        return Reply(reply.value, reply.raised, reply.refused)

    @cached_property
    def _replies(self) -> tuple[tuple[Reply, ...], ...]:
        functions = self._notebook.functions_with(self.answer)
        return tuple(
            tuple(map(_without_copies, one.calls, functions.ask(one.calls))) for one in self._asked
        )

    @cached_property
    def _failures(self) -> list[Failure | None]:
        return failures_of(self._asked, self._replies)

    def perturbation(self, index: int, number: int) -> Perturbation:
        """One call's value for moved arguments. Few are ever asked for, so few are kept."""

        def perturbation(precision: Precision) -> object:
            key = (index, number, precision.rounding)
            if key not in self._perturbed:
                before, call = self._asked[index].calls[:number], self._asked[index].calls[number]
                self._perturbed[key] = perturbation_of(
                    lambda moved: self._value(before, moved), call
                )(precision)
            return self._perturbed[key]

        return perturbation

    def _value(self, before: Sequence[Call], call: Call) -> object:
        reply = self._notebook.functions_with(self.answer).ask([*before, call])[-1]
        return reply.value if reply.returned else None

    def explains(self, index: int, call: int, replies: Sequence[Sequence[Reply]]) -> bool:
        """Whether this mistake fails a criterion, and with the very replies.

        An answer that raises an error of its own in every call says nothing by that: then it has to
        equal the mistake in everything.

        Args:
            index: which criterion.
            call: where the answer first fails it. The mistake has to fail there, too: otherwise the
                answer is only near to what the mistake has right.
            replies: the answer's replies to each criterion's calls.
        """
        if not self._equals(index, replies[index]):
            return False
        failure = self._failures[index]
        if failure is None or call not in failure.calls:
            return False
        says_nothing = all(reply.raised and reply.raised.own for reply in replies[index])
        return not says_nothing or all(
            self._equals(other, some) for other, some in enumerate(replies)
        )

    def closeness(self, replies: Sequence[Sequence[Reply]]) -> tuple[int, int]:
        """How many criteria's replies are equal; at equal numbers, a single mistake comes first."""
        equal = sum(self._equals(index, some) for index, some in enumerate(replies))
        return equal, -len(self.answer.parts)

    def _equals(self, index: int, replies: Sequence[Reply]) -> bool:
        calls = self._asked[index].calls
        return all(
            _same_reply(call, reply, known, expected, self.perturbation(index, number))
            for number, (call, reply, known, expected) in enumerate(
                zip(calls, replies, self._replies[index], self._asked[index].expected, strict=True)
            )
        )


def _without_copies(call: Call, reply: Reply) -> Reply:
    """The reply, with one value where it holds equal ones: there are tens of thousands of them."""
    return replace(
        reply,
        arguments=call.args if _is_same(reply.arguments, call.args) else reply.arguments,
        later=reply.value if _is_same(reply.later, reply.value) else reply.later,
    )


def _is_same(one: object, other: object) -> bool:
    """As `is_same`, for arrays and tuples of them without a digest."""
    if type(one) is np.ndarray and type(other) is np.ndarray and not one.dtype.hasobject:
        form = one.dtype == other.dtype and one.shape == other.shape
        return form and one.tobytes() == other.tobytes()
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return is_same(one, other)


def _same_reply(
    call: Call, reply: Reply, known: Reply, expected: Reply, perturbation: Perturbation
) -> bool:
    if not _same_outcome(reply, known, expected, perturbation):
        return False
    if not reply.returned:
        return True
    untouched = leaves_arguments_alone(call, reply, known) is None
    if untouched != (leaves_arguments_alone(call, known, known) is None):
        return False
    if reply.later is reply.value and known.later is known.value:
        return True
    return _same_value(reply.later, known.later, expected, perturbation)


def _same_outcome(
    reply: Reply, known: Reply, expected: Reply, perturbation: Perturbation | None
) -> bool:
    """Whether the same was returned, or the same exception raised for the same reason."""
    if reply.raised is not None and known.raised is not None:
        return _same_exception(reply.raised, known.raised)
    if reply.raised is not None or known.raised is not None:
        return False
    return reply.refused is None and _same_value(reply.value, known.value, expected, perturbation)


def _same_exception(raised: Raised, known: Raised) -> bool:
    """Whether two exceptions have one cause.

    What an answer raises itself has a text of its own, in words that are the student's. Where NumPy
    or Python raised it, the text says what was done: it names sizes, attributes, parameters.
    """
    if raised.name != known.name or raised.own != known.own:
        return False
    return raised.own or _told(raised.message) == _told(known.message)


def _told(message: str) -> list[str]:
    """The words of a message, in whatever order, without the name of the called function."""
    return sorted(_CALLED.sub("", message).split())


def _same_value(
    value: object, known: object, expected: Reply, perturbation: Perturbation | None
) -> bool:
    if expected.returned and isinstance(known, tuple):
        alone, known_alone = _alone(value, expected.value), _alone(known, expected.value)
        if alone is not None and known_alone is not None:
            return _same_value(alone, known_alone, expected, part_of(perturbation, 0))
    precision = SINGLE if single_precision(value) else NAMING
    if agrees(value, known, precision):
        return True
    # A mistake may jump where the arguments hardly move (if it remembers calls, or compares
    # numbers). This is no rounding: a right value still differs from its wrong one.
    if expected.returned and agrees(value, expected.value, precision):
        return agrees(known, expected.value, precision)
    return perturbation is not None and agrees(value, known, precision, perturbation)


def _alone(value: object, expected: object) -> object | None:
    """The first of several things, if this alone has the form that is asked for.

    An answer may return what a backward pass needs, too. What that is can be anything.
    """
    if not isinstance(value, list | tuple) or len(value) < 2:
        return None
    first = value[0]
    if isinstance(expected, tuple):
        inner = isinstance(first, list | tuple) and len(first) == len(expected)
        return first if inner else None
    got, wanted = numbers(first), numbers(expected)
    has_its_form = got is not None and wanted is not None and got.shape == wanted.shape
    return first if has_its_form and wanted is not None and wanted.ndim else None


def _well_conditioned(expected: Reply, perturbation: Perturbation) -> bool:
    """Whether rounding hardly changes the reference's value, so that equal values look equal."""
    return not expected.returned or agrees(perturbation(NAMING), expected.value, NAMING)
