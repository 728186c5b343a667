"""Graders at several browsers at once, before a server that is killed now and then."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from support.courses import ASSIGNMENT

from autograder.course.course import Course
from autograder.marking.storage import Storage

from .conftest import CHROMIUM, QUIET, Server
from .gradebooks import TASK, rows

POINTS = (0.5, 0.5, 1.0)
PATIENCE = 180


@dataclass(frozen=True)
class Written:
    """An answer that says which items of the rubric apply to it."""

    text: str
    items: tuple[int, ...]


def answers(number: int) -> dict[str, Written]:
    """So many answers by student, no two of them alike."""
    rng = random.Random(9)
    found = {}
    for student in range(number):
        items = tuple(place for place in (1, 2, 3) if rng.random() < 0.6) or (2,)
        words = " ".join(f"w{rng.randrange(10**6)}" for _ in range(25))
        found[f"s{student:04d}"] = Written(f"Items {' '.join(map(str, items))}. {words}", items)
    return found


def lost(course: Course, expected: Mapping[str, Written]) -> list[str]:
    """Whose decision is not in nbgrader's gradebook and in the history exactly once as made."""
    found = rows(course)
    storage = Storage(course, ASSIGNMENT)
    history = {one.student: storage.history(TASK, one.key) for one in storage.states(TASK)}
    storage.close()
    wrong = []
    for student, written in expected.items():
        score, waits, comment = found[student]
        if (
            (score, waits) != (sum(POINTS[place - 1] for place in written.items), False)
            or comment is None
            or comment.count("- **+") != len(written.items)
            or [event.kind for event in history[student]] != ["mark"]
        ):
            wrong.append(student)
    return wrong


def mark_all(server: Server, number: int, kills: int, browsers: int = 4) -> list[int]:
    """Four graders mark so many answers, with the server killed so often meanwhile.

    Args:
        server: has been started.
        number: of the answers.
        kills: each at a random moment, spread over the whole time.
        browsers: how many programs the four windows are in.

    Returns:
        How many answers each grader decided on.
    """
    # In a thread: tests that have a browser open already have a loop in theirs.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _mark_all(server, number, kills, browsers)).result()


async def _mark_all(server: Server, number: int, kills: int, browsers: int) -> list[int]:
    from playwright.async_api import async_playwright

    total = [0]
    async with async_playwright() as playwright:
        opened = [
            await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
            for _ in range(browsers)
        ]
        killer = asyncio.create_task(_kill_now_and_then(server, number, kills, total))
        try:
            pages = [await (await opened[n % browsers].new_context()).new_page() for n in range(4)]
            made = await asyncio.gather(*(_grader(one, server, total) for one in pages))
            await killer
            return made
        finally:
            killer.cancel()
            for one in opened:
                await one.close()


async def _grader(page: Any, server: Server, total: list[int]) -> int:
    """Mark until nothing is left, with the keys; how many answers that were."""
    await page.goto(server.entrance)
    await page.locator("#answer-heading", has_text=" of ").wait_for()
    own: set[str] = set()
    since = time.monotonic()
    while time.monotonic() < since + PATIENCE:
        heading, text, badges, notice, saving = await _seen(page)
        assert "was not saved" not in notice, notice
        if "are marked" in notice and saving == "All saved.":
            return len(own)
        if "left, all open" in notice:
            await page.get_by_role("button", name="Try again").click()
        if notice or heading in own or "points" in badges or not text.startswith("Items "):
            await asyncio.sleep(0.1)
            continue
        for digit in text.split(".")[0].split()[1:]:
            await page.keyboard.press(digit)
        await page.keyboard.press("Enter")
        own.add(heading)
        total[0] += 1
        since = time.monotonic()
    raise AssertionError(f"nothing went on: {await _seen(page)}")


async def _seen(page: Any) -> Sequence[str]:
    """Heading, answer, badges, notice and whether all is saved, as the page shows them now."""
    found: list[str] = await page.evaluate(
        """() => ['answer-heading', 'answer', 'badges', 'notice', 'saving'].map(id => {
            const one = document.getElementById(id);
            return one.hidden ? '' : one.textContent.trim();
        })"""
    )
    return found


async def _kill_now_and_then(server: Server, number: int, kills: int, total: list[int]) -> None:
    rng = random.Random(19)
    for kill in range(kills):
        while total[0] < (kill + 1) * number // (kills + 1):
            await asyncio.sleep(0.01)
        await asyncio.sleep(rng.uniform(0, 0.3))
        server.kill()
        await asyncio.sleep(0.2)
        await asyncio.to_thread(server.start)
