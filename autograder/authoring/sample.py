"""A sample class: notebooks filled in with the known answers, some right, some wrong, some missing.

It shows what grading gives before a course has submissions. The same class comes on every run, and
what was graded in it by hand stays.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.course.course import Course, open_course, refuse_path
from autograder.errors import CourseError
from autograder.exercise.filled_in import WRITTEN, Answers, fill_in
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import HIDDEN_FOLDER, Exercise
from autograder.exercise.written_answers import WrittenAnswer, written_answers

MARK = ".sample-class"
"""A file by which a folder is known to be a sample class, so that it may be replaced."""


def make_sample(course: Course, exercise: Exercise, folder: Path) -> list[str]:
    """Make a course folder with a class that handed in an exercise.

    What a person graded in a sample class that is there already is kept, with all that was
    recorded; another sample class is made anew.

    Returns:
        The students.

    Raises:
        CourseError: if the folder holds something else or nbgrader could not work in it, or its
            gradebook cannot be read.
    """
    refuse_path(folder.absolute())
    if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
        raise CourseError(f"{folder} is not empty and no sample class: name another folder")
    submitted = course.option("submitted_directory")
    source = course.option("source_directory")
    if _is_graded_by_hand(folder):
        for name in (submitted, source, HIDDEN_FOLDER):
            shutil.rmtree(folder / name, ignore_errors=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    for name in ("nbgrader_config.py", source, HIDDEN_FOLDER):
        path = course.root / name
        if path.is_dir():
            shutil.copytree(path, folder / name)
        elif path.exists():
            shutil.copyfile(path, folder / name)
    students = sample_class(exercise)
    for student, notebooks in students.items():
        target = folder / submitted / student / exercise.name
        target.mkdir(parents=True)
        for name, text in notebooks.items():
            (target / name).write_text(text, encoding="utf-8", newline="\n")
    return list(students)


def _is_graded_by_hand(folder: Path) -> bool:
    if not (folder / MARK).exists():
        return False
    # nbgrader takes seconds to import, and without a gradebook there is nothing to ask it.
    if not any(folder.glob("*.db")) and "db_url" not in open_course(folder).config.CourseDirectory:
        return False
    from autograder.gradebook.database import holds_hand_grades

    return holds_hand_grades(open_course(folder))


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

    def pick(known: Mapping[str, Sequence[Answer]], number: int) -> Answers:
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
    by_student = _written(exercise, (*whole, "lise", "max", "nora"))
    students = {
        student: {
            f"{name}.ipynb": fill_in(exercise, name, answers(), by_student[student])
            for name in exercise.notebooks
        }
        for student, answers in whole.items()
    }
    # What else happens: a notebook that was not handed in, one that was renamed, one cut off.
    first, *others = exercise.notebooks
    filled = {
        student: {
            name: fill_in(exercise, name, pick(variants, 2), by_student[student])
            for name in exercise.notebooks
        }
        for student in ("lise", "max", "nora")
    }
    students["lise"] = {f"{first}.ipynb": filled["lise"][first]}
    students["max"] = {f"{name} (final).ipynb": text for name, text in filled["max"].items()}
    cut = filled["nora"][first]
    students["nora"] = {f"{first}.ipynb": cut[: len(cut) // 2]} | {
        f"{name}.ipynb": filled["nora"][name] for name in others
    }
    return dict(sorted(students.items()))


def _written(exercise: Exercise, students: Sequence[str]) -> dict[str, dict[str, WrittenAnswer]]:
    """What each student writes: good, partial, wrong, short, very long, with a picture, blank.

    Two copy from others: one to the letter, one with other line breaks. Ida and Kurt leave all that
    is written untouched.
    """
    found: dict[str, dict[str, WrittenAnswer]] = {student: {} for student in students}
    writes = [student for student in students if student not in ("ida", "kurt")]
    cells = [cell for one in exercise.notebooks.values() for cell in one.written_answers]
    for place, cell in enumerate(cells):
        known = written_answers(exercise.name, cell.id) or (WrittenAnswer("sample", WRITTEN),)
        blank = WrittenAnswer("blank", " \n")
        copied = [known[0], replace(known[0], text=" ".join(known[0].text.split())), blank]
        answers = itertools.islice(itertools.cycle([*known, *copied]), 5 * place, None)
        for student, answer in zip(writes, answers, strict=False):
            found[student][cell.id] = answer
    return found
