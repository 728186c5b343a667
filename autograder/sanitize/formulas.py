"""Formulas as MathML, which a browser shows by itself: no script is loaded, no network needed."""

from __future__ import annotations

import functools
import html
import re
import secrets
import unicodedata
from typing import Any
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element
from nbconvert.filters.markdown_mistune import IPythonRenderer

LONGEST = 2000
"""Characters of a formula; a longer one is no formula that somebody reads."""

MACROS = re.compile(r"\\(?:def|gdef|let|(?:re|provide)?newcommand|renewcommand)(?![A-Za-z])")
"""What could make a short formula endlessly long."""

ELEMENTS = frozenset(
    {"math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded"}
    | {"mphantom", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup"}
    | {"mtable", "mtd", "mtext", "mtr", "munder", "munderover"}
)
ATTRIBUTES = frozenset(
    {"accent", "columnalign", "display", "displaystyle", "fence", "form", "linethickness"}
    | {"lspace", "maxsize", "minsize", "movablelimits", "rspace", "separator", "stretchy"}
    | {"width"}
)
VALUE = re.compile(r"[a-z ]{1,40}|\d{0,2}(?:\.\d+)?(?:em|ex|%)?")


@functools.lru_cache(maxsize=4096)
def mathml(tex: str, display: str = "inline") -> str | None:
    """A formula as MathML, made of known elements and attributes only.

    Args:
        tex: the formula, from anyone, without dollar signs.
        display: "inline" or "block".

    Returns:
        The element, or None if the formula has commands that are not understood.
    """
    if len(tex) > LONGEST or MACROS.search(tex):
        return None
    try:
        return _written(convert_to_element(tex, display=display))
    except Exception:  # whatever the converter stumbles over stays TeX
        return None


def _written(element: Element) -> str:
    """The element as text. Nothing of it is taken over unescaped.

    Raises:
        ValueError: it holds an element that is not known, or a command that was not understood.
    """
    if element.tag not in ELEMENTS:
        raise ValueError(element.tag)
    attributes = "".join(
        f' {name}="{html.escape(value)}"'
        for name, value in element.attrib.items()
        if name in ATTRIBUTES and VALUE.fullmatch(value)
    )
    text = html.unescape(element.text or "")
    text = re.sub(r"\\([_%#&${}])", r"\1", text)
    if "\\" in text and len(text) > 1:
        raise ValueError(text)
    text = html.escape(_styled(text, element.get("mathvariant", "")))
    content = text + "".join(map(_written, element))
    return f"<{element.tag}{attributes}>{content}</{element.tag}>"


def _styled(text: str, variant: str) -> str:
    """Bold letters as the characters that are bold by themselves: browsers know no other way."""
    if not variant.startswith("bold"):
        return text
    return "".join(_bold(char, variant.upper().replace("-", " ")) for char in text)


def _bold(char: str, style: str) -> str:
    name = unicodedata.name(char, "").removeprefix("LATIN ").removeprefix("GREEK ")
    try:
        return unicodedata.lookup(f"MATHEMATICAL {style} {name.replace('LETTER ', '')}")
    except KeyError:
        return char


class FormulaRenderer(IPythonRenderer):
    """Markdown to HTML with a mark in place of each formula, since cleaning takes MathML out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._mark = f"formula-{secrets.token_hex(8)}-"
        self._formulas: list[tuple[str, str]] = []

    def inline_math(self, body: str) -> str:
        return self._kept(f"${body}$", mathml(body))

    def block_math(self, body: str) -> str:
        return self._kept(f"$${body}$$", mathml(body, "block"))

    def latex_environment(self, name: str, body: str) -> str:
        tex = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self._kept(tex, mathml(tex, "block"))

    def _kept(self, tex: str, shown: str | None) -> str:
        tex = html.escape(tex)
        self._formulas.append((tex, tex if shown is None else shown))
        return f"{self._mark}{len(self._formulas) - 1}."

    def with_formulas(self, cleaned: str) -> str:
        """The cleaned HTML with the formulas in it; within an attribute they stay TeX."""
        mark = re.compile(rf"{self._mark}(\d+)\.")

        def as_tex(match: re.Match[str]) -> str:
            return mark.sub(lambda one: self._formulas[int(one[1])][0], match[0])

        cleaned = re.sub(r'\b(?:alt|title|href)="[^"]*"', as_tex, cleaned)
        return mark.sub(lambda one: self._formulas[int(one[1])][1], cleaned)
