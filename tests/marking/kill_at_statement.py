"""Mark in copies of a course, end each process before another of its SQL statements, and go on.

    python kill_at_statement.py COURSE FOLDER (NUMBER | all)

leaves the completed courses in FOLDER, each under the number of its statement, prints these names.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import sqlalchemy

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.course.course import open_course
from autograder.marking.rules import Choice
from autograder.marking.storage import NotThere, Storage
from marking.gradebooks import TASK, scheme


class Statements:
    """Counts statements and commits, and ends this process before one of them."""

    def __init__(self, last: int | None) -> None:
        self.last = last
        self.done = 0
        engine = sqlalchemy.Engine
        sqlalchemy.event.listen(engine, "before_cursor_execute", self.heard)
        sqlalchemy.event.listen(engine, "commit", self.heard)

    def heard(self, *what: Any) -> None:
        self.done += 1
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def session(course: Path) -> None:
    """What a person does, each action with its name, as a browser sends it again."""
    storage = Storage(open_course(course), "exercise09")
    rubric = storage.rubric(TASK, scheme())
    first, second, third = (item.id for item in rubric.items)
    keys = [state.key for state in storage.states(TASK)]

    def mark(action: str, choice: Choice, *marked: str) -> None:
        seen = {one.key: one.version for one in storage.states(TASK) if one.key in marked}
        version = storage.rubric(TASK, scheme()).version
        storage.mark(TASK, action, "grace", choice, seen, version)

    storage.claim(TASK, "window", "grace", [], 2)
    mark("one", Choice((first,)), keys[0])
    mark("group", Choice((second, third), -0.5, "A group."), *keys[1:4])
    preview = storage.preview(TASK, third, 0.75, "edited", False)
    storage.edit_item(TASK, "grace", "edit", third, 0.75, "edited", False, preview.token)
    mark("two", Choice((first, third)), keys[4])
    try:
        storage.undo(TASK, "undo", "grace", "group-that-is-not-there")
    except NotThere:
        pass
    storage.undo(TASK, "undo two", "grace", "two")
    storage.close()


def in_a_process(course: Path, last: int | None = None) -> int:
    """Returns: how many statements it took, 0 if it was killed."""
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        try:
            statements = Statements(last)
            session(course)
            os.write(sending, str(statements.done).encode())
            os._exit(0)
        except BaseException as error:
            sys.excepthook(type(error), error, error.__traceback__)
            os._exit(1)
    os.close(sending)
    with open(receiving, "rb") as said:
        answer = said.read()
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return 0
    if status:
        raise SystemExit(f"a session failed, to be killed before statement {last}")
    return int(answer)


def main() -> None:
    course, folder, how_many = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

    def copy(name: str) -> Path:
        return Path(shutil.copytree(course, folder / name, symlinks=True))

    total = in_a_process(copy("whole"))
    killed = []
    number = total if how_many == "all" else int(how_many)
    for place in range(number):
        last = 1 + (place * 2 + 1) * total // (number * 2)
        if last > total:
            continue
        one = copy(str(last))
        if in_a_process(one, last):
            raise SystemExit(f"a session with {total} statements was done before {last}")
        in_a_process(one)
        killed.append(one.name)
    print(json.dumps(killed))


if __name__ == "__main__":
    main()
