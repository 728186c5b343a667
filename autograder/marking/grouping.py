"""Answers that can be marked together: blank ones, the same, and nearly the same.

Nothing here knows what is right. The same answers give the same groups on every machine, and the
time is bounded: a long text counts with its beginning, a crowd of candidates with its first.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

SHINGLE = 3
"""How many words in a row are compared."""

MOST_TOKENS = 3_000
MOST_CANDIDATES = 100
MOST_WORDS_COMPARED = 400

BANDS, ROWS = 32, 4
"""MinHash: two texts meet if they agree in all rows of one band."""

NEAR = 0.6
"""Which share of their shingles two texts have in common to be near."""

GREEK = {
    char: unicodedata.name(char).split()[-1].lower()
    for char in map(chr, [*range(0x3B1, 0x3CA), *range(0x391, 0x3AA)])
    if unicodedata.name(char, "") and "FINAL" not in unicodedata.name(char)
} | {"ς": "sigma", "ϕ": "phi", "ϵ": "epsilon", "ϑ": "theta", "λ": "lambda", "Λ": "lambda"}
"""As TeX names them: γ, \\gamma and the word gamma are the same."""

SYMBOLS = {
    "≠": " neq ",
    "≤": " leq ",
    "≥": " geq ",
    "⩽": " leq ",
    "⩾": " geq ",
    "≈": " approx ",
    "→": " to ",
    "⇒": " to ",
    "∈": " in ",
    "∞": " infty ",
    "√": " sqrt ",
    "∑": " sum ",
    "±": " pm ",
    "−": " - ",
    "÷": " / ",
    "·": " ",
    "×": " ",
    "∗": " ",
    "⋅": " ",
}
COMMANDS = {
    "ne": " neq ",
    "le": " leq ",
    "ge": " geq ",
    "rightarrow": " to ",
    "Rightarrow": " to ",
    "implies": " to ",
    "cdot": " ",
    "times": " ",
    "ast": " ",
    "varphi": " phi ",
    "varepsilon": " epsilon ",
    "vartheta": " theta ",
}
LAYOUT = re.compile(
    "left|right|[bB]igg?[lr]?|displaystyle|textstyle|q?quad|limits|boldsymbol|bm|emph|operatorname|"
    "math(?:bf|rm|it|sf|tt|bb|cal|frak)|text(?:bf|it|rm)?|vec|underline"
)
"""Commands that change how a formula looks, not what it says."""

_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_TOKEN = re.compile(r"[^\W_]+|[+=<>/]|-")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\((?:data:[^)]*|attachment:[^)]*)\)")


_LETTERS = {name: char for char, name in reversed(GREEK.items()) if char.islower()} | {
    "cdot": "·",
    "times": "×",
    "sum": "∑",
    "frac": "",
    "dfrac": "",
    "phi": "ϕ",
}


@dataclass(frozen=True)
class Written:
    """A student's answer as far as grouping looks at it.

    Attributes:
        text: Markdown or code.
        pictures: hashes of the pictures in it.
    """

    text: str
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Answers that can be marked together.

    Attributes:
        id: the same as long as the group's first answer is.
        kind: "blank", "identical" or "near".
        keys: the answers, the one first that the others are compared with.
        same: those that say exactly what the first one says.
    """

    id: str
    kind: str
    keys: tuple[str, ...]
    same: frozenset[str]


def tokens_of(text: str) -> tuple[str, ...]:
    """The words, numbers and operators of a text, however it is spaced, cased and typeset."""
    text = unicodedata.normalize("NFKC", _PICTURE.sub(" ", text[: MOST_TOKENS * 20]))
    text = re.sub(r"\\[,;:!> ]|\\\\|~|&", " ", text)
    for _ in range(4):  # fractions in fractions
        text, found = _FRACTION.subn(r" \1 / \2 ", text)
        if not found:
            break
    text = _COMMAND.sub(_plain_command, text)
    text = re.sub(r"(?<=[^\s\d])'(?=[^\W\d])", "", text)  # it's, doesn't
    text = "".join(
        f" {GREEK[char]} " if char in GREEK else SYMBOLS.get(char, char) for char in text
    )
    text = text.replace("!=", " neq ").replace("<=", " leq ").replace(">=", " geq ")
    text = re.sub(r"(?m)^\s*[-+*]\s+", " ", text)  # lists
    text = re.sub(r"(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})|--+", " ", text)  # hyphens and dashes
    text = re.sub(r"[{}^_]", "", text)
    return tuple(_TOKEN.findall(text.casefold())[:MOST_TOKENS])


def _plain_command(match: re.Match[str]) -> str:
    name = match[1]
    if LAYOUT.fullmatch(name):
        return ""
    return COMMANDS.get(name, f" {name} ")


def plain_text(text: str) -> str:
    """Markdown in one line, with Greek letters in place of TeX's, to be recognized in a list."""
    text = re.sub(r"!\[[^\]\n]*\]\([^)]*\)|[$#*`{}]|~~+", "", text)
    text = re.sub(r"\\[,;:!> ]|\\\\", " ", text)
    return " ".join(_COMMAND.sub(_short_command, text).split())


