"""Which answers are alike beyond what the task makes them."""

import random
import time

import pytest

from autograder.report.likeness import alike_pairs, groups_of, statements

UNUSUAL = """
def convolve(x, h):
    # walk along the diagonal and remember where the kernel began
    starting_points = [len(x) - 3 * j + 17 for j in range(4, len(h) + 29)]
    for start in reversed(starting_points[2:-1]):
        gathered = np.einsum("i,i->", x[start : start + 7], h[::-1][:7] * 1.25)
        leftover = divmod(gathered, len(starting_points) + 3)[1] - x[start] ** 2
        if leftover > 41.5 and gathered < -start:
            starting_points.append(int(leftover) // 6 + start)
    table = np.full((len(h) + 3, 19), leftover - 0.125)
    table[2::3, 1:-4] += np.outer(h[:5], x[-9:]) / (1 + leftover**2)
    return table.sum(axis=0)[: len(x) - len(h) + 1] * 0.75 + gathered
"""
RENAMED = (
    UNUSUAL.replace("starting_points", "p")
    .replace("gathered", "g")
    .replace("leftover", "rest")
    .replace("table", "t")
    .replace("# walk along the diagonal and remember where the kernel began", "# mine")
)


def others(number: int, seed: int = 0) -> list[dict[str, str]]:
    """Answers of people who worked alone: common statements and a few of their own."""
    rng = random.Random(seed)
    common = [
        "K, D = len(h), len(x)",
        "out = np.zeros(len(x) - len(h) + 1)",
        "for k in range(len(x) - len(h) + 1):\n        out[k] = np.dot(x[k : k + len(h)], h[::-1])",
        "h = np.asarray(h)[::-1]",
        "if len(h) > len(x):\n        raise ValueError('too long')",
        "out = []",
        "return np.array(out)",
    ]
    made = []
    for _ in range(number):
        lines = rng.sample(common, 5)
        own = f"v{rng.randrange(10**9)} = [{rng.randrange(10**6)}, {rng.random()}]"
        lines.insert(rng.randrange(5), own)
        made.append({"convolve": "def convolve(x, h):\n    " + "\n    ".join(lines) + "\n"})
    return made


def test_a_copy_with_other_names_is_found():
    pairs = alike_pairs([{"convolve": UNUSUAL}, *others(30), {"convolve": RENAMED}], {})

    assert [(0, 31)] == [(pair.one, pair.other) for pair in pairs]


def test_a_copy_is_found_in_a_class_of_three():
    pairs = alike_pairs([{"convolve": UNUSUAL}, *others(1), {"convolve": UNUSUAL}], {})

    assert [(0, 2)] == [(pair.one, pair.other) for pair in pairs]


def test_answers_that_the_task_forces_are_no_pair():
    known = {"convolve": [UNUSUAL]}

    assert [] == alike_pairs([{"convolve": UNUSUAL}, {"convolve": RENAMED}, *others(5)], known)


def test_what_many_have_in_common_is_no_pair():
    assert [] == alike_pairs([{"convolve": UNUSUAL}] * 15 + others(100), {})


@pytest.mark.parametrize("size", [2, 3, 20, 200])
def test_people_who_worked_alone_make_no_pair(size):
    assert [] == alike_pairs(others(size), {})


def test_a_copied_written_answer_is_found():
    text = (
        "Every output reads the signal through the very same little window of weights. Sliding it "
        "costs nothing because no new number has to be learned anywhere. That is why a picture "
        "of a cat in the corner is still a picture of a cat in the middle. A dense layer would "
        "have to see each corner in training before it could know such a thing."
    )
    own = [
        {"explain": f"I think that number {n} of the weights is shared by us all."}
        for n in range(9)
    ]

    pairs = alike_pairs([{"explain": text}, *own, {"explain": text}], {}, ["explain"])

    assert [(0, 10)] == [(pair.one, pair.other) for pair in pairs]


def test_what_is_no_python_is_compared_by_lines():
    broken = UNUSUAL.replace("def convolve(x, h):", "def convolve(x, h)")

    pairs = alike_pairs([{"convolve": broken}, *others(9), {"convolve": broken}], {})

    assert 1 == len(pairs)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "%matplotlib inline\n!ls\nx = 1",
        "match x:\n    case 1:\n        pass",
        "try:\n    f()\nexcept* ValueError as e:\n    pass",
        "async def f():\n    async for a in b:\n        await a\n"
        "    return lambda x, *, y=1: (yield)",
        "x: int = 3\nprint(f'{x!r:>{3}}', *x, **{})\ndel x\nglobal y",
        "\0",
        "(" * 3000,
        "-" * 5000 + "1",
        "x = '\ud800'",
    ],
)
def test_every_answer_can_be_taken_apart(source):
    for feature in statements(source):
        assert "\n" not in feature.shown + feature.plain


def test_names_and_texts_are_left_out_of_what_an_anonymous_report_shows():
    source = (
        "def f(x):\n    adas_list = ['Ada', x]\n"
        "    for ada in adas_list:\n        print('Ada', ada)\n"
    )

    plain = " ".join(feature.plain for feature in statements(source))

    assert "ada" not in plain.lower()


def test_three_who_share_one_answer_are_one_group():
    pairs = alike_pairs([{"convolve": UNUSUAL}] * 3 + others(30), {})

    (group,) = groups_of(pairs)
    assert 3 == len(group)


def test_a_thousand_answers_take_seconds():
    answers = others(1000)

    begin = time.perf_counter()
    alike_pairs(answers, {})

    assert time.perf_counter() - begin < 20
