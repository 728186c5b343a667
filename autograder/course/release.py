"""The release of an assignment, made from its source by nbgrader's own converter."""

from __future__ import annotations

import copy
import io
import logging
from pathlib import Path

import sqlalchemy.exc
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course.course import Course


def generate_release(
    course: Course, assignment: str, folder: Path, db_url: str | None = None
) -> None:
    """Write an assignment's release to `folder/<assignment>`.

    Args:
        course: the course.
        assignment: the assignment.
        folder: where to.
        db_url: a gradebook in which to set the assignment up as well, as `nbgrader
            generate_assignment` does; by default none.

    Raises:
        NbGraderException, RuntimeError: whatever nbgrader finds wrong with the source.
    """
    config = copy.deepcopy(course.config)
    config.CourseDirectory.release_directory = str(folder)
    if db_url is None:
        config.SaveCells.enabled = False
        config.GenerateAssignment.no_database = True
    else:
        config.CourseDirectory.db_url = db_url
    convert(GenerateAssignment, course, assignment, config)


def convert(converter: type, course: Course, assignment: str, config: Config) -> None:
    coursedir = CourseDirectory(config=config, root=str(course.root), assignment_id=assignment)
    one = converter(coursedir=coursedir, config=config)
    said = io.StringIO()
    one.log = logging.Logger("nbgrader", logging.WARNING)
    one.log.addHandler(logging.StreamHandler(said))
    try:
        one.start()
    except Exception as error:
        if isinstance(error.__context__, sqlalchemy.exc.OperationalError):
            raise  # the gradebook: whoever opened it says what is wrong with it
        print(said.getvalue(), end="", flush=True)
        raise
