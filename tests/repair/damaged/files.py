"""Damage to files: names, places, kinds, too many, too few."""

from __future__ import annotations

import io
import json
import re
import zipfile

from repair.damaged import Files, damage, own_cell, read, write

IN_CONVOLUTION = (
    "convolve",
    "convolution_matrix",
    "count_parameters",
    "explain_parameter_sharing",
)


def _renamed(files: Files, name) -> Files:
    """The files under new names, the folders kept."""
    return {
        (name(path) if path.endswith(".ipynb") else path): content
        for path, content in files.items()
    }


def _is_convolution(content: bytes | None) -> bool:
    return b"convolution_matrix" in (content or b"").replace(b"\0", b"")


@damage(says="was graded as")
def downloaded_twice(files: Files) -> Files:
    return _renamed(files, lambda path: path.removesuffix(".ipynb") + " (1).ipynb")


@damage(says="was graded as")
def named_final(files: Files) -> Files:
    return _renamed(files, lambda path: path.capitalize().removesuffix(".ipynb") + "_FINAL.ipynb")


@damage(says="was graded as")
def names_without_meaning(files: Files) -> Files:
    return {f"Untitled{k}.ipynb": content for k, content in enumerate(files.values())}


@damage(says="was graded as")
def names_swapped(files: Files) -> Files:
    paths = sorted(files)
    return dict(zip(paths, [files[path] for path in reversed(paths)], strict=True))


@damage(says="was graded as")
def no_ending(files: Files) -> Files:
    return _renamed(files, lambda path: path.removesuffix(".ipynb"))


@damage(says="was graded as")
def ending_json(files: Files) -> Files:
    return _renamed(files, lambda path: path + ".json")


@damage(says="was graded as")
def ending_txt(files: Files) -> Files:
    return _renamed(files, lambda path: path + ".txt")


@damage(says="was graded as")
def in_a_subfolder(files: Files) -> Files:
    return {f"Blatt 09/Müller, A/{path}": content for path, content in files.items()}


@damage(says="was graded as")
def in_a_zip(files: Files) -> Files:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(f"exercise09/{path}", content or b"")
    return {"submission.zip": packed.getvalue()}


@damage(says="was graded as")
def in_a_zip_in_a_zip(files: Files) -> Files:
    return in_a_zip(in_a_zip(files))


@damage(says="was graded as")
def a_zip_named_ipynb(files: Files) -> Files:
    return {"convolution.ipynb": in_a_zip(files)["submission.zip"]}


@damage(says="was graded as")
def both_in_one_notebook(files: Files) -> Files:
    notebooks = [notebook for notebook in map(read, files.values()) if notebook]
    if len(notebooks) != 2 or len(files) != 2:
        return files
    merged = notebooks[0] | {"cells": notebooks[1]["cells"] + notebooks[0]["cells"]}
    return {"exercise09.ipynb": write(merged)}


@damage()
def extra_notebooks(files: Files) -> Files:
    scratch = {"cells": [own_cell("1 + 1")], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return files | {"scratch.ipynb": write(scratch), "old/Untitled.ipynb": write(scratch)}


@damage()
def another_exercise(files: Files) -> Files:
    other = {"cells": [own_cell("def backprop(w):\n    return w")], "metadata": {}, "nbformat": 4}
    return files | {"exercise08.ipynb": write(other | {"nbformat_minor": 5})}


@damage()
def untouched_release_beside(files: Files) -> Files:
    from repair.damaged.undamaged import exercise, released

    sources = exercise().notebooks
    return files | {f"release/{name}.ipynb": write(released(sources[name])) for name in sources}


@damage()
def checkpoints_beside(files: Files) -> Files:
    for path, content in list(files.items()):
        if notebook := read(content):
            for cell in notebook["cells"]:
                cell["source"] = cell["source"].replace("return ", "return 7 + ")
            name = path.rsplit("/", 1)[-1].replace(".ipynb", "-checkpoint.ipynb")
            files[f".ipynb_checkpoints/{name}"] = write(notebook)
    return files


@damage(says="was taken from .ipynb_checkpoints/")
def answers_in_checkpoints_only(files: Files) -> Files:
    """The notebooks were replaced by those that were handed out."""
    from repair.damaged.undamaged import exercise, released

    sources = exercise().notebooks
    for path, content in list(files.items()):
        name = path.rsplit("/", 1)[-1].removesuffix(".ipynb")
        if name in sources and content is not None:
            files[f".ipynb_checkpoints/{name}-checkpoint.ipynb"] = content
            files[path] = write(released(sources[name]))
    return files


@damage(says="other answers")
def older_copies_beside(files: Files) -> Files:
    """Copies with fewer answers, under a newer name."""
    for path, content in list(files.items()):
        if notebook := read(content):
            code = [cell for cell in notebook["cells"] if cell["source"].startswith("def ")]
            for cell in code:
                cell["source"] = cell["source"].replace("return ", "return 7 + ")
            for cell in code[1:3]:
                cell["source"] = re.sub(
                    r'("""\n)(    .*\n?)+$', r"\1    raise NotImplementedError()", cell["source"]
                )
            files["old_" + path.replace("/", "_")] = write(notebook)
    return files


@damage(says="other answers")
def wrong_versions_beside(files: Files) -> Files:
    """As complete as the others, in places and under names that say that they are not the last."""
    for path, content in list(files.items()):
        if notebook := read(content):
            for cell in notebook["cells"]:
                cell["source"] = cell["source"].replace("return ", "return 7 + ")
            name = path.rsplit("/", 1)[-1]
            for wrong in (f"old/{name}", f"part/{name}", name.replace(".ipynb", "_draft.ipynb")):
                files[wrong] = write(notebook)
    return files


@damage()
def data_files_beside(files: Files) -> Files:
    return files | {"data.csv": b"a,b\n1,2\n", "plot.png": b"\x89PNG\r\n", "timestamp.txt": b"now"}


@damage(says="convolution")
def an_empty_file_beside(files: Files) -> Files:
    return files | {"convolution (2).ipynb": b""}


@damage(says="huge")
def a_huge_file_beside(files: Files) -> Files:
    return files | {"huge.ipynb": None}


@damage()
def apple_double_files(files: Files) -> Files:
    return files | {f"__MACOSX/._{path}": b"\0\5\x16\7Mac OS X" for path in files}


@damage(says="not handed in|no convolution.ipynb|was graded as", lost=IN_CONVOLUTION)
def one_notebook_missing(files: Files) -> Files:
    return {path: content for path, content in files.items() if not _is_convolution(content)}


@damage(says="no convolution.ipynb|was not used", lost=IN_CONVOLUTION)
def one_notebook_empty(files: Files) -> Files:
    return {p: (b"" if _is_convolution(content) else content) for p, content in files.items()}


@damage(says="no convolution.ipynb|was not used", lost=IN_CONVOLUTION)
def one_notebook_too_large(files: Files) -> Files:
    return {p: (None if _is_convolution(content) else content) for p, content in files.items()}


@damage(says="no convolution.ipynb|was not used", lost=IN_CONVOLUTION)
def one_notebook_of_noise(files: Files) -> Files:
    noise = bytes(range(256)) * 40
    return {p: (noise if _is_convolution(content) else content) for p, content in files.items()}


def _written_ids() -> tuple[str, ...]:
    return ("explain_parameter_sharing", "explain_batch_norm", "explain_rescaling")


def _exported(files: Files, ending: str, export) -> Files:
    exported = {}
    for path, content in files.items():
        notebook = read(content)
        new_path = path.removesuffix(".ipynb") + ending if notebook else path
        exported[new_path] = export(notebook).encode() if notebook else content
    return exported


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))


