"""The command `autograder`. Everything heavy is imported inside the commands."""

from __future__ import annotations

import atexit
import contextlib
import errno
import io
import os
import signal
import sys
import time
from collections.abc import Sized
from pathlib import Path
from typing import IO, Any

import click

from autograder.course.slow_imports import put_off
from autograder.errors import AutograderError

NO_MORE_PROCESSES = "you may not start another process or thread: allow more with 'ulimit -u'"
ADDRESS_SPACE = 560 << 20
INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""


class Refusal(click.ClickException):
    """Something that the user has to put right, in one line."""

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(f"error: {_printable(self.format_message())}", file=file, err=file is None)


class Commands(click.Group):
    """Turns the errors that have a line for the user into that line."""

    def invoke(self, ctx: click.Context) -> Any:
        _refuse_little_memory()
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except AutograderError as error:
            raise Refusal(str(error)) from None
        except OSError as error:
            if error.strerror is None:
                raise
            if error.errno == errno.EAGAIN:
                raise Refusal(NO_MORE_PROCESSES) from None
            # A disk that is full does not say which file it was.
            where = f"{error.filename}: " if error.filename is not None else ""
            raise Refusal(f"{where}{error.strerror}") from None
        except Exception as error:
            if str(error) == "can't start new thread":  # Python has no class of its own for it
                raise Refusal(NO_MORE_PROCESSES) from None
            from traitlets import TraitError  # only here: most commands start without it

            if isinstance(error, TraitError):
                raise Refusal(f"nbgrader_config.py: {error}") from None
            raise


def _refuse_little_memory() -> None:
    """Say it here: where memory ends, each library fails in its own way."""
    try:
        import resource
    except ImportError:  # a system that has no such limits
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most != resource.RLIM_INFINITY and most < ADDRESS_SPACE:
        raise Refusal(
            f"there is too little memory: {ADDRESS_SPACE >> 20} MB of address space are needed "
            f"('ulimit -v {ADDRESS_SPACE >> 10}'), {most >> 20} MB are allowed"
        )


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


_course_dir = click.option(
    "--course-dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    help="The course folder, by default the one that you are in.",
)


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
                f"{len(differing)} files are out of date: run 'autograder build {assignment}', "
                "look at the changes and commit them"
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
    from autograder.batch.outcome import Preview
    from autograder.batch.progress import console, progress
    from autograder.batch.table import closing, preview_lines
    from autograder.course.course import open_course
    from autograder.course.left_out import gone, left_out
    from autograder.course.settings import how_to_grade, refuse_unknown_options
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
    # First: traitlets only warns of an option that it does not know, and in several lines.
    refuse_unknown_options(course.config, course.private / "settings-checked", _load_options)
    how = how_to_grade(course.config, False if no_sandbox else None, course.root, assignment)

    if feedback:
        _refuse_pages_before_the_deadline(course, assignment)

    from autograder.batch.run import grade_class, preview_class

    terminal = console()
    if not how.sandboxed:
        terminal.print("NO SANDBOX: students' code runs with your rights.", style="bold red")
    workers = jobs or len(os.sched_getaffinity(0))
    with progress(terminal, len(submissions), "submissions") as shown_progress:
        run = course, exercise, submissions, how, workers, force, shown_progress, scheduler
        outcome = preview_class(*run) if dry_run else grade_class(*run)
    if isinstance(outcome, Preview):
        for line in preview_lines(outcome):
            terminal.print(line, soft_wrap=True)
        _refuse_without_grade(outcome.failed, submissions)
        return
    notes, without_pages, trouble = [], {}, ""
    if feedback:
        from autograder.feedback import generate_feedback

        terminal.print("Writing feedback pages.")
        without_pages = generate_feedback(course, assignment, sorted(outcome.lines), jobs)
        pages = course.folder("feedback", "<student>", assignment)
        notes.append(f"Feedback: {_relative(pages)}/*.html")
    else:
        notes.append(f"Feedback pages: 'autograder grade {assignment} --feedback' writes them.")
    if with_report and outcome.lines:
        from autograder.report import report_course

        terminal.print("Writing the class report.")
        try:
            notes.append(f"Class report: {_relative(report_course(course, exercise))}")
        except CourseError as error:
            trouble = f"no class report: {error}"
    if outcome.extended and (course.root / "extensions.csv").is_file():
        notes.append(
            f"Extensions in the gradebook that are not in extensions.csv, and stay: "
            f"{', '.join(sorted(outcome.extended))}"
        )
    if student is None:
        notes += gone(course, assignment, submissions)
    if unplaced:
        notes += ["Not graded, because:", *(f"  {path}: {why}" for path, why in unplaced.items())]
    closing(terminal, exercise, outcome.lines, outcome.failed, notes, without_pages)
    _refuse_without_grade([*outcome.failed, *unplaced], [*submissions, *unplaced])
    if without_pages:
        raise Refusal(f"{len(without_pages)} of {len(outcome.lines)} students have no feedback")
    if trouble:
        raise Refusal(trouble)


