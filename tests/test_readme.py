"""The pages say what is so."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from autograder.cli import cli
from autograder.exercise.source_notebooks import load_exercise

REPOSITORY = Path(__file__).parents[1]
EXERCISE = load_exercise("exercise09", REPOSITORY / "source")
PAGES = sorted(
    [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md"), *REPOSITORY.glob("release/*.md")]
)
STUDENTS_PAGE = REPOSITORY / "release" / "README.md"
MARKDOWN_COLUMNS = 100

CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
PATHS = re.compile(
    r"(?:autograder|benchmarks|docs|release|solutions|source|tests)/(?:[\w-]+/)*[\w-]*(?:\.\w+)?"
)
COMMANDS = re.compile(r"\bautograder (?!import\b)(?P<name>[a-z]+(?:-[a-z]+)?)\b(?P<rest>[^#`\n]*)")

every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY))
)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_of(page: Path) -> list[str]:
    """What a page shows as code: its blocks, and the words between backticks."""
    return CODE.findall(text_of(page))


def links_of(page: Path) -> list[str]:
    """Where a page links to, without addresses of the web."""
    text = CODE.sub("", text_of(page))
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"^\[[^]]+\]: (\S+)", text, re.M)
    return [target for target in targets if "://" not in target]


def headings_of(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_a_page_is_narrow_enough_to_read_beside_the_code(page):
    lines = enumerate(text_of(page).splitlines(), 1)

    assert [] == [number for number, line in lines if len(line) > MARKDOWN_COLUMNS]


@every_page
def test_what_a_page_links_to_is_there(page):
    for target in links_of(page):
        path, _, heading = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        assert not heading or heading in headings_of(linked), target


@every_page
def test_the_files_that_a_page_names_are_there(page):
    # What stands for any name, what students' data are, and what an example makes.
    named = {
        path
        for code in code_of(page)
        if not re.search(r"[<…*]|exercise10|ps1", code)
        for path in PATHS.findall(code)
    }
    if page.name != "CHANGELOG.md":
        assert [] == sorted(path for path in named if not (REPOSITORY / path).exists())


@every_page
def test_the_commands_and_options_that_a_page_names_are_there(page):
    targets = re.findall(r"^([\w.]+):", text_of(REPOSITORY / "Makefile"), re.MULTILINE)
    for code in code_of(page):
        for target in re.findall(r"^`?make ([\w.]+)", code, re.MULTILINE):
            assert target in targets, code
        for found in COMMANDS.finditer(code):
            command = cli.commands.get(found["name"])
            assert isinstance(command, click.Command), found[0]
            options = {option for one in command.params for option in one.opts}
            assert set(re.findall(r"--[a-z-]+", found["rest"])) <= options, found[0]


def test_the_readme_is_read_in_five_minutes():
    assert len(text_of(REPOSITORY / "README.md").split()) <= 1100


def test_the_readmes_map_names_every_folder_of_the_package():
    in_map = set(re.findall(r"^    (\w+)/ ", text_of(REPOSITORY / "README.md"), re.MULTILINE))

    assert in_map == {path.parent.name for path in REPOSITORY.glob("autograder/*/__init__.py")}


def test_the_points_table_is_what_the_notebooks_give():
    expected = [
        (notebook, cell.id.removeprefix("test_"), f"{cell.points:g}", how)
        for notebook in ("convolution", "batch_norm")
        for cell in EXERCISE.notebooks[notebook].cells
        if cell.points
        for how in ["by hand" if cell.is_written_answer else "automatically"]
    ]

    rows = re.findall(
        r"^\| (\w+) \| `(\w+)` \| (\d+) \| ([\w ]+) \|$", text_of(STUDENTS_PAGE), re.MULTILINE
    )
    assert expected == rows


def test_the_students_page_stays_within_what_is_handed_out():
    text = text_of(STUDENTS_PAGE)

    assert [] == [one for one in links_of(STUDENTS_PAGE) if one.startswith(("..", "/"))]
    assert not re.search(r"source/|solutions/|mistakes/|variants/|docs/|autograder/", text)


def test_the_students_page_holds_no_line_of_a_solution():
    cells = [cell for notebook in EXERCISE.notebooks.values() for cell in notebook.cells]
    released = {line.strip() for cell in cells for line in cell.released.splitlines()}
    hidden = {
        line.strip()
        for cell in cells
        for line in cell.source.splitlines()
        if line.strip() not in released and len(line.strip()) > 12 and "###" not in line
    }

    assert len(hidden) > 30
    assert [] == [line for line in hidden if line in text_of(STUDENTS_PAGE)]


def test_the_students_page_installs_what_the_requirements_say():
    requirements = [
        line
        for line in text_of(REPOSITORY / "requirements-student.txt").splitlines()
        if line and not line.startswith("#")
    ]
    [command] = re.findall(r"^python3 -m pip install (.+)$", text_of(STUDENTS_PAGE), re.MULTILINE)

    assert requirements == re.findall(r'"([^"]+)"', command)