@damage(says="script with cells")
def exported_by_jupytext(files: Files) -> Files:
    def export(notebook) -> str:
        parts = ["# ---\n# jupyter:\n#   jupytext:\n#     text_representation: x\n# ---\n"]
        for cell in notebook["cells"]:
            nbgrader = cell["metadata"].get("nbgrader", {})
            options = f" nbgrader={json.dumps(nbgrader)}" if nbgrader else ""
            if cell["cell_type"] == "code":
                parts.append(f"# %%{options}\n{cell['source']}\n")
            else:
                parts.append(f"# %% [markdown]{options}\n{_commented(cell['source'])}\n")
        return "\n".join(parts)

    return _exported(files, ".py", export)


@damage(says="is a script")
def exported_by_colab(files: Files) -> Files:
    """Texts are strings at the margin, with an empty line between any two cells."""

    def export(notebook) -> str:
        texts = [
            cell["source"]
            if cell["cell_type"] == "code"
            else '"""{}"""'.format(cell["source"].replace("\\", "\\\\"))
            for cell in notebook["cells"]
        ]
        return "\n\n".join(['# -*- coding: utf-8 -*-\n"""Made by Colab.\n"""', *texts])

    return _exported(files, ".py", export)


@damage(says="exported as a script", lost=_written_ids())
def exported_by_nbconvert(files: Files) -> Files:
    """Where one Markdown cell ends and the next begins is not kept, but the code is."""

    def export(notebook) -> str:
        parts = ["#!/usr/bin/env python\n# coding: utf-8\n"]
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                parts.append(f"# In[ ]:\n\n\n{cell['source']}\n\n")
            else:
                parts.append("\n".join(f"# {line}" for line in cell["source"].split("\n")) + "\n")
        return "\n".join(parts)

    return _exported(files, ".py", export)


@damage(says="script", lost=_written_ids())
def plain_python_file(files: Files) -> Files:
    def export(notebook) -> str:
        code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
        return "\n\n\n".join(code) + "\n"

    return _exported(files, ".py", export)


@damage(says="a notebook saved as a web page")
def shown_and_saved_by_a_browser(files: Files) -> Files:
    from html import escape

    page = "<html><head></head><body><pre>{}</pre></body></html>"
    return _exported(files, ".html", lambda notebook: page.format(escape(json.dumps(notebook))))


@damage(says="web page", lost=_written_ids())
def exported_as_web_page(files: Files) -> Files:
    from html import escape

    def export(notebook) -> str:
        parts = ["<!DOCTYPE html>\n<html><head><title>x</title></head><body>"]
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                parts.append(
                    '<div class="cm-editor"><div class="highlight hl-ipython3"><pre><span></span>'
                    f"{escape(cell['source'])}\n</pre></div></div>"
                )
            else:
                parts.append(
                    f"<div class='jp-MarkdownOutput'><p>{escape(cell['source'])}</p></div>"
                )
        return "\n".join([*parts, "</body></html>"])

    return _exported(files, ".html", export)


@damage(says="Markdown text", lost=_written_ids())
def exported_as_markdown(files: Files) -> Files:
    def export(notebook) -> str:
        return "\n\n".join(
            f"```python\n{cell['source']}\n```" if cell["cell_type"] == "code" else cell["source"]
            for cell in notebook["cells"]
        )

    return _exported(files, ".md", export)
