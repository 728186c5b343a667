"""Marking on the page, by keys and by mouse, as nbgrader's gradebook shows it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.courses import ASSIGNMENT

from autograder.course.course import Course
from autograder.exercise.written_answers import written_answers

from .conftest import Grader, Server
from .gradebooks import TASK, course_with, forget_marking, rows

AXE = Path(__file__).with_name("axe") / "axe.min.js"

SAME = "With γ = σ nothing is lost, and the mean of what enters φ is set by θ alone in every batch."
NEAR = SAME.replace("alone in every batch", "only in each batch")
ANSWERS = {
    "ada": "No difference.",
    "ben": SAME,
    "cai": SAME.replace("γ", r"$\gamma$").replace("nothing", "NOTHING"),
    "dov": NEAR,
    "eve": "YOUR ANSWER HERE",
    "fay": "",
    "gil": "Something about dropout, which is wrong.",
    "hal": r"A formula: $\frac{h - \mu}{\sigma}$, and *that is all*.",
}


SAMPLE = "explain_parameter_sharing"
CROWDED = "explain_rescaling"
CROWD = 300
KNOWN = written_answers(ASSIGNMENT, SAMPLE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Server]) -> Server:
    """One for all tests, under an address like JupyterHub's."""
    answers = {one: {TASK: text} for one, text in ANSWERS.items()}
    answers |= {f"s{n:02d}": {SAMPLE: one.text} for n, one in enumerate(KNOWN)}
    answers |= {f"z{n:03d}": {CROWDED: f"Answer {n} is one of many."} for n in range(CROWD)}
    course = course_with(tmp_path_factory.mktemp("marking") / "course", answers)
    return serve(course, base_url="/user/grace/")


@pytest.fixture
def course(server: Server) -> Course:
    """The course, with no answer marked."""
    forget_marking(server.course)
    return server.course


@pytest.fixture
def at_work(course: Course, server: Server, grader: Callable[..., Grader]) -> Grader:
    one = grader(server)
    one.open()
    return one


def look_at(one: Grader, text: str) -> None:
    """Open the answer that says something."""
    one.page.locator("#answers button", has_text=text).first.click()
    one.until(lambda: text in one.text() or one.page.locator("#answer.blank").count() > 0)


def test_digits_choose_items_and_enter_saves_and_goes_on(at_work: Grader, course: Course) -> None:
    at_work.press("1", "3", "3", "2")
    assert "1 / 2" == at_work.score()
    heading = at_work.heading()

    at_work.press("Enter")

    at_work.until(lambda: at_work.heading() != heading)
    at_work.saved()
    scores = [score for score, _, _ in rows(course).values() if score is not None]
    assert [1.0] == scores
    assert "0 / 2" == at_work.score()
    assert "1 of 8 marked" == at_work.page.inner_text("#count")


def test_nothing_chosen_is_saved_only_when_said_twice(at_work: Grader, course: Course) -> None:
    at_work.press("Enter")
    at_work.until(lambda: "once more" in at_work.page.inner_text("#saving"))
    assert all(waits for _, waits, _ in rows(course).values())

    at_work.press("Enter")

    at_work.saved()
    at_work.until(lambda: "1 of 8 marked" == at_work.page.inner_text("#count"))
    assert [0.0] == [score for score, waits, _ in rows(course).values() if not waits]


def test_a_group_is_marked_at_once_without_the_member_that_is_taken_out(
    at_work: Grader, course: Course
) -> None:
    look_at(at_work, "With γ = σ nothing")
    assert "like 2 more" in at_work.page.inner_text("#badges")
    at_work.press("1", "g")
    members = at_work.page.locator("#members label")
    members.first.wait_for()
    assert 3 == members.count()
    changed = members.filter(has=at_work.page.locator("ins"))
    assert 1 == changed.count()
    assert "only" in changed.locator("ins").first.inner_text()
    changed.locator("input").uncheck()

    at_work.page.locator("#group-save").press("Enter")

    at_work.until(lambda: "2 of 8 marked" == at_work.page.inner_text("#count"))
    at_work.saved()
    found = rows(course)
    assert [0.5, 0.5, None] == [found[one][0] for one in ("ben", "cai", "dov")]


def test_undo_takes_a_group_back(at_work: Grader, course: Course) -> None:
    look_at(at_work, "With γ = σ nothing")
    at_work.press("1", "g")
    at_work.page.locator("#members label").first.wait_for()
    at_work.page.locator("#group-save").click()
    at_work.until(lambda: "3 of 8 marked" == at_work.page.inner_text("#count"))

    at_work.press("u")

    at_work.until(lambda: "0 of 8 marked" == at_work.page.inner_text("#count"))
    assert all(waits and score is None for score, waits, _ in rows(course).values())


