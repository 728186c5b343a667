"""Marking written answers: by formgrader and by the page, by four graders at once, a thousand.

    python -m benchmarks.marking compare [--students 200] [--in-formgrader 20] [--write PAGE]
    python -m benchmarks.marking together [--answers 600] [--kills 12]
    python -m benchmarks.marking pauses [--answers 1000]

`compare`: a class hands in three written answers each, is graded, and a scripted grader in Chromium
marks all of them on the page, and those of some students in formgrader, whose figures are then
multiplied. Both give the same points and comments. A grader's reading and thinking is not in it:
keys are pressed as soon as the page has reacted to the last one, and the time until then is the
waiting.

`together`: four browsers mark at once while the server is killed at random moments and started
again; ends with an error if a single decision is lost or made twice.

`pauses`: how long the page's longest task is with so many answers to one question.

The answers are the known sample answers, taken apart and put together to others, with blank ones
and with copies as a real class has them. Needs Chromium and takes part in no test.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.course import Course, open_course
from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.exercise.written_answers import WrittenAnswer, written_answers

from .speed import ASSIGNMENT, REPOSITORY, class_of

sys.path.insert(0, str(REPOSITORY / "tests"))

from marking import graders
from marking.conftest import CHROMIUM, QUIET, Server
from marking.gradebooks import TASK, course_with, forget_marking, rows, scheme

BEGIN, END = "<!-- benchmarks.marking: begin -->", "<!-- benchmarks.marking: end -->"

SHARES = {"blank": 0.10, "copied": 0.10, "altered": 0.10}
"""Which part of a class leaves a question blank, copies an answer, or copies and changes a word."""


# The class.


def answers_of(task: str, number: int) -> list[str]:
    """So many answers to a task, the same every time."""
    rng = random.Random(task)
    known = [one.text for one in written_answers(ASSIGNMENT, task) if not one.pictures]
    sentences = [s for text in known for s in re.split(r"(?<=[.!?])\s+|\n\n", text) if len(s) > 20]
    own: list[str] = []
    found = []
    for _ in range(number):
        draw = rng.random()
        if draw < SHARES["blank"]:
            found.append("")
        elif own and draw < SHARES["blank"] + SHARES["copied"]:
            found.append(rng.choice(own))
        elif own and draw < sum(SHARES.values()):
            words = rng.choice(own).split(" ")
            words[rng.randrange(len(words))] = rng.choice(["so", "then", "clearly", "hence"])
            found.append(" ".join(words))
        else:
            own.append(" ".join(rng.sample(sentences, rng.randint(2, 5))))
            found.append(own[-1])
    return found


def items_for(text: str, number: int) -> tuple[int, ...]:
    """The places of the items that the scripted grader finds in an answer, from 1."""
    rng = random.Random(" ".join(text.split()).casefold())
    return tuple(place for place in range(1, number + 1) if text.strip() and rng.random() < 0.6)


def graded_course(folder: Path, exercise: Exercise, students: int) -> Course:
    written = {one.id: answers_of(one.id, students) for one in _written_cells(exercise)}
    for number, student in enumerate(class_of(exercise, students)):
        target = folder / "submitted" / student / ASSIGNMENT
        target.mkdir(parents=True)
        own = {task: WrittenAnswer("", texts[number]) for task, texts in written.items()}
        for name, tasks in exercise.tasks.items():
            cells = {task: (exercise.notebooks[name].by_id[task].solved,) for task in tasks}
            text = fill_in(exercise, name, cells, own)
            (target / f"{name}.ipynb").write_text(text, encoding="utf-8")
    (folder / "source").symlink_to(REPOSITORY / "source")
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return open_course(folder)


def _written_cells(exercise: Exercise) -> list[Any]:
    return [cell for one in exercise.notebooks.values() for cell in one.written_answers]


# The scripted grader.


@dataclass
class Effort:
    """What marking cost."""

    answers: int = 0
    decisions: int = 0
    loads: int = 0
    keys: int = 0
    comment_keys: int = 0
    waits: list[float] = field(default_factory=list)
    scrolled: float = 0.0

    @property
    def waited(self) -> float:
        return sum(self.waits)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.waits.append(time.perf_counter() - begin)

    def times(self, factor: float) -> Effort:
        return Effort(
            *(round(factor * n) for n in (self.answers, self.decisions, self.loads, self.keys)),
            round(factor * self.comment_keys),
            [factor * self.waited],
            factor * self.scrolled,
        )


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("the page does not react")
        time.sleep(0.002)


def mark_on_page(page: Any, server: Server, exercise: Exercise) -> Effort:
    """Mark everything with the keys, groups at once."""
    effort = Effort()

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)
            effort.keys += 1

    heading, answer = page.locator("#answer-heading"), page.locator("#answer")

    def shown() -> tuple[str, str]:
        return tuple(page.evaluate(SHOWN))

    for place, cell in enumerate(_written_cells(exercise)):
        with effort.waiting():
            if not place:
                page.goto(f"{server.entrance}#{cell.id}")
                effort.loads += 1
            else:
                page.locator(f'#questions [data-task="{cell.id}"]').click()
                effort.keys += 1
            page.locator(f'#questions [data-task="{cell.id}"][aria-current=true]').wait_for()
            until(lambda: answer.inner_text() not in ("", "…") and " of " in heading.inner_text())
        number = page.locator("#items li").count()
        while True:
            before, text, group, notice = shown()
            if "are marked" in notice:
                break
            for digit in items_for("" if "Nothing was written" in text else text, number):
                press(str(digit))
            if group:
                with effort.waiting():
                    press("g")
                    page.locator("#members label").first.wait_for()
                effort.answers += page.locator("#members input:checked").count()
            else:
                effort.answers += 1
            effort.decisions += 1
            with effort.waiting():
                press("Enter")
                if "once more" in page.inner_text("#saving"):
                    press("Enter")
                until(lambda before=before: moved(shown(), before))
        with effort.waiting():
            until(lambda: page.inner_text("#saving") == "All saved.")
    return effort


SHOWN = """() => {
    const text = id => document.getElementById(id).textContent;
    const group = !document.getElementById("group").disabled;
    const notice = document.getElementById("notice");
    return [text("answer-heading"), text("answer"), group, notice.hidden ? "" : text("notice")];
}"""


def moved(now: tuple[str, ...], before: str) -> bool:
    return (now[0] != before and now[1] != "…") or "are marked" in now[3]


def mark_in_formgrader(
    page: Any, server: Server, exercise: Exercise, students: int, comments: Mapping[str, str]
) -> Effort:
    """Mark the answers of the first students with formgrader's own keys, as fast as it lets one."""
    effort = Effort()
    root = server.address.removesuffix("/autograder/mark")

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)
            effort.keys += 1

    page.goto(f"{root}/login?token={server.token}")
    for name, notebook in exercise.notebooks.items():
        ids = [cell.id for cell in notebook.written_answers]
        with effort.waiting():
            page.goto(f"{root}/formgrader/gradebook/{ASSIGNMENT}/{name}")
            page.get_by_role("link", name="Submission #1", exact=True).wait_for()
        with effort.waiting():
            page.get_by_role("link", name="Submission #1", exact=True).click()
            _formgrader_is_ready(page, ids)
        effort.loads += 2
        for student in range(students):
            effort.scrolled += page.evaluate("document.documentElement.scrollHeight")
            for task in ids:
                text = page.locator(f".nbgrader_cell:has(#{task}) .text_cell_render").inner_text()
                items = items_for(text, 3)
                # Tab goes from field to field: score, extra credit, comment.
                page.locator(f"#{task}").click()
                effort.keys += 1
                score = f"{sum(graders.POINTS[one - 1] for one in items):g}"
                page.keyboard.insert_text(score)
                effort.keys += len(score)
                with effort.waiting(), _saved(page, "/api/grade/"):
                    press("Tab")
                press("Tab")
                comment = "; ".join(comments[f"{task} {one}"] for one in items)
                page.keyboard.insert_text(comment)
                effort.comment_keys += len(comment)
                effort.answers += 1
                effort.decisions += 1
                with effort.waiting(), _saved(page, "/api/comment/", bool(comment)):
                    press("Escape")
            if student + 1 < students:
                with effort.waiting():
                    before = _submission(page.url)
                    press("Control+.")
                    page.wait_for_url(lambda url, before=before: _submission(url) != before)
                    _formgrader_is_ready(page, ids)
                effort.loads += 1
    return effort


