"""Opens a site of `make site` in Chromium and runs Python in it, once more without a server.

    python -m benchmarks.site_in_browser SITE [--pictures FOLDER]

Says what works: the notebook opens, the kernel starts and computes, the notebook's first code
cell runs (it imports NumPy and Matplotlib), and all of it again after the server has gone. Exits 1
if one of these does not.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import sys
import threading
from pathlib import Path
from typing import Any

from .walled import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "tests"))

from browser.conftest import CHROMIUM, QUIET

SECONDS = 300
NOTEBOOK = "convolution.ipynb"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, format: str, *args: Any) -> None: ...


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("--pictures", type=Path)
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    handler = functools.partial(Quiet, directory=str(arguments.site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    good = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(SECONDS * 1000)
        page = context.new_page()
        outside: set[str] = set()
        page.on("requestfailed", lambda one: print("not loaded:", one.url[-80:], flush=True))
        page.on("request", lambda one: outside.add(one.url) if is_outside(one.url) else None)
        for where in ("with the server", "without it"):
            page.goto(f"{address}/lab/index.html?path={NOTEBOOK}")
            page.locator(".jp-Notebook .jp-Cell").first.wait_for()
            print(f"{where}: the notebook is open", flush=True)
            good &= say(where, "Python runs: 6 * 7 is 42", run(page, "print(6 * 7)") == "42")
            said = run(page, None)
            good &= say(where, "the notebook's imports run", "Error" not in said)
            if arguments.pictures:
                arguments.pictures.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=str(arguments.pictures / f"site-{where.split()[0]}.png"))
            page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
            wait_for_cache(page)
            server.shutdown()
            server.server_close()
        browser.close()
    good &= say("in all", f"nothing was asked of another server {sorted(outside)[:3]}", not outside)
    if not good:
        raise SystemExit(1)


def is_outside(url: str) -> bool:
    return url.startswith("http") and "//127.0.0.1" not in url


def say(where: str, what: str, holds: bool) -> bool:
    print(f"{where}: {'yes' if holds else 'NO'}: {what}", flush=True)
    return holds


def wait_for_cache(page: Any) -> None:
    """Wait until the browser has stored the largest file of the site."""
    page.wait_for_function(
        "async () => !!(await caches.match('/static/pyodide/pyodide.asm.wasm'))", polling=1000
    )


def run(page: Any, source: str | None) -> str:
    """What a cell prints: a new one on top with this source, or the notebook's first code cell."""
    if source is not None:
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        cell = page.locator(".jp-Notebook .jp-Cell").first
        cell.locator(".cm-content").click()
        page.keyboard.insert_text(source)
    else:
        cell = page.locator(".jp-Notebook .jp-CodeCell").nth(1)
        cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    prompt = cell.locator(".jp-InputPrompt").element_handle()
    page.wait_for_function("one => /\\[\\d+\\]/.test(one.innerText)", arg=prompt)
    return "\n".join(cell.locator(".jp-OutputArea-output").all_inner_texts()).strip()


if __name__ == "__main__":
    main()
