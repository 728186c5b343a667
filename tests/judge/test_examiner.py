"""Scores, names of mistakes and follow-through, on a small exercise of two tasks."""

import json
import textwrap
from dataclasses import replace

import numpy as np
import pytest

from autograder.exercise.calls import LocalFunctions, Reply
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import SourceNotebook
from autograder.exercise.tasks import Call, Criterion, Task
from autograder.judge import Examiner
from autograder.judge.checks import lasts, leaves_arguments_alone
from autograder.judge.report import report_html, report_text

REFERENCE = {
    "centre": """
def centre(H):
    ### BEGIN SOLUTION
    if len(H) == 0:
        raise ValueError("empty")
    return np.asarray(H, dtype=float) - np.mean(H, axis=0)
    ### END SOLUTION
""",
    "scaled": """
def scaled(H, gamma):
    ### BEGIN SOLUTION
    return gamma * centre(H)
    ### END SOLUTION
""",
}


def batches(rng):
    return [
        Call("centre", (np.array([[1.0, 2.0], [4.0, 7.0], [0.0, 3.0]]),)),
        Call("centre", (rng.normal(size=(4, 3)),)),
        Call("centre", (1e6 + 1e-2 * rng.normal(size=(4, 3)),)),
    ]


def empty_batches(rng):
    return [Call("centre", ([],))]


def scaled_batches(rng):
    return [
        Call("scaled", (np.array([[1.0, 2.0], [4.0, 7.0], [0.0, 3.0]]), 2.0)),
        Call("scaled", (rng.normal(size=(5, 2)), -1.5)),
    ]


CENTRE = Task(
    "centre",
    Criterion("each column has mean 0", 1, batches),
    Criterion("an empty batch raises ValueError", 0.5, empty_batches),
    Criterion("H stays as it is", 0.5, batches, also=(leaves_arguments_alone, lasts)),
    stand_ins={"centre": "def centre(H):\n    return 3 * np.asarray(H) + 1"},
)
SCALED = Task("scaled", Criterion("gamma scales", 2, scaled_batches), uses=("centre",))

MISTAKES = {
    "centre": (
        Answer(
            "centre",
            "axis_1",
            ("def centre(H):\n    return H - np.mean(H, axis=1, keepdims=True)",),
            ("You took the mean over the wrong axis.",),
        ),
        Answer(
            "centre",
            "no_error",
            ("def centre(H):\n    return np.asarray(H, float) - np.mean(H, axis=0)",),
            ("An empty batch has no mean.",),
        ),
        Answer(
            "centre",
            "in_place",
            (
                "def centre(H):\n    if len(H) == 0:\n        raise ValueError\n"
                "    H -= H.mean(axis=0)\n    return H",
            ),
            ("You changed H.",),
        ),
    )
}


def notebook():
    cells = [
        {
            "id": "imports",
            "cell_type": "code",
            "source": "import numpy as np\nimport matplotlib.pyplot as plt",
            "metadata": {},
        }
    ]
    for name, source in REFERENCE.items():
        meta = {"grade_id": name, "solution": True, "grade": False}
        cells.append(
            {"id": name, "cell_type": "code", "source": source, "metadata": {"nbgrader": meta}}
        )
    return SourceNotebook("small", json.dumps({"cells": cells}))


@pytest.fixture(scope="module")
def examiner():
    tasks = {"centre": CENTRE, "scaled": SCALED}
    return Examiner(notebook(), tasks, lambda task: MISTAKES.get(task, ()))


def functions(source):
    namespace = {"np": np}
    exec(textwrap.dedent(source), namespace)
    return LocalFunctions(namespace)


def test_the_reference_gets_full_points_without_loading_what_it_does_not_use(examiner):
    reference = notebook().reference()

    assert examiner.judge("centre", reference).points == 2
    assert examiner.judge("scaled", reference).points == 2
    assert "plt" not in reference.namespace


def test_a_stub_is_unanswered_and_scores_nothing(examiner):
    stub = functions("def centre(H):\n    raise NotImplementedError()")

    for missing in (stub, functions("")):
        result = examiner.judge("centre", missing)
        assert (result.points, result.unanswered) == (0, True)
        assert "not answered yet" in report_text(result)


def test_an_answer_that_always_raises_gets_nothing_for_the_errors(examiner):
    result = examiner.judge("centre", functions("def centre(H):\n    raise ValueError()"))

    assert result.points == 0
    assert [one.holds for one in result.criteria] == [False, None, False]


def test_single_precision_is_right_and_so_is_single_precision_in_between(examiner):
    for dtype in ("np.float32(0) + ", ""):
        answer = f"""
        def centre(H):
            if len(H) == 0:
                raise ValueError
            small = np.asarray(H, dtype=np.float32)
            return {dtype}(small - small.mean(axis=0)).astype({"np.float32" if dtype else "float"})
        """
        assert examiner.judge("centre", functions(answer)).points == 2


