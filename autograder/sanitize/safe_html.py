"""HTML from anyone made safe to show: one list of what may stay, for outputs and for pages.

nh3 reads HTML as a browser does and keeps what is on the list. Inline styles are read with a CSS
parser and written anew from known properties, so nothing can move out of its place. What is left
stands in a box that cuts off whatever would still reach over its edge.
"""

from __future__ import annotations

import functools
import html
import re
from collections import Counter

import nh3
import tinycss2
import tinycss2.color3
from pygments.token import STANDARD_TYPES

MAX_CHARACTERS = 200_000
"""More HTML than this in one output takes too long to look through; its plain text is shown."""

MAX_PICTURE_CHARACTERS = 1_000_000
"""How much more there may be in embedded pictures, which are quick to look through."""

MAX_DEPTH = 100

_BARE_TAGS = (
    "b i u s em strong small sub sup code pre kbd mark del p br hr div span center font blockquote "
    "ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td details summary"
)
_MORE_TAGS = "a abbr img colgroup col q samp var tt figure figcaption"

BARE_TAGS = frozenset(_BARE_TAGS.split())
"""Tags that are safe and of use without attributes."""

TAGS = BARE_TAGS | frozenset(_MORE_TAGS.split())

ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "height", "src", "title", "width"},
    "td": {"align", "colspan", "rowspan", "valign"},
    "th": {"align", "colspan", "rowspan", "scope", "valign"},
    "table": {"border", "cellpadding", "cellspacing"},
    "col": {"span"},
    "font": {"color"},
    "ol": {"start"},
    "*": {"class", "style"},
}

CLASSES = frozenset({"dataframe", "highlight", *STANDARD_TYPES.values()} - {""})
"""Tables of pandas and coloured code. Other classes belong to the page around."""

PICTURE = r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+"
DRAWING = r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+"
"""As the source of an `<img>`, a drawing can neither run anything nor fetch anything."""

MATH_LINK = re.compile(r"\\(?=(?:href|mmlToken|style|class|cssId|data|bbox)(?![A-Za-z]))")
"""MathJax makes links and styles from these, of addresses that a macro can put together."""

BOX_STYLE = "contain:layout paint style;isolation:isolate;overflow:auto;max-height:1200px"
"""Nothing in such a box shows outside of it, and nothing in it lies over what stands outside."""


class SafeHtml(str):
    """HTML that was cleaned and stands in its box."""


def in_a_box(cleaned: str) -> SafeHtml:
    """Cleaned HTML in a box that it cannot leave."""
    return SafeHtml(f'<div class="contained" style="{BOX_STYLE}">{cleaned}</div>')


def clean(source: str) -> str:
    """HTML without scripts, frames, forms, outside pictures and styles that move things about.

    Raises:
        ValueError: if it is too long, or has more of something than can be looked through.
    """
    pictures = sum(len(one.group()) for one in re.finditer(f"{PICTURE}|{DRAWING}", source))
    if pictures > MAX_PICTURE_CHARACTERS or len(source) - pictures > MAX_CHARACTERS:
        raise ValueError("too long")
    if _depth(source) > MAX_DEPTH:
        raise ValueError("too deeply nested")
    return MATH_LINK.sub(r"\\ ", _cleaner().clean(source))


def text_of(source: str) -> str:
    """What HTML says, without its tags: for HTML that is not shown."""
    source = re.sub(r"(?is)<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", "", source)
    return html.unescape(re.sub(r"<[A-Za-z/!?][^<>]*>", "", source)).strip()


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """What stays of an attribute; None if nothing does."""
    if name == "style":
        return clean_style(value) or None
    if name == "class":
        return " ".join(one for one in value.split() if one in CLASSES) or None
    if name == "href":
        return value if re.match(r"(?i)\s*(https?://|mailto:|#)", value) else None
    if name == "src":
        return value if re.fullmatch(f"{PICTURE}|{DRAWING}", value.replace("\n", "")) else None
    return value


def _depth(source: str) -> int:
    """At most how deeply a browser would nest this."""
    open_: Counter[str] = Counter()
    depth = deepest = 0
    for match in re.finditer(r"<(/?)([A-Za-z][\w-]*)", source):
        name = match[2].lower()
        if match[1] and open_[name]:
            open_[name] -= 1
            depth -= 1
        elif not match[1] and name not in ("br", "img", "hr", "td", "th", "tr", "li", "p", "col"):
            open_[name] += 1
            depth += 1
            deepest = max(deepest, depth)
    return deepest


