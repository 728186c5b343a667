"""Every attack, against the sandbox itself: nothing comes out, nothing stays, the next one runs.

Each is tried under both walls, bubblewrap and Landlock.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder.exercise.calls import Call
from autograder.sandbox import Limits
from autograder.sandbox.process import family_of

from .attacks import load_attacks
from .walls import WALLS, opened

ATTACKS = load_attacks()
LIMITS = Limits(
    cell_seconds=1.5, ask_seconds=1.0, grace_seconds=1.0, notebook_seconds=15,
    memory_bytes=300 << 20, scratch_bytes=16 << 20, output_bytes=1 << 20, reply_bytes=4 << 20,
)  # fmt: skip
X, H = np.array([1.0, 2.0, 4.0, 8.0, 16.0]), np.array([1.0, -3.0])
RIGHT = np.convolve(X, H, "valid")


class Outside:
    """What an attack must not reach: a token in a file, in the environment and in this memory."""

    def __init__(self, folder: Path):
        self.token = f"secret-{secrets.token_hex(16)}"
        self.gradebook = folder / "gradebook.db"
        self.gradebook.write_text(self.token)
        folder.chmod(0o777)
        self.gradebook.chmod(0o666)
        os.environ["AUTOGRADER_SECRET"] = self.token
        self.expected = {"convolve": self.token}
        self._numpy = Path(np.__file__).stat().st_mtime_ns

    def untouched(self) -> bool:
        return (
            self.gradebook.read_text() == self.token
            and os.listdir(self.gradebook.parent) == ["gradebook.db"]
            and Path(np.__file__).stat().st_mtime_ns == self._numpy
            and not any(Path(f, "pwned").exists() for f in ("/", "/tmp", "/var/tmp", Path.home()))
        )


@pytest.fixture(scope="module")
def outside():
    with tempfile.TemporaryDirectory(prefix="autograder-canary-", dir="/tmp") as folder:
        yield Outside(Path(folder))
    del os.environ["AUTOGRADER_SECRET"]


@pytest.fixture(scope="module", params=WALLS)
def wall(request):
    return request.param


@pytest.fixture(scope="module")
def sandbox(outside, wall):
    with opened(wall, LIMITS) as factory:
        factory.open().close()
        yield factory


def test_there_are_attacks_of_every_class():
    assert len(ATTACKS) >= 50
    assert len({attack.name.split("/")[0] for attack in ATTACKS}) == 7


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack_gains_nothing(attack, sandbox, outside, wall):
    processes = len(family_of(os.getpid()))
    descriptors = len(os.listdir("/proc/self/fd"))
    session = sandbox.open()
    runs = [session.run_cell(cell) for cell in attack.cells]
    calls = [Call("convolve", (X.copy(), H.copy())), Call("answer", ())]
    replies = session.ask(calls)
    noted = session.walls_hit()
    session.close()

    ends = attack.ends[wall]
    assert not ends or runs[-1].ended in ends, (runs[-1], noted)
    assert any(attack.says in sentence for sentence in noted) or not attack.says, noted
    assert len(replies) == len(calls)
    assert not any(_right(reply) for reply in replies)
    assert outside.token not in repr((runs, replies, noted))
    assert all(sentence.isprintable() and len(sentence) <= 300 for sentence in noted)
    for run in runs:
        assert len(json.dumps(run.outputs)) < 2 * LIMITS.output_bytes
        _validate(run.outputs)
    assert outside.untouched()
    _soon(lambda: len(family_of(os.getpid())) <= processes)
    assert len(os.listdir("/proc/self/fd")) <= descriptors
    assert sandbox.server_starts == 1, "the fork server was reached"

    _next_one_runs(sandbox)


def _right(reply) -> bool:
    value = reply.value
    return type(value) is np.ndarray and value.shape == RIGHT.shape and np.allclose(value, RIGHT)


def _validate(outputs) -> None:
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(o) for o in outputs])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    json.dumps(outputs).encode("utf-8")
    repr(outputs).encode("utf-8")


def _next_one_runs(sandbox) -> None:
    session = sandbox.open()
    run = session.run_cell(
        "import os, numpy as np\n"
        "def convolve(x, h): return np.convolve(x, h, 'valid')\n"
        "print(os.listdir(), os.path.exists('/scratch') and os.listdir('/dev/shm'), np.sum([1, 2]))"
    )
    (reply,) = session.ask([Call("convolve", (X, H))])
    session.close()

    (output,) = run.outputs
    assert output["text"] in ("[] [] 3\n", "[] False 3\n"), output
    assert _right(reply)


def _soon(holds) -> None:
    deadline = time.monotonic() + 3
    while not holds():
        assert time.monotonic() < deadline, "a process stayed"
        time.sleep(0.02)
