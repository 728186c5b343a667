"""What happens when cells run: they die, fail, take away what others need, come too early."""

from __future__ import annotations

from repair.damaged import Files, Notebook, damage, index_of, notebook_damage, own_cell, read, write

ALONE = "judged by the definition alone"
FAILED = "ended with an error"


def _before(notebook: Notebook, source: str, id: str = "convolve") -> None:
    k = index_of(notebook, id)
    if k is not None:
        notebook["cells"].insert(k, own_cell(source))


def cell_before(name: str, source: str, says: str) -> None:
    """Register a cell of the student's own before the first answer as a kind of damage."""

    def apply(notebook: Notebook) -> None:
        _before(notebook, source)

    apply.__name__ = name
    notebook_damage(says=says, only="def convolve")(apply)


def line_in_the_answer(name: str, source: str, says: str, below: bool = False) -> None:
    """Register a line above (or below) the function in the answer's cell as a kind of damage."""

    def apply(notebook: Notebook) -> None:
        k = index_of(notebook, "convolve")
        if k is not None:
            text = notebook["cells"][k]["source"]
            notebook["cells"][k]["source"] = (
                f"{text}\n\n{source}" if below else f"{source}\n\n{text}"
            )

    apply.__name__ = name
    notebook_damage(says=says, only="def convolve")(apply)


for _name, _source in {
    "a_cell_that_ends_the_process": "import os\nos._exit(0)",
    "a_cell_that_crashes": "import ctypes\nctypes.string_at(0)",
    "a_cell_that_aborts": "import os\nos.abort()",
}.items():
    cell_before(_name, _source, "process ended before the cell did; the other cells ran without it")

for _name, _source in {
    "a_missing_package": "import torch",
    "google_colab": "from google.colab import drive\ndrive.mount('/content/drive')",
    "asks_for_input": "name = input('Your name? ')",
    "reads_a_file_of_its_own_machine": "rows = open('/home/me/data.csv').read()",
    "leaves_by_sys_exit": "import sys\nsys.exit('done')",
    "a_failed_assertion": "assert 1 == 2",
    "a_syntax_error_beside": "def broken(:\n    pass",
    "a_cell_that_becomes_another_program": "import os\nos.execv('/bin/true', ['true'])",
    "endless_recursion": "def again():\n    return again()\nagain()",
}.items():
    cell_before(_name, _source, FAILED)

for _name, _source in {
    "installs_a_package": "!pip install numpy",
    "interactive_figures": "%matplotlib widget\nplt.plot([1, 2])\nplt.show()",
    "warnings_are_errors": "import warnings\nwarnings.simplefilter('error')",
    "numpy_raises_everything": "np.seterr(all='raise')",
    "threads_left_running": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=(9,)).start()",
    "prints_without_end": "for k in range(200_000):\n    print('line', k)",
    "a_cell_that_kills_itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "closes_its_output": "import sys\nsys.stdout.close()",
    "another_seed": "np.random.seed(0)",
    "top_level_await": "import asyncio\nawait asyncio.sleep(0)",
}.items():
    cell_before(_name, _source, "")

for _name, _source in {
    "deletes_numpy": "del np",
    "numpy_is_something_else": "np = None",
    "names_of_python_used_for_values": "len = 3\nrange = [1]\nfloat = 2.0\nsum = 0",
    "forgets_everything": "%reset -f",
    "breaks_a_function_of_numpy": "np.asarray = None",
    "no_modules_left": "import sys\nsys.path.clear()\nsys.modules.clear()",
}.items():
    cell_before(_name, _source, ALONE)

for _name, _source in {
    "answer_with_a_missing_package": "import torch",
    "answer_with_colab_above": "from google.colab import drive",
    "answer_with_a_file_above": "rows = np.load('rows.npy')",
    "answer_called_before_it_is_there": "print(convolve(np.ones(3), np.ones(2)))",
    "answer_with_a_failed_assertion_above": "assert 1 == 2",
    "answer_with_input_above": "D = int(input('D? '))",
}.items():
    line_in_the_answer(_name, _source, ALONE)

