"""The ipython_patches of the sandbox change no output: the same cells with them and without."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "autograder/sandbox"

CELLS = [
    "def f(x):\n    # why? because\n    return g(x) % 2\n\n"
    "def g(x):\n    raise NotImplementedError('late')",
    "f(1)",
    "1 +",
    "def h(n):\n    return h(n - 1) if n else 1 / 0\nh(40)",
    "import numpy as np\nnp.zeros((2, 3)) @ np.zeros(2)",
    "try:\n    f(1)\n"
    "except NotImplementedError as error:\n    raise ValueError('other') from error",
    "a = 10 % 3; a",
    "%precision 3",
    "x = %pwd",
    "np.eye?",
    "exec('1 / 0')",
    "assert f is None, 'not none'",
    "import inspect; inspect.getmodule(np.linalg.norm).__name__, inspect.getmodule(f).__name__",
    "\n\n   y = 1\n   y / 0",
    "In [1]: z = 1\n",
    "class C:\n    def m(self):\n        return [1, 2][\n            5\n        ]\nC().m()",
]

PROGRAM = """
import json, os, re, sys
sys.path.insert(0, {package!r})
from inside import shell, ipython_patches
from IPython.core.inputtransformer2 import TransformerManager
if {without}:
    ipython_patches.take = lambda: None
    ipython_patches.QuickTransformer = TransformerManager
made = shell.make_shell(1 << 20, {folder!r})
real = os.fdopen(os.dup(1), "w")
shell.warm_up(made)
outputs = []
for cell in json.loads({cells!r}):
    made.recorder.start()
    made.run_cell(cell, store_history=True)
    outputs.append(made.recorder.finish())
real.write(re.sub("0x[0-9a-f]+", "", json.dumps(outputs)))
real.flush()
"""


def outputs(folder: Path, without: bool) -> list:
    program = PROGRAM.format(
        package=str(PACKAGE), without=without, folder=str(folder), cells=json.dumps(CELLS)
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="the runner needs a POSIX system")
def test_cells_look_the_same_with_shortcuts(tmp_path):
    quick, plain = (outputs(tmp_path, without) for without in (False, True))
    for cell, one, other in zip(CELLS, quick, plain, strict=True):
        assert one == other, cell
    assert sum(any(o["output_type"] == "error" for o in one) for one in quick) >= 8
