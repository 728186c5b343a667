"""The report as files: what is in them, and what never is."""

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from autograder.report import Entry, write_report
from autograder.report.pseudonyms import pseudonyms, secret_key, without_names
from autograder.report.words import number, share_of
from autograder.result import Remark

from .made_up import REMARKS, submission, task_result


class Page(HTMLParser):
    """What the tests ask of the page."""

    VOID = ("meta", "rect", "circle", "line", "br", "wbr")

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.open, self.text = [], [], []
        self.feed(text)
        assert [] == self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert tag == self.open.pop()

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())


@pytest.fixture
def page(tmp_path, exercise, make_class):
    def written(entries, **more) -> Page:
        text = write_report(tmp_path / "report", exercise, entries, **more).read_text("utf-8")
        return Page(text)

    return written


@pytest.mark.parametrize("size", [0, 1, 2, 3, 9, 10, 30])
def test_every_size_of_class_makes_a_whole_page(page, make_class, size):
    assert f"{size} submission" in page(make_class(size)).words


@pytest.fixture
def table(tmp_path):
    def read(name):
        with open(tmp_path / "report" / name, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(page, make_class):
    one = page(make_class(30))

    assert not {"script", "link", "iframe", "img", "object", "form"} & {tag for tag, _ in one.tags}
    for _, attributes in one.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("href", "#").startswith("#")
        assert "src" not in attributes


def test_headings_come_in_order_and_tables_have_scopes(page, make_class):
    one = page(make_class(30))

    levels = [int(tag[1]) for tag, _ in one.tags if re.fullmatch("h[1-6]", tag)]
    assert 1 == levels[0] and 1 == levels.count(1)
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all("scope" in attributes for tag, attributes in one.tags if tag == "th")


def test_every_picture_has_a_label_or_is_hidden(page, make_class):
    for tag, attributes in page(make_class(30)).tags:
        if tag == "svg":
            labelled = attributes.get("role") == "img" and attributes.get("aria-label")
            assert labelled or attributes.get("aria-hidden") == "true"


def test_links_lead_somewhere(page, make_class):
    one = page(make_class(3))

    ids = {attributes["id"] for _, attributes in one.tags if "id" in attributes}
    links = {a["href"][1:] for tag, a in one.tags if tag == "a"}
    assert links <= ids


def test_what_a_student_wrote_is_text_and_no_markup(page, exercise):
    bad = "<script>alert(1)</script>"
    entries = [
        Entry(
            f"{bad}{n}",
            submission(
                exercise,
                {"convolve": task_result(exercise.tasks["convolution"]["convolve"], 0, (bad,))},
                remarks=[Remark("stopped", f"{bad} was stopped", urgency=3)],
            ),
            name=bad,
        )
        for n in range(2)
    ]

    one = page(entries)

    assert "script" not in {tag for tag, _ in one.tags}
    assert bad in one.words


def test_a_mistake_is_told_with_its_share_and_its_hint(page, exercise):
    task = exercise.tasks["convolution"]["convolution_matrix"]
    hint = next(m for m in exercise.mistakes(task.name) if m.name == "missing_flip").hints[0]
    wrong = task_result(task, 0, ("missing_flip",), (hint,))
    entries = [
        Entry(f"s{n}", submission(exercise, {task.name: wrong if n < 31 else task_result(task)}))
        for n in range(100)
    ]

    words = page(entries).words

    assert "31 % missing flip" in words
    assert " ".join(hint.split()) in words


def test_the_most_urgent_comes_first(page, exercise):
    entries = [
        Entry("later", submission(exercise, {}, remarks=[REMARKS[0]])),
        Entry("never", submission(exercise, {}, remarks=[REMARKS[6]])),
        Entry("first", submission(exercise, {}, remarks=[REMARKS[5]])),
        Entry("ungraded", submission(exercise, {}, gradeable=False)),
    ]

    words = page(entries).words
    words = words[words.index("Before the grades go out") :]

    assert words.index("first") < words.index("When there is time") < words.index("later")
    assert words.index("ungraded") < words.index("When there is time")
    assert "never" not in words


def test_a_copied_submission_is_a_question(page, exercise, make_class):
    entries = make_class(30)
    entries[7] = replace(entries[7], result=entries[3].result)

    words = page(entries).words

    assert "student0003, student0007" in words
    assert "Did they work together, and was that allowed?" in words


def test_an_anonymous_report_holds_no_name_in_any_file(tmp_path, exercise, make_class):
    entries = [
        replace(entry, student=f"lovelace{n}x", name=f"Ada Lovelace the {n}th")
        for n, entry in enumerate(make_class(30))
    ]
    entries[4] = replace(entries[4], result=entries[5].result)
    sentence = "'Lovelace notes.ipynb' and Lovelace_2.ipynb of lovelace7x are no notebooks"
    entries[6] = replace(
        entries[6],
        result=replace(entries[6].result, remarks=(Remark("unusable", sentence, urgency=3),)),
    )

    write_report(tmp_path, exercise, entries, anonymous=True)

    files = list(tmp_path.iterdir())
    assert len(files) == 7
    for file in files:
        assert "lovelace" not in file.read_text("utf-8").lower()


def test_pseudonyms_stay_the_same_with_the_key_and_only_with_it(tmp_path):
    key = secret_key(tmp_path)
    few, many = pseudonyms(["ada"], key), pseudonyms([f"s{n}" for n in range(999)] + ["ada"], key)

    assert few["ada"] == many["ada"]
    assert key == secret_key(tmp_path)
    assert pseudonyms(["ada"], b"another")["ada"] != few["ada"]
    assert 1000 == len(set(many.values()))
    assert 0 == (tmp_path / "pseudonyms.key").stat().st_mode & 0o077


def test_a_remark_keeps_the_names_of_the_exercise_only():
    sentence = "in 'Ada.ipynb' the cell 'convolve' of convolution.ipynb was split"

    kept = without_names(sentence, {}, {"convolve", "convolution.ipynb"})

    assert "in … the cell 'convolve' of convolution.ipynb was split" == kept


def test_a_task_that_nobody_graded_is_called_that_and_not_the_hardest(page, table, make_class):
    waiting = [replace(one, by_hand=dict.fromkeys(one.by_hand)) for one in make_class(30)]

    words = page(waiting).words
    rows = {row["task"]: row for row in table("tasks.csv")}

    assert 3 == words.count("not yet graded")
    assert "The hardest task is explain" not in words
    assert ("0", "") == (rows["explain_rescaling"]["graded"], rows["explain_rescaling"]["mean"])
    assert 0 < int(rows["explain_rescaling"]["waiting"]) <= 30


def test_numbers_are_also_tables(page, table, make_class):
    page(make_class(12))

    assert 12 == len(table("students.csv"))
    assert 13 == len(table("tasks.csv"))
    assert {"task", "mistake", "students", "answered", "share", "hint"} == set(
        table("mistakes.csv")[0]
    )
    assert {"holds", "fails", "not_counted"} <= set(table("criteria.csv")[0])
    assert "student" in table("look.csv")[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(tmp_path, page, exercise, start):
    remark = Remark("stopped", f"{start}HYPERLINK(A1)", urgency=3)
    page([Entry(f"{start}cmd", submission(exercise, {}, remarks=[remark]))])

    for file in (tmp_path / "report").glob("*.csv"):
        with open(file, encoding="utf-8-sig", newline="") as opened:
            for row in csv.reader(opened):
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_small_classes_are_counted_and_large_ones_in_percent():
    assert "2 of 7" == share_of(2, 7)
    assert "31\xa0%" == share_of(31, 100)
    assert "under 1\xa0%" == share_of(1, 1000)
    assert "over 99\xa0%" == share_of(999, 1000)
    assert ("–", "1.5", "2", "−0.5") == tuple(map(number, (float("nan"), 1.5, 2.0, -0.5)))