def _submission(url: str) -> str:
    return url.split("/submissions/")[1].split("/")[0]


def _formgrader_is_ready(page: Any, ids: list[str]) -> None:
    page.wait_for_load_state("load")
    page.locator(f"#{ids[-1]}").wait_for()
    page.wait_for_function("window.formgrader && formgrader.loaded && formgrader.grades.loaded")
    page.wait_for_function("formgrader.comments.loaded")


@contextmanager
def _saved(page: Any, address: str, expected: bool = True) -> Iterator[None]:
    if not expected:
        yield
        return
    with page.expect_response(lambda one: address in one.url and one.request.method == "PUT"):
        yield


@contextmanager
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = one.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(120_000)
        yield context.new_page()
        one.close()


# The commands.


def compare(students: int, in_formgrader: int, write: Path | None) -> None:
    exercise = load_exercise(ASSIGNMENT, REPOSITORY / "source")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = graded_course(folder / "course", exercise, students)
        server = Server(course, folder / "home", extensions=(FORMGRADER,))
        server.start()
        try:
            comments = {
                f"{cell.id} {place}": item.text
                for cell in _written_cells(exercise)
                for place, item in enumerate(scheme(cell.id).items, start=1)
            }
            with browser() as page:
                old = mark_in_formgrader(page, server, exercise, in_formgrader, comments)
            forget_marking(course)
            with browser() as page:
                new = mark_on_page(page, server, exercise)
        finally:
            server.stop()
        waits = sum(
            rows(course, cell.id)[one][1]
            for cell in _written_cells(exercise)
            for one in rows(course, cell.id)
        )
        if waits or new.answers != 3 * students:
            raise SystemExit(f"{waits} answers still wait, {new.answers} were marked")
    table = _table(old, old.times(students / in_formgrader), new, in_formgrader, students)
    print(table)
    if write is not None:
        text = write.read_text(encoding="utf-8")
        head, _, rest = text.partition(BEGIN)
        tail = rest.partition(END)[2]
        write.write_text(f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}", encoding="utf-8")


