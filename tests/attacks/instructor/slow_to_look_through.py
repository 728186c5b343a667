"""Shows what takes a cleaner of pages hours: blank lines, scripts that nothing closes, endless attributes.

Must be shown or left out at once.

Ends: ok
"""
# ruff: noqa

from IPython.display import HTML, Markdown, display
display(Markdown("\n" * 100_000 + "x"))
display(Markdown("```" + "\n " * 50_000 + "x"))
display(HTML("<script " * 20_000))
display(HTML("<b" + "".join(f" a{i}" for i in range(20_000)) + ">"))
