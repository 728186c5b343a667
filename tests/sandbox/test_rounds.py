"""Requests that are sent before their answers are waited for, and replies that need not be read."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.exercise.calls import Call

CALLS = (Call("double", (np.arange(3.0),)), Call("double", (2,)))
DOUBLE = "def double(x): return 2 * x"


def replies_of(sandbox, *cells: str, calls=CALLS):
    session = sandbox.open()
    for cell in cells:
        session.run_cell(cell)
    replies = session.ask(calls)
    session.close()
    return replies


def test_the_same_replies_are_told_by_the_same_bytes(sandbox):
    first, again = replies_of(sandbox, DOUBLE), replies_of(sandbox, "double = lambda x: x + x")

    assert first.digest == again.digest
    assert repr(list(first)) == repr(list(again))


@pytest.mark.parametrize("cell", [
    "def double(x): return 3 * x",
    "def double(x): return 2.0 * x",
    "import numpy as np\ndef double(x): return np.float32(2) * x",
    "def double(x): raise ValueError",
    "def double(x):\n    y = 2 * x\n    if hasattr(x, 'shape'): x[0] = 9\n    return y",
    "kept = []\ndef double(x):\n    kept.append(2 * x)\n    if len(kept) > 1: kept[0][0] = 9\n"
    "    return kept[-1]",
    "import os\ndef double(x): os._exit(0)",
    "",
])  # fmt: skip
def test_other_replies_are_told_by_others(sandbox, cell):
    assert replies_of(sandbox, DOUBLE).digest != replies_of(sandbox, cell).digest


def test_the_same_reply_to_another_call_is_told_by_others(sandbox):
    one = replies_of(sandbox, "def double(x): return 1", calls=(Call("double", (2,)),))
    other = replies_of(sandbox, "def double(x): return 1", calls=(Call("double", (3,)),))

    assert one.digest != other.digest


def test_replies_that_were_seen_before_can_still_be_read_and_changed(sandbox):
    replies_of(sandbox, DOUBLE)
    again = replies_of(sandbox, DOUBLE)
    again[0].value[:] = 0

    assert len(again) == 2
    assert replies_of(sandbox, DOUBLE)[0].value.tolist() == [0, 2, 4]


def test_what_is_sent_ahead_has_the_answers_that_it_would_have(session):
    session.prefetch([DOUBLE, "double(4)"], [CALLS, CALLS[:1]])

    assert session.run_cell(DOUBLE).ended == "ok"
    assert session.run_cell("double(4)").outputs[0]["data"]["text/plain"] == "8"
    assert [reply.value.tolist() for reply in session.ask(CALLS[:1])] == [[0, 2, 4]]
    assert session.ask(CALLS)[1].value == 4
    assert session.run_cell("double(5)").outputs[0]["execution_count"] == 3


def test_what_is_sent_ahead_runs_once(session):
    cell = "n = globals().get('n', 0) + 1\ndef double(x): return n"
    session.prefetch([cell], [CALLS])

    assert session.run_cell(cell).ended == "ok"
    assert [reply.value for reply in session.ask(CALLS)] == [1, 1]


def test_the_cell_that_ends_the_process_is_named_though_others_were_sent(session):
    cells = ["1 + 1", "import os\nos._exit(0)", "2 + 2"]
    session.prefetch(cells, [CALLS])

    assert [session.run_cell(cell).ended for cell in cells] == ["ok", "died", "died"]
    assert session.ask(CALLS)[0].refused.startswith("did not answer: the process ended")


def test_a_cell_that_takes_too_long_leaves_those_sent_after_it_their_time(sandbox):
    session = sandbox.open()
    cells = [DOUBLE, "while True: pass", "double(1)"]
    session.prefetch(cells, [CALLS])

    assert [session.run_cell(cell).ended for cell in cells] == ["ok", "timeout", "ok"]
    assert session.ask(CALLS)[1].value == 4
    session.close()


def test_more_than_the_pipe_takes_at_once_can_be_sent_ahead(session):
    cells = [f"print('x' * 300_000)\n# {'y' * 300_000}{number}" for number in range(4)]
    session.prefetch(cells, [])

    for cell in cells:
        assert len(session.run_cell(cell).outputs[0]["text"]) == 300_001


def test_an_answer_before_the_question_counts_for_nothing_when_more_was_sent(session):
    early = (
        "import os, json, struct\n"
        "text = json.dumps({'nonce': '', 'kind': 'done', 'outputs': [], 'ok': True}).encode()\n"
        "_ = os.write(3, struct.pack('!4sIQ', b'AGw1', len(text), 0) + text)"
    )
    session.prefetch([early, DOUBLE], [CALLS])

    assert session.run_cell(early).ended == "died"
    assert session.run_cell(DOUBLE).ended == "died"
    assert not session.ask(CALLS)[0].returned
    assert any("wrong number" in sentence for sentence in session.walls_hit())
