"""The command `autograder`. Everything heavy is imported inside the commands."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
from collections.abc import Sized
from pathlib import Path

import click

from autograder.errors import AutograderError

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""


class Refusal(click.ClickException):
    """Something that the user has to put right, in one line."""

    def __init__(self, message: str, exit_code: int = 1):
        super().__init__(message)
        self.exit_code = exit_code

    def show(self, file=None) -> None:
        click.echo(f"error: {_printable(self.format_message())}", file=file, err=file is None)


class Commands(click.Group):
    """Turns the errors that have a line for the user into that line."""

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except AutograderError as error:
            raise Refusal(str(error)) from None
        except Exception as error:
            if type(error).__name__ == "TraitError":
                raise Refusal(f"nbgrader_config.py: {error}") from None
            if isinstance(error, OSError) and error.strerror is not None:
                # A disk that is full does not say which file it was.
                where = f"{error.filename}: " if error.filename is not None else ""
                raise Refusal(f"{where}{error.strerror}") from None
            raise


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _course_dir(function):
    return click.option(
        "--course-dir",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("."),
        help="The course folder, by default the one that you are in.",
    )(function)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="autograder")
def cli() -> None:
    """Build, grade and check autograded exercises."""


@cli.command()
@click.argument("assignment")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if anything would change.")
@_course_dir
def build(assignment: str, check: bool, course_dir: Path) -> None:
    """Generate release/ and solutions/ of an ASSIGNMENT from source/."""
    from autograder.course.course import open_course
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    load_exercise(assignment, course.source_root)  # refuses before nbgrader's seconds of import

    from autograder.authoring import build as builder

    if check:
        differing = builder.check(course, assignment)
        for path in differing:
            click.echo(f"{path} is not what source/ gives", err=True)
        if differing:
            raise Refusal(
                f"{len(differing)} files are out of date: run 'autograder build {assignment}', look at "
                "the changes and commit them"
            )
        click.echo(f"release/ and solutions/ of {assignment} are what source/ gives.")
        return
    changed = builder.build(course, assignment)
    for path in changed:
        click.echo(f"wrote {path}")
    if not changed:
        click.echo(f"release/ and solutions/ of {assignment} were up to date.")


@cli.command()
@click.argument("assignment")
@click.option("--student", help="Grade this student's submission only.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many submissions to grade at once, by default as many as there are processors.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Grade on a Dask cluster (tcp://host:8786) instead of this machine's processors.",
)
@click.option("--force", is_flag=True, help="Grade also what has not changed since it was graded.")
@click.option("--no-sandbox", is_flag=True, help="Run students' code with your own rights.")
@click.option("--feedback", is_flag=True, help="Write the feedback pages as well.")
@click.option("--report", "with_report", is_flag=True, help="Write the class report as well.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Write nothing; list whose score would change, from what to what, and why.",
)
@_course_dir
def grade(
    assignment: str,
    student: str | None,
    jobs: int | None,
    scheduler: str | None,
    force: bool,
    no_sandbox: bool,
    feedback: bool,
    with_report: bool,
    dry_run: bool,
    course_dir: Path,
) -> None:
    """Grade what was handed in for an ASSIGNMENT.

    Safe to interrupt and to repeat: only what changed is graded again, and what a person entered is
    kept.
    """
    from autograder.batch.progress import console, progress
    from autograder.batch.table import closing, preview_lines
    from autograder.course.course import open_course
    from autograder.course.left_out import gone, left_out
    from autograder.course.settings import how_to_grade
    from autograder.errors import CourseError
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    unplaced = left_out(course, assignment)
    try:
        submissions = course.submissions(assignment)
    except CourseError as error:
        also = "".join(f"; {path} is not graded: {reason}" for path, reason in unplaced.items())
        raise CourseError(f"{error}{also}") from None
    if student is not None:
        if student not in submissions:
            shown = course.folder("submitted", student, assignment)
            raise CourseError(f"unknown student {student!r}: there is no folder {shown}")
        submissions, unplaced = {student: submissions[student]}, {}
    how = how_to_grade(course.config, sandboxed=False if no_sandbox else None)

    from autograder.batch.run import grade_class, preview_class

    terminal = console()
    if not how.sandboxed:
        terminal.print("NO SANDBOX: students' code runs with your rights.", style="bold red")
    with progress(terminal, len(submissions), "submissions") as shown_progress:
        outcome = (preview_class if dry_run else grade_class)(
            course,
            exercise,
            submissions,
            how,
            jobs or len(os.sched_getaffinity(0)),
            force,
            shown_progress,
            scheduler,
        )
    if dry_run:
        for line in preview_lines(outcome):
            terminal.print(line, soft_wrap=True)
        _refuse_without_grade(outcome.failed, submissions)
        return
    notes = []
    if feedback:
        from autograder.feedback import generate_feedback

        terminal.print("Writing feedback pages.")
        generate_feedback(course, assignment, sorted(outcome.lines), jobs)
        pages = course.folder("feedback", "<student>", assignment)
        notes.append(f"Feedback: {_relative(pages)}/*.html")
    else:
        notes.append(f"Feedback pages: 'autograder grade {assignment} --feedback' writes them.")
    if with_report and outcome.lines:
        from autograder.report import report_course

        terminal.print("Writing the class report.")
        notes.append(f"Class report: {_relative(report_course(course, exercise))}")
    if student is None:
        notes += gone(course, assignment, submissions)
    if unplaced:
        notes += ["Not graded, because:", *(f"  {path}: {why}" for path, why in unplaced.items())]
    closing(terminal, exercise, outcome.lines, outcome.failed, notes)
    _refuse_without_grade([*outcome.failed, *unplaced], [*submissions, *unplaced])


def _refuse_without_grade(failed: Sized, submissions: Sized) -> None:
    if failed:
        raise Refusal(f"{len(failed)} of {len(submissions)} submissions have no grade")


@cli.command()
@click.argument("assignment")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_course_dir
def sample(assignment: str, folder: Path, course_dir: Path) -> None:
    """Make a course FOLDER with a sample class that handed in an ASSIGNMENT."""
    from autograder.authoring.sample import make_sample
    from autograder.course.course import open_course
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    students = make_sample(course, exercise, folder)
    click.echo(f"{len(students)} students handed in {assignment} in {folder}.")


@cli.command()
@click.argument("assignment")
@click.option("--seed", type=int, help="Draw the hidden cases from another seed than in grading.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many answers to grade at once.")
@click.option("--no-sandbox", is_flag=True, help="Run the known answers with your own rights.")
@click.option(
    "--write",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Put the table into this Markdown file, between its two marks.",
)
@_course_dir
def measure(
    assignment: str,
    seed: int | None,
    jobs: int | None,
    no_sandbox: bool,
    write: Path | None,
    course_dir: Path,
) -> None:
    """Show the grader's error on all known answers to an ASSIGNMENT.

    Exits 1 if a right answer is rejected, a wrong one accepted, or a mistake called by another name.
    """
    from autograder.batch.progress import console
    from autograder.course.course import open_course
    from autograder.course.settings import how_to_grade
    from autograder.exercise.source_notebooks import load_exercise
    from autograder.measure import measure as measuring

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    how = how_to_grade(course.config, sandboxed=False if no_sandbox else None)
    found = measuring.measure(exercise, how, seed, jobs or len(os.sched_getaffinity(0)), console())
    table = measuring.markdown_table(found)
    click.echo(table)
    click.echo(measuring.closing_line(found))
    if write is not None:
        measuring.write_table(write, table)
    faults = measuring.faults(found)
    for fault in faults:
        click.echo(f"fault: {_printable(fault)}", err=True)
    if faults:
        raise Refusal(f"the grader is wrong on {len(faults)} answers")


@cli.command()
@click.argument("assignment")
@click.argument("task")
@click.argument("name", required=False)
@_course_dir
def answer(assignment: str, task: str, name: str | None, course_dir: Path) -> None:
    """Print a known answer to a TASK of an ASSIGNMENT as the program that it is.

    NAME is that of a variant, a mistake or a combination ("divides_by_B + transposed"). Without it,
    the names are listed.
    """
    from autograder.course.course import open_course
    from autograder.errors import ExerciseError
    from autograder.exercise.source_notebooks import load_exercise

    exercise = load_exercise(assignment, open_course(course_dir).source_root)
    known = {one.name: one for one in (*exercise.variants(task), *exercise.mistakes(task))}
    if name is None:
        click.echo("\n".join(known))
    elif name in known:
        hints = "".join(f"# {hint}\n" for hint in known[name].hints)
        click.echo(hints + "\n\n".join(known[name].cells))
    else:
        raise ExerciseError(
            f"{task} has no known answer {name!r}: 'autograder answer {assignment} {task}' lists them"
        )


@cli.command()
@click.argument("assignment")
@click.option("--anonymous", is_flag=True, help="Leave out names and what students wrote.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the report, by default reports/ASSIGNMENT in the course.",
)
@_course_dir
def report(assignment: str, anonymous: bool, output: Path | None, course_dir: Path) -> None:
    """Write a page on how a class did in an ASSIGNMENT, with its numbers as CSV."""
    from autograder.course.course import open_course
    from autograder.exercise.source_notebooks import load_exercise
    from autograder.report import report_course

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    page = report_course(course, exercise, output, anonymous)
    click.echo(f"wrote {_relative(page)}, its numbers beside it")


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("assignment")
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@_course_dir
def mark(assignment: str, options: tuple[str, ...], course_dir: Path) -> None:
    """Open the page on which the written answers to an ASSIGNMENT are graded, by question.

    OPTIONS go to Jupyter's server, such as --no-browser or --port=8889.
    """
    from autograder.course.course import open_course
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    load_exercise(assignment, course.source_root)  # refuses before the server starts

    from autograder.marking.server import start

    start(course.root, assignment, list(options))


@cli.command()
def doctor() -> None:
    """Say whether students' code can be run behind a wall here, and what to do if not.

    Exits 1 if no sandbox can be built.
    """
    from autograder.sandbox import open_sandbox
    from autograder.sandbox.doctor import findings

    marks = {True: "ok  ", False: "no  ", None: "    "}
    for finding in findings():
        click.echo(marks[finding.ok] + _printable(finding.what))
        if finding.remedy:
            click.echo(f"      -> {_printable(finding.remedy)}")
    open_sandbox().close()  # refuses in one line
    click.echo("Students' code can be run behind a wall here.")


@cli.command()
@click.argument("assignment")
@_course_dir
def new(assignment: str, course_dir: Path) -> None:
    """Begin a new ASSIGNMENT: a notebook with one small task, its hidden tests, known answers."""
    from autograder.authoring.new import new_exercise
    from autograder.course.course import open_course

    for path in new_exercise(open_course(course_dir), assignment):
        click.echo(f"wrote {_relative(path)}")
    click.echo(
        "Change these to your task (docs/new-task.md), then:\n"
        f"  autograder build {assignment}\n  autograder measure {assignment}"
    )


def _relative(path: Path) -> str:
    """A path as short as it can be said from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def main() -> None:
    """The entry point: like `cli`, and an interrupt is said in a line."""
    interrupted: list[bool] = []
    # Registered first, so done last.
    atexit.register(lambda: _leave() if interrupted else None)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as in a shell's background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        interrupted.append(True)
        click.echo(
            "interrupted: what was graded is kept, run the command again for the rest", err=True
        )
        sys.exit(INTERRUPTED)


def _leave() -> None:
    """End with the exit code of an interrupt.

    Where Python was interrupted in a piece of generated code, it would end itself by a signal.
    """
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(INTERRUPTED)
