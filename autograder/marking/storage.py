"""Decisions on written answers: kept in tables beside nbgrader's, written together with its rows.

Every change is one transaction: either the decision, its history and nbgrader's score and comment
are all there, or none is. Who writes says which version was seen, so nothing is overwritten unseen;
an action that is sent twice, because a server died before it could answer, is done once.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import Connection, and_, delete, insert, select, update

from autograder.course.course import Course
from autograder.errors import AutograderError
from autograder.gradebook.database import gradebook_url, open_gradebook, retry_while_locked
from autograder.marking.rules import (
    LONGEST_ITEM,
    MOST_ITEMS,
    Choice,
    Item,
    comment_of,
    key_of,
    number_in,
    sample_of,
    score_of,
    without_nul,
)
from autograder.marking.scheme import Scheme
from autograder.marking.tables import (
    CLAIM,
    DECISION,
    HISTORY,
    ITEM,
    METADATA,
    RUBRIC,
    SAVED,
    SECOND,
)

T = TypeVar("T")
P = ParamSpec("P")

CLAIM_SECONDS = 120.0
"""How long an answer stays with the window that has it open, unless that says so again."""

MOST_CLAIMED = 200
"""How many answers one window holds at once."""


class Conflict(AutograderError):
    """What was to be changed is no longer as it was seen. Nothing was written.

    Attributes:
        keys: the answers that changed meanwhile; none if the rubric did.
    """

    def __init__(self, sentence: str, keys: Iterable[str] = ()):
        super().__init__(sentence)
        self.keys = tuple(keys)


class NotThere(AutograderError):
    """There is no such answer, item or action."""


@dataclass(frozen=True)
class State:
    """One student's answer to one task, as the gradebook has it.

    Attributes:
        key: names the answer without its student.
        student: whose it is; never sent to the page.
        choice: what was decided on the page, None if nothing, or if formgrader has changed it.
        score: the score that counts, None as long as there is none.
        done: whether nobody needs to look at it.
        comment: what nbgrader shows.
        outside: whether the score or comment was given elsewhere, such as in formgrader.
        version: stands for all of this; whoever writes has to name it.
    """

    key: str
    student: str
    notebook: str
    max_score: float
    choice: Choice | None
    score: float | None
    done: bool
    comment: str | None
    outside: bool
    grader: str
    at: str
    version: str


@dataclass(frozen=True)
class Rubric:
    """The items of a task that are offered, in their order, and the count of their edits."""

    version: int
    items: tuple[Item, ...]

    @property
    def by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}


@dataclass(frozen=True)
class Claim:
    key: str
    window: str
    grader: str


@dataclass(frozen=True)
class Rescore:
    """What editing an item would do.

    Attributes:
        changes: key, score before and after, for each answer whose score changes.
        affected: how many answers have the item.
        outside: how many of them were changed elsewhere and stay as they are.
        token: stands for all of this.
    """

    changes: tuple[tuple[str, float, float], ...]
    affected: int
    outside: int
    token: str


@dataclass(frozen=True)
class Event:
    """A line of an answer's history."""

    kind: str
    grader: str
    at: str
    before: float | None
    after: float | None
    undone: bool


@dataclass(frozen=True)
class Twice:
    """An answer that two people marked, each without seeing the other's decision."""

    key: str
    first: Choice
    first_score: float
    first_grader: str
    second: Choice
    second_score: float
    second_grader: str


@dataclass(frozen=True)
class _Row:
    """An answer's rows in nbgrader's tables and here."""

    student: str
    notebook: str
    submitted: str
    cell: str
    grade: str
    max_score: float
    auto: float | None
    manual: float | None
    extra: float | None
    needs: bool
    comment_row: str | None
    comment: str | None
    auto_comment: str | None
    version: int
    choice: Choice | None
    written_score: float | None
    written_comment: str | None
    grader: str
    at: str

    @property
    def outside(self) -> bool:
        if self.choice is None:
            return self.manual is not None or self.comment is not None
        return (self.manual, self.comment) != (self.written_score, self.written_comment)

    @property
    def seen(self) -> str:
        values = json.dumps([self.manual, self.needs, self.comment, self.extra])
        return f"{self.version}-{hashlib.sha256(values.encode()).hexdigest()[:12]}"

    def snapshot(self) -> dict[str, Any]:
        return {
            "choice": None if self.choice is None else self.choice.as_json(),
            "written": [self.written_score, self.written_comment],
            "manual": self.manual,
            "needs": self.needs,
            "comment": self.comment,
            "grader": self.grader,
            "at": self.at,
            "version": self.version,
        }

    def state(self, assignment: str, task: str) -> State:
        given = self.manual if self.manual is not None else self.auto
        return State(
            key=key_of(assignment, task, self.student),
            student=self.student,
            notebook=self.notebook,
            max_score=self.max_score,
            choice=None if self.outside else self.choice,
            score=None if given is None else given + (self.extra or 0.0),
            done=not self.needs,
            comment=self.comment if self.comment is not None else self.auto_comment,
            outside=self.outside,
            grader="" if self.outside else self.grader,
            at="" if self.outside else self.at,
            version=self.seen,
        )


