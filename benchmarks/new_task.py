"""Follows docs/new-task.md in JupyterLab, word by word, and counts what is typed.

    python -m benchmarks.new_task [--pictures FOLDER]

A copy of the repository is opened in JupyterLab with Chromium. Each block of the page is put where
the page says: a cell is replaced in the notebook, a function or a file in the editor. The page's
commands are run in a shell. All must succeed, and the last cell must give full points. Then every
character of the blocks and commands is counted: at 40 words a minute, of 5 characters each, it has
to be typed in 10 minutes. Choosing the place with mouse and arrow keys is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .walled import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "tests"))

from browser.conftest import CHROMIUM, QUIET, _free_port, _wait_for
from browser.lab import Desk

PAGE = REPOSITORY / "docs" / "new-task.md"
NOTEBOOK = "source/exercise10/first_steps.ipynb"
WORDS_A_MINUTE, CHARACTERS_A_WORD, MOST_MINUTES = 40, 5, 10
PLACE = re.compile(r"(cell|function|all of)\s+`([^`]+)`:\s*\Z")
FILE = re.compile(r"In\s+`([^`]+\.py)`")
HIDDEN = "### BEGIN HIDDEN TESTS"


@dataclass(frozen=True)
class Step:
    """One block of the page.

    Attributes:
        where: "cell", "function", "all of" (a file) or "shell".
        name: the cell's `grade_id`, the function's name or the file's path.
        file: for a function, the file that it stands in.
        text: what is typed.
    """

    where: str
    name: str
    file: str
    text: str


def steps_of(page: str) -> list[Step]:
    """The blocks that the page asks to type, up to its chapters that begin with "More"."""
    found: list[Step] = []
    file, end = "", 0
    page = page[: page.index("\n## More")]
    for block in re.finditer(r"^```(\w+)\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL):
        before, text = page[end : block.start()], block[2]
        end = block.end()
        file = (FILE.findall(before) or [file])[-1]
        if block[1] == "sh":
            found += [Step("shell", "", "", line) for line in text.splitlines()]
        elif place := PLACE.search(before.rstrip() + "\n"):
            found.append(Step(place[1], place[2], file, text))
        else:
            raise SystemExit(
                f"error: the page does not say where this goes: {text.splitlines()[0]}"
            )
    return found


@contextmanager
def jupyterlab(root: Path) -> Iterator[Desk]:
    """JupyterLab on the copy, and a page of Chromium on it."""
    from playwright.sync_api import sync_playwright

    environment = os.environ | {"PYTHONPATH": str(root), "HOME": str(root / ".home")}
    environment |= {"JUPYTERLAB_WORKSPACES_DIR": str(root / ".home" / "workspaces")}
    (root / ".home").mkdir()
    token, port = secrets.token_hex(16), _free_port()
    log = root / ".home" / "server.log"
    with log.open("w") as said:
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        options = {"ServerApp.root_dir": root, "ServerApp.port": port, "ServerApp.ip": "127.0.0.1"}
        options |= {"IdentityProvider.token": token}
        command += [f"--{name}={value}" for name, value in options.items()]
        server = subprocess.Popen(command, cwd=root, env=environment, stdout=said, stderr=said)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/api?token={token}", server, log)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.set_default_timeout(60_000)
                page.goto(f"{address}/login?token={token}")
                yield Desk(page, address, token, root, environment)
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


def follow(desk: Desk, steps: list[Step], pictures: Path | None) -> None:
    """Do what the page says, in its order."""
    is_open = ""
    for number, step in enumerate(steps, 1):
        wanted = {"cell": NOTEBOOK, "function": step.file, "all of": step.name}.get(step.where, "")
        if is_open and wanted != is_open:
            save(desk.page)
            if is_open == NOTEBOOK:
                run_all(desk, pictures)
        if step.where == "shell":
            shell(desk, step.text)
        elif step.where == "cell":
            if wanted != is_open:
                desk.open_notebook(wanted)
            type_cell(desk.page, *cell_of(desk.root / NOTEBOOK, step.name), step.text)
        else:
            if wanted != is_open:
                desk.open(f"lab/tree/{wanted}?reset")
                first = (desk.root / wanted).read_text(encoding="utf-8").splitlines()[0]
                desk.page.locator(".jp-FileEditor .cm-line", has_text=first).wait_for()
            type_in_file(desk.page, desk.root / wanted, step)
            save(desk.page)
            check_typed(desk.root / wanted, step.text)
        is_open = wanted
        if pictures and step.where != "shell":
            desk.page.screenshot(path=str(pictures / f"step-{number:02}.png"))
        print(f"{step.where} {step.name or step.text}: {len(step.text)} characters", flush=True)


def shell(desk: Desk, command: str) -> None:
    words = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=desk.root,
        env=desk.environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise SystemExit(f"error: '{command}' says:\n{done.stdout}")


def cell_of(path: Path, grade_id: str) -> tuple[int, int]:
    """The place of a cell, and how many of its lines stand above the hidden ones."""
    for place, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        if cell["metadata"]["nbgrader"]["grade_id"] == grade_id:
            return place, "".join(cell["source"]).partition(HIDDEN)[0].count("\n")
    raise SystemExit(f"error: {path} has no cell {grade_id}")


def type_cell(page: Any, index: int, lines: int, text: str) -> None:
    """Replace what stands in a cell, as a person does: click into it, select, type.

    Where there are hidden lines, only what stands above them is replaced.
    """
    cell = page.locator(".jp-Notebook .jp-Cell").nth(index)
    cell.scroll_into_view_if_needed()
    if cell.locator(".jp-RenderedMarkdown").is_visible():
        cell.locator(".jp-RenderedMarkdown").dblclick()
    cell.locator(".cm-content").click()
    if HIDDEN in cell.locator(".cm-content").inner_text():
        page.keyboard.press("Control+Home")
        for _ in range(lines):
            page.keyboard.press("Shift+ArrowDown")
        text += "\n"
    else:
        page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")


def type_in_file(page: Any, path: Path, step: Step) -> None:
    """Replace a function in the editor, or all that stands in it."""
    page.locator(".jp-FileEditor .cm-content").click()
    if step.where == "all of":
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(step.text + "\n")
        return
    text = path.read_text(encoding="utf-8")
    found = re.search(rf"^def {step.name}\(.*?(?=\n\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"{path} has no function {step.name}"
    page.keyboard.press("Control+Home")
    for _ in range(text[: found.start()].count("\n")):
        page.keyboard.press("ArrowDown")
    for _ in range(found[0].count("\n") + 1):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.insert_text(step.text + "\n")


def save(page: Any) -> None:
    with page.expect_response(lambda one: one.request.method == "PUT" and one.ok):
        page.keyboard.press("Control+s")


def check_typed(path: Path, text: str) -> None:
    assert text in path.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")


def run_all(desk: Desk, pictures: Path | None) -> None:
    """Run all cells of the notebook; its last one must give full points."""
    page = desk.page
    desk.menu("Run", "Run All Cells")
    last = page.locator(".jp-Notebook .jp-Cell").last
    last.locator(".jp-OutputArea-output", has_text="points").first.wait_for()
    said = "\n".join(last.locator(".jp-OutputArea-output").all_inner_texts())
    assert re.search(r"leaky_relu: 2 of 2 points", said), said
    if pictures:
        last.scroll_into_view_if_needed()
        page.screenshot(path=str(pictures / "run-all.png"))
    save(page)


def copy_of_repository(folder: Path) -> Path:
    root = folder / "checkout"
    leave = shutil.ignore_patterns("__pycache__", "exercise10")
    for name in ("autograder", "source", "docs"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=leave)
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copyfile(REPOSITORY / name, root / name)
    return root


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pictures", type=Path, help="keep a picture of each step in this folder")
    pictures = parser.parse_args().pictures
    steps = steps_of(PAGE.read_text(encoding="utf-8"))
    if CHROMIUM is None:
        raise SystemExit("error: this needs Chromium: apt-get install chromium")
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        root = copy_of_repository(Path(folder))
        first, rest = steps[0], steps[1:]
        environment = os.environ | {"PYTHONPATH": str(root)}
        shell(Desk(None, "", "", root, environment), first.text)
        with jupyterlab(root) as desk:
            follow(desk, rest, pictures)
    typed = sum(len(step.text) + 1 for step in steps)
    minutes = typed / (WORDS_A_MINUTE * CHARACTERS_A_WORD)
    print(f"{len(steps)} blocks and commands, {typed} characters: {minutes:.1f} minutes")
    if minutes > MOST_MINUTES:
        raise SystemExit(f"error: that is more than {MOST_MINUTES} minutes")


if __name__ == "__main__":
    main()
