"""Damage to the bytes of notebook files: encodings, broken JSON, wrong types, cut off ends."""

from __future__ import annotations

import json
import re

from repair.damaged import Files, damage, notebook_damage, own_cell, read, write


def _each_text(files: Files, change) -> Files:
    """The files with their text changed, those that are no UTF-8 text left alone."""
    for path, content in files.items():
        try:
            text = (content or b"").decode("utf-8")
        except UnicodeDecodeError:
            continue
        if path.endswith(".ipynb") and text and "\0" not in text:
            files[path] = change(text)
    return files


@damage(says="byte order mark")
def byte_order_mark(files: Files) -> Files:
    return _each_text(files, lambda text: b"\xef\xbb\xbf" + text.encode())


@damage(says="UTF-16")
def utf_16(files: Files) -> Files:
    return _each_text(files, lambda text: text.encode("utf-16"))


@damage(says="UTF-16")
def utf_16_without_mark(files: Files) -> Files:
    return _each_text(files, lambda text: text.encode("utf-16-le"))


@damage(says="UTF-32")
def utf_32(files: Files) -> Files:
    return _each_text(files, lambda text: text.encode("utf-32"))


@damage(says="Windows line ends")
def windows_line_ends(files: Files) -> Files:
    return _each_text(files, lambda text: text.replace("\n", "\r\n").encode())


@notebook_damage()
def windows_line_ends_in_cells(notebook) -> None:
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\r\n", "\n").replace("\n", "\r\n")


@notebook_damage()
def tabs_at_line_ends(notebook) -> None:
    """An editor that leaves spaces at the ends of lines of the exercise's own cells."""
    for cell in notebook["cells"]:
        if str(cell["metadata"].get("nbgrader", {}).get("grade_id", "")).endswith("_task"):
            cell["source"] = cell["source"].replace("\n", "  \n") + "\n\n"


@damage(says="not valid JSON")
def trailing_commas(files: Files) -> Files:
    return _each_text(files, lambda text: re.sub(r"([\]}])\n( *[\]}])", r"\1,\n\2", text).encode())


@damage(says="not valid JSON|damaged")
def missing_commas(files: Files) -> Files:
    return _each_text(files, lambda text: re.sub(r'"code",\n', '"code"\n', text).encode())


@damage(says="damaged or cut off")
def missing_first_brace(files: Files) -> Files:
    return _each_text(files, lambda text: text.replace("{", "", 1).encode())


@damage(says="damaged or cut off")
def missing_end(files: Files) -> Files:
    """The last 200 characters did not arrive; they hold metadata only."""
    return _each_text(
        files, lambda text: text[:-200].encode() if text.endswith("}\n") else text.encode()
    )


@damage(says="damaged or cut off")
def cut_off_in_the_last_cell(files: Files) -> Files:
    def cut(text: str) -> bytes:
        at = text.rfind("# The end of my notebook")
        return (text[: at + 10] if at > 0 else text).encode()

    return _each_text(files, cut)


@damage(
    says="not in what could be read",
    lost=(
        "equivalent_weight",
        "explain_rescaling",
        "network_batch_norm",
        "explain_parameter_sharing",
    ),
)
def cut_off_in_the_middle(files: Files) -> Files:
    """The file ends in the test before the last tasks."""

    def cut(text: str) -> bytes:
        for mark in ("# network_standardized: 2 points", "# count_parameters: 2 points"):
            at = text.find(mark)
            if at > 0:
                return text[: at + 10].encode()
        return text.encode()

    return _each_text(files, cut)


@damage(says="not valid JSON|damaged")
def text_before_and_after(files: Files) -> Files:
    """A notebook pasted from a web page."""
    return _each_text(files, lambda text: ("Download raw file\n" + text + "\n\n3.2 kB\n").encode())


@notebook_damage()
def not_a_number_in_json(notebook) -> None:
    notebook["metadata"]["loss"] = float("nan")
    for cell in notebook["cells"]:
        cell["metadata"]["score"] = float("-inf")


@notebook_damage()
def very_large_number_in_json(notebook) -> None:
    notebook["metadata"]["large"] = 10**4000


@damage()
def deep_json(files: Files) -> Files:
    """Nested deeper than any parser goes, beside the cells."""

    def nest(text: str) -> bytes:
        deep = "[" * 100_000 + "]" * 100_000
        return re.sub(
            r'"nbformat": 4,', f'"deep": {deep},\n "nbformat": 4,', text, count=1
        ).encode()

    return _each_text(files, nest)


@notebook_damage()
def cells_of_wrong_types(notebook) -> None:
    notebook["cells"][3:3] = [
        own_cell("") | {"metadata": {"nbgrader": {"grade_id": k}, "tags": k}}
        for k in (7, None, [], {}, True)
    ]


@damage()
def wrong_types_everywhere(files: Files) -> Files:
    """Numbers, lists and nothing where cells, metadata and ids are expected."""
    for path, content in files.items():
        notebook = read(content)
        if notebook is None:
            continue
        raw = json.loads(write(notebook))
        raw["cells"][2:2] = [
            None, 3, "cell", [], {}, {"cell_type": 5, "source": 7, "metadata": []},
            {"cell_type": "code", "source": {"a": 1}, "metadata": {"nbgrader": [1]}, "id": {}},
            {"cell_type": "code", "source": [None, 4, ["x"]], "outputs": 5, "attachments": [3]},
        ]  # fmt: skip
        raw["metadata"] = ["kernelspec"]
        raw["nbformat"] = "four"
        files[path] = json.dumps(raw).encode()
    return files


@notebook_damage()
def missing_cell_types(notebook) -> None:
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader"):
            cell.pop("cell_type", None)
            cell.setdefault("cell_type", "unknown")


@damage(says="merge conflict")
def merge_conflict_in_outputs(files: Files) -> Files:
    """Both sides hold the same answers; the conflict is in a number."""

    def conflict(text: str) -> bytes:
        return re.sub(
            r'( *"execution_count": )null,\n',
            r"<<<<<<< HEAD\n\1 3,\n=======\n\1 4,\n>>>>>>> origin/main\n",
            text,
            count=2,
        ).encode()

    return _each_text(files, conflict)


@notebook_damage()
def lone_surrogates(notebook) -> None:
    notebook["cells"].append(own_cell("face = 'REPLACED'"))
    notebook["cells"][-1]["source"] = "face = '\\ud83d'  # half a character"


@notebook_damage()
def null_characters(notebook) -> None:
    notebook["cells"].append(own_cell("a = 1\x00\nb = '\x1b[2J\u202e'"))