def test_blank_and_untouched_answers_are_a_group(at_work: Grader, course: Course) -> None:
    at_work.page.get_by_role("button", name="Groups").click()
    at_work.page.locator("#answers button", has_text="(blank)").first.click()
    at_work.until(lambda: "blank, with 1 more" in at_work.page.inner_text("#badges"))
    assert "Nothing was written." == at_work.text()
    at_work.press("g")
    at_work.page.locator("#group-save").click()
    at_work.saved()
    at_work.until(lambda: "2 of 8 marked" == at_work.page.inner_text("#count"))

    assert [0.0, 0.0] == [rows(course)[one][0] for one in ("eve", "fay")]


def test_comment_and_adjustment_reach_nbgrader_and_are_there_when_one_comes_back(
    at_work: Grader, course: Course
) -> None:
    look_at(at_work, "dropout")
    at_work.press("2", "a")
    at_work.page.keyboard.insert_text("-0.25")
    at_work.press("Escape", "c")
    at_work.page.keyboard.insert_text("Dropout is something else.\nSee 7.3.")
    assert "0.25 / 2" == at_work.score()
    at_work.press("Control+Enter")
    at_work.saved()

    score, waits, comment = rows(course)["gil"]
    assert (0.25, False) == (score, waits)
    assert comment is not None and comment.endswith("Dropout is something else.\nSee 7.3.")
    look_at(at_work, "dropout")
    assert "Dropout is something else.\nSee 7.3." == at_work.page.input_value("#comment")
    assert "-0.25" == at_work.page.input_value("#adjustment")


def test_search_finds_a_formula_however_it_is_written(at_work: Grader) -> None:
    at_work.press("/")
    at_work.page.keyboard.insert_text(r"\gamma = σ")

    at_work.until(lambda: "3 answers found" == at_work.page.inner_text("#count"))


def test_keys_can_be_switched_off_and_stay_off(at_work: Grader, course: Course) -> None:
    at_work.press("?")
    at_work.page.locator("#keys-on").uncheck()
    at_work.press("Escape")
    at_work.press("1", "g", "u", "/")
    assert "0 / 2" == at_work.score()
    assert not at_work.page.locator("dialog[open]").count()

    at_work.page.reload()
    at_work.page.locator("#answer-heading", has_text=" of ").wait_for()
    at_work.press("1")
    assert "0 / 2" == at_work.score()
    at_work.page.locator("#items input").first.check()
    at_work.page.locator("#save").click()

    at_work.saved()
    at_work.until(lambda: "1 of 8 marked" == at_work.page.inner_text("#count"))
    assert [0.5] == [score for score, _, _ in rows(course).values() if score is not None]


def test_typing_in_a_field_is_no_command(at_work: Grader, course: Course) -> None:
    at_work.page.locator("#comment").click()
    at_work.page.keyboard.type("1 goes up, ?g/")

    assert "0 / 2" == at_work.score()
    assert "1 goes up, ?g/" == at_work.page.input_value("#comment")
    assert all(waits for _, waits, _ in rows(course).values())


def test_editing_an_item_shows_whose_score_changes_and_then_rescores(
    at_work: Grader, course: Course
) -> None:
    look_at(at_work, "dropout")
    at_work.press("1", "Enter")
    at_work.saved()
    at_work.page.get_by_label("Edit item 1").click()
    at_work.page.locator("#item-points").fill("1.5")
    at_work.page.locator("#item-save").click()
    at_work.page.locator("#preview table").wait_for()
    assert ["0.5", "1.5"] == at_work.page.locator("#preview td").all_inner_texts()[1:]
    assert 0.5 == rows(course)["gil"][0]

    at_work.page.locator("#item-save").click()

    at_work.until(lambda: rows(course)["gil"][0] == 1.5)
    at_work.page.locator("#open-patch").click()
    at_work.page.locator("#patch-box[open]").wait_for()
    patch = at_work.page.inner_text("#patch")
    assert "+++ b/source/exercise09/batch_norm.ipynb" in patch
    assert '+    "- 1.5: nothing is lost' in patch


def test_formulas_need_no_script_and_no_network(at_work: Grader) -> None:
    look_at(at_work, "A formula")

    assert at_work.page.locator("#answer math mfrac").count()
    own = f"http://127.0.0.1:{at_work.server.port}/user/grace/autograder/mark/"
    assert not [url for url in at_work.asked if not url.startswith((own, "data:"))]
    assert not at_work.complaints


