"""The filters of pages: HTML and Markdown of a notebook, cleaned and in a box of its own."""

from __future__ import annotations

from html import escape

import jinja2
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from autograder.sanitize import safe_html
from autograder.sanitize.formulas import FormulaRenderer


def clean_html(html: str | bytes) -> safe_html.SafeHtml:
    """The HTML without scripts and frames, in a box that it cannot leave.

    No address is loaded when the page is opened: pictures must be embedded.
    """
    if isinstance(html, safe_html.SafeHtml):
        return html
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else str(html)
    return safe_html.in_a_box(_cleaned(text))


def _cleaned(text: str) -> str:
    try:
        return safe_html.clean(text)
    except ValueError as reason:
        words = escape(safe_html.text_of(text))
        return f"<p>(This HTML is {reason} to be shown; its text is:)</p><pre>{words}</pre>"


@jinja2.pass_context
def markdown_to_clean_html(context: Context, source: str) -> safe_html.SafeHtml:
    """Markdown as nbconvert shows it, cleaned, with formulas that need no script."""
    return markdown(source, context.get("cell", {}).get("attachments", {}))


def markdown(source: str, attachments: dict[str, dict[str, str]]) -> safe_html.SafeHtml:
    """Markdown as HTML, cleaned and in a box, with formulas that need no script."""
    renderer = FormulaRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    html = _cleaned(MarkdownWithMath(renderer=renderer).render(source))
    return safe_html.in_a_box(renderer.with_formulas(html))
