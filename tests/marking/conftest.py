"""The page as graders have it: `autograder mark` at work in a course, and a browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from support.courses import ASSIGNMENT, REPOSITORY

from autograder.course.course import Course

from .gradebooks import TASK

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = (
    "--no-sandbox",  # Chromium refuses to start as root with it, and opens only our own pages here
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
)


def missing() -> str:
    """Why there is no browser here, "" if there is one."""
    if CHROMIUM is None:
        return "the browser tests need Chromium ('apt-get install chromium')"
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "the browser tests need Playwright ('pip install playwright')"
    return ""


@dataclass
class Server:
    """`autograder mark` in a course."""

    course: Course
    home: Path
    token: str = "a-token-of-the-tests"
    base_url: str = "/"
    extensions: tuple[str, ...] = ()
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    log: Path = field(default_factory=Path)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base_url}autograder/mark"

    @property
    def entrance(self) -> str:
        return f"{self.address}/{ASSIGNMENT}?token={self.token}"

    def start(self) -> None:
        if not self.port:
            with socket.socket() as one:
                one.bind(("127.0.0.1", 0))
                self.port = one.getsockname()[1]
        self.home.mkdir(exist_ok=True)
        self.log = self.home / "server.log"
        environment = os.environ | {
            "HOME": str(self.home),
            "PYTHONPATH": str(REPOSITORY),
            "JUPYTER_CONFIG_DIR": str(self.home / "config"),
            "JUPYTER_DATA_DIR": str(self.home / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.home / "runtime"),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "autograder", "mark", ASSIGNMENT),
                    *("--no-browser", "--allow-root", "--ServerApp.port_retries=0"),
                    *(f"--port={self.port}", f"--IdentityProvider.token={self.token}"),
                    f"--ServerApp.base_url={self.base_url}",
                    *(f"--ServerApp.jpserver_extensions={one}=True" for one in self.extensions),
                ],
                cwd=self.course.root,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                url = f"{self.address}/api/{ASSIGNMENT}/overview?token={self.token}"
                with urllib.request.urlopen(url, timeout=30):
                    return
            time.sleep(0.1)
        pytest.fail(f"the server did not start:\n{self.log.read_text(encoding='utf-8')[-3000:]}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts servers, and ends them with the module."""
    servers: list[Server] = []

    def start(course: Course, base_url: str = "/") -> Server:
        server = Server(course, tmp_path_factory.mktemp("home"), base_url=base_url)
        servers.append(server)
        server.start()
        return server

    yield start
    for one in servers:
        one.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if missing():
        pytest.skip(missing())
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield one
        one.close()


@dataclass
class Grader:
    """A person before the page."""

    page: Any
    server: Server
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, task: str = TASK) -> None:
        self.page.goto(f"{self.server.entrance}#{task}")
        self.page.locator("#score small").wait_for()
        self.page.locator("#answer-heading", has_text=" of ").wait_for()
        self.until(lambda: self.page.inner_text("#answer") != "…")

    def until(self, holds: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until something holds; the page's policy lets no test wait inside of it."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, self.page.inner_text("body")[:2000]
            time.sleep(0.02)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def heading(self) -> str:
        return str(self.page.inner_text("#answer-heading"))

    def text(self) -> str:
        return str(self.page.inner_text("#answer"))

    def saved(self) -> None:
        self.until(lambda: self.page.inner_text("#saving") == "All saved.")

    def score(self) -> str:
        return str(self.page.inner_text("#score"))


@pytest.fixture
def grader(browser: Any) -> Iterator[Callable[..., Grader]]:
    """Opens the page in a browser profile of its own."""
    contexts: list[Any] = []

    def sit_down(server: Server, **options: Any) -> Grader:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        one = Grader(page, server)
        page.on("request", lambda request: one.asked.append(request.url))
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                one.complaints.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        return one

    yield sit_down
    for context in contexts:
        context.close()
