"""IPython as students know it from a notebook, with its outputs recorded instead of sent."""

from __future__ import annotations

import _sitebuiltins
import builtins
import contextlib
import getpass
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from traitlets import Type
from traitlets.config import Config

from . import ipython_patches
from .known_cells import KnowingCompiler
from .output_recorder import OutputRecorder, Stream

NO_INPUT = "input() cannot be answered here: nobody is there while a notebook is graded."
NO_SHELL = "Shell commands (!, %pip, %conda) are not run while a notebook is graded."


class RecordedDisplayHook(DisplayHook):
    """Records the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(
        self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None
    ) -> None:
        shell: Any = self.shell
        shell.recorder.result(format_dict, md_dict or {}, self.prompt_count)

    def finish_displayhook(self) -> None:
        self._is_active = False


class RecordedDisplays(DisplayPublisher):
    """Records what `display` shows."""

    def publish(
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any] | None = None,
        source: object = None,
        *,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **kwargs: object,
    ) -> None:
        self.shell.recorder.display(data, metadata or {}, transient, update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.recorder.clear(wait)


class NotebookShell(InteractiveShell):
    """An interactive shell without terminal, history file, keyboard or operating-system shell."""

    recorder: OutputRecorder
    compile: KnowingCompiler
    input_transformer_manager: ipython_patches.QuickTransformer
    compiler_class = Type(KnowingCompiler)
    displayhook_class = Type(RecordedDisplayHook)
    display_pub_class = Type(RecordedDisplays)

    if TYPE_CHECKING:  # IPython has no types for these

        def run_cell(
            self, raw_cell: str, store_history: bool = False, *args: Any, **kwargs: Any
        ) -> ExecutionResult: ...

        def transform_cell(self, raw_cell: str) -> str: ...

        def reset(self, new_session: bool = True, aggressive: bool = False) -> None: ...

    def should_run_async(
        self, raw_cell: str, *, transformed_cell: str | None = None, **kwargs: Any
    ) -> bool:
        # Without these words a cell needs no event loop; the question alone costs a compilation.
        text = raw_cell if transformed_cell is None else transformed_cell
        if "await" not in text and "async" not in text:
            return False
        return super().should_run_async(raw_cell, transformed_cell=transformed_cell, **kwargs)

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """IPython keeps a second copy of all that is printed, of any length. One is enough."""
        yield

    def enable_gui(self, gui: str | None = None) -> None:
        """Figures are shown when a cell ends; there is no window for them."""

    def _showtraceback(
        self, etype: type[BaseException], evalue: BaseException | None, stb: list[str]
    ) -> None:
        try:
            value = str(evalue)
        except Exception:
            value = "(its text cannot be shown)"
        self.recorder.error(etype.__name__, value, stb)

    def _format_exception_for_storage(
        self, exception: BaseException, *args: object, **kwargs: object
    ) -> dict[str, Any]:
        """IPython 9 formats every traceback twice: once to show it, once for a history kept here
        by nobody."""
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}

    def _no_shell(self, *args: object, **kwargs: object) -> None:
        print(NO_SHELL, file=sys.stderr)
        self.user_ns["_exit_code"] = 127

    system = system_piped = system_raw = _no_shell

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> list[str] | str:
        print(NO_SHELL, file=sys.stderr)
        return [] if split else ""

    def init_environment(self) -> None:
        os.environ["TERM"] = "xterm-color"  # as ipykernel has it
        os.environ["PAGER"] = "cat"

    def ask_exit(self) -> None:
        """exit() and quit() end a terminal; a notebook goes on."""

    def init_virtualenv(self) -> None:
        """There is none to look for."""


def make_shell(max_output_bytes: int, ipython_dir: str) -> NotebookShell:
    """Return the one shell of this process."""
    settings = Config()
    settings.HistoryManager.enabled = False  # nothing on disk, and no thread that a fork would lose
    settings.NotebookShell.autoindent = False
    os.environ["IPYTHONDIR"] = ipython_dir
    NotebookShell.recorder = OutputRecorder(max_output_bytes)
    builtins.help = _sitebuiltins._Helper()  # the site module, which brings it, is left out
    ipython_patches.take()
    shell = NotebookShell.instance(config=settings)
    shell.input_transformer_manager = ipython_patches.QuickTransformer()
    return shell


def attach_streams(shell: NotebookShell) -> None:
    """Let this process's prints go to the recorder and its inputs fail with a sentence."""
    recorder = shell.recorder
    system: Any = sys  # whose types say that two of these are never assigned to
    system.stdout = system.__stdout__ = Stream("stdout", 1, recorder.stream)
    system.stderr = system.__stderr__ = Stream("stderr", 2, recorder.stream)

    builtins.input = getpass.getpass = _no_input()


def _no_input() -> Callable[..., str]:
    """A function that refuses, and whose line in a traceback names no file."""
    names: dict[str, Any] = {"error": StdinNotImplementedError, "sentence": NO_INPUT}
    source = "def input(prompt='', *args, **kwargs):\n    raise error(sentence)"
    exec(compile(source, "<notebook>", "exec"), names)
    function: Callable[..., str] = names["input"]
    return function


def warm_up(shell: NotebookShell) -> None:
    """Run what the first result and the first traceback load, and forget it."""
    _rehearse(
        shell,
        "import numpy as np\nnp.zeros((2, 3)) @ np.zeros(2)",
        "def f():\n    raise NotImplementedError('first')\nf()",
        "1 +",
        "x = [1, 2]\nx",
    )


def warm_up_pictures(shell: NotebookShell) -> None:
    """Draw what the first figure loads, and forget it."""
    _rehearse(
        shell,
        "import matplotlib.pyplot as plt\nimport numpy as np\n"
        "_ = plt.figure(); plt.imshow(np.eye(3)); plt.colorbar(); plt.title('$x_1$')",
    )
    _close_fonts()


def _rehearse(shell: NotebookShell, *cells: str) -> None:
    attach_streams(shell)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for cell in cells:
            shell.run_cell(cell, store_history=True)
    forget(shell)


def _close_fonts() -> None:
    """Close the fonts that the first figure opened. Each fork would, before anything else."""
    from matplotlib import font_manager

    fonts: Any = font_manager
    with contextlib.suppress(AttributeError):  # not in every version of Matplotlib
        fonts._get_font.cache_clear()


def forget(shell: NotebookShell) -> None:
    """Bring the shell to the state in which a new kernel starts."""
    import matplotlib.pyplot as plt

    plt.close("all")
    shell.reset(new_session=True)
    shell.execution_count = 1
    for kept in ("outputs", "exceptions"):  # not in every version of IPython
        getattr(shell.history_manager, kept, {}).clear()
    shell.compile.reset_compiler_flags()
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)
    shell.last_execution_succeeded = True
    shell.last_execution_result = None
    shell.recorder.start()
