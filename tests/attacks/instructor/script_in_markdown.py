"""Shows Markdown and LaTeX with links that run a script.

Must be recorded as an output; it is made harmless before a person opens it.

Ends: ok
"""
# ruff: noqa

from IPython.display import Latex, Markdown, display
display(Markdown("[click me](javascript:alert(1)) <iframe src='javascript:alert(1)'></iframe>"))
display(Latex(r"$\href{javascript:alert(1)}{x}$"))
