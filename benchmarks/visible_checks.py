"""What the visible checks say to typical wrong answers: python -m benchmarks.visible_checks

Each answer names the words by which a student recognizes the cause. The message is the line that
the check prints first. `--write docs/teaching.md` puts the table into that page.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import html
import io
import linecache
import re
import sys
import textwrap
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.exercise.source_notebooks import Exercise, load_exercise

REPOSITORY = Path(__file__).parents[1]
BEGIN, END = "<!-- messages of the visible checks -->", "<!-- end of messages -->"
NO_CAUSE = "Your code stops"
"""How the line begins where a check has no more to say than Python has."""


@dataclass(frozen=True)
class Wrong:
    """A typical wrong answer.

    Attributes:
        task: the task that it answers.
        what: what is wrong with it.
        cells: its program.
        words: what the message must say, of whatever case.
    """

    task: str
    what: str
    cells: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What a check says.

    Attributes:
        passes: whether it ends without an error.
        message: the sentence that it prints first, without the task's name.
        progress: the line that says how far one is.
        last: the one line in which Python's traceback is shown.
    """

    passes: bool
    message: str
    progress: str
    last: str


@functools.cache
def exercise() -> Exercise:
    return load_exercise("exercise09", REPOSITORY / "source")


def say(task: str, cells: tuple[str, ...], others_written: bool = True) -> Said:
    """What the visible check of a task says to an answer, in a notebook that is else solved."""
    notebook = exercise().notebooks[exercise().notebook_of(task)]
    names: dict[str, Any] = {"__name__": "__main__", "display": lambda *shown, **how: None}
    for cell in notebook.cells:
        if cell.cell_type != "code" or cell.is_graded or "picture" in cell.tags:
            continue
        if not cell.is_answer:
            exec(_compiled(cell.released), names)
        elif cell.id != task:
            exec(_compiled(cell.solved if others_written else cell.released), names)
    printed, error = io.StringIO(), None
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        for source in cells:
            exec(_compiled(source), names)
    with contextlib.redirect_stdout(printed), np.errstate(all="ignore"):
        try:
            exec(_compiled(notebook.by_id[f"test_{task}"].released), names)
        except Exception as raised:
            error = raised
    lines = printed.getvalue().splitlines()
    [progress] = [line for line in lines if line.startswith("Progress: ")]
    at = lines.index(progress)
    [last] = error._render_traceback_() if error else [""]
    begin = max((k for k in range(at) if lines[k].startswith(f"{task}: ")), default=at)
    message = " ".join(lines[begin:at]).removeprefix(f"{task}: ")
    return Said(error is None, message, progress, last)


@functools.cache
def _compiled(source: str) -> types.CodeType:
    name = f"<cell {abs(hash(source))}>"
    lines = source.splitlines(keepends=True)
    linecache.cache[name] = (len(source), None, lines, name)
    return compile(source, name, "exec")


def _known(task: str, mistake: str, what: str, *words: str) -> Wrong:
    [answer] = [one for one in exercise().mistakes(task) if one.name == mistake]
    return Wrong(task, what, answer.cells, words)


def _written(task: str, what: str, source: str, *words: str) -> Wrong:
    return Wrong(task, what, (textwrap.dedent(source).strip("\n"),), words)


def _renamed(task: str, name: str) -> Wrong:
    """The solution under another name; the cell that was handed out did not run."""
    [function] = exercise().tasks[exercise().notebook_of(task)][task].functions
    solved = exercise().notebooks[exercise().notebook_of(task)].by_id[task].solved
    source = solved.replace(f"def {function}(", f"def {name}(")
    return Wrong(task, f"the function is called `{name}`", (source,), (function, "rename", name))


PRINTS = ("None", "return", "print")