def _refuse_pages_before_the_deadline(course: Any, assignment: str) -> None:
    """Refuse full pages while attempts are open: they show the cases by which all are graded."""
    from autograder.attempts.rules import rules_of

    if not rules_of(course.config).most:
        return
    from datetime import UTC, datetime

    from autograder.late.plugin import policy_of

    policy = policy_of(course.config)
    due = policy.due.get(assignment) if policy is not None else None
    if due is not None and datetime.now(UTC) < due:
        raise Refusal(
            f"{assignment} has attempts until {due:%Y-%m-%d %H:%M} UTC, and feedback pages show "
            "the cases by which all are graded: leave out --feedback until then"
        )


def _load_options() -> None:
    """Import everything that nbgrader_config.py can say something about."""
    import nbgrader.apps  # noqa: F401

    import autograder.attempts.rules
    import autograder.export
    import autograder.feedback
    import autograder.late  # noqa: F401


def _refuse_without_grade(failed: Sized, submissions: Sized) -> None:
    if failed:
        raise Refusal(f"{len(failed)} of {len(submissions)} submissions have no grade")


@cli.command()
@click.argument("assignment")
@click.option("--once", is_flag=True, help="End when all that is there is answered.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many submissions to grade at once, by default as many as there are processors.",
)
@click.option(
    "--quiet",
    type=click.FloatRange(min=0),
    default=0.5,
    show_default=True,
    help="For how many seconds a folder must not have changed to be taken for whole.",
)
@click.option("--no-sandbox", is_flag=True, help="Run students' code with your own rights.")
@_course_dir
def watch(
    assignment: str,
    once: bool,
    jobs: int | None,
    quiet: float,
    no_sandbox: bool,
    course_dir: Path,
) -> None:
    """Grade and answer each submission to an ASSIGNMENT as it arrives, until Ctrl-C.

    Submissions come from nbgrader's exchange, if the course has one, or into the folder of
    submissions. Safe to kill at any moment: the next watch answers what came meanwhile.
    """
    from autograder.course.course import open_course
    from autograder.course.settings import how_to_grade, refuse_unknown_options
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    refuse_unknown_options(course.config, course.private / "settings-checked", _load_options)
    how = how_to_grade(course.config, False if no_sandbox else None, course.root, assignment)
    if not how.sandboxed:
        click.echo("NO SANDBOX: students' code runs with your rights.")

    from autograder.watch import Watch

    workers = jobs or len(os.sched_getaffinity(0))
    watching = Watch(course, exercise, how, workers, _say_now, quiet)
    if watching.run(once):
        _say_now("the exercise or the configuration has changed: starting again")
        os.execv(sys.executable, [sys.executable, "-m", "autograder", *sys.argv[1:]])


@cli.command()
@click.argument("assignment")
@click.option(
    "--measure",
    "most",
    type=click.IntRange(min=1),
    help="Measure what so many attempts can tell about the hidden cases.",
)
@_course_dir
def attempts(assignment: str, most: int | None, course_dir: Path) -> None:
    """List who made how many attempts at an ASSIGNMENT."""
    from autograder.attempts.history import everyone
    from autograder.attempts.rules import rules_of
    from autograder.course.course import open_course
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    if most is not None:
        from autograder.attempts.oracle import fixed_seeds, measure_oracle, oracle_table

        click.echo(oracle_table(measure_oracle(exercise, most, fixed_seeds)))
        return
    allowed = rules_of(course.config).most
    if not allowed:
        raise Refusal(f"{assignment} has no attempts: set c.Attempts.most in nbgrader_config.py")
    for student, history in everyone(course, assignment).items():
        points = ", ".join(f"{one.points:g}" for one in history)
        click.echo(_printable(f"{student}: {len(history)} of {allowed} attempts: {points} points"))


