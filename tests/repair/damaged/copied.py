"""Code that was copied through something that changed it: chats, PDF files, terminals, diffs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from repair.damaged import Notebook, index_of, notebook_damage, own_cell

ANSWERS = ("convolve", "convolution_matrix", "count_parameters", "standardize", "batch_norm")
PUT_RIGHT = "held .*that was put right"


def _each_answer(notebook: Notebook, change: Callable[[str], str]) -> None:
    for id in ANSWERS:
        k = index_of(notebook, id)
        if k is not None:
            notebook["cells"][k]["source"] = change(notebook["cells"][k]["source"])


def _lines(text: str, change: Callable[[int, str], str]) -> str:
    return "\n".join(change(k, line) for k, line in enumerate(text.split("\n")))


def copied(change: Callable[[str], str]) -> None:
    """Register a change of the answers' code as a kind of damage."""

    def apply(notebook: Notebook) -> None:
        _each_answer(notebook, change)

    apply.__name__ = change.__name__
    notebook_damage(says=PUT_RIGHT)(apply)


@copied
def non_breaking_spaces(text: str) -> str:
    return text.replace("  ", " \xa0")


@copied
def only_non_breaking_spaces(text: str) -> str:
    return text.replace(" ", "\xa0")


@copied
def invisible_characters(text: str) -> str:
    return "\u200b" + text.replace("\n", "\u200b\n")


@copied
def a_byte_order_mark_in_the_cell(text: str) -> str:
    return "\ufeff" + text


@copied
def colours_of_a_terminal(text: str) -> str:
    return "\x1b[0m" + text


@copied
def null_after_the_answer(text: str) -> str:
    return text + "\x00"


@copied
def typographic_quotation_marks(text: str) -> str:
    text = text.replace('"""', "'''")
    return "“" + text[:0] + "answer”\n" + re.sub(r'"([^"\n]*)"', r"“\1”", text)


@copied
def dashes_for_minus(text: str) -> str:
    return text.replace(" - ", " − ") + "\nsmallest = –1"


@copied
def characters_of_a_web_page(text: str) -> str:
    return html.escape(text + "\nif 1 < 2:\n    small = 1", quote=False)


@copied
def full_width_characters(text: str) -> str:
    return text.replace("(", "（").replace(")", "）").replace(":", "：")


@copied
def wide_spaces(text: str) -> str:
    return text.replace("    ", "\u3000\u3000")


@copied
def line_separators(text: str) -> str:
    return text.replace("\n", "\u2028")


@copied
def line_numbers(text: str) -> str:
    return _lines(text, lambda k, line: f"{k + 1:3d} {line}")


@copied
def signs_of_a_diff(text: str) -> str:
    return _lines(text, lambda k, line: f"+{line}")


@copied
def marks_of_an_email(text: str) -> str:
    return _lines(text, lambda k, line: f"> {line}")


@copied
def a_whole_diff(text: str) -> str:
    """With its header, lines that stayed, and the stub's lines that went."""
    lines = _lines(text, lambda k, line: f"{' +'[k > 0]}{line}")
    return f"--- a/x.py\n+++ b/x.py\n@@ -1,3 +1,9 @@\n{lines}\n-    raise NotImplementedError()"


@copied
def marks_of_an_email_answered_twice(text: str) -> str:
    return _lines(text, lambda k, line: f">> {line}")


@copied
def line_numbers_with_a_bar(text: str) -> str:
    return _lines(text, lambda k, line: f"{k + 1:3d} | {line}")


@copied
def number_of_the_cell(text: str) -> str:
    return f"[12] {text}"


@copied
def prompts_with_answers(text: str) -> str:
    prompted = _lines(text, lambda k, line: f"{'... ' if line[:1].isspace() else '>>> '}{line}")
    return f"{prompted}\n>>> 1 + 1\nabout 2"