def wrong_answers() -> list[Wrong]:
    """All of them, in the order of the tasks."""
    return [
        _renamed("convolve", "convolution"),
        _known("convolve", "prints_but_returns_nothing", "prints, returns nothing", *PRINTS),
        _known("convolve", "missing_flip", "no flip", "cross-correlation", "index of x"),
        _known("convolve", "products_not_summed", "products not summed", "summed over i"),
        _known("convolve", "one_output_missing", "k stops one too early", "off by one", "range"),
        _known("convolve", "last_term_missing", "i stops one too early", "i runs from 1 to K"),
        _known("convolve", "index_past_the_end", "index one too large", "outside", "from 0"),
        _known("convolve", "negative_index_wraps", "index below 0", "wraps around", "x[-1]"),
        _known("convolve", "full_padding", "all outputs of the full convolution", "sticks out"),
        _known("convolve", "returns_in_the_loop", "`return` inside the loop", "inside of the loop"),
        _known("convolve", "assertion_for_value_error", "`assert` for the error", "ValueError"),
        _renamed("convolution_matrix", "convolve_matrix"),
        _known("convolution_matrix", "transposed", "transposed", "transposed"),
        _known("convolution_matrix", "missing_flip", "no flip", "cross-correlation"),
        _known("convolution_matrix", "rows_not_shifted", "all rows equal", "rows are equal"),
        _known("convolution_matrix", "full_padding", "full Toeplitz matrix", "sticks out"),
        _known("convolution_matrix", "only_first_row", "only row 1", "only row 1"),
        _known("convolution_matrix", "index_past_the_end", "index one too large", "outside"),
        _known("convolution_matrix", "applied_to_a_signal", "`W_h @ x` returned", "no x"),
        _known("convolution_matrix", "long_kernel_gives_none", "no error for K > D", "ValueError"),
        _known("count_parameters", "dense_square", "D²", "not D outputs"),
        _known("count_parameters", "dense_as_D_times_K", "D · K", "every output sees every input"),
        _known("count_parameters", "dense_one_row_too_few", "D (D - K)", "off by one"),
        _known("count_parameters", "band_entries_counted", "band of W_h counted", "same number"),
        _known("count_parameters", "kernel_with_bias", "K + 1", "no bias"),
        _known("count_parameters", "dense_shape_returned", "shape returned", "one whole number"),
        _known("count_parameters", "prints_but_returns_nothing", "prints only", *PRINTS),
        _written(
            "batch_statistics",
            "prints, returns nothing",
            """
            def batch_statistics(H):
                print(H.mean(axis=0), H.std(axis=0, ddof=1))
            """,
            *PRINTS,
        ),
        _known(
            "batch_statistics", "only_mu", "returns only `mu`", "two arrays", "sigma", "missing"
        ),
        _known("batch_statistics", "over_features", "`axis=1`", "one number per example", "rows"),
        _known("batch_statistics", "whole_batch", "no `axis`", "one number per feature", "axis"),
        _known("batch_statistics", "swapped", "`sigma, mu`", "exchanged"),
        _known(
            "batch_statistics", "divides_by_B", "`np.std` with B", "front of the sum", "default"
        ),
        _known("batch_statistics", "variance", "variance", "variance", "root"),
        _written(
            "batch_statistics",
            "variance with B",
            """
            def batch_statistics(H):
                return H.mean(axis=0), H.var(axis=0)
            """,
            "variance",
            "without the root",
            "divides by B",
        ),
        _renamed("standardize", "standardise"),
        _known("standardize", "parentheses_missing", "`H - mu / sigma`", "brackets"),
        _known("standardize", "over_features", "by rows", "each row has mean 0"),
        _known("standardize", "divides_by_B", "with B", "B - 1"),
        _known("standardize", "epsilon_under_root", "an epsilon", "epsilon"),
        _known("standardize", "only_centred", "only centred", "nothing is divided"),
        _known("standardize", "statistics_returned_too", "returns three things", "3 things"),
        _written(
            "standardize",
            "forgets `return`",
            """
            def standardize(H):
                mu, sigma = batch_statistics(H)
                Z = (H - mu) / sigma
            """,
            *PRINTS,
        ),
        _known("batch_norm", "matrix_product", "`@` for `*`", "matrix product", "entry by entry"),
        _known("batch_norm", "not_rescaled", "not rescaled", "standardized batch"),
        _known("batch_norm", "not_standardized", "`gamma * H + theta`", "standardized first"),
        _known("batch_norm", "gamma_and_theta_swapped", "exchanged", "exchanged"),
        _known("batch_norm", "theta_inside_gamma", "theta added first", "too early"),
        _known("batch_norm", "gamma_along_examples", "gamma along rows", "shapes", "(5,3)"),
        _written(
            "batch_norm",
            "variance",
            """
            def batch_norm(H, gamma, theta):
                return gamma * (H - H.mean(axis=0)) / np.var(H, axis=0, ddof=1) + theta
            """,
            "variance",
        ),
        _known("recover_layer", "swapped", "`mu, sigma`", "wrong order"),
        _known("recover_layer", "gamma_alone", "returns only gamma", "two arrays", "missing"),
        _known("recover_layer", "gamma_inverted", "`1 / sigma`", "upside down"),
        _known("recover_layer", "ones_and_zeros", "1 and 0", "stays standardized"),
        _known("recover_layer", "divides_by_B", "sigma with B", "B - 1"),
        _known(
            "network_standardized", "sigma_of_x", "`w1 * standardize(x)`", "x first", "h = w1 x"
        ),
        _known("network_standardized", "not_standardized", "no standardizing", "not standardized"),
        _known("network_standardized", "phi_is_tanh", "`np.tanh` for `phi`", "handed in"),
        _known("network_standardized", "one_column", "shape (B, 1)", "go back"),
        _known("network_standardized", "w2_missing", "no w2", "w2"),
        _known("network_standardized", "row_for_column", "shape (1, B)", "one column"),
        _written(
            "network_standardized",
            "function of another name called",
            """
            def network_standardized(x, w1, w2, phi):
                return w2 * phi(standardise(w1 * x[:, None])[:, 0])
            """,
            "no standardise",
            "misspelt",
        ),
        _known("network_batch_norm", "gamma_and_theta_swapped", "exchanged", "exchanged"),
        _known("network_batch_norm", "rescaled_after_phi", "rescaled after phi", "before phi"),
        _known("network_batch_norm", "not_rescaled", "not rescaled", "not used"),
        _known("network_batch_norm", "theta_forgotten", "no theta", "theta is not used"),
        _written(
            "network_batch_norm",
            "parameters left out",
            """
            def network_batch_norm(x, w1, w2, phi):
                return network_standardized(x, w1, w2, phi)
            """,
            "docstring",
            "4 positional arguments",
        ),
        _known("equivalent_weight", "same_weight", "`w1`", "same weight"),
        _known("equivalent_weight", "opposite_sign", "`-w1`", "mirrored"),
        _known("equivalent_weight", "reciprocal", "`1 / w1`", "w1 = 1.0", "same weight"),
        _known("equivalent_weight", "plus_one", "`w1 + 1`", "w1 = -0.5", "mirrored"),
        _known("equivalent_weight", "zero", "0", "constant feature"),
        _known("equivalent_weight", "none", "returns nothing", *PRINTS),
        _known("equivalent_weight", "pair_of_weights", "two weights", "one finite number"),
    ]


def table() -> str:
    """The answers and what the checks say, in HTML, whose lines may be broken."""
    lines = ["<table>", "<tr><th>task</th><th>wrong answer</th><th>what its check prints</th></tr>"]
    before = ""
    for wrong in wrong_answers():
        what = re.sub("`([^`]*)`", r"<code>\1</code>", html.escape(wrong.what))
        said = html.escape(say(wrong.task, wrong.cells).message, quote=False)
        task = "" if wrong.task == before else wrong.task
        row = f"<tr><td>{task}</td><td>{what}</td><td>{said}</td></tr>"
        lines += textwrap.wrap(row, 98, break_long_words=False, break_on_hyphens=False)
        before = wrong.task
    return "\n".join([*lines, "</table>"])


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    page = parser.parse_args(arguments).write
    if page is None:
        print(table())
        return
    text = page.read_text(encoding="utf-8")
    whole = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
    new = f"{BEGIN}\n\n{table()}\n\n{END}"
    page.write_text(whole.sub(lambda found: new, text), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
