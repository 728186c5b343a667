"""Nothing of a student's runs when a notebook is opened; tables, pictures and formulas show."""

from __future__ import annotations

import base64
import html
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters.markdown import markdown2html_mistune

from autograder.sanitize import safe_html
from autograder.sanitize.notebooks import (
    harmless_html,
    harmless_markdown,
    harmless_notebook,
    harmless_text,
)

PNG = base64.b64encode(b"\x89PNG\r\n").decode()

SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<iframe src='https://example.org'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java&#115;cript&colon;alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    '<a title="\n\n<script>alert(1)</script>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=x onerror=a()&gt;'>",
    "<details open ontoggle=alert(1)>x</details>",
    "<form action='https://example.org'><input name=score>"
    "<button class=full-credit>x</button></form>",
    "<object data='x.swf'></object><embed src=x>"
    "<link rel=stylesheet href=x><meta http-equiv=refresh>",
    "<base href='https://example.org/'>",
    "<p style='position:fixed;top:0;background:url(https://example.org/a)'>x</p>",
    "<style>*{display:none}</style>",
    "<<script>script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<br\nonmouseover=alert(1)>",
    "<p/onclick=alert(1)>x</p>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img src='https://example.org/seen.png'>",
    "[x](javascript:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](javascript&#x00000003A;alert(1))",
    "[x](javascript&#00000000000058;alert(1))",
    "[x](< javascript:alert(1)>)",
    "[x](vbscript:alert(1)) [y](data:text/html;base64,AAAA)",
    "[r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](https://example.org/seen.png)",
    "![x][r]\n\n[r]: https://example.org/seen.png",
    "![x](data:image/png;base64,AAAA' onerror='alert(1))",
    "![CDATA[<script>alert(1)</script>]]",
    "$<script>alert(1)</script>$",
    "$$\n<img src=x onerror=alert(1)>\n$$",
    "`<img src=x onerror=alert(1)>`",
    "```\n</pre><script>alert(1)</script>\n```",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=a()> | 2 |",
    "\\href{javascript:alert(1)}{x}",
    "<a id=statusmessage name=score class='btn full-credit' href='#'>x</a>",
]


class Page(HTMLParser):
    """What a browser would find in a page."""

    ALLOWED = frozenset(
        [
            "p",
            "a",
            "b",
            "i",
            "u",
            "s",
            "em",
            "strong",
            "small",
            "sub",
            "sup",
            "code",
            "pre",
            "kbd",
            "mark",
            "del",
            "br",
            "hr",
            "div",
            "span",
            "center",
            "font",
            "blockquote",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "caption",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "th",
            "td",
            "details",
            "summary",
            "img",
            "abbr",
            "colgroup",
            "col",
        ]
    )

    def __init__(self, text: str):
        super().__init__()
        self.problems: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in self.ALLOWED:
            self.problems.append(tag)
        for name, value in attrs:
            value = "".join((value or "").split()).lower()
            heading = name == "id" and tag.startswith("h")  # nbconvert's
            forbidden = name.startswith("on") or name in ("id", "name", "srcset", "formaction")
            if forbidden and not heading:
                self.problems.append(f"{tag} {name}")
            if name == "src" and not value.startswith("data:image/"):
                self.problems.append(f"{tag} src={value}")
            if name == "href" and value.startswith(("javascript:", "vbscript:", "data:")):
                self.problems.append(f"{tag} href={value}")
            if name == "style" and ("url" in value or "position" in value):
                self.problems.append(f"{tag} style={value}")

    def handle_decl(self, decl):
        self.problems.append(decl)


def rendered(source: str) -> str:
    markdown = pytest.importorskip("nbconvert.filters.markdown_mistune")
    return markdown.markdown2html_mistune(source)


@pytest.mark.parametrize("source", SCRIPTS, ids=range(len(SCRIPTS)))
def test_markdown_holds_nothing_that_runs_or_is_fetched(source):
    assert Page(rendered(harmless_markdown(source))).problems == []


