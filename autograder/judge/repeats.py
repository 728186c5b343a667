"""One slip costs in full once.

Who wrongly divides by B in a helper that six functions use has made one mistake, not six. The slips
of an exercise have the same name in every task (see `autograder.exercise09.slips`), so a repeated
one is recognized. An answer that is wrong in any other way is not: it costs what it costs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

from autograder.result import TaskResult


def one_slip_costs_once(
    results: Mapping[str, TaskResult], slips: Collection[str], share: float
) -> dict[str, TaskResult]:
    """The verdicts, with a slip that cost points before costing at most a share of a task.

    Args:
        results: the verdicts by task, in the notebook's order.
        slips: the names of mistakes that are one slip, in whichever task they are made.
        share: the most that a repeated slip costs, as a part of the task's points, 0 to 1.
    """
    first: dict[str, str] = {}
    counted = {}
    for task, result in results.items():
        made = {slip for name in result.mistakes for slip in name.split(" + ")}
        lost = result.max_points - result.points
        if lost > 0 and made and made <= set(slips):
            if made <= first.keys():
                points = max(result.points, result.max_points * (1 - share))
                before = tuple(dict.fromkeys(first[slip] for slip in sorted(made)))
                if points > result.points:
                    result = dataclasses.replace(result, points=points, repeats=before)
            for slip in made:
                first.setdefault(slip, task)
        counted[task] = result
    return counted
