"""Nothing of the grader is inside, nothing gets out, no notebook reaches the next."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from attacks.walls import opened

import autograder
from autograder.exercise.calls import Call
from autograder.sandbox import Limits, open_sandbox
from autograder.sandbox.environment import python_view
from autograder.sandbox.process import family_of

PACKAGE = Path(autograder.__file__).parent
ROOT = PACKAGE.parent


def printed(session, source):
    """What a cell prints, as a Python value."""
    run = session.run_cell(textwrap.dedent(source))
    assert run.ended == "ok", run
    return ast.literal_eval("".join(o.get("text", "") for o in run.outputs) or "None")


@pytest.fixture(params=[False, True], ids=["plain", "with SciPy"])
def walled(every_wall, request):
    session = every_wall.open(request.param)
    yield session
    session.close()


def test_the_file_system_holds_python_and_nothing_else(walled):
    """As far as files can be opened. With Landlock there are others, and some names can be seen."""
    view = python_view()
    tops = ["/", *view.shown, *view.import_path, str(ROOT), *view.emptied, "/etc", "/tmp"]
    files = printed(walled, f"""
        import os
        found = set()
        for top in {tops}:
            for folder, names, files in os.walk(top):
                if folder.startswith(("/dev", "/proc", os.getcwd(), "/sandbox")):
                    names.clear()
                    continue
                for file in files:
                    path = os.path.join(folder, file)
                    try:
                        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
                        found.add(path)
                    except OSError:
                        pass
        print(sorted(found))
    """)  # fmt: skip
    allowed = (*view.shown, *view.packages)
    strangers = [f for f in files if not any(f == a or f.startswith(a + "/") for a in allowed)]

    assert len(files) > 5000
    assert strangers == []
    assert not any(f.startswith(f"{PACKAGE}/") for f in files)
    assert not any(Path(f).name.startswith("autograder") for f in files)
    assert not any(Path(f).suffix == ".ipynb" for f in files)


def test_the_grader_cannot_be_imported(walled):
    names = printed(walled, """
        found = []
        modules = "autograder autograder.sandbox.inside nbgrader sqlalchemy exercise09"
        for name in modules.split():
            try:
                __import__(name)
                found.append(name)
            except ModuleNotFoundError:
                pass
        print(found)
    """)  # fmt: skip

    assert names == []


def test_the_environment_is_its_own(walled, monkeypatch):
    names = printed(walled, "import os\nprint(sorted(os.environ))")

    assert "AUTOGRADER_SECRET" not in names
    assert set(names) < {
        "HOME", "IPYTHONDIR", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "MKL_NUM_THREADS",
        "MPLBACKEND", "MPLCONFIGDIR", "MPL_IGNORE_SYSTEM_FONTS", "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS", "PAGER", "PATH", "PWD", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED",
        "TERM", "TMPDIR", "TZ", "USER",
        "KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK",
    }  # fmt: skip


def test_only_the_scratch_space_can_be_written(walled):
    writable = printed(walled, f"""
        import os
        found = set()
        for top in ["/", "/tmp", "/var/tmp", "/dev/shm", "..", ".", {str(ROOT)!r}]:
            for folder, names, _ in os.walk(top):
                if folder.startswith(("/usr", "/proc", "/dev/pts")) or "/lib/python" in folder:
                    names.clear()
                try:
                    path = os.path.join(folder, ".written")
                    os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
                    os.unlink(path)
                    own = os.path.realpath(folder).startswith(os.getcwd())
                    found.add("own" if own else os.path.abspath(folder))
                except OSError:
                    pass
        print(sorted(found))
    """)  # fmt: skip

    assert writable in (["/dev/shm", "own"], ["own"])


def test_no_right_is_left(walled):
    pid = walled._process.pid
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    status = dict(line.split(":\t") for line in lines)

    assert {status[name] for name in ("CapPrm", "CapEff", "CapInh", "CapAmb")} == {"0" * 16}
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"


def test_root_s_notebooks_do_not_run_as_root(sandbox):
    session = sandbox.open()
    owner = Path(f"/proc/{session._process.pid}").stat().st_uid
    session.close()

    assert owner != 0


def test_processes_are_limited_and_counted(walled):
    run = walled.run_cell(
        "import os, time\n"
        "for _ in range(500):\n"
        "    if os.fork() == 0: time.sleep(100)\n"
        "print('all of them')"
    )

    # The kernel refuses the next one; where it makes an exception for root, the watch ends them.
    assert run.ended != "ok"
    assert run.ended == "error" or run.reason == "The notebook started more than 64 processes."


def test_a_fork_bomb_ends_with_its_notebook(every_wall):
    before = len(family_of(os.getpid()))
    session = every_wall.open()
    run = session.run_cell(
        "import os, time\n"
        "end = time.time() + 0.5\n"
        "while time.time() < end:\n"
        "    try: os.fork()\n"
        "    except OSError: pass\n"
        "time.sleep(100)"
    )
    session.close()

    assert run.ended in ("died", "timeout")
    _soon(lambda: len(family_of(os.getpid())) <= before + 3)
    following = every_wall.open()
    assert following.run_cell("1 + 1").ended == "ok"
    following.close()


def test_memory_of_all_processes_counts_together(every_wall):
    session = every_wall.open()
    run = session.run_cell(
        "import os, time\n"
        "for _ in range(4):\n"
        "    if os.fork() == 0:\n"
        "        hoard = b'x' * 120_000_000\n"
        "        time.sleep(100)\n"
        "time.sleep(100)"
    )
    session.close()

    assert run.ended == "died"
    assert run.reason == "The notebook used more than 300 MB of memory."


def test_the_next_notebook_finds_nothing_of_the_one_before(every_wall):
    first = every_wall.open()
    first.run_cell(
        "import numpy\nsecret = 1\nnumpy.secret = 1\n"
        "open('secret', 'w').close()\n"
        "try: open('/dev/shm/secret', 'w').close()\n"
        "except PermissionError: pass"
    )
    first.close()
    second = every_wall.open()
    found = printed(second, """
        import os, numpy
        print([hasattr(numpy, "secret"), "secret" in globals(), "secret" in os.listdir(),
               os.path.exists("/dev/shm/secret")])
    """)  # fmt: skip
    second.close()

    assert found == [False] * 4


def test_the_fork_server_outlives_every_signal_from_inside(sandbox):
    starts = sandbox.server_starts
    session = sandbox.open()
    session.run_cell(
        "import os\nfor pid in (os.getppid(), 0, -1, *range(2, 1000)):\n"
        "    try: os.kill(pid, 9)\n    except OSError: pass"
    )
    session.close()
    sandbox.open().close()

    assert sandbox.server_starts == starts


def test_a_killed_fork_server_is_started_again():
    with open_sandbox() as factory:
        factory.open().close()
        factory._server._process.kill()
        factory._server._process.wait()
        session = factory.open()
        assert session.run_cell("1").ended == "ok"
        session.close()


LOADED = "import sys; print('scipy.signal' in sys.modules)"


def test_scipy_is_loaded_for_those_who_ask_for_it(every_wall):
    for wanted in (False, True, False, True):
        session = every_wall.open(with_scipy=wanted)
        assert printed(session, LOADED) is wanted
        assert session.run_cell("import scipy.signal").ended == "ok"
        session.close()


def test_the_next_notebook_with_scipy_finds_nothing_of_the_one_before(every_wall):
    first = every_wall.open(with_scipy=True)
    first.run_cell("import scipy\nscipy.secret = 1\nopen('secret', 'w').close()")
    first.close()
    second = every_wall.open(with_scipy=True)
    found = printed(second, """
        import os, scipy
        print([hasattr(scipy, "secret"), "secret" in os.listdir()])
    """)  # fmt: skip
    second.close()

    assert found == [False] * 2


def test_the_server_with_scipy_outlives_every_signal_from_inside(sandbox):
    starts = sandbox.server_starts
    session = sandbox.open(with_scipy=True)
    before = family_of(sandbox._server._process.pid)
    session.run_cell(
        "import os\nfor pid in (os.getppid(), 0, -1, *range(2, 1000)):\n"
        "    try: os.kill(pid, 9)\n    except OSError: pass"
    )
    session.close()
    following = sandbox.open(with_scipy=True)

    assert printed(following, LOADED) is True
    following.close()
    assert sandbox.server_starts == starts
    assert len(set(before) & set(family_of(sandbox._server._process.pid))) >= len(before) - 2


def test_a_killed_server_with_scipy_is_made_again(sandbox):
    if sandbox._wall.kind == "single":
        pytest.skip("there is none here")
    starts = sandbox.server_starts
    sandbox.open(with_scipy=True).close()
    sandbox.open().close()
    session = sandbox.open(with_scipy=True)
    # The one whose child the notebook is.
    servers = [pid for pid in family_of(sandbox._server._process.pid) if _is_python(pid)]
    with_scipy = next(pid for pid in servers if session._process.pid in family_of(pid)[1:2])
    session.close()
    os.kill(with_scipy, signal.SIGKILL)
    _soon(lambda: not os.path.exists(f"/proc/{with_scipy}"))
    following = sandbox.open(with_scipy=True)

    assert printed(following, LOADED) is True
    following.close()
    assert sandbox.server_starts == starts


def _is_python(pid: int) -> bool:
    return "python" in Path(f"/proc/{pid}/comm").read_text()


def test_a_process_that_ended_while_it_waited_for_its_notebook_is_replaced(sandbox):
    sandbox.open().close()
    if sandbox._wall.kind != "namespaces":
        pytest.skip("no process waits here")
    starts = sandbox.server_starts
    _, waiting = sandbox._server._next
    os.kill(waiting.pid, signal.SIGKILL)
    _soon(lambda: not waiting.runs)
    session = sandbox.open()

    assert session.run_cell("1").ended == "ok"
    session.close()
    assert sandbox.server_starts == starts


def test_where_the_kernel_cannot_fork_into_namespaces_it_is_a_plain_fork():
    source = """
        import os
        from autograder.sandbox.inside import walls
        walls._PR_GET_TID_ADDRESS = -1
        child = walls.fork_into_namespaces()
        if child == 0:
            assert walls._outside is None
            print("plain")
        else:
            os.waitpid(child, 0)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(source)], capture_output=True, text=True, check=True
    )

    assert done.stdout == "plain\n"