@cli.command()
@click.argument("assignment")
@click.option("--all", "with_answered", is_flag=True, help="List answered requests as well.")
@click.option("--accept", metavar="ID", help="Accept a request, such as ada:convolve.")
@click.option("--decline", metavar="ID", help="Decline a request.")
@click.option("--points", type=float, help="With --accept: what the task now gives.")
@click.option("--comment", default="", help="What the student reads about it.")
@click.option(
    "--as-variant",
    metavar="NAME",
    help="With --accept: add the answer to the variants, and grade the class again.",
)
@click.option("--yes", is_flag=True, help="Do not ask before anything is changed.")
@_course_dir
def requests(
    assignment: str,
    with_answered: bool,
    accept: str | None,
    decline: str | None,
    points: float | None,
    comment: str,
    as_variant: str | None,
    yes: bool,
    course_dir: Path,
) -> None:
    """List the regrade requests for an ASSIGNMENT, or answer one of them."""
    from autograder.batch.run import recorded_result
    from autograder.course.course import open_course
    from autograder.course.settings import how_to_grade
    from autograder.exercise.source_notebooks import load_exercise
    from autograder.requests import listing

    if accept and decline:
        raise Refusal("either --accept or --decline, not both")
    if accept and (points is None) == (as_variant is None):
        raise Refusal("--accept needs either --points or --as-variant")
    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    found = listing.all_requests(course, exercise)
    answered = listing.replies(course, assignment)
    if not accept and not decline:
        how = how_to_grade(course.config, None, course.root, assignment)
        shown = [one for one in found if with_answered or listing.is_open(one, answered)]
        for one in shown:
            result = recorded_result(course, exercise, how, one.student)
            reply = None if listing.is_open(one, answered) else answered[one.id]
            for line in listing.lines_of(one, result, reply):
                click.echo(_printable(line))
        click.echo(f"{len(shown)} request{'' if len(shown) == 1 else 's'}")
        return
    request = listing.find(found, accept or decline or "")

    from autograder.requests.deciding import give_points

    if as_variant is not None:
        _accept_as_variant(course, exercise, request, as_variant, yes)
    if as_variant is None or comment:
        click.echo(_printable(give_points(course, exercise, request, points, comment)))
    decision = "accepted" if accept else "declined"
    listing.note_reply(
        course, assignment, request, listing.Reply(decision, request.reason, comment)
    )
    click.echo(f"{decision}. 'autograder grade {assignment} --feedback' writes the page anew.")


def _accept_as_variant(course: Any, exercise: Any, request: Any, name: str, yes: bool) -> None:
    """Add an answer to the variants, show whose score would change, and grade the class again.

    Raises:
        Refusal: if it was not agreed to, or the hidden tests do not accept the answer yet.
    """
    from autograder.batch.progress import console, progress
    from autograder.batch.run import grade_class, preview_class
    from autograder.batch.table import preview_lines
    from autograder.course.settings import how_to_grade
    from autograder.exercise.source_notebooks import load_exercise
    from autograder.requests.deciding import add_variant, answer_of

    source = answer_of(course, exercise, request)
    click.echo("".join(f"    {_printable(line)}\n" for line in source.splitlines()))
    question = "This becomes a part of the grader, and runs with your rights. Add it?"
    if not yes and not click.confirm(question):
        raise Refusal("nothing was changed")
    path = add_variant(exercise, request.task, name, source)
    click.echo(f"{name} stands in {_relative(path)}")
    exercise = load_exercise(exercise.name, course.source_root)
    how = how_to_grade(course.config, None, course.root, exercise.name)
    submissions = course.submissions(exercise.name)
    terminal, jobs = console(), len(os.sched_getaffinity(0))
    with progress(terminal, len(submissions), "submissions") as bar:
        preview = preview_class(course, exercise, submissions, how, jobs, False, bar)
    for line in preview_lines(preview):
        terminal.print(line, soft_wrap=True)
    if request.student not in preview.changes:
        tests = _relative(path.parents[1] / f"{exercise.notebook_of(request.task)}.py")
        raise Refusal(
            f"the hidden tests do not accept the answer yet: change {tests} so that "
            f"'autograder measure {exercise.name}' finds no fault, and run this command again"
        )
    if not yes and not click.confirm("Grade the class again with that?"):
        raise Refusal("no score was changed")
    with progress(terminal, len(submissions), "submissions") as bar:
        outcome = grade_class(course, exercise, submissions, how, jobs, False, bar)
    _refuse_without_grade(outcome.failed, submissions)


