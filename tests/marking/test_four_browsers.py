"""Four graders at once, and a server that is killed: no decision is lost, none is made twice.

Twenty answers here; `python -m benchmarks.marking together` does the same with 600.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from . import graders
from .conftest import CHROMIUM, QUIET, Server, missing
from .gradebooks import TASK, course_with, forget_marking, rows

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

NUMBER = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Server]) -> Server:
    written = {name: {TASK: one.text} for name, one in graders.answers(NUMBER).items()}
    return serve(course_with(tmp_path_factory.mktemp("together") / "course", written))


def test_four_graders_lose_no_decision_while_the_server_is_killed(server: Server) -> None:
    made = graders.mark_all(server, NUMBER, kills=1, browsers=1)

    assert NUMBER == sum(made)
    assert min(made) > 0
    assert not graders.lost(server.course, graders.answers(NUMBER))


def test_what_was_not_saved_when_the_browser_closed_is_sent_when_the_page_opens_again(
    tmp_path: Path, server: Server
) -> None:
    forget_marking(server.course)
    with ThreadPoolExecutor(1) as thread:  # other tests have a loop in theirs
        thread.submit(close_and_open_again, tmp_path, server).result()

    assert [0.5] == [score for score, _, _ in rows(server.course).values() if score is not None]


def close_and_open_again(tmp_path: Path, server: Server) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options: dict[str, Any] = {"executable_path": CHROMIUM, "args": list(QUIET)}

        def open_page() -> tuple[Any, Any]:
            context = playwright.chromium.launch_persistent_context(str(tmp_path), **options)
            page = context.new_page()
            page.goto(server.entrance)
            page.locator("#answer-heading", has_text=f" of {NUMBER}").wait_for()
            return context, page

        context, page = open_page()
        page.locator("#answer", has_text="Items").wait_for()
        server.kill()
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.locator("#saving.trouble").wait_for()
        assert "do not close the page" in page.inner_text("#saving")
        context.close()
        server.start()
        context, page = open_page()

        page.locator("#count", has_text=f"1 of {NUMBER} marked").wait_for()
        context.close()
