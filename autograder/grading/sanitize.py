"""Notebooks made safe to open: nothing that a student wrote or printed can run in a browser.

Formgrader and feedback show Markdown and HTML as they stand, in the instructor's session. Here
outputs go through bleach (the sanitizer that nbconvert uses), and Markdown is left without any HTML
but bare tags, so that no difference between two parsers can bring a script back. Tables, pictures
and formulas still show, and nothing is fetched from anywhere when a notebook is opened.
"""

from __future__ import annotations

import base64
import copy
import functools
import html
import re
from collections.abc import Collection

MAX_HTML_CHARACTERS = 200_000
"""More HTML than this in one output takes too long to look through; its plain text is shown."""

MAX_MARKDOWN_CHARACTERS = 30_000
"""Longer Markdown, not counting pictures, is shown as it was typed: some of it takes a browser's or
nbconvert's Markdown minutes."""

MAX_COLOURS = 2_000
"""Changes of colour in one text; nbconvert takes a time that grows with their square."""

MAX_ATTRIBUTES = 500
"""Of one tag; html5lib compares each with all others."""

MAX_PICTURE_CHARACTERS = 1_000_000
"""How much more there may be in embedded pictures, which are quick to look through."""

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_ATTACHMENT = r"attachment:(?P<name>[^()<>\s\"'%\\&]+)"
_PICTURE_URL = rf"(?:data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+|{_ATTACHMENT})"
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")

_BARE_TAGS = (
    "b|i|u|s|em|strong|small|sub|sup|code|pre|kbd|mark|del|p|br|hr|div|span|center|font|blockquote|"
    "ul|ol|li|dl|dt|dd|h[1-6]|table|caption|thead|tbody|tfoot|tr|th|td|details|summary"
)
_TAG = re.compile(rf"<(/?)({_BARE_TAGS})(?:\s[^<>]*)?(/?)>", re.IGNORECASE)
_IMAGE_TAG = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_IMAGE = re.compile(rf"!\[[^\[\]\n]*\]\({_PICTURE_URL}(?:\s+\"[^\"\n<>]*\")?\)")
_REFERENCE = re.compile(r"&(?:#\d{1,30}|#[xX][0-9a-fA-F]{1,30}|colon|Tab|NewLine|lpar|rpar|bsol);?")
_MATH_LINK = re.compile(r"\\(?=(?:href|mmlToken|style|class|cssId|data|bbox)(?![A-Za-z]))")
"""MathJax makes links and styles from these, of addresses that a macro can put together."""
_BLANKS = re.compile(r"[^\S\n]{100,}")
_MERMAID = re.compile(r"((?:(?<!`)`{3,}|(?<!~)~{3,})[^\S\n]*)mermaid\b")
_SCRIPT_OPENS = re.compile(r"<(script|style)\b", re.IGNORECASE)
_SCRIPT_URL = re.compile(
    r"((?:java|vb|live)[\s\\]*script|data(?=[\s\\]*:[\s\\]*(?:text|appl|image/svg)))"
    r"[\s\\]*:",
    re.IGNORECASE,
)

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,40}m")
_ESCAPE = re.compile(
    r"\x1b(?:\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|\[[0-9;?<=>!]*[ -/]*[@-~]|.)?", re.DOTALL
)


def harmless_notebook(nb: dict) -> dict:
    """A notebook like this one that is safe to open in a browser, an editor or a terminal.

    Locked Markdown cells are the instructor's and stay as they are; code stays as it is, since it
    is only ever shown. Everything else is cleaned.
    """
    safe = copy.copy(nb)
    safe["metadata"] = {k: v for k, v in nb.get("metadata", {}).items() if k != "widgets"}
    safe["cells"] = [_cell(cell) for cell in nb.get("cells", ())]
    return safe