@pytest.mark.parametrize("source", SCRIPTS, ids=range(len(SCRIPTS)))
def test_html_holds_nothing_that_runs_or_is_fetched(source):
    assert Page(harmless_html(source)).problems == []


@pytest.mark.parametrize("source", SCRIPTS, ids=range(len(SCRIPTS)))
def test_cleaning_twice_is_cleaning_once(source):
    once = harmless_markdown(source)

    assert harmless_markdown(once) == once


def test_formulas_tables_and_code_still_show():
    source = (
        "So $\\frac{a}{b} < c$ and "
        "$$W_h = \\begin{pmatrix} h_1 & 0 \\\\ 0 & h_1\\end{pmatrix}$$\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n1. **bold**, *italic*, H<sub>2</sub>O<br>\n\n"
        "```python\nif a < b: pass\n```\n\n[link](https://example.org/a_b?c=d&e=f)\n"
    )

    assert harmless_markdown(source) == source


def test_own_pictures_in_markdown_still_show():
    source = f"![a](data:image/png;base64,{PNG}) ![b](attachment:b.png)"
    page = Page(rendered(harmless_markdown(f'<img alt="a" src="data:image/png;base64,{PNG}">')))

    assert harmless_markdown(source, {"b.png"}) == source
    assert page.tags.count("img") == 1


def test_a_missing_attachment_does_not_stop_nbconvert():
    assert "img" not in Page(rendered(harmless_markdown("![b](attachment:b.png)"))).tags


def test_tables_of_pandas_and_the_report_keep_their_form():
    table = (
        '<table border="1" class="dataframe"><tr style="text-align: right;"><th>a</th></tr></table>'
    )
    report = (
        '<pre style="white-space:pre-wrap;font-family:monospace;margin:2px 0 8px 0">&lt;x&gt;</pre>'
    )

    assert harmless_html(table).count("class") == 1
    assert "text-align: right" in harmless_html(table)
    assert "white-space:pre-wrap" in harmless_html(report).replace(": ", ":")


def notebook_with(*outputs: dict) -> dict:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "outputs": [*outputs]}
    return {"cells": [cell | {"execution_count": 1}], "metadata": {"widgets": {}}, "nbformat": 4}


def data_of(data: dict, metadata: dict | None = None) -> tuple[dict, dict]:
    output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
    (safe,) = harmless_notebook(notebook_with(output))["cells"][0]["outputs"]
    return safe["data"], safe["metadata"]


def test_pictures_and_numbers_are_kept():
    assert data_of({"image/png": PNG, "text/plain": "3.0"})[0] == {
        "image/png": PNG,
        "text/plain": "3.0",
    }


@pytest.mark.parametrize(
    "mime",
    [
        "application/javascript",
        "text/javascript",
        "application/vnd.jupyter.widget-view+json",
        "application/vnd.bokehjs_exec.v0+json",
        "application/pdf",
        "text/vnd.mermaid",
        "application/vnd.plotly.v1+json",
    ],
)
def test_what_runs_is_dropped_and_the_text_beside_it_shown(mime):
    assert data_of({mime: "alert(1)", "text/plain": "x"})[0] == {"text/plain": "x"}
    assert "not shown" in data_of({mime: "alert(1)"})[0]["text/plain"]


def test_drawings_become_pictures_that_cannot_run():
    data, _ = data_of({"image/svg+xml": "<svg onload='alert(1)'></svg>"})

    assert data["text/html"].startswith('<img alt="drawing" src="data:image/svg+xml;base64,')


def test_a_picture_that_is_none_cannot_leave_its_quotation_marks():
    assert "image/png" not in data_of({"image/png": '" onerror="alert(1)'})[0]


