"""Cells run in the sandbox as students know them from a notebook."""

from __future__ import annotations

import re

import nbformat
import pytest


def only_output(session, source):
    (output,) = session.run_cell(source).outputs
    return output


def test_the_last_expression_is_shown(session):
    assert only_output(session, "x = 2\nx + 1") == {
        "output_type": "execute_result",
        "data": {"text/plain": "3"},
        "metadata": {},
        "execution_count": 1,
    }


def test_a_semicolon_silences_it_and_the_count_goes_on(session):
    assert session.run_cell("1;").outputs == ()
    assert only_output(session, "2")["execution_count"] == 2


def test_a_notebook_starts_without_names(session):
    run = session.run_cell("np")

    assert run.ended == "error"
    assert run.outputs[0]["ename"] == "NameError"


def test_prints_of_one_stream_are_merged(session):
    outputs = session.run_cell(
        "import sys\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\nprint('d')"
    ).outputs

    assert [(o["name"], o["text"]) for o in outputs] == [
        ("stdout", "a\nb\n"), ("stderr", "c\n"), ("stdout", "d\n"),
    ]  # fmt: skip


def test_a_figure_is_shown_when_the_cell_ends(session):
    output = only_output(session, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")

    assert output["output_type"] == "display_data"
    assert set(output["data"]) == {"image/png", "text/plain"}
    assert output["data"]["text/plain"] == "<Figure size 640x480 with 1 Axes>"


@pytest.mark.parametrize(
    "source", ["%matplotlib inline", "%matplotlib agg", "%config InlineBackend"]
)
def test_magics_for_figures_do_not_fail(session, source):
    assert session.run_cell(source).ended == "ok"


def test_an_exception_is_an_error_output_with_colours(session):
    run = session.run_cell("def f():\n    raise NotImplementedError('your turn')\nf()")
    (error,) = run.outputs

    assert run.ended == "error"
    assert (error["ename"], error["evalue"]) == ("NotImplementedError", "your turn")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error["traceback"]))
    assert plain != "\n".join(error["traceback"])
    assert "Cell In[1], line 3" in plain
    assert "----> 2     raise NotImplementedError('your turn')" in plain
    assert "runner" not in plain


def test_a_syntax_error_is_an_error_output(session):
    assert only_output(session, "def f(:")["ename"] == "SyntaxError"


def test_await_works_at_top_level(session):
    assert only_output(session, "import asyncio\nawait asyncio.sleep(0, 5)")["data"] == {
        "text/plain": "5"
    }


def test_timeit_prints(session):
    assert "per loop" in only_output(session, "%timeit -n1 -r1 1")["text"]


def test_progress_bars_are_text(session):
    output = only_output(session, "from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass")

    assert output["name"] == "stderr"
    assert "3/3" in output["text"]


def test_input_fails_at_once_with_a_sentence(session):
    run = session.run_cell("input('?')")

    assert run.outputs[0]["evalue"].startswith("input() cannot be answered here")
    assert run.seconds < 2


def test_shell_escapes_say_that_there_is_no_shell(session):
    run = session.run_cell("!ls\nfiles = !ls\n%pip install numpy")

    assert run.ended == "ok"
    assert "not run while a notebook is graded" in run.outputs[0]["text"]


def test_updates_and_clearing_are_followed(session):
    outputs = session.run_cell(
        "from IPython.display import clear_output, display\n"
        "print('gone')\nclear_output(wait=True)\n"
        "handle = display('first', display_id=True)\nhandle.update('second')"
    ).outputs

    assert outputs == (
        {"output_type": "display_data", "data": {"text/plain": "'second'"}, "metadata": {}},
    )


def test_what_bypasses_python_is_shown_too(session):
    assert only_output(session, "import os\n_ = os.write(1, b'raw')")["text"] == "raw"


def test_help_is_printed(session):
    assert only_output(session, "help(len)")["text"].startswith("Help on built-in function len")


def test_exit_leaves_the_notebook_running(session):
    session.run_cell("exit()")
    assert session.run_cell("import sys\nsys.exit(1)").ended == "error"
    assert session.alive


def test_random_numbers_are_the_same_in_every_notebook(sandbox):
    drawn = []
    for _ in range(2):
        session = sandbox.open()
        drawn.append(session.run_cell("import numpy as np\nnp.random.rand(2)").outputs)
        session.close()

    assert drawn[0] == drawn[1]


def test_an_honest_notebook_hits_no_wall(session):
    for source in (
        "import numpy as np\nimport matplotlib.pyplot as plt\nfrom scipy.linalg import toeplitz",
        "from scipy import signal, stats\nimport pathlib, tempfile, json, time, random, math",
        "plt.hist(np.random.randn(100)); plt.title('Größe $\\\\gamma$'); plt.savefig('figure.png')",
        "np.savetxt('x.txt', np.eye(2)); np.loadtxt('x.txt')",
        "plt.imshow(np.eye(3), cmap='viridis'); plt.colorbar(); plt.show()",
        "np.zeros((2, 3)) @ np.zeros(2)",
        "with tempfile.TemporaryDirectory() as folder: pathlib.Path(folder, 'a').write_text('b')",
        "import multiprocessing\nsorted(pathlib.Path('.').iterdir())",
        "print(np.show_config)\nhelp(np.convolve)\nnp.convolve?\nnp.convolve??",
    ):
        session.run_cell(source)

    assert session.walls_hit() == ()


def test_too_much_output_is_cut_with_a_sentence(session):
    outputs = session.run_cell("for _ in range(100): print('x' * 100_000)").outputs

    assert len(outputs[0]["text"]) == pytest.approx(4 << 20, rel=0.01)
    assert outputs[-1]["text"].startswith("The rest of this cell's output was left out")


PARITY = [
    "import numpy as np\nimport matplotlib.pyplot as plt\nimport sys",
    "x = np.linspace(0, 1, 5)\nprint(x)\nx",
    "plt.figure(figsize=(3, 2)); plt.plot(x, np.sin(x), label='$x_1$'); plt.legend();",
    "np.zeros((2, 3)) @ np.zeros(2)",
    "np.linalg.inv(np.zeros((2, 2)))",
    "print('a', file=sys.stderr)\n1 / 0",
    "np.log(0)",
    "undefined",
    "input()",
    "np.random.rand(3), {'b', 'a'}",
    "!ls",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>b</b>'))",
]


def test_outputs_are_the_same_with_and_without_the_sandbox(sandbox, unprotected):
    outputs = []
    for factory in (sandbox, unprotected):
        session = factory.open()
        outputs.append([session.run_cell(source).outputs for source in PARITY])
        session.close()

    assert outputs[0] == outputs[1]
    notebook = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(o) for o in cell])
        for cell in outputs[0]
    ])  # fmt: skip
    nbformat.validate(notebook)