def _short_command(match: re.Match[str]) -> str:
    name = match[1]
    return "" if LAYOUT.fullmatch(name) else _LETTERS.get(name, name)


def is_blank(one: Written, untouched: tuple[str, ...]) -> bool:
    """Whether nothing stands there but what stood there before, as words."""
    if one.pictures:
        return False
    tokens = tokens_of(one.text)
    return not tokens or tokens == untouched


def groups_of(answers: Mapping[str, Written], stub: str = "") -> tuple[Group, ...]:
    """The groups of at least two answers, the largest first; each answer is in one at most.

    Args:
        answers: by key.
        stub: what stands there before a student writes.
    """
    untouched = tokens_of(stub)
    classes: dict[tuple[str, ...], list[str]] = {}
    blank = []
    for key in sorted(answers):
        one = answers[key]
        if is_blank(one, untouched):
            blank.append(key)
            continue
        tokens = tokens_of(one.text)
        classes.setdefault((*tokens, *sorted(one.pictures)), []).append(key)
    found = []
    if len(blank) > 1:
        found.append(Group(f"blank-{blank[0]}", "blank", tuple(blank), frozenset(blank)))
    ordered = sorted(classes.items(), key=lambda one: (-len(one[1]), one[1][0]))
    for cluster in _near([tokens for tokens, _ in ordered]):
        members = [ordered[place][1] for place in cluster]
        keys = tuple(key for one in members for key in one)
        if len(keys) > 1:
            kind = "near" if len(cluster) > 1 else "identical"
            found.append(Group(f"{kind}-{keys[0]}", kind, keys, frozenset(members[0])))
    return tuple(sorted(found, key=lambda one: (-len(one.keys), one.id)))


def _near(texts: Sequence[tuple[str, ...]]) -> list[list[int]]:
    """Places of texts that are near the first of their list; every text is in one list."""
    shingles = [_shingles(tokens) for tokens in texts]
    signatures = [_signature(one) for one in shingles]
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for place, signature in enumerate(signatures):
        for band in range(BANDS):
            rows = signature[band * ROWS : (band + 1) * ROWS].tobytes()
            buckets.setdefault((band, rows), []).append(place)
    clusters, taken = [], [False] * len(texts)
    for place, signature in enumerate(signatures):
        if taken[place]:
            continue
        taken[place] = True
        candidates: set[int] = set()
        for band in range(BANDS):
            rows = signature[band * ROWS : (band + 1) * ROWS].tobytes()
            bucket = (other for other in buckets[band, rows] if not taken[other])
            for other, _ in zip(bucket, range(MOST_CANDIDATES), strict=False):
                candidates.add(other)
        cluster = [place]
        for other in sorted(candidates)[:MOST_CANDIDATES]:
            one, two = shingles[place], shingles[other]
            if len(one & two) >= NEAR * len(one | two):
                taken[other] = True
                cluster.append(other)
        clusters.append(cluster)
    return clusters


def _shingles(tokens: Sequence[str]) -> frozenset[int]:
    """Hashes of all runs of words; Python's own hash differs from run to run."""
    runs = {tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1))}
    return frozenset(
        int.from_bytes(hashlib.blake2b(" ".join(run).encode(), digest_size=4).digest(), "big")
        for run in runs
    )


def _signature(shingles: frozenset[int]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    values = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    mixed = values[None, :] * _FACTORS[:, None] + _SUMMANDS[:, None]  # modulo 2 ** 64
    smallest: np.ndarray[tuple[int], np.dtype[np.uint64]] = (mixed >> np.uint64(20)).min(axis=1)
    return smallest


def _constants(what: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    digests = (
        hashlib.blake2b(f"{what} {number}".encode(), digest_size=8).digest()
        for number in range(BANDS * ROWS)
    )
    return np.array([int.from_bytes(one, "big") | 1 for one in digests], dtype=np.uint64)


_FACTORS, _SUMMANDS = _constants("factor"), _constants("summand")


def difference(first: str, other: str) -> list[tuple[str, str]]:
    """What another answer says otherwise than the first: pieces of it, each with a sign.

    Returns:
        Pairs of "=", "-" (only in the first) or "+" (only in the other), and the words.
    """
    one, two = (text.split()[:MOST_WORDS_COMPARED] for text in (first, other))
    plain = [[" ".join(tokens_of(word)) or word for word in words] for words in (one, two)]
    pieces: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(None, plain[0], plain[1], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("=", " ".join(two[j1:j2])))
            continue
        pieces += [("-", " ".join(one[i1:i2])), ("+", " ".join(two[j1:j2]))]
    kept = [piece for piece in pieces if piece[1]]
    return [
        (sign, " ".join(words for _, words in run))
        for sign, run in groupby(kept, key=lambda piece: piece[0])
    ]