def test_sizes_of_pictures_are_numbers():
    metadata = {"image/png": {"width": "1 onload=alert(1)", "height": 20, "alt": "x"}}

    assert data_of({"image/png": PNG}, metadata)[1] == {"image/png": {"height": 20}}
    assert data_of({"text/html": "x"}, {"text/html": {"isolated": True}})[1] == {}


def test_colours_stay_and_other_control_characters_go():
    text = "\x1b[31mred\x1b[0m\x1b]8;;https://example.org\x07link\x1b]8;;\x07\x1b[2J\x07\u202e\tx\n"

    assert harmless_text(text) == "\x1b[31mred\x1b[0mlink\tx\n"


def test_outputs_of_wrong_types_are_no_crash():
    outputs = (
        {"output_type": "stream", "name": 3, "text": [None, "a"]},
        {"output_type": "error", "traceback": {"a": 1}, "ename": None},
        {"output_type": "display_data", "data": [1], "metadata": 3},
        {"output_type": "execute_result", "execution_count": "1"},
        {"output_type": "other"},
    )
    safe = harmless_notebook(notebook_with(*outputs))

    assert len(safe["cells"][0]["outputs"]) == 4
    assert safe["metadata"] == {}


def test_locked_cells_of_the_instructor_stay_as_they_are():
    locked = {"nbgrader": {"locked": True, "solution": False, "grade": False}}
    answer = {"nbgrader": {"locked": True, "solution": True, "grade": True}}
    source = "<figure><img src='https://example.org/a.png'></figure>"
    cells = [
        {"cell_type": "markdown", "metadata": metadata, "source": source}
        for metadata in (locked, answer)
    ]
    safe = harmless_notebook({"cells": cells, "metadata": {}})["cells"]

    assert safe[0]["source"] == source
    assert "<figure" not in safe[1]["source"]


def test_a_large_picture_in_html_keeps_its_description():
    source = f'<img alt="a curve" src="data:image/png;base64,{"A" * 300_000}">'

    assert source == data_of({"text/html": source})[0]["text/html"]


def test_html_that_takes_too_long_to_look_through_is_not_shown():
    embedded = f'<img src="data:image/png;base64,{"A" * 600_000}">'
    for source in ("<b>" * 30_000, "<table>" * 20_000, "x" * 300_000, embedded * 2):
        assert "text/html" not in data_of({"text/html": source})[0]


@pytest.mark.parametrize(
    "html",
    [
        "<script " * 20_000,
        "<style>" * 25_000,
        "<b" + " a" * 90_000 + ">",
        "<b" + "".join(f" a{number}" for number in range(20_000)) + ">",
    ],
)
def test_html_that_a_cleaner_takes_minutes_for_is_looked_through_at_once(html):
    start = time.perf_counter()
    data_of({"text/html": html})

    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("source", ["\n" * 200_000, "```" + "\n " * 100_000, "`" * 200_000])
def test_markdown_of_blank_lines_is_looked_through_at_once(source):
    start = time.perf_counter()
    harmless_markdown(source + "x")

    assert time.perf_counter() - start < 5


def test_scripts_and_styles_go_with_what_is_between():
    html = "<b>a</b><script>b()</SCRIPT ><style>c {}</style>d<script>e()</script>f<style>g"

    safe = data_of({"text/html": html})[0]["text/html"]

    assert safe.startswith("<b>a</b>df")
    assert "b()" not in safe and "e()" not in safe


@pytest.mark.parametrize("before", ["", "> ", "- ", "1. ", "x\r", "~~~\n~~~\n"])
def test_no_block_of_markdown_is_a_diagram(before):
    safe = harmless_markdown(before + "```mermaid\ngraph TD; A\n```")

    assert "mermaid" not in markdown2html_mistune(safe)