def _cell(cell: dict) -> dict:
    safe = {key: value for key, value in cell.items() if key != "outputs"}
    if cell.get("cell_type") == "code":
        safe["outputs"] = [
            output for output in map(_output, cell.get("outputs", ())) if output is not None
        ]
        return safe
    nbgrader = cell.get("metadata", {}).get("nbgrader", {})
    if nbgrader.get("locked") and not nbgrader.get("solution"):
        return safe
    safe.pop("attachments", None)
    attachments = _attachments(cell.get("attachments"))
    if attachments and cell.get("cell_type") == "markdown":
        safe["attachments"] = attachments
    safe["source"] = harmless_markdown(_text(cell.get("source", "")), attachments)
    return safe


def harmless_markdown(source: str, attached: Collection[str] = ()) -> str:
    """Markdown in which a browser finds nothing to run and nothing to fetch.

    Of HTML only tags without attributes remain, and every other `<` that could begin a tag is set
    off by a space. So it does not matter what is code, formula or text: there is nothing left that
    could be a script under any reading. Pictures remain where they are in the notebook itself;
    those from elsewhere become links.

    Args:
        source: Markdown.
        attached: names of the cell's attachments. A picture that refers to another one is taken
            out, since nbconvert stops at it.
    """
    source = _REFERENCE.sub(_decoded, _without_controls(source))
    source = _MERMAID.sub(r"\1text", source)  # wherever: quotes and lists may hold a block, too
    source = _IMAGE_TAG.sub(_image_from_tag, source)
    source = _MATH_LINK.sub(r"\\ ", _SCRIPT_URL.sub(r"\1 :", source))
    source = _BLANKS.sub(lambda blanks: blanks.group()[:100], source)
    parts, at = [], 0
    for match in re.finditer(r"<(?=[A-Za-z/!?])|!(?=\[)", source):
        if match.start() < at:
            continue
        parts.append(source[at : match.start()])
        at = match.end()
        if match.group() == "!":
            kept = _IMAGE.match(source, match.start())
            if kept and kept["name"] is not None and kept["name"] not in attached:
                kept = None
            parts.append(kept.group() if kept else "! ")
            at = kept.end() if kept else at
        elif tag := _TAG.match(source, match.start()):
            parts.append(f"<{tag[1]}{tag[2].lower()}{tag[3]}>")
            at = tag.end()
        else:
            parts.append("< ")
    safe = "".join(parts) + source[at:]
    if len(safe) > MAX_MARKDOWN_CHARACTERS < len(_IMAGE.sub("", safe)):
        return _as_typed(safe)
    return safe


def _as_typed(text: str) -> str:
    """The text in a fence of its own, unless it stands in one."""
    fenced = re.fullmatch(r"(~{3,})\n(.*)\n\1\n", text, re.DOTALL)
    if fenced and fenced[1] not in fenced[2]:
        return text
    fence = "~" * (3 + max(map(len, re.findall("~+", text)), default=0))
    return f"{fence}\n{text}\n{fence}\n"


def harmless_html(source: str) -> str:
    """HTML without scripts, styles that move things about, forms, frames and outside pictures.

    Raises:
        ValueError: if it is too long, or has more of something than can be looked through.
    """
    pictures = sum(len(one.group()) for one in re.finditer(_PICTURE_URL, source))
    if pictures > MAX_PICTURE_CHARACTERS or len(source) - pictures > MAX_HTML_CHARACTERS:
        raise ValueError("too long")
    source = _REFERENCE.sub(_decoded, _without_controls(source))
    # bleach takes tags away and leaves what is between them, which nobody wants to read here.
    source = _without_scripts(source)
    if _depth(source) > 100:
        raise ValueError("too deeply nested")
    return _MATH_LINK.sub(r"\\ ", _SCRIPT_URL.sub(r"\1 :", _cleaner().clean(source)))


def _without_scripts(source: str) -> str:
    """HTML without scripts and styles that are closed."""
    parts, at, unclosed = [], 0, set()
    for opening in _SCRIPT_OPENS.finditer(source):
        tag = opening[1].lower()
        if opening.start() < at or tag in unclosed:
            continue
        closing = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(source, opening.end())
        if closing is None:
            unclosed.add(tag)  # nor is any later one
            continue
        parts.append(source[at : opening.start()])
        at = closing.end()
    return "".join(parts) + source[at:]


