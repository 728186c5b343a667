"""What `autograder measure` counts as a fault of the grader."""

from __future__ import annotations

import pytest

from autograder.errors import ExerciseError
from autograder.exercise.known_answers import Answer
from autograder.measure.measure import (
    BEGIN,
    END,
    AnswerOutcome,
    Measured,
    MutantCount,
    faults,
    markdown_table,
    write_table,
)

VARIANT = Answer("task", "loops", ("x = 1",))
MISTAKE = Answer("task", "flipped", ("x = 2",), ("You flipped it.",))
WITHOUT_HINT = Answer("task", "late", ("x = 4",))
BOTH = Answer("task", "flipped + shifted", ("x = 3",), ("You flipped it.", "You shifted it."))


def fault(*outcomes: AnswerOutcome, mutants: MutantCount | None = None) -> list[str]:
    return faults(Measured(outcomes, {"task": mutants or MutantCount(3, 0, ())}))


def test_a_grader_that_is_right_has_no_fault():
    assert [] == fault(
        AnswerOutcome(VARIANT, True, 2, 2),
        AnswerOutcome(MISTAKE, False, 0, 2, ("flipped",)),
        AnswerOutcome(BOTH, False, 0, 2, ("flipped + shifted",)),
        AnswerOutcome(BOTH, False, 0, 2, ("shifted", "flipped")),
    )


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (AnswerOutcome(VARIANT, True, 1.5, 2), "right, but got 1.5 points"),
        (AnswerOutcome(MISTAKE, False, 2, 2), "wrong, but got full points"),
        (AnswerOutcome(MISTAKE, False, 0, 2, ("shifted",)), "named shifted"),
        (AnswerOutcome(MISTAKE, False, 0, 2), "named not at all"),
        (AnswerOutcome(BOTH, False, 0, 2, ("flipped",)), "named flipped"),
        (AnswerOutcome(WITHOUT_HINT, False, 0, 2, ("late",)), "has no hint"),
        (AnswerOutcome(MISTAKE, False, 0, 2, ("flipped",), margin=99.0), "only 99 tolerances"),
        (AnswerOutcome(MISTAKE, False, 0, 2, ("flipped",), 1e9, 2.5), "only 2.5 tolerances"),
        (AnswerOutcome(MISTAKE, False, failed="TimeoutError: gone"), "could not be graded"),
    ],
)
def test_every_kind_of_fault_is_said(outcome, words):
    (said,) = fault(outcome)

    assert words in said
    assert outcome.answer.name in said


def test_a_mutant_that_is_not_seen_or_listed_in_vain_is_a_fault():
    assert fault(mutants=MutantCount(3, 0, ("f: a -> b",))) == ["task, mutant f: a -> b: not seen"]
    assert "but is seen" in fault(mutants=MutantCount(3, 0, (), ("f: a -> b",)))[0]


def test_the_table_counts_each_kind():
    measured = Measured(
        (
            AnswerOutcome(VARIANT, True, 2, 2),
            AnswerOutcome(VARIANT, True, 1, 2),
            AnswerOutcome(MISTAKE, False, 0, 2, ("flipped",), 1234.0, 56.0),
            AnswerOutcome(MISTAKE, False, 0, 2, ("shifted",)),
            AnswerOutcome(MISTAKE, False, 0, 2),
            AnswerOutcome(MISTAKE, False, 2, 2),
        ),
        {"task": MutantCount(7, 1, ("x",))},
    )

    table = markdown_table(measured).splitlines()
    assert "| task | 1 | 1 | 3 | 1 | 1 | 1 | 1 |" in table
    assert "| task | 7 | 1 | 1 | 1,000 | 10 |" in table


def test_the_table_goes_between_its_marks_and_nowhere_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"above\n{BEGIN}\nold\n{END}\nbelow\n")

    write_table(page, "new")

    assert page.read_text() == f"above\n{BEGIN}\n\nnew\n\n{END}\nbelow\n"
    page.write_text("no marks")
    with pytest.raises(ExerciseError):
        write_table(page, "new")