@copied
def tags_of_a_web_page(text: str) -> str:
    spaces = html.escape(text, quote=False).replace("    ", "&nbsp;" * 4)
    return f'<pre><code class="python">{spaces}</code></pre>'


@copied
def a_bullet_before_the_code(text: str) -> str:
    return f"• import math\n{text}"


@copied
def brackets_of_a_chinese_keyboard(text: str) -> str:
    return text.replace("[", "【").replace("]", "】")


@copied
def words_around_the_code(text: str) -> str:
    return f"Sure! Here is the function:\n\n```python\n{text}\n```\n\nIt works, since it is short."


@copied
def a_traceback_below_the_code(text: str) -> str:
    return (
        f"{text}\n\n{'-' * 60}\nNameError             Traceback (most recent call last)\n"
        "Cell In[3], line 1\n----> 1 z\n\nNameError: name 'z' is not defined"
    )


@copied
def print_of_python_2(text: str) -> str:
    return f"{text}\n\nprint 'done'"


@copied
def the_stub_below_in_the_same_cell(text: str) -> str:
    names = re.findall(r"^def (\w+)", text, re.MULTILINE)
    stubs = (f"def {name}(*values):\n    raise NotImplementedError()" for name in names)
    return "\n\n\n".join([text, *stubs])


@copied
def a_fence_in_the_code_cell(text: str) -> str:
    return f"```python\n{text}\n```"


@copied
def a_stray_backslash_at_the_end(text: str) -> str:
    return text + "\n\\"


@copied
def a_conflict_mark_left_over(text: str) -> str:
    return "<<<<<<< HEAD\n" + text


@copied
def tabs_in_the_body_only(text: str) -> str:
    head, mark, body = text.rpartition('"""')
    return (
        head + mark + body.replace("    ", "\t") if mark else text + "\nif 1:\n    a = 1\n\tb = 1"
    )


@copied
def line_breaks_written_out(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


@copied
def written_to_a_file(text: str) -> str:
    return "%%writefile answer.py\n" + text


@copied
def a_magic_that_does_not_exist(text: str) -> str:
    return "%%fast\n" + text


@copied
def a_comment_before_the_magic(text: str) -> str:
    return "# mine\n%%time\n" + text


@notebook_damage()
def prompts_of_a_terminal(notebook: Notebook) -> None:
    """IPython takes these away by itself."""
    _each_answer(
        notebook, lambda t: _lines(t, lambda k, line: (">>> " if k == 0 else "... ") + line)
    )


@notebook_damage()
def windows_tabs(notebook: Notebook) -> None:
    _each_answer(notebook, lambda text: text.replace("    ", "\t"))


@notebook_damage(says="turned back")
def fenced_answer_with_text_around(notebook: Notebook) -> None:
    for id in ANSWERS:
        k = index_of(notebook, id)
        if k is not None:
            cell = notebook["cells"][k]
            cell["cell_type"] = "markdown"
            cell["source"] = (
                f"My answer:\n\n```python\n{cell['source']}\n```\n\nI hope it is right."
            )


@notebook_damage(says="merge conflict", only="def ")
def conflict_with_the_stub_first(notebook: Notebook) -> None:
    k = index_of(notebook, "convolve")
    if k is not None:
        source = notebook["cells"][k]["source"]
        stub = "def convolve(x, h):\n    raise NotImplementedError()"
        notebook["cells"][k]["source"] = f"<<<<<<< a\n{stub}\n=======\n{source}\n>>>>>>> b"


@notebook_damage(says="put together", only="convolution_matrix")
def split_around_a_note(notebook: Notebook) -> None:
    k = index_of(notebook, "convolution_matrix")
    at = "    K = len(h)"
    if k is not None and f"\n{at}" in notebook["cells"][k]["source"]:
        head, tail = notebook["cells"][k]["source"].split(f"\n{at}", 1)
        notebook["cells"][k]["source"] = head
        note = own_cell("Now the loop.", "markdown")
        notebook["cells"][k + 1 : k + 1] = [note, own_cell(at + tail)]
