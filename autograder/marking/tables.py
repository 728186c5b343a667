"""The tables that marking adds to the gradebook's database. nbgrader's own stay as they are.

Rows name assignment, task and student as the gradebook does, and hold no foreign keys: removing and
regrading a submission in nbgrader works as it did, and its decisions are still there afterwards.
"""

from __future__ import annotations

import sqlalchemy
from sqlalchemy import Boolean, Column, Float, Integer, MetaData, String, Table, Text

METADATA = MetaData()
_NAME = String(255)

RUBRIC = Table(
    "marking_rubric",
    METADATA,
    Column("assignment", _NAME, primary_key=True),
    Column("task", _NAME, primary_key=True),
    # Counts the edits of items. Whoever writes to a task locks this row first.
    Column("version", Integer, nullable=False),
)
ITEM = Table(
    "marking_item",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("assignment", _NAME, nullable=False),
    Column("task", _NAME, nullable=False),
    Column("position", Integer, nullable=False),
    Column("points", Float, nullable=False),
    Column("text", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
)
DECISION = Table(
    "marking_decision",
    METADATA,
    Column("assignment", _NAME, primary_key=True),
    Column("task", _NAME, primary_key=True),
    Column("student", _NAME, primary_key=True),
    Column("version", Integer, nullable=False),
    # Empty where the decision was taken back.
    Column("choice", Text, nullable=False),
    # What was written to nbgrader's rows, by which a change in formgrader is noticed.
    Column("score", Float),
    Column("shown", Text),
    Column("grader", _NAME, nullable=False),
    Column("at", String(32), nullable=False),
)
HISTORY = Table(
    "marking_history",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    # One action of a person may change many answers.
    Column("action", String(64), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("assignment", _NAME, nullable=False),
    Column("task", _NAME, nullable=False),
    # Empty where an item of the rubric changed.
    Column("student", _NAME, nullable=False),
    Column("grader", _NAME, nullable=False),
    Column("at", String(32), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("undone_by", String(64)),
    sqlalchemy.Index("marking_history_of", "assignment", "task", "student"),
)
CLAIM = Table(
    "marking_claim",
    METADATA,
    Column("assignment", _NAME, primary_key=True),
    Column("task", _NAME, primary_key=True),
    Column("student", _NAME, primary_key=True),
    Column("window", String(64), nullable=False),
    Column("grader", _NAME, nullable=False),
    Column("until", Float, nullable=False),
)
SECOND = Table(
    "marking_second",
    METADATA,
    Column("assignment", _NAME, primary_key=True),
    Column("task", _NAME, primary_key=True),
    Column("student", _NAME, primary_key=True),
    Column("choice", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("grader", _NAME, nullable=False),
    Column("at", String(32), nullable=False),
)
SAVED = Table(
    "marking_saved_comment",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("assignment", _NAME, nullable=False),
    Column("task", _NAME, nullable=False),
    Column("text", Text, nullable=False),
    Column("grader", _NAME, nullable=False),
)
