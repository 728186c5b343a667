"""A sample class: notebooks filled in with the known answers, some right, some wrong, some missing.

It shows what grading gives before a course has submissions. The same class comes on every run.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from autograder.answers import Answer
from autograder.course import Course, CourseError
from autograder.exercise import Exercise
from autograder.submission import SubmittedFile

MARK = ".sample-class"
"""A file by which a folder is known to be a sample class, so that it may be replaced."""

WRITTEN = "This is a sample answer: an instructor reads and grades what stands here."

Answers = dict[str, tuple[str, ...]]
"""The cells of each answer, by task; a task that is not among them stays as it was released."""


def make_sample(course: Course, exercise: Exercise, folder: Path) -> list[str]:
    """Make a course folder with a class that handed in an exercise.

    Returns:
        The students.

    Raises:
        CourseError: if the folder holds something else.
    """
    if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
        raise CourseError(f"{folder} is not empty and no sample class: name another folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    for name in ("nbgrader_config.py", course.option("source_directory")):
        source = course.root / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copyfile(source, folder / name)
    students = sample_class(exercise)
    for student, notebooks in students.items():
        target = folder / course.option("submitted_directory") / student / exercise.name
        target.mkdir(parents=True)
        for name, text in notebooks.items():
            (target / name).write_text(text, encoding="utf-8", newline="\n")
    return list(students)


def sample_class(exercise: Exercise) -> dict[str, dict[str, str]]:
    """The files of each student's submission, by student."""
    every = {name: task for tasks in exercise.tasks.values() for name, task in tasks.items()}
    tasks = list(every)
    # What later answers build on is the reference's: two right answers need not fit each other.
    built_on = {function for task in every.values() for function in task.uses}
    variants = {
        name: () if built_on & set(task.functions) else exercise.variants(name)
        for name, task in every.items()
    }
    mistakes = {task: exercise.mistakes(task) for task in tasks}

    def solution(task: str) -> tuple[str, ...]:
        return (exercise.notebooks[exercise.notebook_of(task)].by_id[task].solved,)

    def pick(known: dict, number: int) -> Answers:
        return {
            task: known[task][number % len(known[task])].cells if known[task] else solution(task)
            for task in tasks
        }

    def mixed(number: int) -> Answers:
        """Every third task wrong."""
        right, wrong = pick(variants, number), pick(mistakes, number)
        return {
            task: (wrong if (place + number) % 3 == 0 else right)[task]
            for place, task in enumerate(tasks)
        }

    def begun(number: int) -> Answers:
        """The first tasks of each notebook only."""
        done = {task for names in exercise.tasks.values() for task in list(names)[:number]}
        return {task: cells for task, cells in pick(variants, number).items() if task in done}

    def broken() -> Answers:
        """A syntax error in one answer, the others right."""
        answers = pick(variants, 1)
        first = tasks[0]
        return answers | {first: (answers[first][0] + "\n    return (\n",)}

    solutions = {task: solution(task) for task in tasks}
    whole: dict[str, Callable[[], Answers]] = {
        "ada": lambda: solutions,
        "blaise": lambda: pick(variants, 0),
        "carl": lambda: pick(variants, 1),
        "emmy": lambda: mixed(0),
        "felix": lambda: mixed(1),
        "grace": lambda: mixed(2),
        "henri": lambda: pick(mistakes, 0),
        "ida": lambda: begun(2),
        "john": broken,
        "kurt": lambda: {},
    }
    students = {
        student: {
            f"{name}.ipynb": fill_in(
                exercise, name, answers(), written=student not in ("kurt", "ida")
            )
            for name in exercise.notebooks
        }
        for student, answers in whole.items()
    }
    # What else happens: a notebook that was not handed in, one that was renamed, one cut off.
    first, *others = exercise.notebooks
    filled = {name: fill_in(exercise, name, pick(variants, 2)) for name in exercise.notebooks}
    students["lise"] = {f"{first}.ipynb": filled[first]}
    students["max"] = {f"{name} (final).ipynb": text for name, text in filled.items()}
    students["nora"] = {f"{first}.ipynb": filled[first][: len(filled[first]) // 2]} | {
        f"{name}.ipynb": filled[name] for name in others
    }
    return dict(sorted(students.items()))


def files_with(
    exercise: Exercise, answer: Answer, only_its_notebook: bool = False
) -> tuple[SubmittedFile, ...]:
    """A submission in which one task has a known answer and all others have the reference's."""
    files = []
    for name, tasks in exercise.tasks.items():
        if only_its_notebook and answer.task not in tasks:
            continue
        source = exercise.notebooks[name]
        answers = {task: (source.by_id[task].solved,) for task in tasks}
        if answer.task in tasks:
            answers[answer.task] = answer.cells
        content = fill_in(exercise, name, answers).encode()
        files.append(SubmittedFile(f"{name}.ipynb", len(content), content))
    return tuple(files)


def fill_in(exercise: Exercise, notebook: str, answers: Answers, written: bool = True) -> str:
    """A released notebook with answers filled in, as the text of a file.

    Args:
        exercise: the exercise.
        notebook: which of its notebooks.
        answers: the cells of each answer; further cells of an answer follow its first one.
        written: whether the written questions are answered as well.
    """
    source = exercise.notebooks[notebook]
    content = json.loads(source.text)
    cells = []
    for cell, known in zip(content["cells"], source.cells, strict=True):
        filled = known.released
        more: tuple[str, ...] = ()
        if known.is_written_answer and written:
            filled = WRITTEN
        elif known.is_answer and known.id in answers:
            filled, *more = answers[known.id]
        cells.append(cell | {"source": filled.splitlines(keepends=True)})
        cells += [
            {
                "id": f"{known.id}-{number}",
                "cell_type": "code",
                "execution_count": None,
                "metadata": {},
                "outputs": [],
                "source": text.splitlines(keepends=True),
            }
            for number, text in enumerate(more, start=2)
        ]
    return json.dumps(content | {"cells": cells}, indent=1, ensure_ascii=False) + "\n"
