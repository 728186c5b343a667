"""What `nbgrader_config.py` can say about grading, and what it means for a run."""

from __future__ import annotations

import difflib
import hashlib
import importlib.metadata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from traitlets import Bool, Enum, Float, Integer, TraitError
from traitlets.config import Config
from traitlets.config.configurable import Configurable

from autograder.course.files import write_whole
from autograder.course.secret import seed_of_cases
from autograder.errors import CourseError
from autograder.grading.run_notebook import Settings
from autograder.judge import SEED
from autograder.sandbox import WALLS
from autograder.sandbox.limits import MB, Limits

CELL_SECONDS = 30
"""nbgrader's default for `Execute.timeout`."""


class Grading(Configurable):
    """The options `c.Grading.*`. Seconds for one cell are nbgrader's own `c.Execute.timeout`."""

    sandboxed = Bool(
        True,
        help="Run students' code behind a wall. Off, it may read and change whatever you may.",
    ).tag(config=True)
    wall = Enum(
        WALLS,
        "auto",
        help="What the sandbox is built with. 'auto' takes bubblewrap where it can, else Landlock.",
    ).tag(config=True)
    run_pictures = Bool(
        False,
        help="Also run the source's own picture cells, which students saw when they worked.",
    ).tag(config=True)
    notebook_timeout = Float(
        Limits.notebook_seconds,
        min=1,
        help="Seconds for all cells and questions of one notebook together.",
    ).tag(config=True)
    memory = Integer(
        Limits.memory_bytes // MB,
        min=1,
        help="Megabytes that one notebook may take, on top of Python and NumPy.",
    ).tag(config=True)
    scratch = Integer(
        Limits.scratch_bytes // MB,
        min=1,
        help="Megabytes that files written by one notebook may take.",
    ).tag(config=True)
    processes = Integer(
        Limits.processes,
        min=1,
        help="Processes and threads that one notebook may have at once.",
    ).tag(config=True)
    processor = Integer(
        Limits.cpu_seconds,
        min=1,
        help="Seconds of processor time that each process of a notebook may take.",
    ).tag(config=True)
    open_files = Integer(
        Limits.open_files,
        min=1,
        help="Files, pipes and sockets that each process of a notebook may have open at once.",
    ).tag(config=True)
    output = Integer(
        Limits.output_bytes // MB,
        min=1,
        help="Megabytes that one cell may print and display; the rest is left out.",
    ).tag(config=True)
    all_output = Integer(
        Limits.all_output_bytes // MB,
        min=1,
        help="Megabytes that all cells of one notebook may print and display together.",
    ).tag(config=True)
    repeated_slip = Float(
        Settings.repeated_slip,
        min=0,
        max=1,
        help="The most that a slip costs which cost points in an earlier task, as a part of the "
        "task.",
    ).tag(config=True)
    replies = Integer(
        Limits.reply_bytes // MB,
        min=1,
        help="Megabytes that the values may take which a function returns in one round of "
        "questions.",
    ).tag(config=True)


@dataclass(frozen=True)
class HowToGrade:
    """How a run grades: what the sandbox allows, if there is one, and how notebooks are run."""

    limits: Limits
    sandboxed: bool
    settings: Settings
    wall: str = "auto"

    def as_dict(self) -> dict[str, Any]:
        """As JSON values, for the key of stored results."""
        return asdict(self)


def how_to_grade(
    config: Config, sandboxed: bool | None = None, root: Path | None = None, assignment: str = ""
) -> HowToGrade:
    """What the configuration says.

    Args:
        config: nbgrader's configuration.
        sandboxed: overrules the configuration.
        root: the course folder, whose secret decides the final set of hidden cases if it has one.
        assignment: the assignment to which these belong.

    Raises:
        CourseError: if the secret cannot be used.
        traitlets.TraitError: for a value of the wrong type, or a limit that lets nothing through.
    """
    options = Grading(config=config)
    seconds = _cell_seconds(config, options.notebook_timeout)
    limits = Limits(
        cell_seconds=seconds,
        ask_seconds=seconds,
        notebook_seconds=options.notebook_timeout,
        memory_bytes=options.memory * MB,
        scratch_bytes=options.scratch * MB,
        processes=options.processes,
        cpu_seconds=options.processor,
        open_files=options.open_files,
        output_bytes=options.output * MB,
        all_output_bytes=options.all_output * MB,
        reply_bytes=options.replies * MB,
    )
    seed = seed_of_cases(root, assignment) if root is not None else None
    settings = Settings(
        seed=SEED if seed is None else seed,
        run_pictures=options.run_pictures,
        notebook_seconds=options.notebook_timeout,
        repeated_slip=options.repeated_slip,
    )
    sandboxed = options.sandboxed if sandboxed is None else sandboxed
    return HowToGrade(limits, sandboxed, settings, options.wall)


def _cell_seconds(config: Config, notebook_seconds: float) -> float:
    """What `c.Execute.timeout` says.

    As in nbgrader, None, 0 and -1 set no limit for a cell: the notebook's then is the only one.
    """
    seconds = config.Execute.get("timeout", CELL_SECONDS)
    if seconds is not None and not isinstance(seconds, int | float):
        raise TraitError(f"c.Execute.timeout is to be a number of seconds, not {seconds!r}")
    return float(seconds) if seconds and seconds > 0 else notebook_seconds


def refuse_unknown_options(config: Config, checked: Path, load: Callable[[], object]) -> None:
    """Refuse a configuration with an option that is almost the name of one, such as `timeot`.

    traitlets only warns of these, or says nothing, and the option has no effect.

    Args:
        config: nbgrader's configuration.
        checked: the file that notes which configuration was found right last.
        load: imports the modules whose classes have options, which takes seconds.

    Raises:
        CourseError: says which option is meant.
    """
    text = repr((sorted(config.items(), key=str), importlib.metadata.version("nbgrader")))
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    if checked.is_file() and checked.read_text("utf-8", "replace") == digest:
        return
    load()
    options: dict[str, set[str]] = {}
    for kind in _configurable(Configurable):
        for base in kind.__mro__:
            options.setdefault(base.__name__, set()).update(kind.class_trait_names())
    for section, values in config.items():
        if section not in options:
            near = difflib.get_close_matches(section, options, 1, 0.85)
            if near:
                raise CourseError(f"nbgrader_config.py: c.{section} is no section: c.{near[0]}?")
            continue  # of another program
        for name in values:
            if name not in options[section]:
                near = difflib.get_close_matches(name, options[section], 1, 0.6)
                meant = f": do you mean c.{section}.{near[0]}?" if near else ""
                raise CourseError(f"nbgrader_config.py: c.{section} has no option {name}{meant}")
    write_whole(checked, digest.encode())


def _configurable(kind: type[Configurable]) -> Iterator[type[Configurable]]:
    for one in kind.__subclasses__():
        yield one
        yield from _configurable(one)
