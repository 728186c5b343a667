"""What the page asks for, and what it is told: JSON values in and out."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from autograder.course.course import Course
from autograder.exercise.source_notebooks import load_exercise
from autograder.marking.answers import Answer, Answers, Question, questions_of, tree_of
from autograder.marking.grouping import (
    Group,
    difference,
    groups_of,
    is_blank,
    plain_text,
    tokens_of,
)
from autograder.marking.rules import Choice, number_in
from autograder.marking.scheme import patch
from autograder.marking.statistics import agreement_of, progress_of
from autograder.marking.storage import NotThere, Rubric, State, Storage

Json = dict[str, Any]

MOST_AT_ONCE = 40
"""How many answers are sent at once."""

EXCERPT = 90


class Desk:
    """One assignment, ready to be marked.

    Raises:
        AutograderError: in one line, if there is no such assignment or the gradebook cannot be
            used; also from its methods, and ValueError for what makes no sense.
    """

    def __init__(self, course: Course, assignment: str):
        self.course = course
        self.exercise = load_exercise(assignment, course.source_root)
        self.questions = questions_of(self.exercise)
        self.storage = Storage(course, assignment)
        self._answers = Answers(course, self.exercise)
        self._groups: dict[str, tuple[dict[str, Answer], tuple[Group, ...]]] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        self.storage.close()

    # Reading.

    def overview(self) -> Json:
        """The written tasks and how far each is."""
        questions = []
        for question in self.questions.values():
            states = self.storage.states(question.task)
            done = sum(one.done for one in states)
            questions.append(
                {
                    "task": question.task,
                    "title": question.title,
                    "points": question.points,
                    "total": len(states),
                    "done": done,
                }
            )
        return {"assignment": self.exercise.name, "questions": questions}

    def question(self, task: str, grader: str, second: bool = False) -> Json:
        """A task with its rubric and all its answers, without their texts.

        Args:
            task: the task.
            grader: who looks.
            second: whether only the drawn answers are wanted, without what was decided first.
        """
        question = self._question(task)
        rubric = self.storage.rubric(task, question.scheme)
        states = self.storage.states(task)
        texts, groups = self._texts(question, states)
        place = {state.key: number for number, state in enumerate(states, start=1)}
        values: Json = {
            "task": task,
            "title": question.title,
            "points": question.points,
            "prompt": tree_of(question.prompt),
            "model": tree_of(question.scheme.model_answer),
            "notes": tree_of(question.scheme.notes) if question.scheme.notes else None,
            "rubric": self._shown_rubric(rubric),
            "comments": self._shown_comments(task),
            "second": second,
        }
        waiting = self.storage.to_mark_twice(task, grader)
        values["waiting_twice"] = len(waiting)
        if second:
            drawn = set(waiting)
            shown = [_blind(state) for state in states if state.key in drawn]
            values["groups"] = []
        else:
            shown = [_shown_state(state) for state in states]
            values["groups"] = [
                {"id": one.id, "kind": one.kind, "keys": one.keys, "same": sorted(one.same)}
                for one in groups
            ]
        stub = tokens_of(question.stub)
        values["answers"] = [
            one
            | {
                "n": place[one["key"]],
                "excerpt": _excerpt(texts[one["key"]]),
                "blank": is_blank(texts[one["key"]].written, stub),
            }
            for one in shown
        ]
        return values

    def answers(self, task: str, keys: Sequence[str]) -> list[Json]:
        """The texts of answers, each with what it says otherwise than its group's first."""
        question = self._question(task)
        states = self.storage.states(task)
        texts, groups = self._texts(question, states)
        first = {key: group for group in groups for key in group.keys}
        found = []
        for key in keys[:MOST_AT_ONCE]:
            if key not in texts:
                continue
            group = first.get(key)
            marked = None
            if group is not None and group.kind == "near" and key not in group.same:
                marked = difference(texts[group.keys[0]].source, texts[key].source)
            with self._lock:
                tree = self._answers.tree(texts[key])
            found.append({"key": key, "tree": tree, "difference": marked})
        return found

    def search(self, task: str, words: str) -> list[str]:
        """The answers that say these words, however they are written."""
        question = self._question(task)
        texts, _ = self._texts(question, self.storage.states(task))
        wanted = " ".join(tokens_of(words))
        plain = words.strip().casefold()
        return [
            key
            for key, answer in texts.items()
            if (plain and plain in answer.source.casefold())
            or (wanted and wanted in " ".join(tokens_of(answer.source)))
        ]

    def states(self, task: str, keys: Sequence[str] | None = None) -> list[Json]:
        """Answers as they are now, all or some."""
        wanted = None if keys is None else set(keys)
        return [
            _shown_state(state)
            for state in self.storage.states(task)
            if wanted is None or state.key in wanted
        ]

    def history(self, task: str, key: str) -> list[Json]:
        self._question(task)
        return [asdict(one) for one in self.storage.history(task, key)]

    def statistics(self, task: str) -> Json:
        """Progress, distribution and agreement."""
        question = self._question(task)
        rubric = self.storage.rubric(task, question.scheme)
        states = self.storage.states(task)
        place = {state.key: number for number, state in enumerate(states, start=1)}
        agreement = agreement_of(
            self.storage.marked_twice(task), [item.id for item in rubric.items]
        )
        return {
            "progress": asdict(progress_of(states)),
            "agreement": asdict(agreement)
            | {"apart": [{"key": key, "n": place[key]} for key in agreement.apart]},
            "points": question.points,
        }

    def scheme_patch(self) -> str:
        """The edits of all rubrics as a patch to the source notebooks, "" if there are none."""
        patches = []
        for name, notebook in self.exercise.notebooks.items():
            edited: dict[str, Sequence[tuple[str, float, str]]] = {}
            for question in self.questions.values():
                if question.notebook == name:
                    rubric = self.storage.rubric(question.task, question.scheme)
                    edited[question.task] = [
                        (item.line, item.points, item.text) for item in rubric.items
                    ]
            folder = self.course.source_root.relative_to(self.course.root).as_posix()
            path = f"{folder}/{self.exercise.name}/{name}.ipynb"
            patches.append(patch(notebook, path, edited))
        return "".join(patches)

    # Writing.

    def mark(self, task: str, grader: str, values: Mapping[str, object]) -> Json:
        """Decide about one answer or a group: `action`, `seen`, `rubric` and a choice."""
        self._question(task)
        seen = values.get("seen")
        if not isinstance(seen, dict) or not all(isinstance(one, str) for one in seen.values()):
            raise ValueError("'seen' is to be the version of each answer")
        if not seen:
            raise ValueError("no answer is named")
        rubric = values.get("rubric")
        if not isinstance(rubric, int):
            raise ValueError("'rubric' is to be a version")
        states = self.storage.mark(task, _action(values), grader, Choice.read(values), seen, rubric)
        return {"states": [_shown_state(state) for state in states]}

    def mark_second(self, task: str, grader: str, values: Mapping[str, object]) -> Json:
        self._question(task)
        self.storage.mark_second(task, grader, _text(values, "key"), Choice.read(values))
        return {}

    def undo(self, task: str, grader: str, values: Mapping[str, object]) -> Json:
        """Take back the grader's last action, or the one that is named by `undone`."""
        question = self._question(task)
        undone = str(values.get("undone") or "")
        keys = self.storage.undo(task, _action(values), grader, undone)
        rubric = self.storage.rubric(task, question.scheme)
        return {"states": self.states(task, keys), "rubric": self._shown_rubric(rubric)}

    def preview(self, task: str, values: Mapping[str, object]) -> Json:
        """What an edit of an item would do to whose score."""
        self._question(task)
        place = {s.key: n for n, s in enumerate(self.storage.states(task), start=1)}
        found = self.storage.preview(task, *_item(values))
        changes = [
            {"n": place[key], "key": key, "before": before, "after": after}
            for key, before, after in found.changes
        ]
        return asdict(found) | {"changes": changes}

    def edit(self, task: str, grader: str, values: Mapping[str, object]) -> Json:
        """Edit an item as the preview with this `token` said, or add one."""
        self._question(task)
        item, points, text, deleted = _item(values)
        action = _action(values)
        if item:
            token = _text(values, "token")
            rubric = self.storage.edit_item(
                task, grader, action, item, points, text, deleted, token
            )
        else:
            rubric = self.storage.add_item(task, grader, action, points, text)
        return {"rubric": self._shown_rubric(rubric), "states": self.states(task)}

    def claim(self, task: str, grader: str, values: Mapping[str, object]) -> Json:
        """Keep answers for a window, with all that changed: versions and who has what open."""
        question = self._question(task)
        window = _text(values, "window")[:64]
        keys, more = values.get("keys", []), values.get("more", 0)
        if not isinstance(keys, list) or not isinstance(more, int):
            raise ValueError("'keys' is to be a list, 'more' a number")
        own = self.storage.claim(
            task, window, grader, list(map(str, keys)), more, str(values.get("after", ""))
        )
        return {
            "own": own,
            "others": {
                one.key: one.grader for one in self.storage.claims(task) if one.window != window
            },
            "versions": {state.key: state.version for state in self.storage.states(task)},
            "rubric": self.storage.rubric(task, question.scheme).version,
        }

    def save_comment(self, task: str, grader: str, values: Mapping[str, object]) -> Json:
        """Keep a comment, or forget the one that is named by `forget`."""
        self._question(task)
        if values.get("forget"):
            self.storage.forget_comment(task, _text(values, "forget"))
        else:
            self.storage.save_comment(task, grader, _text(values, "text"))
        return {"comments": self._shown_comments(task)}

    # Within.

    def _question(self, task: str) -> Question:
        if task not in self.questions:
            raise NotThere(f"{self.exercise.name} has no written task {task}.")
        question = self.questions[task]
        self.storage.rubric(task, question.scheme)  # makes it, the first time
        return question

    def _texts(
        self, question: Question, states: Sequence[State]
    ) -> tuple[dict[str, Answer], tuple[Group, ...]]:
        """All answers to a question by key, and their groups, made again only if one changed."""
        with self._lock:
            texts = {state.key: self._answers.answer(state.student, question) for state in states}
            known = self._groups.get(question.task)
            if known is None or known[0] != texts:
                written = {key: answer.written for key, answer in texts.items()}
                known = (texts, groups_of(written, question.stub))
                self._groups[question.task] = known
        return known

    def _shown_rubric(self, rubric: Rubric) -> Json:
        return {
            "version": rubric.version,
            "items": [
                {
                    "id": item.id,
                    "points": item.points,
                    "text": item.text,
                    "tree": tree_of(item.text),
                }
                for item in rubric.items
            ],
        }

    def _shown_comments(self, task: str) -> list[Json]:
        return [{"id": id_, "text": text} for id_, text in self.storage.saved_comments(task)]