def harmless_text(text: str) -> str:
    """Text with colours and line breaks, without other control characters."""
    parts, at = [], 0
    for count, match in enumerate(_COLOUR.finditer(text)):
        if count == MAX_COLOURS:  # what follows loses its colours
            break
        parts += [_CONTROLS.sub("", _ESCAPE.sub("", text[at : match.start()])), match.group()]
        at = match.end()
    return "".join([*parts, _CONTROLS.sub("", _ESCAPE.sub("", text[at:]))])


def _output(output: dict) -> dict | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {
            "output_type": "stream",
            "name": name,
            "text": harmless_text(_text(output.get("text"))),
        }
    if kind == "error":
        traceback = output.get("traceback")
        return {
            "output_type": "error",
            "ename": harmless_text(_text(output.get("ename"))),
            "evalue": harmless_text(_text(output.get("evalue"))),
            "traceback": [
                harmless_text(line)
                for line in (traceback if isinstance(traceback, list) else [])
                if isinstance(line, str)
            ],
        }
    if kind not in ("display_data", "execute_result"):
        return None
    safe = {
        "output_type": kind,
        "data": _data(_dict(output.get("data"))),
        "metadata": _picture_metadata(_dict(output.get("metadata"))),
    }
    if kind == "execute_result":
        count = output.get("execution_count")
        safe["execution_count"] = count if type(count) is int else None
    return safe


def _data(data: dict) -> dict[str, str]:
    """The parts of an output that can be shown safely; never empty."""
    safe: dict[str, str] = {}
    for mime, value in data.items():
        text = _text(value)
        if not text and value != "":
            continue
        if mime == "text/plain":
            safe[mime] = harmless_text(text)
        elif mime == "text/latex":
            text = _SCRIPT_URL.sub(r"\1 :", _without_controls(text))
            safe[mime] = _MATH_LINK.sub(r"\\ ", text)
        elif mime == "text/markdown":
            safe[mime] = harmless_markdown(text)
        elif mime in _PICTURES and _BASE64.fullmatch(text):
            safe[mime] = text
        elif mime == "text/html":
            try:
                safe[mime] = harmless_html(text)
            except (ValueError, RecursionError, AssertionError, KeyError, IndexError):
                safe.setdefault("text/plain", "(This HTML could not be made safe to show.)")
    svg = _text(data.get("image/svg+xml"))
    if svg and len(svg) < 2_000_000 and not {"text/html", *_PICTURES} & safe.keys():
        # As the source of an <img>, a drawing can neither run anything nor fetch anything.
        encoded = base64.b64encode(svg.encode("utf-8", "replace")).decode()
        safe["text/html"] = f'<img alt="drawing" src="data:image/svg+xml;base64,{encoded}">'
    if not safe:
        kinds = ", ".join(sorted(re.sub(r"[^\w/.+-]", "", str(mime))[:60] for mime in data)[:3])
        safe["text/plain"] = f"(An output of type {kinds or 'unknown'} is not shown.)"
    return safe


def _picture_metadata(metadata: dict) -> dict:
    """Width and height of pictures: templates write them into tags without quotation marks."""
    safe = {}
    for mime in _PICTURES:
        sizes = {
            key: value
            for key, value in _dict(metadata.get(mime)).items()
            if key in ("width", "height") and type(value) in (int, float) and 0 < value < 10_000
        }
        if sizes:
            safe[mime] = sizes
    return safe


def _attachments(attachments: object) -> dict:
    """The pictures among the attachments."""
    safe = {}
    for name, bundle in _dict(attachments).items():
        pictures = {
            mime: _text(data)
            for mime, data in _dict(bundle).items()
            if mime in _PICTURES and _text(data) and _BASE64.fullmatch(_text(data))
        }
        if pictures:
            safe[name] = pictures
    return safe


