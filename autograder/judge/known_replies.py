"""Verdicts on replies that were judged before.

Judging is a function of the replies alone, and in a class many replies are the same to the last bit:
right answers above all, and wrong ones that copy a common mistake. So a verdict is kept under the
replies that it was reached on.
"""

from __future__ import annotations

import copyreg
import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Sequence

from autograder.questions import Function, Reply
from autograder.result import TaskResult

MOST = 2000
"""How many verdicts are kept: a few kilobytes each."""

copyreg.pickle(Function, lambda function: (Function, (function.source,)))


class KnownReplies:
    """The verdicts that one examiner reached last."""

    def __init__(self):
        self._verdicts: OrderedDict[tuple, TaskResult] = OrderedDict()

    def key(self, question: tuple, replies: Sequence[Sequence[Reply]]) -> tuple | None:
        """What a verdict is kept under; None if the replies cannot be told from others.

        Args:
            question: what was asked for: the task, stand-ins and the like.
            replies: those to each criterion's calls.
        """
        try:
            told = pickle.dumps(replies, protocol=5)
        except Exception:
            return None
        return (*question, hashlib.blake2b(told, digest_size=24).digest())

    def get(self, key: tuple | None) -> TaskResult | None:
        if key is None or key not in self._verdicts:
            return None
        self._verdicts.move_to_end(key)
        return self._verdicts[key]

    def keep(self, key: tuple | None, verdict: TaskResult) -> TaskResult:
        if key is not None:
            self._verdicts[key] = verdict
            while len(self._verdicts) > MOST:
                self._verdicts.popitem(last=False)
        return verdict
