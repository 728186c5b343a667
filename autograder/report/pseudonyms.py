"""Names that tell nobody who somebody is, and stay the same from report to report."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from autograder.course.files import write_whole


def pseudonyms(students: Iterable[str], key: bytes) -> dict[str, str]:
    """A pseudonym for each student, such as `S-7F3KQ`, which only the key leads back to.

    The same key gives the same pseudonym in every report; it is lengthened only where two meet.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for student in sorted(set(students)):
        digest = hmac.new(key, student.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        letters = base64.b32encode(digest).decode().rstrip("=")
        length = next(n for n in range(5, len(letters)) if letters[:n] not in taken)
        taken.add(letters[:length])
        found[student] = f"S-{letters[:length]}"
    return found


def secret_key(folder: Path) -> bytes:
    """The key kept in a folder, made when there is none. Whoever has it can name the students."""
    path = folder / "pseudonyms.key"
    if not path.exists():
        write_whole(path, secrets.token_bytes(32))  # which only its owner can read
    return path.read_bytes()


QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|“[^”]*”|«[^»]*»")
FILE = re.compile(r"[^\s,;:()]+\.[A-Za-z]\w{1,5}\b")


def without_names(sentence: str, names: Mapping[str, str], harmless: Collection[str] = ()) -> str:
    """A sentence without what a student may have written: quotations, file names, ids.

    Args:
        sentence: a remark.
        names: pseudonyms by student id.
        harmless: words that may stay even if quoted, such as the exercise's notebooks and tasks.
    """

    def keep(match: re.Match[str]) -> str:
        bare = match[0].strip("'\"`“”«»")
        return match[0] if bare in harmless else "…"

    text = FILE.sub(keep, QUOTED.sub(keep, sentence))
    for student in sorted(names, key=len, reverse=True):
        if len(student) > 2 and student in text:
            text = re.sub(rf"(?<!\w){re.escape(student)}(?!\w)", names[student], text)
    return text
