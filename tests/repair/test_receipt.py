"""The receipt says what happened, and whatever a student wrote shows as it is."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import pytest

from autograder.repair.receipt import escape, receipt_markdown
from autograder.result import ReceivedFile, Remark

NASTY = [
    "<script>alert(1)</script>.ipynb",
    "[click](javascript:alert(1)).ipynb",
    "![x](http://example.org/a.png)",
    "a`b*c_d$e$|f\n# Heading\n- item",
    "\x1b[2Jx\u202etxt.exe",
    "https://example.org/ www.example.org",
    "<!-- &lt;b&gt; ~~s~~ **b**",
]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)


@pytest.mark.parametrize("name", NASTY)
def test_file_names_show_as_they_are(name):
    markdown2html = pytest.importorskip("nbconvert.filters.markdown_mistune").markdown2html_mistune
    received = (ReceivedFile(name, 10, "0" * 64, "convolution"),)
    receipt = receipt_markdown(received, (Remark("noticed", f"{name} is odd."),), "", {})
    tags = Tags()
    tags.feed(markdown2html(receipt))

    assert tags.seen <= {"p", "strong", "ul", "li"}
    assert "\x1b" not in receipt
    assert "\u202e" not in receipt


def test_each_kind_of_remark_has_its_heading():
    remarks = [
        Remark("repaired", "Split.", "convolution", "convolve", 2.0),
        Remark("unusable", "Empty."),
        Remark("stopped", "Too long."),
        Remark("noticed", "Odd."),
    ]
    receipt = receipt_markdown((), remarks, "in a sandbox", {"autograder": "1"})

    for heading in ("Put right", "Could not be used", "Stopped", "Noticed"):
        assert f"\n{heading}:\n" in receipt
    assert "convolution: Split. (2 points)" in receipt


def test_a_thousand_remarks_stay_readable():
    receipt = receipt_markdown((), [Remark("noticed", "x")] * 1000, "", {})

    assert len(receipt.splitlines()) < 60


def test_escaping_keeps_ordinary_words():
    assert escape("The answer was found") == "The answer was found"


def test_the_time_of_handing_in_stands_on_the_receipt():
    with_time = receipt_markdown((), (), "", {}, "2026-11-20 11:58:01.000000 UTC")

    assert "on 2026&#45;11&#45;20 11:58:01.000000 UTC" in with_time


def test_quotation_marks_show_as_quotation_marks():
    assert html.unescape(escape("In 'x' and \"y\": 1 point")) == "In 'x' and \"y\": 1 point"


def test_one_point_is_one_point():
    remarks = [
        Remark("repaired", "Found.", "n", "t", 1.0),
        Remark("repaired", "Too.", "n", "t", 2.0),
    ]
    text = html.unescape(receipt_markdown((), remarks, "", {}))

    assert "(1 point)" in text
    assert "(2 points)" in text
