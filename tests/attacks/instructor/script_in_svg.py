"""Shows an SVG with a script in it.

Must be recorded as an output; it is made harmless before a person opens it.

Ends: ok
"""
# ruff: noqa

from IPython.display import SVG, display
display(SVG("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><circle r='5' onload='alert(1)'/></svg>"))