@pytest.mark.parametrize(
    "style",
    [
        "margin-top:-300px",
        "margin: -3em 0",
        "letter-spacing:-9px",
        "text-indent: -.5em",
        "margin-top:calc(0px - 420px)",
        "margin-top:calc(-infinity * 1px)",
        "margin-top:calc(-pi * 1px)",
        "margin-top:min(-1px, 2px)",
        "margin-top:var(--x, -1px)",
        "margin-top:env(x, -1px)",
        "margin-top:-/**/1px",
        "margin-top:/**/-420px",
        "m\\61rgin-top:-420px",
        "margin-top:\\2d 420px",
        "margin-top:-420p\\78",
        "margin-top:-1e3px !important",
        "--x:-420px;margin-top:var(--x)",
        "position:fixed;top:0",
        "p\\6fsition:absolute;top:0",
        "posi/**/tion:fixed",
        "transform:translateY(-420px)",
        "translate:0 -420px",
        "scale:9",
        "inset:0",
        "top:-420px",
        "float:left",
        "z-index:9",
        "box-shadow:0 -420px white",
        "outline:420px solid white",
        "text-shadow:0 -420px red",
        "background:url(https://example.org/x)",
        "background-image:image-set('https://example.org/x' 1x)",
        "width:1e9px",
        "display:none",
    ],
)
def test_no_style_moves_anything_out_of_its_place(style):
    assert "" == safe_html.clean_style(style)
    assert "<p>2 of 2</p>" == harmless_html(f'<p style="{style}">2 of 2</p>')


def test_what_a_style_may_say_stays():
    style = "border: 1px solid #767676; padding: 2px 0 4.5em 50%; color: rgba(255,0,0,0.5)"

    assert style == safe_html.clean_style(style.replace(";", " /* ; */ ;") + "; margin: -1px")
    assert "font-family: 'Fira Code' , monospace" == safe_html.clean_style(
        'FONT-FAMILY:"Fira Code",monospace'
    )


PIECES = st.sampled_from(
    [
        *("margin", "margin-top", "padding", "width", "position", "transform", "color", "display"),
        *(
            ":",
            ";",
            " ",
            "-",
            "\\2d ",
            "\\",
            "/*",
            "*/",
            "(",
            ")",
            "{",
            "}",
            "[",
            "'",
            '"',
            ",",
            "!",
        ),
        *("calc(", "var(--x", "env(", "url(", "min(", "rgb(", "0px - 420px", "-420px", "-infinity"),
        *(
            "-pi",
            "420px",
            "1e9px",
            "9em",
            "fixed",
            "auto",
            "red",
            "#fff",
            "-1",
            "+",
            "1",
            "%",
            "px",
        ),
        *("\n", "\x00", "<!--", "-->", "@import", "important", "--x", "&#45;", "\u2212"),
    ]
)
PLAIN = re.compile(
    r"[a-z-]+: (?:(?:[0-9.]+(?:e\+\d+)?[a-z%]*|[A-Za-z][A-Za-z -]*|'[^']*'|,|#[0-9a-f]{6}"
    r"|rgba\([0-9.,]+\))(?: |$))+"
)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
@settings(max_examples=600, deadline=None)
def test_every_style_that_is_left_is_plain(style):
    """Known properties, no function but a colour's, no number below zero; cleaned once for all."""
    kept = safe_html.clean_style(style)

    assert kept == safe_html.clean_style(kept)
    for declaration in filter(None, kept.split("; ")):
        name, value = declaration.split(": ", 1)
        assert PLAIN.fullmatch(declaration), declaration
        assert not re.search(r"(?:^| )-", value)
        assert not {"fixed", "absolute", "sticky"} & set(value.split())
        assert not name.startswith(("--", "position", "transform"))


@given(st.text(max_size=200) | st.lists(st.sampled_from(SCRIPTS), max_size=4).map("".join))
@settings(max_examples=200, deadline=None)
def test_html_cleaned_twice_is_cleaned_once(source):
    once = harmless_html(source)

    assert once == harmless_html(once)
    assert Page(once).problems == []


