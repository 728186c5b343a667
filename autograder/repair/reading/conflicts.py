"""What git leaves where two versions of a text did not fit together."""

from __future__ import annotations

import re

_OURS, _BASE, _THEIRS, _END = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


def sides(text: str) -> tuple[str, str] | None:
    """The text with our side of every conflict, and with theirs; None if there is no conflict.

    Marks that make no whole conflict are left where they stand. Goes through the text once.
    """
    ours: list[str] = []
    theirs: list[str] = []
    whole: list[str] = []  # the lines of a conflict that has begun
    parts: dict[str, list[str]] = {}
    part, found = "", False

    def no_conflict() -> None:
        ours.extend(whole)
        theirs.extend(whole)

    for line in _LINES.findall(text) if _OURS in text else ():
        mark = line[:7]
        if mark == _OURS:
            no_conflict()
            whole, parts, part = [line], {_OURS: [], _BASE: [], _THEIRS: []}, _OURS
        elif not part:
            ours.append(line)
            theirs.append(line)
        elif mark == _END and part == _THEIRS:
            ours += parts[_OURS]
            theirs += parts[_THEIRS]
            whole, part, found = [], "", True
        else:
            whole.append(line)
            if mark == _BASE and part == _OURS:
                part = _BASE
            elif mark == _THEIRS and part in (_OURS, _BASE):
                part = _THEIRS
            else:
                parts[part].append(line)
    no_conflict()
    return ("".join(ours), "".join(theirs)) if found else None