def _say_now(line: str) -> None:
    """Say a line at once, also where it goes to a file."""
    click.echo(f"{time.strftime('%H:%M:%S')} {_printable(line)}")
    sys.stdout.flush()


@cli.command()
@click.argument("assignment")
@click.option(
    "--for",
    "platform",
    type=click.Choice(["nbgrader", "points", "moodle", "canvas", "ilias"]),
    default="nbgrader",
    help="Whose file to write: nbgrader's own table by default, or one with all tasks.",
)
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The platform's own file, whose grades are to be filled in.",
)
@click.option("--partial", is_flag=True, help="Export while answers wait, and mark these.")
@_course_dir
def export(
    assignment: str,
    platform: str,
    to: Path | None,
    template: Path | None,
    partial: bool,
    course_dir: Path,
) -> None:
    """Write the grades of an ASSIGNMENT as a table, as 'nbgrader export' does.

    Refuses while answers wait for a person to grade them.
    """
    from autograder.course.course import open_course
    from autograder.export import export_grades

    path = export_grades(open_course(course_dir), assignment, platform, to, template, partial)
    click.echo(f"wrote {_relative(path)}")


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

    Exits 1 if a right answer is rejected, a wrong one accepted, or a mistake called by another
    name.
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
@click.argument("platform", type=click.Choice(["gradescope", "kubernetes", "github"]))
@click.argument("assignment")
@click.option("--to", type=click.Path(path_type=Path), help="The file or folder to write.")
@_course_dir
def bundle(platform: str, assignment: str, to: Path | None, course_dir: Path) -> None:
    """Write what a PLATFORM needs to grade an ASSIGNMENT (docs/platforms.md)."""
    from autograder.bundle import write_bundle
    from autograder.course.course import open_course
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    for path in write_bundle(course, exercise, platform, to):
        click.echo(f"wrote {_relative(path)}")
    if platform == "gradescope":
        click.echo(
            "It holds the solutions and hidden tests: upload it, and give it to nobody else."
        )


