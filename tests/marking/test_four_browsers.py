"""Four graders at once, and a server that is killed: no decision is lost, none is made twice."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.courses import ASSIGNMENT

from autograder.marking.storage import Storage

from .conftest import CHROMIUM, QUIET, Server, missing
from .gradebooks import TASK, course_with, rows

ANSWERS = int(os.environ.get("AUTOGRADER_ANSWERS", "600"))
"""How many answers the four mark together."""

KILLS = int(os.environ.get("AUTOGRADER_MARKING_KILLS", "2"))
"""How often the server is killed meanwhile."""

POINTS = (0.5, 0.5, 1.0)


def answers() -> dict[str, tuple[str, tuple[int, ...]]]:
    """For each student what was written, and the items that a grader finds in it."""
    rng = random.Random(9)
    found = {}
    for number in range(ANSWERS):
        items = tuple(place for place in (1, 2, 3) if rng.random() < 0.6) or (2,)
        words = " ".join(f"w{rng.randrange(10**6)}" for _ in range(25))
        found[f"s{number:04d}"] = (f"Items {' '.join(map(str, items))}. {words}", items)
    return found


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_four_browsers_mark_600_answers_without_losing_one(
    tmp_path: Path, serve: Callable[..., Server]
) -> None:
    expected = answers()
    written = {student: {TASK: text} for student, (text, _) in expected.items()}
    course = course_with(tmp_path / "course", written)
    server = serve(course)

    made = asyncio.run(_four_graders(server))

    assert ANSWERS == sum(made), f"of {ANSWERS} answers {made} were marked"
    assert min(made) > 0
    found = rows(course)
    for student, (_, items) in expected.items():
        score, waits, comment = found[student]
        assert (sum(POINTS[place - 1] for place in items), False) == (score, waits), student
        assert comment is not None and len(items) == comment.count("- **+"), student
    storage = Storage(course, ASSIGNMENT)
    histories = [storage.history(TASK, state.key) for state in storage.states(TASK)]
    storage.close()
    assert {1} == set(map(len, histories)), "no answer was given to two graders"
    assert {"mark"} == {event.kind for history in histories for event in history}


async def _four_graders(server: Server) -> list[int]:
    from playwright.async_api import async_playwright

    total = [0]
    async with async_playwright() as playwright:
        browsers = [
            await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
            for _ in range(4)
        ]
        killer = asyncio.create_task(_kill_now_and_then(server, total))
        try:
            return await asyncio.gather(*(_grader(one, server, total) for one in browsers))
        finally:
            killer.cancel()
            for one in browsers:
                await one.close()


async def _grader(browser: Any, server: Server, total: list[int]) -> int:
    """Mark until nothing is left, with the keys; how many answers that were."""
    page = await browser.new_page()
    await page.goto(server.entrance)
    await page.locator("#answer-heading", has_text=" of ").wait_for()
    made, own = 0, set()
    while True:
        heading, text, badges, notice, saving = await _seen(page)
        if "are marked" in notice and saving == "All saved.":
            return made
        if "left, all open" in notice:
            await asyncio.sleep(0.5)
            await page.get_by_role("button", name="Try again").click()
            await asyncio.sleep(0.5)
            continue
        if notice or heading in own or "points" in badges or not text.startswith("Items "):
            assert "was not saved" not in notice, notice
            await asyncio.sleep(0.05)
            continue
        for digit in text.split(".")[0].split()[1:]:
            await page.keyboard.press(digit)
        await page.keyboard.press("Enter")
        made += 1
        own.add(heading)
        total[0] += 1
        while True:
            now = await _seen(page)
            if now[0] != heading or now[3]:
                break
            await asyncio.sleep(0.01)


async def _seen(page: Any) -> tuple[str, str, str, str, str]:
    """Heading, answer, badges, notice and whether all is saved, as the page shows them now."""
    found = await page.evaluate(
        """() => ['answer-heading', 'answer', 'badges', 'notice', 'saving'].map(id => {
            const one = document.getElementById(id);
            return one.hidden ? '' : one.textContent.trim();
        })"""
    )
    heading, text, badges, notice, saving = found
    return heading, text, badges, notice, saving


async def _kill_now_and_then(server: Server, total: list[int]) -> None:
    rng = random.Random(19)
    for number in range(KILLS):
        at = (number + 1) * ANSWERS // (KILLS + 1)
        while total[0] < at:
            await asyncio.sleep(0.01)
        await asyncio.sleep(rng.uniform(0, 0.3))
        server.kill()
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.start)


def test_what_was_not_saved_when_the_browser_closed_is_sent_when_the_page_opens_again(
    tmp_path: Path, serve: Callable[..., Server]
) -> None:
    if missing():
        pytest.skip(missing())
    from playwright.sync_api import sync_playwright

    course = course_with(tmp_path / "course", {one: {TASK: f"{one} writes"} for one in "abc"})
    server = serve(course)
    with sync_playwright() as playwright:
        profile = str(tmp_path / "profile")
        options: dict[str, Any] = {"executable_path": CHROMIUM, "args": list(QUIET)}
        context = playwright.chromium.launch_persistent_context(profile, **options)
        page = context.new_page()
        page.goto(server.entrance)
        page.locator("#answer-heading", has_text=" of 3").wait_for()
        server.kill()
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.locator("#saving.trouble").wait_for()
        assert "do not close the page" in page.inner_text("#saving")
        context.close()
        server.start()
        context = playwright.chromium.launch_persistent_context(profile, **options)
        page = context.new_page()
        page.goto(server.entrance)

        page.locator("#count", has_text="1 of 3 marked").wait_for()
        context.close()

    assert [0.5] == [score for score, _, _ in rows(course).values() if score is not None]
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