line_in_the_answer("answer_that_fails_below", "convolve(1, two)", FAILED, below=True)
line_in_the_answer("answer_that_leaves_below", "import os\nos._exit(0)", ALONE, below=True)


@notebook_damage(says="only worked after the cells below", only="def convolve")
def a_name_defined_later(notebook: Notebook) -> None:
    k = index_of(notebook, "convolve")
    if k is not None:
        cell = notebook["cells"][k]
        cell["source"] = "first = LATER\n" + cell["source"]
        notebook["cells"] += [own_cell("LATER = STILL_LATER"), own_cell("STILL_LATER = 1")]


@notebook_damage(says="only worked after the cells below", only="def convolve")
def a_helper_defined_later(notebook: Notebook) -> None:
    k = index_of(notebook, "convolve")
    if k is not None:
        cell = notebook["cells"][k]
        cell["source"] = cell["source"].replace("return y", "return last_step(y)")
        notebook["cells"].append(own_cell("def last_step(y):\n    return y"))


@notebook_damage(says=ALONE, only="def convolve")
def a_helper_below_a_missing_package(notebook: Notebook) -> None:
    k = index_of(notebook, "convolve")
    if k is not None:
        cell = notebook["cells"][k]
        cell["source"] = cell["source"].replace("return y", "return last_step(y)")
        notebook["cells"].insert(k, own_cell("import torch\n\n\ndef last_step(y):\n    return y"))


@notebook_damage(says=ALONE, only="def convolve")
def a_result_with_the_functions_name(notebook: Notebook) -> None:
    _before(notebook, "convolve = convolve(np.ones(3), np.ones(2))", "test_convolve")


@notebook_damage(says=ALONE, only="def convolve")
def annotations_that_nothing_imports(notebook: Notebook) -> None:
    k = index_of(notebook, "convolve")
    if k is not None:
        source = notebook["cells"][k]["source"]
        annotated = "def convolve(x: NDArray, h: torch.Tensor) -> NDArray:"
        notebook["cells"][k]["source"] = source.replace("def convolve(x, h):", annotated)


@notebook_damage(says=ALONE, only="def convolve")
def the_function_deleted(notebook: Notebook) -> None:
    _before(notebook, "del convolve", "test_convolve")


@notebook_damage(says=ALONE, only="def convolve")
def another_stub_below_the_answer(notebook: Notebook) -> None:
    _before(notebook, "def convolve(x, h):\n    raise NotImplementedError()", "test_convolve")


@notebook_damage(says="ended its process too often", only="def convolve")
def ten_cells_that_end_the_process(notebook: Notebook) -> None:
    for k in range(10):
        _before(notebook, f"import os\nos._exit({k})")


@notebook_damage(says="turned back into code", only="def convolve")
def a_helper_in_a_raw_cell(notebook: Notebook) -> None:
    k = index_of(notebook, "convolve")
    if k is not None:
        cell = notebook["cells"][k]
        cell["source"] = cell["source"].replace("return y", "return last_step(y)")
        notebook["cells"].insert(k, own_cell("def last_step(y):\n    return y", "raw"))


@damage(says="handed in beside it")
def answer_in_a_module_beside(files: Files) -> Files:
    """The function stands in a Python file, and the notebook imports it."""
    damaged = dict(files)
    for path, content in files.items():
        notebook = read(content)
        k = index_of(notebook, "convolve") if notebook else None
        if k is not None and "def convolve" in notebook["cells"][k]["source"]:
            cell = notebook["cells"][k]
            text, _, rest = cell["source"].partition("\n\n\n")
            damaged["my_answers.py"] = f"import numpy as np\n\n\n{text}\n".encode()
            cell["source"] = f"from my_answers import convolve\n\n{rest}"
            damaged[path] = write(notebook)
    return damaged