FORMGRADER = "nbgrader.server_extensions.formgrader"


def _table(part: Effort, old: Effort, new: Effort, measured: int, students: int) -> str:
    def minutes(seconds: float) -> str:
        return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"

    lines = [
        f"| for {new.answers} answers | formgrader | this page |",
        "| --- | ---: | ---: |",
        f"| decisions | {old.decisions:,} | {new.decisions:,} |",
        f"| page loads | {old.loads:,} | {new.loads:,} |",
        f"| keys and clicks, points only | {old.keys:,} | – |",
        f"| keys and clicks, with sentences for students | {old.keys + old.comment_keys:,}"
        f" | {new.keys:,} |",
        f"| waiting for the machine | {minutes(old.waited)} | {minutes(new.waited)} |",
        f"| the longest wait | {max(part.waits):.1f} s | {max(new.waits):.1f} s |",
        f"| page to scroll through | {old.scrolled / 1e6:.1f} million px | – |",
    ]
    return "\n".join(lines) + (
        f"\n\nFormgrader's column was measured with {measured} of the {students} students and "
        f"multiplied by {students / measured:g}."
    )


def together(answers: int, kills: int) -> None:
    written = graders.answers(answers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = {student: {TASK: one.text} for student, one in written.items()}
        server = Server(course_with(folder / "course", texts), folder / "home")
        server.start()
        begin = time.monotonic()
        try:
            made = graders.mark_all(server, answers, kills)
        finally:
            server.stop()
        lost = graders.lost(server.course, written)
    print(
        f"four browsers, {answers} answers, {kills} kills, {time.monotonic() - begin:.0f} s: "
        f"decided {' + '.join(map(str, made))} = {sum(made)}, lost or made twice {len(lost)}"
    )
    if lost or sum(made) != answers:
        raise SystemExit(1)


WATCH = """
window.tasks = [];
new PerformanceObserver(list => {
    for (const one of list.getEntries()) window.tasks.push(Math.round(one.duration));
}).observe({type: "longtask", buffered: true});
"""


def pauses(answers: int) -> None:
    texts = answers_of(TASK, answers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = {f"s{n:04d}": {TASK: text} for n, text in enumerate(texts)}
        server = Server(course_with(folder / "course", written), folder / "home")
        server.start()
        try:
            with browser() as page:
                page.add_init_script(WATCH)
                found = _work(page, server, answers)
        finally:
            server.stop()
    print(f"{answers} answers, longest task in ms:")
    for what, longest in found.items():
        print(f"  {longest:4} {what}")


def _work(page: Any, server: Server, answers: int) -> Counter[str]:
    """The longest task of the page in milliseconds, while a grader does this and that."""
    found: Counter[str] = Counter()

    @contextmanager
    def watched(what: str) -> Iterator[None]:
        yield
        page.wait_for_timeout(300)
        found[what] = max(page.evaluate("window.tasks"), default=0)
        page.evaluate("window.tasks = []")

    with watched("opening the page"):
        page.goto(f"{server.entrance}#{TASK}")
        page.locator("#answers li").nth(answers - 1).wait_for(state="attached")
        until(lambda: page.inner_text("#answer") not in ("", "…"))
    with watched("marking twenty answers"):
        for number in range(20):
            before = page.inner_text("#answer-heading")
            page.keyboard.press(str(number % 3 + 1))
            page.keyboard.press("Enter")
            until(lambda before=before: moved(tuple(page.evaluate(SHOWN)), before))
    with watched("undoing"):
        page.keyboard.press("u")
    for button in ("To do", "Groups", "All"):
        with watched(f"listing “{button}”"):
            page.get_by_role("button", name=button, exact=True).click()
    with watched("searching"):
        page.keyboard.press("/")
        page.keyboard.insert_text("batch")
        until(lambda: "found" in page.inner_text("#count"))
        page.keyboard.press("Escape")
    with watched("marking the largest group"):
        page.get_by_role("button", name="Groups", exact=True).click()
        page.locator("#answers button").first.click()
        until(lambda: not page.locator("#group").is_disabled())
        page.keyboard.press("g")
        page.locator("#members label").first.wait_for()
        page.keyboard.press("Enter")
        until(lambda: page.inner_text("#saving") == "All saved.")
    with watched("editing an item of all that have it"):
        page.get_by_label("Edit item 1").click()
        page.locator("#item-points").fill("0.25")
        page.locator("#item-save").click()
        page.locator("#preview p").wait_for()
        page.locator("#item-save").click()
        page.locator("#item-box").wait_for(state="hidden")
    with watched("showing the progress"):
        page.locator("#open-statistics").click()
        page.locator("#statistics[open]").wait_for()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Marking written answers, measured.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("compare")
    one.add_argument("--students", type=int, default=200)
    one.add_argument("--in-formgrader", type=int, default=20)
    one.add_argument("--write", type=Path)
    one = commands.add_parser("together")
    one.add_argument("--answers", type=int, default=600)
    one.add_argument("--kills", type=int, default=12)
    one = commands.add_parser("pauses")
    one.add_argument("--answers", type=int, default=1_000)
    options = vars(parser.parse_args())
    {"compare": compare, "together": together, "pauses": pauses}[options.pop("command")](**options)


if __name__ == "__main__":
    main()
