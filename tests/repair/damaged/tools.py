"""Traces of other tools: Colab, Kaggle, VS Code, JetBrains, jupytext, old Jupyter, nbgrader."""

from __future__ import annotations

from repair.damaged import Files, Notebook, damage, notebook_damage, own_cell, read


@notebook_damage(says="notebook format 4")
def colab(notebook: Notebook) -> None:
    """Colab writes format 4.0 and keeps cell ids in the metadata."""
    notebook["nbformat_minor"] = 0
    notebook["metadata"] |= {"colab": {"provenance": [], "collapsed_sections": ["x"]}}
    for cell in notebook["cells"]:
        if "id" in cell:
            cell["metadata"]["id"] = cell.pop("id")
        cell["metadata"] |= {"colab": {"base_uri": "https://localhost:8080/"}, "outputId": "1"}


@notebook_damage(says="names of their cells|functions that they define|found by its place")
def colab_without_nbgrader(notebook: Notebook) -> None:
    colab(notebook)
    for cell in notebook["cells"]:
        cell["metadata"].pop("nbgrader", None)


@notebook_damage()
def kaggle(notebook: Notebook) -> None:
    for k, cell in enumerate(notebook["cells"]):
        cell["metadata"] |= {"_uuid": f"{k:08x}", "_cell_guid": f"{k}", "trusted": True}
    notebook["cells"].insert(0, own_cell("# This Python 3 environment\nimport os\nos.getcwd()"))


@notebook_damage(says="notebook format 4")
def vs_code(notebook: Notebook) -> None:
    notebook["nbformat_minor"] = 2
    notebook["metadata"] = {
        "kernelspec": {"display_name": ".venv", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.12.3"},
        "orig_nbformat": 4,
        "vscode": {"interpreter": {"hash": "0"}},
    }
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] |= {"vscode": {"languageId": "python"}}


@notebook_damage()
def jetbrains(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] |= {"pycharm": {"name": "#%%\n", "is_executing": False}}
    notebook["metadata"]["kernelspec"] = {"name": "pycharm-1234", "display_name": "PyCharm (x)"}


@notebook_damage()
def jupytext_paired(notebook: Notebook) -> None:
    notebook["metadata"]["jupytext"] = {"formats": "ipynb,py:percent", "main_language": "python"}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"lines_to_next_cell": 2}


@notebook_damage(says="language R")
def r_kernel(notebook: Notebook) -> None:
    notebook["metadata"] = {
        "kernelspec": {"display_name": "R", "language": "R", "name": "ir"},
        "language_info": {"name": "R"},
    }


@notebook_damage()
def no_metadata(notebook: Notebook) -> None:
    notebook["metadata"] = {}
    notebook.pop("nbformat_minor", None)


@notebook_damage()
def widgets_state(notebook: Notebook) -> None:
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}


@notebook_damage()
def format_4_9(notebook: Notebook) -> None:
    """A format newer than any that exists."""
    notebook["nbformat_minor"] = 9


@damage(says="old notebook format 3")
def format_3(files: Files) -> Files:
    import json

    for path, content in files.items():
        notebook = read(content)
        if notebook is None:
            continue
        cells = []
        for cell in notebook["cells"]:
            old = {"cell_type": cell["cell_type"], "metadata": cell["metadata"]}
            lines = cell["source"].splitlines(True)
            if cell["cell_type"] == "code":
                old |= {"input": lines, "language": "python", "outputs": [], "collapsed": False}
            else:
                old |= {"source": lines}
            cells.append(old)
        old = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0}
        files[path] = json.dumps(old | {"worksheets": [{"cells": cells, "metadata": {}}]}).encode()
    return files


@notebook_damage()
def handed_in_with_feedback(notebook: Notebook) -> None:
    """A graded notebook handed in again, receipt included."""
    receipt = own_cell("**Receipt.** All is well: 30 points.", "markdown") | {"id": "receipt"}
    notebook["cells"].insert(0, receipt)
    for cell in notebook["cells"]:
        cell["metadata"]["autograder"] = {"own": True, "score": 30}