def test_a_wrong_axis_is_named_with_its_hint(examiner):
    wrong = "def centre(H):\n    return (H.T - H.mean(1)).T"

    result = examiner.judge("centre", functions(wrong))

    assert result.mistakes == ("axis_1",)
    assert "You took the mean over the wrong axis." in report_html(result)
    assert result.criteria[0].call.startswith("centre(array([[1., 2.]")


def test_only_the_error_case_missing_costs_only_its_points(examiner):
    wrong = "def centre(H):\n    return np.array(H, float) - sum(H) / max(len(H), 1)"

    result = examiner.judge("centre", functions(wrong))

    assert result.points == 1.5
    assert result.mistakes == ("no_error",)


def test_a_changed_argument_is_seen_and_named(examiner):
    wrong = """
    def centre(H):
        if len(H) == 0:
            raise ValueError
        for row in (mean := H.mean(axis=0)) * np.ones_like(H), :
            H -= row
        return H
    """

    result = examiner.judge("centre", functions(wrong))

    assert result.points == 1.5
    assert result.mistakes == ("in_place",)
    assert "changed its argument" in report_text(result)


def test_a_later_task_is_judged_on_top_of_a_wrong_earlier_function(examiner):
    wrong_below = functions("""
    def centre(H):
        return H - H.mean()
    def scaled(H, gamma):
        return centre(H) * gamma
    """)

    result = examiner.judge("scaled", wrong_below, wrong_before={"centre"})

    assert result.points == 2
    assert result.on_top_of == ("centre",)
    assert "judged on top of a stand-in for centre" in report_html(result)


def test_the_same_mistake_made_again_inside_is_not_followed_through(examiner):
    twice = functions("""
    def centre(H):
        return H - H.mean()
    def scaled(H, gamma):
        return (H - H.mean()) * gamma
    """)

    assert examiner.judge("scaled", twice, wrong_before={"centre"}).points == 0


def test_a_stand_in_is_gone_after_judging(examiner):
    wrong_below = functions("""
    def centre(H):
        return "mine"
    def scaled(H, gamma):
        return centre(H)
    """)
    examiner.judge("scaled", wrong_below, wrong_before={"centre"})

    assert wrong_below.namespace["centre"](1) == "mine"


def test_judging_twice_gives_the_same(examiner):
    wrong = functions("def centre(H):\n    return H - H.mean()")

    assert examiner.judge("centre", wrong) == examiner.judge("centre", wrong)


def test_an_exception_s_text_cannot_write_html_or_control_characters(examiner):
    wrong = functions("def centre(H):\n    raise RuntimeError('<script>\\x1b[31m')")

    html = report_html(examiner.judge("centre", wrong))

    assert "<script>" not in html
    assert "\x1b" not in html


def test_a_pattern_that_only_the_first_case_has_is_not_named(examiner):
    """On the first batch the answer is 1.5 times too large by chance, on others not."""
    by_chance = functions("""
    def centre(H):
        if len(H) == 0:
            raise ValueError
        H = np.asarray(H, float)
        scale = 1.5 if H[0, 0] == 1.0 else 1.0
        return scale * (H - H.mean(axis=0)) + (scale == 1.0) * np.arange(H.shape[1])
    """)

    wrong = examiner.judge("centre", by_chance).criteria[0].wrong

    assert wrong == "6 of 6 values are wrong, the first at index [0, 0]"


def test_a_factor_that_changes_from_case_to_case_is_still_named(examiner):
    always = functions("""
    def centre(H):
        if len(H) == 0:
            raise ValueError
        H = np.asarray(H, float)
        return len(H) * (H - H.mean(axis=0))
    """)

    assert (
        "too large by one and the same factor" in examiner.judge("centre", always).criteria[0].wrong
    )


def test_what_cannot_be_copied_is_refused_in_a_sentence(examiner):
    odd = functions("def centre(H):\n    return {1: 2}.values()")

    assert "returned a dict_values" in examiner.judge("centre", odd).criteria[0].wrong


@pytest.mark.parametrize("after", [None, (), (np.ones(3), np.ones(3))])
def test_an_argument_that_is_no_longer_plain_was_changed(after):
    """An array's type can be set in place, to one that is not sent."""
    call = Call("batch_norm", (np.ones(3),))
    expected = Reply(value=np.ones(3), arguments=call.args)

    assert leaves_arguments_alone(call, replace(expected, arguments=after), expected)
    assert leaves_arguments_alone(call, expected, expected) is None
