"""Groups: what says the same is together, what does not is apart, always in the same way."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from autograder.marking.grouping import (
    Written,
    difference,
    groups_of,
    plain_text,
    tokens_of,
)

SENTENCE = (
    "Batch norm keeps mean and scale of what enters the activation the same in every batch, "
    "while without it both move whenever the weights before the layer change a little."
)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The size  cancels.\n", "the size cancels"),
        ("**Only** the sign, *only* that.", "Only the sign: only that!"),
        (r"$\gamma = \sigma$", "γ = σ"),
        (r"$\boldsymbol{\gamma}=\boldsymbol{\sigma}$", "gamma = sigma"),
        (r"$D \cdot (D-K+1)$", "D × (D − K + 1)"),
        (r"$\frac{x-\mu}{\sigma}$", "(x - μ) / σ"),
        (r"$x^{2}$", "x²"),
        (r"$a \neq b$, $a \leq b$", "a ≠ b, a <= b"),
        (r"$\left( w_{1} \right)$", "(w₁)"),
        ("- first\n- second", "* first\n* second"),
        ("It doesn't change", "it doesnt change"),
        ("𝛄 is learned", "γ is learned"),
    ],
)
def test_the_same_in_another_spelling_is_the_same(one: str, two: str) -> None:
    assert tokens_of(one) == tokens_of(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a + b", "a - b"),
        ("D - K + 1", "D - K - 1"),
        ("mu < 0", "mu > 0"),
        ("it changes", "it does not change"),
        ("0.5", "5"),
        (r"$\mu$", r"$\sigma$"),
        ("a = b", "a != b"),
        ("-1", "1"),
    ],
)
def test_what_says_something_else_is_not_the_same(one: str, two: str) -> None:
    assert tokens_of(one) != tokens_of(two)


def test_blank_and_untouched_answers_are_one_group() -> None:
    answers = {
        "a": Written("YOUR ANSWER HERE"),
        "b": Written("  \n"),
        "c": Written("your answer here."),
        "d": Written("...", ("picture",)),
        "e": Written("x"),
    }

    (group,) = groups_of(answers, "YOUR ANSWER HERE")

    assert ("blank", ("a", "b", "c")) == (group.kind, group.keys)


def test_copied_answers_are_one_group_and_near_ones_say_which_are_the_same() -> None:
    answers = {
        "a": Written(SENTENCE),
        "b": Written(SENTENCE.upper()),
        "c": Written(SENTENCE.replace("a little", "a lot")),
        "d": Written("Something else altogether, about parameters and how many of them there are."),
    }

    (group,) = groups_of(answers)

    assert ("near", ("a", "b", "c"), {"a", "b"}) == (group.kind, group.keys, set(group.same))


def test_the_same_words_with_other_pictures_are_not_the_same() -> None:
    answers = {"a": Written("See:", ("one",)), "b": Written("See:", ("two",))}

    assert not groups_of(answers)


def test_answers_are_not_chained_to_what_is_far_from_the_first() -> None:
    words = [f"word{number}" for number in range(40)]
    answers = {
        f"k{step:02d}": Written(" ".join(words[: -step or None] + [f"new{n}" for n in range(step)]))
        for step in range(0, 40, 4)
    }

    first = next(group for group in groups_of(answers) if "k00" in group.keys)

    assert "k36" not in first.keys


def test_the_difference_is_marked() -> None:
    pieces = difference("The size cancels, the sign stays.", "The size stays, the sign stays.")

    assert [
        ("=", "The size"),
        ("-", "cancels,"),
        ("+", "stays,"),
        ("=", "the sign stays."),
    ] == pieces


def test_groups_do_not_depend_on_the_order_or_on_the_process() -> None:
    program = (
        "import random; from autograder.marking.grouping import *\n"
        "rng = random.Random(9); words = 'mean scale sign'.split()\n"
        "a = {f'{i:03d}': Written(' '.join(rng.choices(words, k=4))) for i in range(200)}\n"
        "keys = list(a); random.shuffle(keys)\n"
        "print([(g.id, g.keys, sorted(g.same)) for g in groups_of({k: a[k] for k in keys})])"
    )

    said = {
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout
        for _ in range(2)
    }

    assert 1 == len(said) and said.pop().strip() != "[]"


def test_a_thousand_long_answers_are_grouped_in_seconds() -> None:
    rng = random.Random(9)
    words = [f"w{number}" for number in range(50)]
    base = " ".join(rng.choices(words, k=300))
    answers = {
        f"{n:04d}": Written(
            base.replace(f"w{n % 50}", "other") if n % 2 else " ".join(rng.choices(words, k=300))
        )
        for n in range(1_000)
    } | {"huge": Written("x " * 500_000), "huger": Written("$" * 500_000 + "\\frac{" * 50_000)}
    begin = time.monotonic()

    groups = groups_of(answers)

    assert time.monotonic() - begin < 20
    assert any(group.kind == "near" and len(group.keys) > 100 for group in groups)


def test_an_excerpt_has_the_greek_letters_of_its_formulas() -> None:
    assert "σ and θ ≠ λ" == plain_text(r"$\sigma$ and $\boldsymbol{\theta} ≠ \lambda$")