Method = Callable[Concatenate["Storage", Connection, P], T]


def _within(*, writes: bool) -> Callable[[Method[P, T]], Callable[Concatenate[Storage, P], T]]:
    """Gives a method its connection, again and again while the database is locked.

    Args:
        writes: in one transaction: all that the method writes is there in the end, or nothing.
    """

    def with_connection(method: Method[P, T]) -> Callable[Concatenate[Storage, P], T]:
        @wraps(method)
        def run(self: Storage, /, *args: P.args, **kwargs: P.kwargs) -> T:
            def attempt() -> T:
                with self._writing() if writes else self._reading() as connection:
                    return method(self, connection, *args, **kwargs)

            return retry_while_locked(self._url, attempt)

        return run

    return with_connection


class Storage:
    """The decisions of one assignment.

    Args:
        course: the course; its gradebook gets the tables that it lacks.
        assignment: the assignment.
        now: the time in seconds, for tests.

    Raises:
        CourseError: if the gradebook cannot be used; so do all methods.
    """

    def __init__(self, course: Course, assignment: str, now: Callable[[], float] = time.time):
        self.assignment = assignment
        self._now = now
        self._url = gradebook_url(course.db_url)
        open_gradebook(self._url, course.option("course_id")).close()
        self._engine = sqlalchemy.create_engine(self._url)
        if self._engine.dialect.name == "sqlite":
            sqlalchemy.event.listen(self._engine, "connect", _no_hidden_transactions)
            sqlalchemy.event.listen(self._engine, "begin", _begin_at_once)
        retry_while_locked(self._url, self._make_tables)

    def close(self) -> None:
        self._engine.dispose()

    # Reading.

    @_within(writes=False)
    def states(self, connection: Connection, task: str) -> tuple[State, ...]:
        """All answers to a task, in an order that does not tell whose they are."""
        rows = self._rows(connection, task)
        states = (row.state(self.assignment, task) for row in rows.values())
        return tuple(sorted(states, key=lambda state: state.key))

    def rubric(self, task: str, scheme: Scheme) -> Rubric:
        """A task's rubric; at first the lines of its marking scheme."""

        def attempt() -> Rubric:
            with self._reading() as connection:
                rubric = self._rubric(connection, task)
            if rubric is not None:
                return rubric
            with self._writing() as connection:
                rubric = self._rubric(connection, task)
                if rubric is not None:
                    return rubric
                connection.execute(
                    insert(RUBRIC).values(assignment=self.assignment, task=task, version=1)
                )
                for position, item in enumerate(scheme.items):
                    one = Item(new_uuid(), round(item.points, 4), item.text, item.line)
                    self._insert_item(connection, task, position, one)
                rubric = self._rubric(connection, task)
                assert rubric is not None
                return rubric

        return retry_while_locked(self._url, attempt)

    @_within(writes=False)
    def history(self, connection: Connection, task: str, key: str) -> tuple[Event, ...]:
        """Who marked an answer and when, the oldest first."""
        student = self._student(connection, task, key)
        rows = connection.execute(
            select(HISTORY)
            .where(*self._of(HISTORY, task), HISTORY.c.student == student)
            .order_by(HISTORY.c.number)
        ).all()
        events = []
        for row in rows:
            before, after = json.loads(row.before), json.loads(row.after)
            events.append(
                Event(
                    row.kind,
                    row.grader,
                    row.at,
                    before["manual"],
                    after["manual"],
                    row.undone_by is not None,
                )
            )
        return tuple(events)

    @_within(writes=False)
    def claims(self, connection: Connection, task: str) -> tuple[Claim, ...]:
        """The answers that somebody has open now."""
        rows = connection.execute(
            select(CLAIM).where(*self._of(CLAIM, task), CLAIM.c.until > self._now())
        ).all()
        return tuple(
            Claim(key_of(self.assignment, task, row.student), row.window, row.grader)
            for row in rows
        )

    @_within(writes=False)
    def marked_twice(self, connection: Connection, task: str) -> tuple[Twice, ...]:
        """The drawn answers that a second person has marked, and that have a first decision."""
        rows = self._rows(connection, task)
        second = connection.execute(select(SECOND).where(*self._of(SECOND, task))).all()
        found = []
        for row in sorted(second, key=lambda one: one.student):
            first = rows.get(row.student)
            if first is None or first.choice is None or first.outside:
                continue
            found.append(
                Twice(
                    key_of(self.assignment, task, row.student),
                    first.choice,
                    first.manual or 0.0,
                    first.grader,
                    Choice.read(json.loads(row.choice)),
                    row.score,
                    row.grader,
                )
            )
        return tuple(found)

    @_within(writes=False)
    def saved_comments(self, connection: Connection, task: str) -> tuple[tuple[str, str], ...]:
        """Ids and texts of the comments that graders keep for a task."""
        rows = connection.execute(
            select(SAVED.c.id, SAVED.c.text).where(*self._of(SAVED, task)).order_by(SAVED.c.text)
        ).all()
        return tuple((row.id, row.text) for row in rows)

    # Writing.

    @_within(writes=True)
    def mark(
        self,
        connection: Connection,
        task: str,
        action: str,
        grader: str,
        choice: Choice,
        seen: Mapping[str, str],
        rubric_version: int,
    ) -> tuple[State, ...]:
        """Decide about one answer or a group of them.

        Args:
            task: the task.
            action: a name for this action that no other has. Sent again, it does nothing.
            grader: who decides.
            choice: what.
            seen: for each answer by its key the version that was seen.
            rubric_version: the rubric's that was seen.

        Returns:
            The answers as they are now.

        Raises:
            Conflict: an answer or the rubric is no longer as it was seen.
            NotThere: there is no such answer or item.
        """
        rubric = self._locked_rubric(connection, task)
        students = self._students(connection, task, seen)
        if not self._is_done(connection, action):
            if rubric.version != rubric_version:
                raise Conflict("The rubric was edited meanwhile: look at it again.")
            unknown = set(choice.items) - set(rubric.by_id)
            if unknown:
                raise NotThere(f"There is no item {min(unknown)}.")
            rows = self._rows(connection, task, students.values())
            self._refuse_changed(rows, students, seen)
            kind = "mark" if len(seen) == 1 else "group"
            for student in sorted(students.values()):
                row = rows[student]
                new = self._decided(row, choice, rubric, grader)
                self._write(connection, task, row, new)
                self._note(connection, action, kind, task, grader, row, new)
            self._release(connection, task, students.values())
        return self._now_states(connection, task, students.values())

    @_within(writes=True)
    def undo(
        self, connection: Connection, task: str, action: str, grader: str, undone: str = ""
    ) -> tuple[str, ...]:
        """Take an action back, all of it.

        Args:
            task: the task.
            action: a name for this undoing that no other action has. Sent again, it does nothing.
            grader: who takes it back.
            undone: the action, or "" for the grader's last.

        Returns:
            The keys of the answers that it had changed.

        Raises:
            Conflict: something that it changed was changed again since then.
            NotThere: there is no such action, or nothing is left to undo.
        """
        rubric = self._locked_rubric(connection, task)
        of = self._of(HISTORY, task)
        query = select(HISTORY).where(*of).order_by(HISTORY.c.number)
        again = connection.execute(query.where(HISTORY.c.action == action)).all()
        if again:
            return self._keys(task, (row.student for row in again if row.student))
        wanted = undone or connection.scalar(
            select(HISTORY.c.action)
            .where(*of, HISTORY.c.grader == grader, HISTORY.c.kind != "undo")
            .where(HISTORY.c.undone_by.is_(None))
            .order_by(HISTORY.c.number.desc())
            .limit(1)
        )
        rows = connection.execute(query.where(HISTORY.c.action == wanted)).all()
        if not rows or rows[0].kind == "undo" or rows[0].undone_by is not None:
            raise NotThere("There is nothing to undo.")
        self._take_back(connection, task, action, grader, rows, rubric)
        connection.execute(
            update(HISTORY).where(HISTORY.c.action == wanted).values(undone_by=action)
        )
        return self._keys(task, (row.student for row in rows if row.student))

    @_within(writes=True)
    def add_item(
        self, connection: Connection, task: str, grader: str, action: str, points: float, text: str
    ) -> Rubric:
        """Add an item to the end of a rubric. No score changes."""
        points, text = number_in(points), _item_text(text)
        rubric = self._locked_rubric(connection, task)
        if not self._is_done(connection, action):
            if len(rubric.items) >= MOST_ITEMS:
                raise ValueError(f"a rubric has at most {MOST_ITEMS} items")
            position = connection.scalar(
                select(sqlalchemy.func.count()).select_from(ITEM).where(*self._of(ITEM, task))
            )
            new = Item(new_uuid(), points, text)
            self._insert_item(connection, task, position or 0, new)
            before = asdict(replace(new, deleted=True)) | {"manual": None}
            self._note_item(connection, action, "item", task, grader, before, new)
        return self._bumped(connection, task, rubric)

    @_within(writes=False)
    def preview(
        self, connection: Connection, task: str, item: str, points: float, text: str, deleted: bool
    ) -> Rescore:
        """What editing an item would do to whose score."""
        rubric = self._rubric(connection, task)
        if rubric is None or item not in rubric.by_id:
            raise NotThere("There is no such item.")
        return self._rescored(
            connection, task, rubric, _edited(rubric, item, points, text, deleted)
        )[0]

    @_within(writes=True)
    def edit_item(
        self,
        connection: Connection,
        task: str,
        grader: str,
        action: str,
        item: str,
        points: float,
        text: str,
        deleted: bool,
        token: str,
    ) -> Rubric:
        """Edit an item and rescore all answers that have it.

        Args:
            task: the task.
            grader: who edits.
            action: a name for this action that no other has. Sent again, it does nothing.
            item: the item's id.
            points: its points from now on.
            text: its sentence from now on.
            deleted: whether it is to go, from the answers that have it as well.
            token: the preview's that was seen.

        Raises:
            Conflict: it would now do something else than the preview said.
        """
        rubric = self._locked_rubric(connection, task)
        if self._is_done(connection, action):
            return rubric
        if item not in rubric.by_id:
            raise NotThere("There is no such item.")
        after = _edited(rubric, item, points, text, deleted)
        rescore, changed = self._rescored(connection, task, rubric, after)
        if rescore.token != token:
            raise Conflict("Answers or items changed after the preview: look at it again.")
        old = rubric.by_id[item]
        new = replace(
            old,
            points=number_in(points),
            text=_item_text(text),
            deleted=deleted,
            version=old.version + 1,
        )
        self._write_item(connection, new)
        before = asdict(old) | {"manual": None}
        self._note_item(connection, action, "item", task, grader, before, new)
        for row, decided in changed:
            self._write(connection, task, row, decided)
            self._note(connection, action, "rescore", task, grader, row, decided)
        return self._bumped(connection, task, rubric)

    @_within(writes=True)
    def claim(
        self,
        connection: Connection,
        task: str,
        window: str,
        grader: str,
        keys: Sequence[str],
        more: int,
        after: str = "",
    ) -> tuple[str, ...]:
        """Keep answers for a window, and give it further ones that nobody has.

        Args:
            task: the task.
            window: the browser window.
            grader: who sits before it.
            keys: the answers that it wants to keep or take; all others that it had are given back.
                One that another window holds is left to that.
            more: how many ungraded ones to take as well.
            after: the key after which these come in the order of all, from the start at the end.

        Returns:
            The answers that are now the window's.
        """
        self._locked_rubric(connection, task)
        rows = self._rows(connection, task)
        by_key = {key_of(self.assignment, task, one): one for one in rows}
        of, now = self._of(CLAIM, task), self._now()
        connection.execute(
            delete(CLAIM).where(*of, (CLAIM.c.until <= now) | (CLAIM.c.window == window))
        )
        taken = set(connection.scalars(select(CLAIM.c.student).where(*of)))
        own = [key for key in keys[:MOST_CLAIMED] if by_key.get(key, "") not in taken]
        own = [key for key in own if key in by_key]
        own = list(dict.fromkeys(own))
        order = sorted(by_key)
        free = (
            key
            for key in [k for k in order if k > after] + [k for k in order if k <= after]
            if key not in own and by_key[key] not in taken and rows[by_key[key]].needs
        )
        own += itertools.islice(free, max(0, min(more, MOST_CLAIMED - len(own))))
        for key in own:
            connection.execute(
                insert(CLAIM).values(
                    assignment=self.assignment,
                    task=task,
                    student=by_key[key],
                    window=window,
                    grader=grader,
                    until=now + CLAIM_SECONDS,
                )
            )
        return tuple(own)

    @_within(writes=False)
    def to_mark_twice(self, connection: Connection, task: str, grader: str) -> tuple[str, ...]:
        """The drawn answers that another person has marked and nobody a second time."""
        rows = self._rows(connection, task)
        second = set(connection.scalars(select(SECOND.c.student).where(*self._of(SECOND, task))))
        keys = {key_of(self.assignment, task, one): one for one in rows}
        return tuple(
            key
            for key in sorted(sample_of(keys))
            if (row := rows[keys[key]]).choice is not None
            and not row.outside
            and row.grader != grader
            and row.student not in second
        )

    @_within(writes=True)
    def mark_second(
        self, connection: Connection, task: str, grader: str, key: str, choice: Choice
    ) -> None:
        """Keep a second person's decision on a drawn answer. No score changes.

        Raises:
            Conflict: it was marked twice already, or by the same person.
            NotThere: it is not among the drawn answers that somebody has marked.
        """
        rubric = self._locked_rubric(connection, task)
        rows = self._rows(connection, task)
        keys = {key_of(self.assignment, task, one): one for one in rows}
        if key not in sample_of(keys):
            raise NotThere("This answer is not in the sample.")
        row = rows[keys[key]]
        if row.choice is None or row.outside:
            raise NotThere("Nobody has marked this answer yet.")
        of = (*self._of(SECOND, task), SECOND.c.student == row.student)
        there = connection.execute(select(SECOND).where(*of)).first()
        values = {
            "choice": json.dumps(choice.as_json()),
            "score": score_of(choice, rubric.by_id, row.max_score),
        }
        if row.grader == grader or (there is not None and there.grader != grader):
            raise Conflict("The second decision has to be another person's.", [key])
        if there is not None:
            connection.execute(update(SECOND).where(*of).values(**values, at=_moment(self._now())))
            return
        connection.execute(
            insert(SECOND).values(
                assignment=self.assignment,
                task=task,
                student=row.student,
                grader=grader,
                at=_moment(self._now()),
                **values,
            )
        )

    @_within(writes=True)
    def save_comment(self, connection: Connection, task: str, grader: str, text: str) -> None:
        """Keep a comment for a task; one that is kept already stays one."""
        text = _item_text(text)
        self._locked_rubric(connection, task)
        of = (*self._of(SAVED, task), SAVED.c.text == text)
        if connection.execute(select(SAVED.c.id).where(*of)).first() is None:
            connection.execute(
                insert(SAVED).values(
                    id=new_uuid(),
                    assignment=self.assignment,
                    task=task,
                    text=text,
                    grader=grader,
                )
            )

    @_within(writes=True)
    def forget_comment(self, connection: Connection, task: str, id_: str) -> None:
        connection.execute(delete(SAVED).where(*self._of(SAVED, task), SAVED.c.id == id_))

    # Connections.

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that holds SQLite's lock from its start, so it need not be repeated."""
        with self._engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    def _make_tables(self) -> None:
        with self._writing() as connection:
            METADATA.create_all(connection)

    # Rows.

    def _of(self, table: sqlalchemy.Table, task: str) -> tuple[sqlalchemy.ColumnElement[bool], ...]:
        return (table.c.assignment == self.assignment, table.c.task == task)

    def _keys(self, task: str, students: Iterable[str]) -> tuple[str, ...]:
        return tuple(key_of(self.assignment, task, student) for student in students)

    def _rows(
        self, connection: Connection, task: str, students: Iterable[str] | None = None
    ) -> dict[str, _Row]:
        """The answers to a task by student, all or those of some students."""
        # nbgrader has two cells for one written answer: one with the score, one with the comment.
        commented = BaseCell.__table__.alias("commented")
        query = (
            select(
                SubmittedAssignment.student_id.label("student"),
                Notebook.name.label("notebook"),
                SubmittedNotebook.id.label("submitted"),
                commented.c.id.label("cell"),
                Grade.id.label("grade"),
                GradeCell.__table__.c.max_score,
                Grade.auto_score.label("auto"),
                Grade.manual_score.label("manual"),
                Grade.extra_credit.label("extra"),
                Grade.needs_manual_grade.label("needs"),
                Comment.id.label("comment_row"),
                Comment.manual_comment.label("comment"),
                Comment.auto_comment,
                DECISION.c.version,
                DECISION.c.choice,
                DECISION.c.score.label("written_score"),
                DECISION.c.shown.label("written_comment"),
                DECISION.c.grader,
                DECISION.c.at,
            )
            .select_from(Assignment.__table__)
            .join(SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .join(BaseCell.__table__, BaseCell.__table__.c.id == Grade.cell_id)
            .join(GradeCell.__table__, GradeCell.__table__.c.id == Grade.cell_id)
            .join(
                commented,
                and_(
                    commented.c.name == BaseCell.__table__.c.name,
                    commented.c.notebook_id == BaseCell.__table__.c.notebook_id,
                    commented.c.type == SolutionCell.__name__,
                ),
            )
            .outerjoin(
                Comment,
                and_(
                    Comment.notebook_id == SubmittedNotebook.id,
                    Comment.cell_id == commented.c.id,
                ),
            )
            .outerjoin(
                DECISION,
                and_(
                    DECISION.c.assignment == Assignment.name,
                    DECISION.c.task == BaseCell.__table__.c.name,
                    DECISION.c.student == SubmittedAssignment.student_id,
                ),
            )
            .where(Assignment.name == self.assignment, BaseCell.__table__.c.name == task)
        )
        if students is not None:
            query = query.where(SubmittedAssignment.student_id.in_(list(students)))
        found = {}
        for row in connection.execute(query):
            values = dict(row._mapping)
            choice = values.pop("choice")
            found[row.student] = _Row(
                **values
                | {
                    "choice": Choice.read(json.loads(choice)) if choice else None,
                    "version": row.version or 0,
                    "max_score": row.max_score or 0.0,
                    "grader": row.grader or "",
                    "at": row.at or "",
                }
            )
        return found

    def _student(self, connection: Connection, task: str, key: str) -> str:
        return self._students(connection, task, [key])[key]

    def _students(self, connection: Connection, task: str, keys: Iterable[str]) -> dict[str, str]:
        """Whose answers these are, by key.

        Raises:
            NotThere: there is no such answer.
        """
        names = connection.scalars(
            select(SubmittedAssignment.student_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(Assignment.name == self.assignment)
        )
        known = {key_of(self.assignment, task, name): name for name in names}
        missing = [key for key in keys if key not in known]
        if missing:
            raise NotThere("There is no such answer: it was removed from the gradebook.")
        return {key: known[key] for key in keys}

    def _refuse_changed(
        self, rows: Mapping[str, _Row], students: Mapping[str, str], seen: Mapping[str, str]
    ) -> None:
        missing = [key for key, student in students.items() if student not in rows]
        if missing:
            raise NotThere("There is no such answer: it was removed from the gradebook.")
        changed = [key for key, version in seen.items() if rows[students[key]].seen != version]
        if changed:
            raise Conflict("Somebody else changed this meanwhile: look at it again.", changed)

    def _now_states(
        self, connection: Connection, task: str, students: Iterable[str]
    ) -> tuple[State, ...]:
        rows = self._rows(connection, task, students)
        return tuple(row.state(self.assignment, task) for row in rows.values())

    def _decided(self, row: _Row, choice: Choice, rubric: Rubric, grader: str) -> _Row:
        """An answer's row with a decision."""
        score = score_of(choice, rubric.by_id, row.max_score)
        comment = comment_of(choice, rubric.items)
        return replace(
            row,
            choice=choice,
            written_score=score,
            written_comment=comment,
            manual=score,
            needs=False,
            comment=comment,
            grader=grader,
            at=_moment(self._now()),
            version=row.version + 1,
        )

    def _write(self, connection: Connection, task: str, old: _Row, new: _Row) -> None:
        """Write a decision and what nbgrader shows of it."""
        connection.execute(
            update(Grade.__table__)
            .where(Grade.__table__.c.id == new.grade)
            .values(manual_score=new.manual, needs_manual_grade=new.needs)
        )
        if new.comment_row is not None:
            connection.execute(
                update(Comment.__table__)
                .where(Comment.__table__.c.id == new.comment_row)
                .values(manual_comment=new.comment)
            )
        elif new.comment is not None:
            connection.execute(
                insert(Comment.__table__).values(
                    id=new_uuid(),
                    cell_id=new.cell,
                    notebook_id=new.submitted,
                    manual_comment=new.comment,
                )
            )
        values = {
            "version": new.version,
            "choice": "" if new.choice is None else json.dumps(new.choice.as_json()),
            "score": new.written_score,
            "shown": new.written_comment,
            "grader": new.grader,
            "at": new.at,
        }
        if old.version:
            connection.execute(
                update(DECISION)
                .where(*self._of(DECISION, task), DECISION.c.student == new.student)
                .values(**values)
            )
        else:
            connection.execute(
                insert(DECISION).values(
                    assignment=self.assignment, task=task, student=new.student, **values
                )
            )

    def _release(self, connection: Connection, task: str, students: Iterable[str]) -> None:
        connection.execute(
            delete(CLAIM).where(*self._of(CLAIM, task), CLAIM.c.student.in_(list(students)))
        )

    # History.

    def _is_done(self, connection: Connection, action: str) -> bool:
        query = select(HISTORY.c.number).where(HISTORY.c.action == action).limit(1)
        return connection.scalar(query) is not None

    def _note(
        self,
        connection: Connection,
        action: str,
        kind: str,
        task: str,
        grader: str,
        old: _Row,
        new: _Row,
    ) -> None:
        self._insert_history(
            connection, action, kind, task, old.student, grader, old.snapshot(), new.snapshot()
        )

    def _note_item(
        self,
        connection: Connection,
        action: str,
        kind: str,
        task: str,
        grader: str,
        before: dict[str, Any],
        new: Item,
    ) -> None:
        after = asdict(new) | {"manual": None}
        self._insert_history(connection, action, kind, task, "", grader, before, after)

    def _insert_history(
        self,
        connection: Connection,
        action: str,
        kind: str,
        task: str,
        student: str,
        grader: str,
        before: dict[str, Any],
        after: dict[str, Any],
    ) -> None:
        connection.execute(
            insert(HISTORY).values(
                action=action,
                kind=kind,
                assignment=self.assignment,
                task=task,
                student=student,
                grader=grader,
                at=_moment(self._now()),
                before=json.dumps(before),
                after=json.dumps(after),
            )
        )

    def _take_back(
        self,
        connection: Connection,
        task: str,
        action: str,
        grader: str,
        history: Sequence[Any],
        rubric: Rubric,
    ) -> None:
        """Write what was before each of these rows of the history."""
        rows = self._rows(connection, task, [one.student for one in history if one.student])
        changed: list[str] = []
        versions: dict[str, int] = {}
        for one in history:
            after = json.loads(one.after)
            if one.student:
                row = rows.get(one.student)
                if row is None or _content(row.snapshot()) != _content(after):
                    changed += self._keys(task, [one.student])
            else:
                there = connection.execute(select(ITEM).where(ITEM.c.id == after["id"])).first()
                versions[after["id"]] = there.version if there is not None else 0
                now = {} if there is None else {name: there._mapping[name] for name in _ITEM}
                if now != {name: after[name] for name in _ITEM}:
                    raise Conflict("The item was edited again since then.")
                self._refuse_if_used(connection, task, after["id"], one.number)
        if changed:
            raise Conflict("This was changed again since then, and stays as it is.", changed)
        for one in history:
            before, after = json.loads(one.before), json.loads(one.after)
            if not one.student:
                item = Item(**{k: v for k, v in before.items() if k != "manual"})
                item = replace(item, version=versions[item.id] + 1)
                self._write_item(connection, item)
                self._note_item(connection, action, "undo", task, grader, after, item)
                rubric = self._bumped(connection, task, rubric)
                continue
            row = rows[one.student]
            choice = before["choice"]
            if choice is not None:
                # An item that was deleted since then cannot come back with it.
                items = [id_ for id_ in choice["items"] if self._is_offered(connection, id_)]
                if items != choice["items"]:
                    raise Conflict(
                        "An item of the earlier decision is deleted: mark it again.",
                        self._keys(task, [one.student]),
                    )
            new = replace(
                row,
                choice=None if choice is None else Choice.read(choice),
                written_score=before["written"][0],
                written_comment=before["written"][1],
                manual=before["manual"],
                needs=before["needs"],
                comment=before["comment"],
                grader=before["grader"],
                at=before["at"],
                version=row.version + 1,
            )
            if new.choice is not None and not new.outside:
                # Items may have been edited since then.
                score = score_of(new.choice, rubric.by_id, row.max_score)
                comment = comment_of(new.choice, rubric.items)
                new = replace(
                    new,
                    written_score=score,
                    written_comment=comment,
                    manual=score,
                    comment=comment,
                )
            self._write(connection, task, row, new)
            self._note(connection, action, "undo", task, grader, row, new)

    def _refuse_if_used(self, connection: Connection, task: str, item: str, since: int) -> None:
        """An item's edit can be taken back as long as nobody decided with the item after it."""
        rows = connection.execute(
            select(HISTORY.c.after).where(
                *self._of(HISTORY, task),
                HISTORY.c.student != "",
                HISTORY.c.kind.in_(["mark", "group"]),
                HISTORY.c.undone_by.is_(None),
                HISTORY.c.number > since,
            )
        )
        for row in rows:
            choice = json.loads(row.after)["choice"]
            if choice and item in choice["items"]:
                raise Conflict("The item has been used since then: edit it again instead.")

    # The rubric.

    def _rubric(self, connection: Connection, task: str) -> Rubric | None:
        version = connection.scalar(select(RUBRIC.c.version).where(*self._of(RUBRIC, task)))
        if version is None:
            return None
        rows = connection.execute(
            select(ITEM)
            .where(*self._of(ITEM, task), ~ITEM.c.deleted)
            .order_by(ITEM.c.position, ITEM.c.id)
        )
        return Rubric(
            version,
            tuple(
                Item(row.id, row.points, row.text, row.line, row.version, row.deleted)
                for row in rows
            ),
        )

    def _locked_rubric(self, connection: Connection, task: str) -> Rubric:
        """The rubric, with its row locked until the transaction ends."""
        connection.execute(select(RUBRIC).where(*self._of(RUBRIC, task)).with_for_update())
        rubric = self._rubric(connection, task)
        if rubric is None:
            raise NotThere(f"There is no rubric for {task}.")
        return rubric

    def _is_offered(self, connection: Connection, item: str) -> bool:
        deleted = connection.scalar(select(ITEM.c.deleted).where(ITEM.c.id == item))
        return deleted is False

    def _bumped(self, connection: Connection, task: str, rubric: Rubric) -> Rubric:
        connection.execute(
            update(RUBRIC).where(*self._of(RUBRIC, task)).values(version=rubric.version + 1)
        )
        new = self._rubric(connection, task)
        assert new is not None
        return new

    def _insert_item(self, connection: Connection, task: str, position: int, item: Item) -> None:
        connection.execute(
            insert(ITEM).values(
                assignment=self.assignment, task=task, position=position, **asdict(item)
            )
        )

    def _write_item(self, connection: Connection, item: Item) -> None:
        connection.execute(
            update(ITEM)
            .where(ITEM.c.id == item.id)
            .values(points=item.points, text=item.text, version=item.version, deleted=item.deleted)
        )

    def _rescored(
        self, connection: Connection, task: str, rubric: Rubric, after: tuple[Item, ...]
    ) -> tuple[Rescore, list[tuple[_Row, _Row]]]:
        """What another version of an item does to the answers that have it."""
        new_rubric = replace(rubric, items=after)
        edited = {item.id for item in rubric.items if item not in after}
        changed: list[tuple[_Row, _Row]] = []
        scores: list[tuple[str, float, float]] = []
        outside = 0
        for row in self._rows(connection, task).values():
            if row.choice is None or not edited & set(row.choice.items):
                continue
            if row.outside:
                outside += 1
                continue
            kept = tuple(one for one in row.choice.items if one in new_rubric.by_id)
            new = self._decided(row, replace(row.choice, items=kept), new_rubric, row.grader)
            # Decided by whom and when stays, and whether somebody has to look again.
            new = replace(new, at=row.at, needs=row.needs)
            changed.append((row, new))
            if row.manual != new.manual:
                key = key_of(self.assignment, task, row.student)
                scores.append((key, row.manual or 0.0, new.manual or 0.0))
        scores.sort()
        seen = [rubric.version, [asdict(item) for item in after]]
        seen += [sorted((row.student, row.seen) for row, _ in changed), outside]
        token = hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:32]
        return Rescore(tuple(scores), len(changed), outside, token), changed


_ITEM = ("id", "points", "text", "deleted")


def _content(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What a snapshot says, without the count of changes that led to it."""
    return {name: value for name, value in snapshot.items() if name != "version"}


def _edited(rubric: Rubric, item: str, points: float, text: str, deleted: bool) -> tuple[Item, ...]:
    points, text = number_in(points), _item_text(text)
    return tuple(
        replace(one, points=points, text=text) if one.id == item else one
        for one in rubric.items
        if not (deleted and one.id == item)
    )


def _item_text(text: object) -> str:
    """A sentence for an item or a saved comment.

    Raises:
        ValueError: if it is none.
    """
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_ITEM:
        raise ValueError(f"this is to be text of at most {LONGEST_ITEM} characters, not empty")
    return without_nul(text).strip()


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _no_hidden_transactions(connection: Any, record: Any) -> None:
    """Python's SQLite begins transactions by itself, and late."""
    connection.isolation_level = None


def _begin_at_once(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