def _decoded(match: re.Match) -> str:
    """Letters, colons and spaces that were written as character references, which hides links."""
    char = html.unescape(match.group() if match.group().endswith(";") else match.group() + ";")
    return char if re.fullmatch(r"[A-Za-z0-9:\s()\\]", char) else match.group()


def _image_from_tag(match: re.Match) -> str:
    """An `<img>` with a picture of the notebook's own as Markdown; else nothing."""
    source = re.search(rf"\bsrc\s*=\s*[\"']?({_PICTURE_URL})[\"'\s>]", match.group(), re.I)
    alt = re.search(r"\balt\s*=\s*\"([^\"\[\]<>\n]*)\"", match.group(), re.IGNORECASE)
    return f" ![{alt[1] if alt else ''}]({source[1]})" if source else " (picture) "


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\x1b", ""))


def _depth(source: str) -> int:
    """At least how deeply a browser could nest this."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)([A-Za-z][\w-]*)", source):
        if match[2].lower() in ("br", "img", "hr", "td", "th", "tr", "li", "p", "col", "input"):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


@functools.cache
def _cleaner():
    from bleach.css_sanitizer import CSSSanitizer
    from bleach.sanitizer import Cleaner

    tags = re.sub(r"h\[1-6\]", "h1|h2|h3|h4|h5|h6", _BARE_TAGS).split("|")
    cleaner = Cleaner(
        tags=frozenset([*tags, "a", "abbr", "img", "colgroup", "col", "q", "samp", "var", "tt"]),
        attributes=_may_stay,
        protocols=frozenset(["http", "https", "mailto", "data"]),
        strip=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES, allowed_svg_properties=()),
    )
    _bound_attributes(cleaner.parser)
    return cleaner


def _bound_attributes(parser) -> None:
    """Let a parser of html5lib raise ValueError at a tag with too many attributes."""
    start = parser.reset

    def reset():
        start()
        tokenizer = parser.tokenizer
        next_name = tokenizer.attributeNameState

        def attribute_name():
            if len(tokenizer.currentToken["data"]) > MAX_ATTRIBUTES:
                raise ValueError("too many attributes")
            return next_name()

        tokenizer.attributeNameState = attribute_name

    parser.reset = reset


_NEGATIVE = re.compile(r"(?<![\w-])-\s*[\d.]")
"""A negative length moves a box over what stands above it or beside it, such as the verdict."""

_BOXES = ("border", "margin", "padding")
_STYLES = frozenset(
    (
        *(f"{box}-{side}" for box in _BOXES for side in ("top", "bottom", "left", "right")),
        "color",
        "background-color",
        "border",
        "border-collapse",
        "border-color",
        "border-spacing",
        "border-style",
        "border-width",
        "caption-side",
        "font-family",
        "font-size",
        "font-style",
        "font-variant",
        "font-weight",
        "height",
        "letter-spacing",
        "line-height",
        "margin",
        "max-width",
        "min-width",
        "overflow-x",
        "padding",
        "text-align",
        "text-decoration",
        "text-indent",
        "vertical-align",
        "white-space",
        "width",
    )
)
"""Nothing that can fetch an address or lie over the rest of the page."""

_ATTRIBUTES = {
    "abbr": {"title"},
    "img": {"alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
    "table": {"border", "cellpadding", "cellspacing"},
    "col": {"span"},
    "font": {"color"},
    "ol": {"start"},
}


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "style":
        return "url" not in value.lower() and "\\" not in value and not _NEGATIVE.search(value)
    if name == "href":
        return tag == "a" and re.match(r"(?i)\s*(https?://|mailto:|#)", value) is not None
    if name == "src":
        return tag == "img" and re.fullmatch(_PICTURE_URL, value.replace("\n", "")) is not None
    if name == "class":  # pandas' tables; other classes belong to the page around
        return tag == "table" and value == "dataframe"
    return name in _ATTRIBUTES.get(tag, ())


def _text(value: object) -> str:
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _dict(value: object) -> dict:
    return value if isinstance(value, dict) else {}
