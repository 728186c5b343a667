"""What a person does in JupyterLab: open a notebook, write into a cell, run and read it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SCREENSHOTS = os.environ.get("AUTOGRADER_SCREENSHOTS")
"""A folder for the pictures of README and docs; without it none are made."""


@dataclass
class Desk:
    """A machine with a course, an exchange, a student's home folder, JupyterLab and a browser."""

    page: object
    address: str
    token: str
    root: Path
    environment: dict[str, str]

    @property
    def course(self) -> Path:
        return self.root / "course"

    @property
    def home(self) -> Path:
        return self.root / "home"

    def nbgrader(self, *arguments: str, folder: Path | None = None) -> str:
        """What an nbgrader command prints."""
        return self.command("nbgrader", *arguments, folder=folder)

    def command(self, *command: str, folder: Path | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder or self.course,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def open(self, address: str) -> None:
        self.page.goto(f"{self.address}/{address}")

    def open_notebook(self, path: str) -> Notebook:
        """A notebook in JupyterLab, with nothing else open and its kernel ready."""
        self.open(f"lab/tree/{path}?reset")
        page = self.page
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=90_000)
        # The indicator says "idle" before there is a kernel too, and what is run then is lost.
        page.locator(".jp-KernelName", has_text="Python 3").wait_for(timeout=90_000)
        page.wait_for_function(
            """async address => {
                const kernels = await (await fetch(address)).json();
                return kernels.some(one => one.execution_state === "idle" && one.connections > 0);
            }""",
            arg=f"{self.address}/api/kernels",
            polling=200,
            timeout=90_000,
        )
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        return Notebook(page)

    def open_in_classic(self, path: str) -> ClassicNotebook:
        """A notebook in nbclassic, its kernel ready."""
        self.open(f"nbclassic/notebooks/{path}")
        self.page.locator("#kernel_indicator_icon.kernel_idle_icon").wait_for(state="attached")
        return ClassicNotebook(self.page)

    def menu(self, *names: str) -> None:
        """Choose from the menus at the top."""
        page = self.page
        page.locator(".lm-MenuBar-itemLabel", has_text=names[0]).first.click()
        for name in names[1:]:
            page.locator(".lm-Menu-itemLabel").get_by_text(name, exact=True).click()

    def close_dialog(self, title: str) -> None:
        """Wait for formgrader's dialog with this title, and close it."""
        dialog = self.page.locator(".modal.in")
        dialog.locator(".modal-title").wait_for(timeout=90_000)
        assert dialog.locator(".modal-title").inner_text() == title, dialog.inner_text()
        dialog.locator(".modal-footer button").last.click()
        dialog.wait_for(state="hidden")

    def picture(self, name: str, clip: dict[str, float]) -> None:
        """Keep a picture of a part of what the page shows, for README and docs."""
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(SCREENSHOTS, f"{name}.png")), clip=clip)


class Notebook:
    """The notebook that is open."""

    def __init__(self, page):
        self.page = page

    def cell(self, text: str):
        """The cell that holds a text."""
        return (
            self.page.locator(".jp-Notebook .jp-Cell")
            .filter(has=self.page.locator(".jp-InputArea", has_text=text))
            .first
        )

    def said(self, text: str) -> str:
        """What stands below the cell that holds a text."""
        outputs = self.cell(text).locator(".jp-OutputArea-output")
        return "\n".join(outputs.all_inner_texts())

    def run(self, text: str) -> str:
        """Run the cell that holds a text; what it says then."""
        with self.runs(text):
            self.cell(text).locator(".jp-InputPrompt").click()
            self.page.keyboard.press("Control+Enter")
        return self.said(text)

    def write(self, text: str, source: str) -> None:
        """Put a source in place of what stands in the cell that holds a text, and run it."""
        with self.runs(text):
            self.cell(text).locator(".cm-content").click()
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(source)
            self.page.keyboard.press("Control+Enter")

    def write_text(self, text: str, answer: str) -> None:
        """Put an answer in place of what stands in the text cell that holds a text."""
        self.cell(text).locator(".jp-RenderedMarkdown").dblclick()
        self.cell(text).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(answer)
        self.page.keyboard.press("Control+Enter")
        self.cell(answer).locator(".jp-RenderedMarkdown").wait_for()

    @contextmanager
    def runs(self, text: str) -> Iterator[None]:
        """What is done within runs the cell that holds a text: wait until it has."""
        prompt = self.cell(text).locator(".jp-InputPrompt").element_handle()
        before = prompt.inner_text()
        yield
        self.page.wait_for_function(
            "([one, before]) => one.innerText !== before && /\\d/.test(one.innerText)",
            arg=[prompt, before],
        )
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()

    def validate(self, outcome: str) -> str:
        """Press Validate; what it says, which has to be "failed" or a "success"."""
        self.page.locator(".validate-button").click()
        dialog = self.page.locator(".jp-Dialog")
        dialog.locator("[class*=validation-]").first.wait_for(timeout=90_000)
        said = dialog.inner_text()
        assert dialog.locator(f".validation-{outcome}").count(), said
        dialog.locator(".jp-Dialog-footer button").last.click()
        dialog.wait_for(state="hidden")
        return said


class ClassicNotebook:
    """The notebook that is open in nbclassic, the interface of the years before JupyterLab."""

    def __init__(self, page):
        self.page = page

    def cell(self, text: str):
        """The cell that holds a text."""
        return (
            self.page.locator("#notebook .cell")
            .filter(has=self.page.locator(".input_area, .inner_cell", has_text=text))
            .first
        )

    def said(self, text: str) -> str:
        """What stands below the cell that holds a text."""
        return "\n".join(self.cell(text).locator(".output_subarea").all_inner_texts())

    def menu(self, name: str, item: str) -> None:
        self.page.locator("#menubar").get_by_role("link", name=name, exact=True).click()
        self.page.locator(f"#{item} a").click()

    def run_all(self) -> None:
        """Run all cells, and wait until the kernel has done what it is going to do."""
        self.menu("Cell", "run_all_cells")
        self.wait()

    def write(self, text: str, source: str) -> None:
        """Put a source in place of what stands in the cell that holds a text, and run it."""
        cell = self.cell(text)
        if cell.locator(".text_cell_render.rendered_html").is_visible():
            cell.locator(".text_cell_render").dblclick()
        cell.locator(".CodeMirror").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)
        self.page.keyboard.press("Control+Enter")
        self.wait()

    def run(self, text: str) -> str:
        """Run the cell that holds a text; what it says then."""
        self.cell(text).locator(".input_prompt").click()
        self.page.keyboard.press("Control+Enter")
        self.wait()
        return self.said(text)

    def wait(self) -> None:
        """Wait until no cell is waiting to be run."""
        self.page.wait_for_function(
            "() => !document.querySelector('.cell.running') && Jupyter.notebook.get_cells().every("
            "one => one.cell_type !== 'code' || one.input_prompt_number !== '*')"
        )

    def save(self) -> None:
        with self.page.expect_response(lambda one: one.request.method == "PUT" and one.ok):
            self.menu("File", "save_checkpoint")