@cli.command()
@click.argument("assignment")
@click.argument("submission", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("results", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--details",
    type=click.Choice(["visible", "after_due_date", "after_published", "hidden"]),
    default="after_published",
    help="When students see what the hidden tests found; by default when you publish grades.",
)
@_course_dir
def gradescope(
    assignment: str, submission: Path, results: Path, details: str, course_dir: Path
) -> None:
    """Grade the files in one SUBMISSION and write RESULTS as Gradescope reads them."""
    from autograder.bundle.results import write_results
    from autograder.course.course import open_course
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    graded = write_results(course, exercise, submission, results, details)
    click.echo(f"{graded.points:g} points; {graded.sandbox}")


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
            f"{task} has no known answer {name!r}: 'autograder answer {assignment} {task}' lists "
            "them"
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
@click.option(
    "--wall",
    type=click.Choice(("auto", "bubblewrap", "landlock")),
    help="As c.Grading.wall, which is the default.",
)
@_course_dir
def doctor(wall: str | None, course_dir: Path) -> None:
    """Say whether students' code can be run behind a wall here, and what to do if not.

    Exits 1 if no sandbox can be built.
    """
    from autograder.sandbox import open_sandbox
    from autograder.sandbox.doctor import findings

    marks = {True: "ok  ", False: "no  ", None: "    "}
    if wall is None:
        wall = _wall_of(course_dir)
    for finding in findings(wall):
        click.echo(marks[finding.ok] + _printable(finding.what))
        if finding.remedy:
            click.echo(f"      -> {_printable(finding.remedy)}")
    with open_sandbox(wall=wall) as factory:  # or refuses in one line
        click.echo(f"Students' code can be run behind a wall here ({factory.description}).")


def _wall_of(course_dir: Path) -> str:
    """What the configuration in a folder says about the wall, if there is one."""
    if not (course_dir / "nbgrader_config.py").is_file():
        return "auto"
    from autograder.course.course import open_course
    from autograder.course.settings import how_to_grade

    return how_to_grade(open_course(course_dir).config).wall


@cli.command()
@click.argument("assignment")
@_course_dir
def new(assignment: str, course_dir: Path) -> None:
    """Begin a new ASSIGNMENT: a notebook with one small task, its hidden tests, known answers.

    'autograder new course' begins a whole course in an empty folder, with a first assignment.
    """
    from autograder.authoring import new
    from autograder.course.course import open_course

    if assignment == "course":
        written, assignment = new.new_course(open_course(course_dir).root), new.FIRST
    else:
        written = new.new_exercise(open_course(course_dir), assignment)
    for path in written:
        click.echo(f"wrote {_relative(path)}")
    click.echo(
        "Change these to your task (docs/new-task.md), then:\n"
        f"  autograder build {assignment}\n  autograder measure {assignment}"
    )


@cli.command()
@click.argument("assignment")
@click.argument("task")
@click.option("--notebook", help="Which notebook of the assignment, if it has more than one.")
@_course_dir
def new_task(assignment: str, task: str, notebook: str | None, course_dir: Path) -> None:
    """Add a TASK to an ASSIGNMENT, which is begun if it is not there: cells, tests, known answers.

    All of it works as it is: change it to what the task shall be.
    """
    from autograder.authoring import new
    from autograder.course.course import open_course

    for path in new.new_task(open_course(course_dir), assignment, task, notebook):
        click.echo(f"wrote {_relative(path)}")
    click.echo(
        "Change these to your task (docs/new-task.md), then:\n"
        f"  autograder build {assignment}\n  autograder measure {assignment}"
    )


@cli.command()
@click.argument("assignment")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--jupyter-lite", type=click.Path(path_type=Path), required=True, help="The program of it."
)
@click.option(
    "--pyodide", type=click.Path(path_type=Path), required=True, help="The folder of its core."
)
@click.option(
    "--wheels",
    type=click.Path(path_type=Path),
    required=True,
    multiple=True,
    help="A folder with packages for the browser.",
)
@click.option("--incomplete", is_flag=True, help="Make the site also where packages are missing.")
@_course_dir
def site(
    assignment: str,
    folder: Path,
    jupyter_lite: Path,
    pyodide: Path,
    wheels: tuple[Path, ...],
    incomplete: bool,
    course_dir: Path,
) -> None:
    """Make a site FOLDER that runs the release of an ASSIGNMENT in the browser: see 'make site'."""
    from autograder.authoring.site import build_site
    from autograder.course.course import open_course
    from autograder.exercise.source_notebooks import load_exercise

    course = open_course(course_dir)
    exercise = load_exercise(assignment, course.source_root)
    paths = jupyter_lite.absolute(), pyodide.absolute(), [one.absolute() for one in wheels]
    missing = build_site(course, exercise, folder.absolute(), *paths, incomplete)
    click.echo(f"wrote {_relative(folder.absolute())}")
    for name in missing:
        click.echo(f"missing: {name}")


@cli.command()
@click.argument("assignment")
@click.option("--convert", is_flag=True, help="Make tasks of the checks that compare values.")
@_course_dir
def adopt(assignment: str, convert: bool, course_dir: Path) -> None:
    """Take an ordinary ASSIGNMENT of nbgrader, graded by its own asserts."""
    from autograder.authoring.adopt import adopt as adopt_assignment
    from autograder.course.course import open_course
    from autograder.exercise.tasks import BY_ASSERTS

    adopted = adopt_assignment(open_course(course_dir), assignment, convert)
    for path in adopted.files:
        click.echo(f"wrote {_relative(path)}")
    for where, count in adopted.converted.items():
        click.echo(f"{where}: a task now, with {count} questions to the student's function")
    for where, reason in adopted.by_asserts.items():
        click.echo(f"{where}: {BY_ASSERTS}" + (f"; {_printable(reason)}" if reason else ""))
    for where in adopted.by_hand:
        click.echo(f"{where}: graded by a person")


def _relative(path: Path) -> str:
    """A path as short as it can be said from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def main() -> None:
    """The entry point: like `cli`, and an interrupt is said in a line."""
    put_off()
    interrupted: list[bool] = []
    try:
        Path.home()
    except RuntimeError:  # a user without a name and HOME, as in a container
        os.environ["HOME"] = "/nonexistent"
    # Registered first, so done last.
    atexit.register(lambda: _leave() if interrupted else None)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as in a shell's background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may know ASCII only
            stream.reconfigure(errors="replace")
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
