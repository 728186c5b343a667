"""Notebooks packed, encoded or written in ways of their own."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import re
import tarfile
import zipfile

from repair.damaged import Files, damage, read

UNPACKED = "packed into other data"


def _notebooks(files: Files, change) -> Files:
    """The files with every notebook changed, as a JSON value, to a text."""
    changed = dict(files)
    for path, content in files.items():
        notebook = read(content)
        if notebook is not None:
            text = change(notebook)
            changed[path] = text if isinstance(text, bytes) else text.encode()
    return changed


@damage(says=UNPACKED)
def encoded_twice(files: Files) -> Files:
    return _notebooks(files, lambda notebook: json.dumps(json.dumps(notebook)))


@damage(says=UNPACKED)
def as_a_server_sends_it(files: Files) -> Files:
    return _notebooks(files, lambda nb: json.dumps({"type": "notebook", "content": nb}))


@damage(says=UNPACKED)
def in_a_list(files: Files) -> Files:
    return _notebooks(files, lambda notebook: json.dumps([notebook]))


@damage(says=UNPACKED)
def printed_by_python(files: Files) -> Files:
    return _notebooks(files, repr)


@damage(says=UNPACKED)
def bytes_printed_by_python(files: Files) -> Files:
    return _notebooks(files, lambda notebook: repr(json.dumps(notebook).encode()))


@damage(says=UNPACKED)
def in_base64(files: Files) -> Files:
    return _notebooks(files, lambda notebook: base64.b64encode(json.dumps(notebook).encode()))


@damage()
def lines_without_ends(files: Files) -> Files:
    def change(notebook):
        for cell in notebook["cells"]:
            cell["source"] = cell["source"].split("\n")
        return json.dumps(notebook)

    return _notebooks(files, change)


@damage()
def lines_in_lists(files: Files) -> Files:
    def change(notebook):
        for cell in notebook["cells"]:
            cell["source"] = [[line] for line in cell["source"].splitlines(True)]
        return json.dumps(notebook)

    return _notebooks(files, change)


@damage()
def cells_written_as_strings(files: Files) -> Files:
    def change(notebook):
        cells = [json.dumps(cell) for cell in notebook["cells"]]
        return json.dumps(notebook | {"cells": cells})

    return _notebooks(files, change)


@damage(says="functions that they define|names of their cells")
def cells_as_vs_code_keeps_them(files: Files) -> Files:
    def change(notebook):
        cells = [
            {"kind": 2 if cell["cell_type"] == "code" else 1, "value": cell["source"].split("\n")}
            for cell in notebook["cells"]
        ]
        return json.dumps({"cells": cells})

    return _notebooks(files, change)


@damage(says="not valid JSON")
def single_quotation_marks(files: Files) -> Files:
    keys = r'"(cell_type|code|markdown|source|metadata|cells|outputs|id|execution_count)"'
    return _notebooks(files, lambda nb: re.sub(keys, r"'\1'", json.dumps(nb, indent=1)))


@damage(says="not valid JSON")
def keys_without_quotation_marks(files: Files) -> Files:
    keys = r'"(cell_type|source|metadata|cells|outputs|id|nbgrader|grade_id)":'
    return _notebooks(files, lambda nb: re.sub(keys, r"\1:", json.dumps(nb, indent=1)))


@damage(says="not valid JSON")
def comments_in_the_json(files: Files) -> Files:
    return _notebooks(files, lambda nb: json.dumps(nb, indent=1).replace("\n", " // a\n", 30))


@damage(says="not valid JSON|damaged")
def the_cells_again_but_empty(files: Files) -> Files:
    return _notebooks(files, lambda nb: json.dumps(nb)[:-1] + ', "cells": [],}')


@damage(says="not valid JSON|damaged")
def keys_in_another_order(files: Files) -> Files:
    def change(notebook):
        cells = [dict(sorted(cell.items(), reverse=True)) for cell in notebook["cells"]]
        return json.dumps(notebook | {"cells": cells})[:-1] + ",}"

    return _notebooks(files, change)


def _in_one(name: str, content: bytes) -> Files:
    return {name: content}


def _tar(files: Files, mode: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for path, content in files.items():
            info = tarfile.TarInfo(f"sheet 9/{path}")
            info.size = len(content or b"")
            archive.addfile(info, io.BytesIO(content or b""))
    return packed.getvalue()


@damage(says="was graded as")
def in_a_tar(files: Files) -> Files:
    return _in_one("handed-in.tar", _tar(files, "w"))


@damage(says="was graded as")
def in_a_tar_gz(files: Files) -> Files:
    return _in_one("handed-in.tar.gz", _tar(files, "w:gz"))


@damage(says="was graded as")
def in_a_tar_xz(files: Files) -> Files:
    return _in_one("handed-in.tar.xz", _tar(files, "w:xz"))


@damage(says="was graded as")
def each_in_a_gz(files: Files) -> Files:
    return {f"{path}.gz": gzip.compress(content or b"") for path, content in files.items()}


@damage(says="was graded as")
def bz2_named_ipynb(files: Files) -> Files:
    return {path: bz2.compress(content or b"") for path, content in files.items()}


@damage(says="was graded as")
def xz_named_ipynb(files: Files) -> Files:
    return {path: lzma.compress(content or b"") for path, content in files.items()}


@damage(says="was graded as|damaged")
def a_zip_that_was_cut_off(files: Files) -> Files:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content or b"")
    return _in_one("handed-in.zip", packed.getvalue()[:-30])


@damage(says="was graded as")
def notebooks_named_pdf(files: Files) -> Files:
    return {path.replace(".ipynb", "") + ".pdf": content for path, content in files.items()}


@damage()
def four_hundred_files_beside(files: Files) -> Files:
    return files | {f"assets/{k:04}.txt": b"x" for k in range(400)}


@damage(says="UTF-32")
def utf_32_without_mark(files: Files) -> Files:
    return _notebooks(files, lambda nb: json.dumps(nb).encode("utf-32-le"))


@damage()
def nulls_around(files: Files) -> Files:
    return _notebooks(files, lambda nb: b"\0" * 512 + json.dumps(nb).encode() + b"\0" * 512)