@pytest.mark.parametrize("chosen", ["wall='bubblewrap'", "wall='landlock'", "sandboxed=False"])
def test_killing_the_grader_leaves_nothing_behind(chosen, tmp_path):
    if "landlock" in chosen:
        opened("landlock", Limits()).close()  # or skips
        tmp_path.chmod(0o755)
    source = f"""
        from autograder.sandbox import open_sandbox
        from autograder.sandbox.process import family_of
        import os, threading, time
        factory = open_sandbox({chosen})
        session = factory.open()
        cell = "import os, time\\nif os.fork() == 0: time.sleep(1000)\\nwhile True: pass"
        threading.Thread(target=session.run_cell, args=(cell,), daemon=True).start()
        time.sleep(0.5)
        print(*family_of(os.getpid()), flush=True)
        time.sleep(100)
    """
    grader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(source)],
        stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    family = [int(pid) for pid in grader.stdout.readline().split()]
    assert len(family) >= 4
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    grader.stdout.close()

    _soon(lambda: not any(_runs(pid) for pid in family))
    _soon(lambda: os.listdir(tmp_path) == [])


def test_closing_leaves_no_process_and_no_descriptor():
    before = len(family_of(os.getpid())), len(os.listdir("/proc/self/fd"))
    factory = open_sandbox()
    for _ in range(3):
        factory.open().close()
    factory.open()
    factory.close()

    _soon(lambda: len(family_of(os.getpid())) <= before[0])
    assert len(os.listdir("/proc/self/fd")) == before[1]


