"""Code for a newer Python than this one, in words that every Python from 3.11 on understands.

What changed in the language: f-strings whose fields hold the string's own quotes, backslashes or
comments (3.12, PEP 701), type parameters and `type` statements (3.12, PEP 695), and `except A, B`
without parentheses (3.14, PEP 758). Each step goes through the text once.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_STRING = re.compile(r"(?<!\w)(?P<prefix>[rRbBuUfF]{0,2})(?P<quote>\"\"\"|'''|\"|')")
_STRING_OR_COMMENT = re.compile(rf"#|{_STRING.pattern}")
_PARAMETERS = re.compile(
    r"^(?P<head>[ \t]*+(?:(?:async[ \t]++)?def|class)[ \t]++\w++)\[(?P<names>[^\[\]()\n]*+)\]",
    re.MULTILINE,
)
_ALIAS = re.compile(r"^([ \t]*+)type[ \t]++(\w++)(?:\[[^\[\]\n]*+\])?[ \t]*+=", re.MULTILINE)
_EXCEPT = re.compile(
    r"^([ \t]*+except\*?+)[ \t]++(?P<kinds>[\w.]++(?:[ \t]*+,[ \t]*+[\w.]++)++)[ \t]*+:",
    re.MULTILINE,
)
_MOST_NESTED = 8


def in_older_words(code: str) -> str:
    """The code without what only a newer Python understands; it does the same."""
    code = _EXCEPT.sub(r"\1 (\g<kinds>):", code)
    code = _ALIAS.sub(r"\1\2 =", code)
    names = [
        name.split(":")[0].split("=")[0].strip(" *")
        for match in _PARAMETERS.finditer(code)
        for name in match["names"].split(",")
    ]
    code = _PARAMETERS.sub(r"\g<head>", code)
    if any(names):
        kinds = (f"{name} = typing.TypeVar({name!r})" for name in dict.fromkeys(names) if name)
        code = f"import typing; {'; '.join(kinds)}\n{code}"
    return "".join(_strings_rewritten(code))


def _strings_rewritten(code: str, around: str = "", depth: int = 0) -> Iterator[str]:
    """The code in parts, with its f-strings rewritten.

    Args:
        code: the code.
        around: the quote of the f-string that this is an expression of, "" for code at large. In
            an expression there may be no comment, and no backslash in a string.
        depth: how many f-strings it stands in; there are quotes for two.
    """
    start = 0
    while (opening := _STRING_OR_COMMENT.search(code, start)) is not None:
        begin = opening.start()
        yield code[start:begin]
        if opening["quote"] is None:
            start = _line_end(code, begin)
            yield "" if around else code[begin:start]
            continue
        start = _string_end(code, opening)
        if _is_formatted(opening) and depth < 2:
            yield _f_string_rewritten(code, opening, start, around, depth)
        elif around and "\\" in code[begin:start]:
            yield _spelled_out(code[begin:start])
        else:
            yield code[begin:start]
    yield code[start:]


def _f_string_rewritten(
    code: str, opening: re.Match[str], end: int, around: str, depth: int
) -> str:
    """The f-string with threefold quotes, if its fields hold what one with single ones may not."""
    quote = opening["quote"]
    fields = list(_fields(code, opening, end))
    expressions = [code[begin:stop] for begin, stop in fields]
    if not any(quote in one or "\\" in one or "#" in one or "\n" in one for one in expressions):
        return code[opening.start() : end]
    char = quote[0] if quote[0] != around else {"'": '"', '"': "'"}[around]
    parts, at = [], opening.end()
    for begin, stop in fields:
        parts += [code[at:begin], *_strings_rewritten(code[begin:stop], char, depth + 1)]
        at = stop
    parts.append(code[at : end - len(quote)])
    return f"{opening['prefix']}{3 * char}{''.join(parts)}{3 * char}"


def _spelled_out(literal: str) -> str:
    """A string literal as a sum in which characters that need a backslash are numbers."""
    try:
        value = ast.literal_eval(literal)
    except (SyntaxError, ValueError):
        return literal
    if not isinstance(value, str):
        return literal
    pieces = re.findall(r"[ !#-&(-\[\]-~]+|.", value, re.DOTALL)
    terms = [
        f"'{piece}'" if re.match(r"[ !#-&(-\[\]-~]", piece) else f"chr({ord(piece)})"
        for piece in pieces
    ]
    return f"({' + '.join(terms)})" if len(terms) != 1 else terms[0]


def _fields(code: str, opening: re.Match[str], end: int) -> Iterator[tuple[int, int]]:
    """Where the expressions of an f-string's fields begin and end, those of its formats too."""
    at, last = opening.end(), end - len(opening["quote"])
    while at < last:
        if code[at] == "\\" or code.startswith(("{{", "}}"), at):
            at += 2
        elif code[at] == "{":
            stop = _expression_end(code, at + 1)
            yield at + 1, stop
            at = stop
        else:
            at += 1


def _string_end(code: str, opening: re.Match[str], depth: int = 0) -> int:
    """Just behind the closing quotes of a string; the end of the text where there are none."""
    quote, formatted = opening["quote"], _is_formatted(opening)
    at = opening.end()
    while at < len(code):
        if code[at] == "\\":
            at += 2
        elif code.startswith(quote, at):
            return at + len(quote)
        elif formatted and code.startswith("{{", at):
            at += 2
        elif formatted and code[at] == "{" and depth < _MOST_NESTED:
            at = _expression_end(code, at + 1, depth + 1)
        else:
            at += 1
    return len(code)


def _expression_end(code: str, at: int, depth: int = 0) -> int:
    """Where the expression of a field ends: at its `!r`, `:` or `}` outside of all brackets."""
    brackets = 0
    while at < len(code):
        char = code[at]
        if char == "#":
            at = _line_end(code, at)
            continue
        opening = _STRING.match(code, at)
        if opening is not None:
            at = _string_end(code, opening, depth)
            continue
        if brackets == 0 and (char in ":}" or re.match(r"![rsa]\s*[:}]", code[at : at + 9])):
            return at
        brackets += (char in "([{") - (char in ")]}")
        at += 1
    return len(code)


def _is_formatted(opening: re.Match[str]) -> bool:
    return "f" in opening["prefix"].lower()


def _line_end(code: str, at: int) -> int:
    end = code.find("\n", at)
    return len(code) if end < 0 else end
