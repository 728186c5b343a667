"""Puts the address of a link together in a formula, where no part of it is an address.

Must be recorded as an output; the link is taken out before a person opens it.

Ends: ok
"""
# ruff: noqa

from IPython.display import HTML, Latex, Markdown, display
formula = r"$\newcommand{\go}[1]{\href{java#1}{click}} \go{script:alert(1)}$"
display(Latex(formula), Markdown(formula), HTML(f"<p>{formula}</p>"))