def test_a_copy_that_is_installed_is_not_visible_either(tmp_path):
    """The package in site-packages beside NumPy, as `pip install .` puts it there."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "v"], check=True)
    python = tmp_path / "v" / "bin" / "python"
    (site,) = (tmp_path / "v" / "lib").glob("python*/site-packages")
    subprocess.run(["cp", "-r", PACKAGE, site / "autograder"], check=True)
    info = site / "autograder-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: autograder\nVersion: 0.1.0\n")
    (info / "RECORD").write_text("autograder/__init__.py,,\n")
    (site / "others.pth").write_text("\n".join(p for p in sys.path if "-packages" in p))
    source = """
        import autograder
        from autograder.sandbox import open_sandbox
        session = open_sandbox().open()
        cell = f"import os; print(os.path.exists({autograder.__file__!r})); import autograder"
        run = session.run_cell(cell)
        print(autograder.__file__, run.outputs[0]["text"], run.outputs[1]["evalue"])
    """
    said = subprocess.run(
        [python, "-c", textwrap.dedent(source)], capture_output=True, text=True, cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )  # fmt: skip

    assert said.stdout.split(maxsplit=1)[0] == str(site / "autograder" / "__init__.py"), said.stderr
    assert said.stdout.split(maxsplit=1)[1] == "False\n No module named 'autograder'\n"


def test_two_factories_in_one_process_do_not_disturb_each_other():
    limits = Limits(cell_seconds=5)
    with open_sandbox(limits) as one, open_sandbox(limits) as other:
        first, second = one.open(), other.open()
        first.run_cell("def f(): return 1")
        second.run_cell("def f(): return 2")

        assert first.ask([Call("f", ())])[0].value == 1
        assert second.ask([Call("f", ())])[0].value == 2


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def _soon(holds) -> None:
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline, "a process stayed"
        time.sleep(0.02)