def _shown_state(state: State) -> Json:
    return {
        "key": state.key,
        "done": state.done,
        "score": state.score,
        "choice": None if state.choice is None else state.choice.as_json(),
        "comment": state.comment if state.outside or state.choice is None else None,
        "outside": state.outside,
        "grader": state.grader,
        "at": state.at,
        "version": state.version,
    }


def _blind(state: State) -> Json:
    """An answer without what the first person decided."""
    hidden = {"score": None, "choice": None, "comment": None, "grader": "", "at": ""}
    return _shown_state(state) | hidden | {"done": False, "outside": False}


def _excerpt(answer: Answer) -> str:
    words = plain_text(answer.source[: EXCERPT * 6])
    shown = words[:EXCERPT] + ("…" if len(words) > EXCERPT else "")
    return f"{shown} (picture)".strip() if answer.written.pictures else shown


def _action(values: Mapping[str, object]) -> str:
    action = _text(values, "action")
    if len(action) > 64:
        raise ValueError("the name of an action has at most 64 characters")
    return action


def _item(values: Mapping[str, object]) -> tuple[str, float, str, bool]:
    deleted = values.get("deleted") is True
    return (
        str(values.get("item") or ""),
        number_in(values.get("points")),
        _text(values, "text"),
        deleted,
    )


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name!r} is to be text")
    return value
