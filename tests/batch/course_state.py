"""All that a run leaves in a course: every row of the gradebook, every file that it wrote."""

from __future__ import annotations

import re
import sqlite3
import stat
from pathlib import Path

_RANDOM_ID = re.compile("[0-9a-f]{32}")


def columns(row: sqlite3.Row) -> list[str]:
    return row.keys()


def has_id(row: sqlite3.Row) -> bool:
    return "id" in columns(row)


def gradebook(path: Path) -> dict[str, list[tuple]]:
    """The rows of every table, sorted; a random id is replaced by the row that it stands for."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        tables = [
            row["name"]
            for row in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        refers = {
            table: {
                row["from"]: (row["table"], row["to"])
                for row in connection.execute(f"pragma foreign_key_list({table})")
            }
            for table in tables
        }
        rows = {table: connection.execute(f"select * from {table}").fetchall() for table in tables}
    finally:
        connection.close()
    by_id = {(table, row["id"]): row for table in refers for row in rows[table] if has_id(row)}

    def without_ids(table: str, row: sqlite3.Row) -> tuple:
        found = []
        for column in columns(row):
            value = row[column]
            if column in refers[table] and value is not None:
                other, key = refers[table][column]
                assert key == "id"
                value = without_ids(other, by_id[other, value])
            elif column == "id" and _RANDOM_ID.fullmatch(str(value)):
                continue
            found.append((column, value))
        return tuple(found)

    return {
        table: sorted((without_ids(table, row) for row in rows[table]), key=repr)
        for table in sorted(tables)
    }


def files(course: Path) -> dict[str, tuple]:
    """Every file and folder of what was graded and handed back: its rights and its bytes."""
    return {
        str(path.relative_to(course)): (
            stat.S_IMODE(path.stat().st_mode),
            path.read_bytes() if path.is_file() else None,
        )
        for step in ("autograded", "feedback")
        for path in sorted((course / step).rglob("*"))
    }


def assert_same(expected: Path, course: Path) -> None:
    """Fail unless both courses hold the same rows and, byte for byte, the same files."""
    ours, theirs = gradebook(expected / "gradebook.db"), gradebook(course / "gradebook.db")
    assert list(ours) == list(theirs)
    for table in ours:
        assert ours[table] == theirs[table], table
    ours, theirs = files(expected), files(course)
    assert list(ours) == list(theirs)
    for path in ours:
        assert ours[path] == theirs[path], path
    left = [*course.glob("autograded/.*"), *course.glob("feedback.*")]
    left += (course / ".autograder").rglob(".writing-*")
    assert not left
