"""A real JupyterLab with nbgrader's extensions in a temporary course, and a real browser."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, new_course

from .lab import Desk

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = (
    "--no-sandbox",  # Chromium refuses to start as root with it, and opens only our own pages here
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
)

SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell is on the page
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}

SERVER_CONFIG = """
c.Exchange.root = {exchange!r}
c.Exchange.cache = {cache!r}
c.Exchange.assignment_dir = {home!r}
c.CourseDirectory.root = {course!r}
"""


def pytest_collection_modifyitems(items) -> None:
    """Skip with a sentence that says how to install what is missing."""
    missing = []
    if CHROMIUM is None:
        missing.append("Chromium ('apt-get install chromium')")
    try:
        import playwright  # noqa: F401
    except ImportError:
        missing.append("Playwright ('pip install playwright')")
    if missing:
        reason = f"the browser tests need {' and '.join(missing)}"
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def desk(tmp_path_factory) -> Iterator[Desk]:
    """One machine for student and instructor: course, exchange, home folder, JupyterLab."""
    root = tmp_path_factory.mktemp("desk")
    course, home, exchange = root / "course", root / "home", root / "exchange"
    new_course(course)
    home.mkdir()
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    config, settings = root / "config", root / "settings"
    config.mkdir()
    (config / "nbgrader_config.py").write_text(
        (course / "nbgrader_config.py").read_text(encoding="utf-8")
        + SERVER_CONFIG.format(
            exchange=str(exchange), cache=str(root / "cache"), home=str(home), course=str(course)
        ),
        encoding="utf-8",
    )
    for name, values in SETTINGS.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    environment = {
        **os.environ,
        "HOME": str(root),
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(root / "data"),
        "JUPYTER_PATH": str(root / "kernels"),
        "JUPYTER_RUNTIME_DIR": str(root / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(root / "workspaces"),
        "IPYTHONDIR": str(root / "ipython"),
    }
    token, port = secrets.token_hex(16), _free_port()
    log = (root / "server.log").open("w")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *(f"--ServerApp.root_dir={root}", f"--ServerApp.port={port}"),
            *("--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0"),
            f"--IdentityProvider.token={token}",
        ],
        cwd=root,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api?token={token}", server, root / "server.log")
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.set_default_timeout(30_000)
            page = context.new_page()
            page.goto(f"{address}/login?token={token}")
            yield Desk(page, address, token, root, environment)
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def released(desk: Desk) -> Desk:
    """The same machine after the instructor released the assignment."""
    desk.nbgrader("generate_assignment", ASSIGNMENT)
    desk.nbgrader("release_assignment", ASSIGNMENT)
    return desk


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")
