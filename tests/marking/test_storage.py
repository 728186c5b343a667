"""Decisions: all are in nbgrader's rows too, and nothing is overwritten unseen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from support import postgresql
from support.courses import ASSIGNMENT

from autograder.course.course import Course, open_course
from autograder.gradebook.database import open_gradebook
from autograder.marking.rules import Choice, key_of
from autograder.marking.storage import (
    CLAIM_SECONDS,
    Conflict,
    NotThere,
    Rubric,
    State,
    Storage,
)

from .gradebooks import TASK, course_with, rows, scheme

STUDENTS = ("ada", "ben", "cai", "dov", "eve")


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("marking") / "course"
    return course_with(folder, {student: {TASK: "An answer."} for student in STUDENTS})


def copy_of_course(course: Course, folder: Path) -> Course:
    return open_course(Path(shutil.copytree(course.root, folder, symlinks=True)))


@pytest.fixture(params=["sqlite", "postgresql"])
def course(request: pytest.FixtureRequest, tmp_path: Path, untouched: Course) -> Iterator[Course]:
    if request.param == "sqlite":
        yield copy_of_course(untouched, tmp_path / "course")
        return
    if postgresql.missing():
        pytest.skip(postgresql.missing())
    with postgresql.server() as url:
        answers = {student: {TASK: "An answer."} for student in STUDENTS}
        yield course_with(tmp_path / "course", answers, url)


@pytest.fixture
def storage(course: Course) -> Iterator[Storage]:
    one = Storage(course, ASSIGNMENT)
    yield one
    one.close()


@pytest.fixture
def rubric(storage: Storage) -> Rubric:
    return storage.rubric(TASK, scheme())


def state_of(storage: Storage, student: str) -> State:
    return next(one for one in storage.states(TASK) if one.student == student)


def mark(
    storage: Storage, student: str, choice: Choice, action: str = "", grader: str = "grace"
) -> State:
    state = state_of(storage, student)
    version = storage.rubric(TASK, scheme()).version
    action = action or f"mark-{student}-{state.version}"
    seen = {state.key: state.version}
    return storage.mark(TASK, action, grader, choice, seen, version)[0]


def test_the_rubric_begins_as_the_marking_scheme_in_source(rubric: Rubric) -> None:
    assert [0.5, 0.5, 1.0] == [item.points for item in rubric.items]
    assert rubric.items[0].text.startswith("nothing is lost: the identity is possible")


def test_a_decision_is_in_nbgraders_rows_with_score_and_each_sentence(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    first, _, third = rubric.items

    state = mark(storage, "ada", Choice((first.id, third.id), -0.25, "Well put."))

    score, waits, comment = rows(course)["ada"]
    assert (1.25, False) == (score, waits)
    assert comment is not None
    assert f"- **+0.5** {first.text}" in comment and "Well put." in comment
    assert "**−0.25** adjustment" in comment
    assert (1.25, True, "grace") == (state.score, state.done, state.grader)


def test_a_score_stays_between_nothing_and_the_maximum(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    every = tuple(item.id for item in rubric.items)

    mark(storage, "ada", Choice(every, 5.0))
    mark(storage, "ben", Choice((), -1.0))

    assert (2.0, 0.0) == (rows(course)["ada"][0], rows(course)["ben"][0])


def test_of_two_who_saw_the_same_version_the_second_is_told(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    seen = state_of(storage, "ada")
    first, second = (Choice((item.id,)) for item in rubric.items[1:])
    storage.mark(TASK, "one", "grace", first, {seen.key: seen.version}, rubric.version)

    with pytest.raises(Conflict) as told:
        storage.mark(TASK, "two", "henri", second, {seen.key: seen.version}, rubric.version)

    assert (seen.key,) == told.value.keys
    assert 0.5 == rows(course)["ada"][0]


def test_what_formgrader_wrote_meanwhile_is_not_overwritten_unseen(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    seen = state_of(storage, "ada")
    formgrader(course, "ada", 1.75, "by hand")

    with pytest.raises(Conflict):
        storage.mark(TASK, "one", "grace", Choice(), {seen.key: seen.version}, rubric.version)

    state = state_of(storage, "ada")
    assert (1.75, "by hand", True) == (state.score, state.comment, state.outside)
    assert (1.75, False, "by hand") == rows(course)["ada"]


def test_a_group_is_decided_whole_or_not_at_all(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    seen = {one.key: one.version for one in storage.states(TASK)}
    mark(storage, "cai", Choice((rubric.items[0].id,)))

    with pytest.raises(Conflict) as told:
        storage.mark(TASK, "group", "grace", Choice(), seen, rubric.version)

    assert (key_of(ASSIGNMENT, TASK, "cai"),) == told.value.keys
    assert [None] * 4 == [rows(course)[one][0] for one in STUDENTS if one != "cai"]


def test_an_action_that_is_sent_twice_is_done_once(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    seen = state_of(storage, "ada")
    choice = Choice((rubric.items[2].id,))
    for _ in range(2):
        answer = storage.mark(
            TASK, "once", "grace", choice, {seen.key: seen.version}, rubric.version
        )

        assert 1.0 == answer[0].score

    assert 1 == len(storage.history(TASK, seen.key))


def test_undoing_a_group_takes_all_of_it_back(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    before = rows(course)
    seen = {one.key: one.version for one in storage.states(TASK)}
    storage.mark(TASK, "group", "grace", Choice((rubric.items[0].id,)), seen, rubric.version)

    undone = storage.undo(TASK, "undo", "grace")

    assert set(seen) == set(undone)
    assert before == rows(course)
    with pytest.raises(NotThere):
        storage.undo(TASK, "again", "grace")


def test_undoing_goes_back_step_by_step(course: Course, storage: Storage, rubric: Rubric) -> None:
    for number, item in enumerate(rubric.items):
        mark(storage, "ada", Choice((item.id,), comment=f"number {number}"))

    scores = []
    for number in range(3):
        storage.undo(TASK, f"undo-{number}", "grace")
        scores.append(rows(course)["ada"][0])

    assert [0.5, 0.5, None] == scores
    kinds = [event.kind for event in storage.history(TASK, state_of(storage, "ada").key)]
    assert ["mark"] * 3 + ["undo"] * 3 == kinds


def test_undo_leaves_what_another_person_decided_since_then(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    mark(storage, "ada", Choice((rubric.items[0].id,)))
    mark(storage, "ada", Choice((rubric.items[2].id,)), grader="henri")

    with pytest.raises(Conflict):
        storage.undo(TASK, "undo", "grace")

    assert 1.0 == rows(course)["ada"][0]


def test_editing_an_item_rescores_all_who_have_it_after_a_preview(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    first = rubric.items[0].id
    for student in ("ada", "ben"):
        mark(storage, student, Choice((first,)))
    mark(storage, "cai", Choice((rubric.items[2].id,)))

    preview = storage.preview(TASK, first, 0.75, "nothing is lost", False)

    assert 2 == preview.affected
    assert [(0.5, 0.75)] * 2 == [change[1:] for change in preview.changes]
    assert 0.5 == rows(course)["ada"][0]
    storage.edit_item(TASK, "grace", "edit", first, 0.75, "nothing is lost", False, preview.token)
    found = rows(course)
    assert [0.75, 0.75, 1.0] == [found[one][0] for one in ("ada", "ben", "cai")]
    assert "- **+0.75** nothing is lost" == found["ada"][2]
    storage.undo(TASK, "undo", "grace")
    assert 0.5 == rows(course)["ada"][0]
    assert rubric.items == tuple(
        one.__class__(**{**vars(one), "version": 1}) for one in storage.rubric(TASK, scheme()).items
    )


def test_a_deleted_item_goes_from_those_who_had_it(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    first, second, _ = rubric.items
    mark(storage, "ada", Choice((first.id, second.id)))
    preview = storage.preview(TASK, first.id, 0.5, first.text, True)

    storage.edit_item(TASK, "grace", "edit", first.id, 0.5, first.text, True, preview.token)

    assert 0.5 == rows(course)["ada"][0]
    state = state_of(storage, "ada")
    assert state.choice is not None and (second.id,) == state.choice.items


def test_an_edit_that_no_longer_does_what_its_preview_said_is_refused(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    first = rubric.items[0]
    preview = storage.preview(TASK, first.id, 2, first.text, False)
    mark(storage, "ada", Choice((first.id,)))

    with pytest.raises(Conflict):
        storage.edit_item(TASK, "grace", "e", first.id, 2, first.text, False, preview.token)

    assert 0.5 == rows(course)["ada"][0]


def test_rescoring_leaves_what_was_changed_in_formgrader(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    first = rubric.items[0]
    mark(storage, "ada", Choice((first.id,)))
    formgrader(course, "ada", 1.5, "generous")

    preview = storage.preview(TASK, first.id, 0.25, first.text, False)
    storage.edit_item(TASK, "grace", "e", first.id, 0.25, first.text, False, preview.token)

    assert (0, 1) == (preview.affected, preview.outside)
    assert (1.5, False, "generous") == rows(course)["ada"]


def test_a_decision_on_a_rubric_that_was_edited_meanwhile_is_refused(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    storage.add_item(TASK, "henri", "add", -0.5, "a wrong formula")
    seen = state_of(storage, "ada")

    with pytest.raises(Conflict) as told:
        storage.mark(TASK, "one", "grace", Choice(), {seen.key: seen.version}, rubric.version)

    assert not told.value.keys


def test_no_two_windows_get_the_same_answer_unasked(storage: Storage, rubric: Rubric) -> None:
    taken = [storage.claim(TASK, f"window-{n}", "g", [], 2) for n in range(3)]

    every = [key for keys in taken for key in keys]
    assert [2, 2, 1] == list(map(len, taken))
    assert 5 == len(set(every))


def test_a_claim_ends_when_its_window_is_silent(course: Course) -> None:
    clock = [0.0]
    storage = Storage(course, ASSIGNMENT, lambda: clock[0])
    storage.rubric(TASK, scheme())
    assert 5 == len(storage.claim(TASK, "closed", "grace", [], 5))
    assert not storage.claim(TASK, "open", "henri", [], 1)

    clock[0] = CLAIM_SECONDS + 1

    assert 1 == len(storage.claim(TASK, "open", "henri", [], 1))
    storage.close()


def test_a_second_decision_is_another_persons_and_changes_no_score(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    state = mark(storage, "ada", Choice((rubric.items[0].id,)))
    assert (state.key,) == storage.to_mark_twice(TASK, "henri")
    assert not storage.to_mark_twice(TASK, "grace")

    with pytest.raises(Conflict):
        storage.mark_second(TASK, "grace", state.key, Choice())
    storage.mark_second(TASK, "henri", state.key, Choice((rubric.items[2].id,)))

    assert 0.5 == rows(course)["ada"][0]
    (twice,) = storage.marked_twice(TASK)
    assert (0.5, 1.0, "grace", "henri") == (
        twice.first_score,
        twice.second_score,
        twice.first_grader,
        twice.second_grader,
    )


def test_nbgraders_own_commands_work_beside_the_tables(
    course: Course, storage: Storage, rubric: Rubric
) -> None:
    mark(storage, "ada", Choice((rubric.items[0].id,)))
    with open_gradebook(course.db_url, course.option("course_id")) as gradebook:
        gradebook.remove_submission(ASSIGNMENT, "ada")

    assert "ada" not in {one.student for one in storage.states(TASK)}
    with pytest.raises(NotThere):
        storage.history(TASK, key_of(ASSIGNMENT, TASK, "ada"))


def formgrader(course: Course, student: str, score: float, comment: str | None) -> None:
    """What formgrader does when a person enters a score and a comment."""
    with open_gradebook(course.db_url, course.option("course_id")) as gradebook:
        grade = gradebook.find_grade(TASK, "batch_norm", ASSIGNMENT, student)
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.find_comment(TASK, "batch_norm", ASSIGNMENT, student).manual_comment = comment
        gradebook.db.commit()


CHOICES = st.builds(
    lambda places, adjustment, comment: (places, adjustment, comment),
    st.sets(st.integers(0, 2)),
    st.sampled_from([0.0, 0.0, 0.5, -0.25, 3.0]),
    st.text(st.characters(codec="utf-8"), max_size=20),
)


class Marking(RuleBasedStateMachine):
    """Any sequence of actions leaves nbgrader's rows as a plain model of them says."""

    untouched: Course

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.course = copy_of_course(self.untouched, self.folder / "course")
        self.storage = Storage(self.course, ASSIGNMENT)
        self.rubric = self.storage.rubric(TASK, scheme())
        self.number = 0
        self.expected: dict[str, float | None] = dict.fromkeys(STUDENTS)
        self.chosen: dict[str, tuple[tuple[str, ...], float] | None] = dict.fromkeys(STUDENTS)
        self.points = {item.id: item.points for item in self.rubric.items}
        self.undoable: list[tuple[dict[str, Any], dict[str, Any], dict[str, float]]] = []

    def action(self) -> str:
        self.number += 1
        return f"action-{self.number}"

    def remember(self) -> None:
        self.undoable.append((dict(self.expected), dict(self.chosen), dict(self.points)))

    def score(self, items: tuple[str, ...], adjustment: float) -> float:
        return min(max(sum(self.points[one] for one in items) + adjustment, 0.0), 2.0)

    @rule(students=st.sets(st.sampled_from(STUDENTS), min_size=1), made=CHOICES)
    def decide(self, students: set[str], made: tuple[set[int], float, str]) -> None:
        places, adjustment, comment = made
        items = tuple(self.rubric.items[place].id for place in sorted(places))
        choice = Choice.read({"items": list(items), "adjustment": adjustment, "comment": comment})
        states = [one for one in self.storage.states(TASK) if one.student in students]
        seen = {one.key: one.version for one in states}
        self.remember()
        action = self.action()
        for _ in range(2):  # the answer to the first was lost
            self.storage.mark(TASK, action, "grace", choice, seen, self.rubric.version)
        for student in students:
            self.expected[student] = self.score(items, adjustment)
            self.chosen[student] = (items, adjustment)

    @rule(student=st.sampled_from(STUDENTS), made=CHOICES)
    def decide_on_an_old_version(self, student: str, made: tuple[set[int], float, str]) -> None:
        key = key_of(ASSIGNMENT, TASK, student)
        with pytest.raises(Conflict):
            self.storage.mark(
                TASK, self.action(), "grace", Choice(), {key: "old"}, self.rubric.version
            )

    @rule(place=st.integers(0, 2), points=st.sampled_from([-1.0, 0.0, 0.25, 1.5]))
    def edit(self, place: int, points: float) -> None:
        item = self.rubric.items[place]
        preview = self.storage.preview(TASK, item.id, points, item.text, False)
        self.remember()
        self.rubric = self.storage.edit_item(
            TASK, "grace", self.action(), item.id, points, item.text, False, preview.token
        )
        self.points[item.id] = points
        for student, chosen in self.chosen.items():
            if chosen is not None and item.id in chosen[0]:
                self.expected[student] = self.score(*chosen)

    @rule()
    def undo(self) -> None:
        action = self.action()
        if not self.undoable:
            with pytest.raises(NotThere):
                self.storage.undo(TASK, action, "grace")
            return
        for _ in range(2):
            self.storage.undo(TASK, action, "grace")
        self.expected, self.chosen, self.points = self.undoable.pop()
        self.rubric = self.storage.rubric(TASK, scheme())

    @invariant()
    def nbgrader_has_what_was_decided(self) -> None:
        if not hasattr(self, "course"):
            return
        found = rows(self.course)
        assert self.expected == {student: found[student][0] for student in STUDENTS}
        for student in STUDENTS:
            assert found[student][1] == (self.expected[student] is None)
        for state in self.storage.states(TASK):
            chosen = self.chosen[state.student]
            assert not state.outside
            if chosen is None:
                assert state.choice is None
            else:
                assert state.choice is not None
                assert set(chosen[0]) == set(state.choice.items)

    def teardown(self) -> None:
        if hasattr(self, "storage"):
            self.storage.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def test_any_sequence_of_actions_is_what_nbgrader_shows(untouched: Course) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    machine = type("OfThisCourse", (Marking,), {"untouched": untouched})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