def test_a_decision_on_what_another_grader_changed_is_not_lost_and_overwrites_nothing(
    at_work: Grader, course: Course, grader: Callable[..., Grader]
) -> None:
    other = grader(at_work.server)
    other.open()
    for one in (at_work, other):
        look_at(one, "dropout")
    at_work.press("1", "Enter")
    at_work.saved()

    other.press("3", "Enter")

    other.page.get_by_role("button", name="Look at it").click()
    other.until(lambda: "still chosen" in other.page.inner_text("#remarks"))
    assert 0.5 == rows(course)["gil"][0]
    assert "1 / 2" == other.score()
    other.press("Enter")
    other.saved()
    assert 1.0 == rows(course)["gil"][0]


def test_two_graders_are_not_led_to_the_same_answer(
    at_work: Grader, grader: Callable[..., Grader]
) -> None:
    other = grader(at_work.server)
    other.open()

    assert at_work.heading() != other.heading()


def test_a_drawn_answer_is_marked_a_second_time_without_seeing_the_first_decision(
    at_work: Grader, course: Course, grader: Callable[..., Grader]
) -> None:
    look_at(at_work, "dropout")
    at_work.press("1", "Enter")
    at_work.saved()
    other = grader(at_work.server)
    other.open()
    other.page.locator("#open-statistics").click()
    other.page.locator("#second").click()
    other.until(lambda: "0 of 1 marked a second time" == other.page.inner_text("#count"))
    other.until(lambda: "dropout" in other.text())
    assert "0 / 2" == other.score()

    other.press("1", "2", "Enter")

    other.saved()
    other.page.locator("#open-statistics").click()
    other.until(lambda: "was marked twice" in other.page.inner_text("#numbers"))
    assert "0.5 points apart" in other.page.inner_text("#numbers")
    assert 0.5 == rows(course)["gil"][0]


CHANGES = """() => {
    window.changes = 0;
    new MutationObserver(list => { window.changes += list.length; }).observe(
        document.body, {subtree: true, childList: true, attributes: true, characterData: true});
}"""


def test_a_decision_changes_little_of_a_page_with_many_answers(
    at_work: Grader,
) -> None:
    """Its time: `python -m benchmarks.marking pauses`."""
    at_work.open(CROWDED)
    at_work.page.locator("#answer-heading", has_text=f" of {CROWD}").wait_for()
    at_work.until(lambda: "is one of many" in at_work.text())
    at_work.page.evaluate(CHANGES)
    for _ in range(3):
        heading = at_work.heading()
        at_work.press("1", "Enter")
        at_work.until(lambda heading=heading: at_work.heading() != heading)
    at_work.saved()

    changes = at_work.page.evaluate("window.changes") / 3
    assert 0 < changes < CROWD / 2, "not even every second row of the list is touched"


def test_what_is_decided_while_another_question_is_fetched_belongs_to_the_one_that_is_shown(
    at_work: Grader, course: Course
) -> None:
    look_at(at_work, "dropout")
    at_work.press("1")
    at_work.page.evaluate(
        """task => {
            location.hash = task;
            for (const key of ["3", "Enter"]) {
                document.dispatchEvent(new KeyboardEvent("keydown", {key}));
            }
        }""",
        CROWDED,
    )

    at_work.page.locator("#answer-heading", has_text=f" of {CROWD}").wait_for()
    at_work.saved()
    assert 1.5 == rows(course)["gil"][0]
    assert all(waits for _, waits, _ in rows(course, CROWDED).values())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(
    scheme: str, course: Course, server: Server, grader: Callable[..., Grader]
) -> None:
    one = grader(server, color_scheme=scheme)
    one.open()
    page = one.page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    look_at(one, "With γ = σ nothing")
    one.press("1")
    violations = _violations(page)
    one.press("Enter")
    one.saved()
    violations += _violations(page)
    for opening in ("#open-help", "#open-statistics", "#open-patch", "#add-item"):
        page.locator(opening).click()
        page.locator("dialog[open]").wait_for()
        violations += _violations(page)
        one.press("Escape")
    look_at(one, "With γ = σ nothing")
    one.press("g")
    page.locator("#members label").first.wait_for()
    violations += _violations(page)
    one.press("Escape")
    page.get_by_label("Edit item 1").click()
    page.locator("#item-points").fill("0.25")
    page.locator("#item-save").click()
    page.locator("#preview table").wait_for()
    violations += _violations(page)

    assert not violations


def _violations(page: Any) -> list[str]:
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_every_sample_answer_shows_what_it_says(at_work: Grader) -> None:
    at_work.open(SAMPLE)
    at_work.until(lambda: at_work.page.locator("#answers button").count() == len(KNOWN))
    for name in ("very long", "short"):
        text = next(one.text for one in KNOWN if one.name == name)
        look_at(at_work, " ".join(text.split())[:20])
    assert not at_work.complaints