@pytest.mark.parametrize(
    "said",
    [
        "if a <b and c> d, then",
        "K <p and q> 3",
        "a<b, c>d",
        "vector<s t>",
        "<i think> so",
        "1 <u> 2",
        '<b title="why">',
        "<!-- my answer -->",
        "<student> wrote x",
        "x <- y, y -> z, <=>",
    ],
)
def test_no_word_between_angle_brackets_is_lost(said):
    def words(text):
        return re.findall(r"\w+", text)

    shown = rendered(harmless_markdown(said))
    visible = re.sub(r"</?(?:p|u|i|b|s)>", lambda tag: f" {tag[0][1:-1].strip('/')} ", shown)

    assert set(words(said)) <= set(words(html.unescape(visible))), shown


def test_presentation_goes_and_its_text_stays():
    source = '<div align="center"><font color=red size=7>x</font></div><details open>y</details>'

    assert "<div><font>x</font></div><details>y</details>" == harmless_markdown(source)


def test_what_a_picture_from_elsewhere_is_called_stays():
    safe = harmless_markdown('<img src="https://example.org/w.png" alt="my matrix">')

    assert "my matrix" in safe and "example.org/w.png" in safe
    assert "img" not in Page(rendered(safe)).tags


def test_html_that_is_not_shown_leaves_its_text():
    page = "<style>p {}</style><p>my result: 3 &lt; 4</p>" + "<b>x</b>" * 30_000
    data, _ = data_of({"text/html": page, "text/plain": "<IPython.core.display.HTML object>"})

    assert "text/html" not in data
    assert data["text/plain"].startswith("(This HTML is too long to be shown; its text is:)\nmy")
    assert "my result: 3 < 4" in data["text/plain"] and "p {}" not in data["text/plain"]


def test_an_attachment_that_is_no_picture_is_named():
    answer = {"nbgrader": {"solution": True, "grade": True}}
    cell = {"cell_type": "markdown", "metadata": answer, "source": "See below."}
    cell["attachments"] = {"my proof.pdf": {"application/pdf": "JVBERi0="}}
    (safe,) = harmless_notebook({"cells": [cell], "metadata": {}})["cells"]

    assert "See below.\n\n(The attachment my proof.pdf is not shown.)" == safe["source"]
    assert "attachments" not in safe


def test_styles_with_hyphens_in_names_stay():
    html = '<td style="font-family: sans-serif; padding-left: 3px">x</td>'

    assert "padding-left" in data_of({"text/html": f"<table><tr>{html}"})[0]["text/html"]


MACRO = r"$\newcommand{\go}[1]{\href{java#1}{x}} \go{script:alert(1)}$"


@pytest.mark.parametrize(
    "formula",
    [
        MACRO,
        MACRO.replace("href", "mmlToken{mi}"),
        MACRO.replace("{x}", "").replace("href", "style"),
    ],
)
def test_no_formula_makes_a_link_of_an_address_from_a_macro(formula):
    latex = data_of({"text/latex": formula})[0]["text/latex"]

    for safe in (latex, harmless_markdown(formula), harmless_html(formula)):
        assert not re.search(r"\\(href|mmlToken|style)", safe)
    assert not re.search(r"\\href", harmless_html(formula.replace("\\", "&bsol;")))
    assert not re.search(r"\\href", harmless_html(formula.replace("href", "h&#114;ef")))


@pytest.mark.parametrize(
    "source", ["a" + " " * 100_000 + "b", r"\begin{a}" * 20_000, "# a\n" * 50_000]
)
def test_markdown_that_takes_minutes_is_shown_as_it_was_typed(source):
    safe = harmless_markdown(source)
    page = markdown2html_mistune(safe)

    assert "<h1" not in page
    assert harmless_markdown(safe) == safe


def test_text_keeps_its_first_colours():
    safe = harmless_text("\x1b[31mr\x1b[0m" * 50_000)

    assert safe.startswith("\x1b[31mr\x1b[0m")
    assert 1000 < safe.count("\x1b") < 5000
    assert safe.count("r") == 50_000
