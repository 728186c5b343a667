"""Which cells still stand in the source's order."""

from __future__ import annotations

from bisect import bisect_left


def longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs that increases in both items; the pairs come sorted."""
    # Equal firsts are sorted by falling seconds, so that only one of them can be selected.
    pairs = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    lasts: list[int] = []  # smallest last item of a selection of each length
    at: list[int] = []
    before: list[int] = []
    for n, (_, value) in enumerate(pairs):
        length = bisect_left(lasts, value)
        before.append(at[length - 1] if length else -1)
        if length == len(lasts):
            lasts.append(value)
            at.append(n)
        else:
            lasts[length], at[length] = value, n
    chosen = []
    n = at[-1] if at else -1
    while n >= 0:
        chosen.append(pairs[n])
        n = before[n]
    return chosen[::-1]