# Styles.

_SIDES = ("", "-top", "-right", "-bottom", "-left")
_WIDTHS = "thin medium thick"
_LINES = "none hidden dotted dashed solid double"
_SIZES = "xx-small x-small small medium large x-large xx-large smaller larger"

_LENGTHS = {
    **{f"padding{side}": "" for side in _SIDES},
    **{f"margin{side}": "auto" for side in _SIDES},
    **{f"border{side}": f"{_WIDTHS} {_LINES}" for side in _SIDES},
    **{f"border{side}-width": _WIDTHS for side in _SIDES},
    **dict.fromkeys(("width", "height", "max-width"), "auto none"),
    **dict.fromkeys(("border-radius", "border-spacing"), ""),
    "font-size": _SIZES,
    "font-weight": "normal bold bolder lighter",
    **dict.fromkeys(("letter-spacing", "line-height"), "normal"),
    "opacity": "",
    "text-indent": "",
}
"""Properties that take numbers, each with the words that it also takes."""

_WORDS = {
    **{f"border{side}-style": _LINES for side in _SIDES},
    "border-collapse": "collapse separate",
    "caption-side": "top bottom",
    "display": "block inline inline-block inline-table table",
    "font-style": "normal italic oblique",
    "font-variant": "normal small-caps",
    "text-align": "left right center justify start end",
    "text-decoration": "none underline overline line-through",
    "vertical-align": "baseline sub super top middle bottom text-top text-bottom",
    "white-space": "normal nowrap pre pre-wrap pre-line",
}
_COLOURED = frozenset(
    {"color", "background-color"}
    | {f"border{side}" for side in _SIDES}
    | {f"border{side}-color" for side in _SIDES}
)
_LONGEST = {"px": 2000.0, "pt": 1500.0, "em": 100.0, "rem": 100.0, "ex": 200.0, "ch": 200.0}


def clean_style(source: str) -> str:
    """The declarations of an inline style that are known to stay in their place, written anew.

    Only known properties with plain values stay: words of the property, colours, and lengths that
    are not negative. No function but of colours is known, so there is no `calc`, `var` or `url`.
    """
    kept = []
    for one in tinycss2.parse_declaration_list(source, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration" and not one.important:
            values = [token for token in one.value if token.type not in ("whitespace", "comment")]
            texts = [_value(one.lower_name, token) for token in values]
            if texts and None not in texts:
                kept.append(f"{one.lower_name}: {' '.join(map(str, texts))}")
    return "; ".join(kept)


def _value(name: str, token: tinycss2.ast.Node) -> str | None:
    """One part of a property's value as it is written anew; None if it is not known."""
    if name == "font-family":
        return _font(token)
    if token.type == "ident":
        words = f"{_LENGTHS.get(name, '')} {_WORDS.get(name, '')}".split()
        if token.lower_value in words:
            return str(token.lower_value)
    elif token.type in ("number", "percentage", "dimension") and name in _LENGTHS:
        return _length(token)
    return _colour(token) if name in _COLOURED else None


def _length(token: tinycss2.ast.Node) -> str | None:
    unit = "%" if token.type == "percentage" else getattr(token, "lower_unit", "")
    longest = _LONGEST.get(unit, 1000.0 if unit in ("", "%") else -1.0)
    return f"{token.value:.6g}{unit}" if 0 <= token.value <= longest else None


def _colour(token: tinycss2.ast.Node) -> str | None:
    colour = tinycss2.color3.parse_color(token)
    if colour is None or colour == "currentColor":
        return None
    red, green, blue = (round(255 * min(max(part, 0.0), 1.0)) for part in colour[:3])
    if colour.alpha >= 1:
        return f"#{red:02x}{green:02x}{blue:02x}"
    return f"rgba({red},{green},{blue},{max(colour.alpha, 0.0):.3g})"


def _font(token: tinycss2.ast.Node) -> str | None:
    if token == ",":
        return ","
    if token.type not in ("ident", "string"):
        return None
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9 -]{0,40}", token.value):
        return None
    return f"'{token.value}'" if " " in token.value else str(token.value)
