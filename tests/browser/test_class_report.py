"""The class report, as a browser shows it."""

from __future__ import annotations

import pytest
from support.courses import ASSIGNMENT

from .lab import Desk


@pytest.fixture(scope="module")
def report(desk: Desk):
    """The report on the sample class, and the addresses that the browser asked for to show it."""
    folder = desk.root / "sample"
    desk.command("autograder", "sample", ASSIGNMENT, str(folder))
    desk.command("autograder", "grade", ASSIGNMENT, folder=folder)
    desk.command("autograder", "report", ASSIGNMENT, folder=folder)
    path = folder / "reports" / ASSIGNMENT / "report.html"
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.page.goto(path.as_uri())
    yield path.as_uri(), asked
    desk.page.set_viewport_size({"width": 1280, "height": 900})


def test_the_report_needs_nothing_but_its_file(desk, report):
    address, asked = report
    scores = desk.page.locator("section[aria-labelledby=scores]").bounding_box()
    bottom = scores["y"] + scores["height"] + 24
    desk.picture("report", clip={"x": 160, "y": 0, "width": 960, "height": bottom})

    assert [address] == asked
    assert "13 submissions" in desk.page.locator("body").inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_fits_a_phone_and_a_desktop(desk, report, width):
    desk.page.set_viewport_size({"width": width, "height": 800})

    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
