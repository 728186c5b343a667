"""Questions to a student's functions have the answers that a plain call would have."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.exercise.calls import Call, Function, LocalFunctions

STUDENT = """
import numpy as np
state = np.zeros(2)
def double(x): return 2 * x
def overwrite(x):
    x[0] = 99.0
    return x
def view():
    state[0] += 1
    return state
def fail(x): raise ValueError(f"not {x}")
class Own(KeyError): pass
def fail_with_own(): raise Own("a")
def pair(H): return H.mean(axis=0), H.std(axis=0)
def apply(phi, x): return phi(x)
def uses_double(x): return double(x) + 1
def nothing(): pass
def warns(x): return np.log(x)
def prints():
    print("noise")
    import sys
    print("noise", file=sys.stderr)
    display("noise")
    return 1
"""
CALLS = [
    Call("double", (np.arange(3.0),)),
    Call("double", (3,)),
    Call("double", ([1],)),
    Call("overwrite", (np.arange(3.0),)),
    Call("view", ()),
    Call("view", ()),
    Call("fail", (3,)),
    Call("fail_with_own", ()),
    Call("missing", ()),
    Call("pair", (np.arange(6.0).reshape(3, 2),)),
    Call("apply", (Function("np.tanh"), np.arange(3.0))),
    Call("apply", (Function("lambda a: np.maximum(a, 0.0)"), np.array([-1.0, 1.0]))),
    Call("uses_double", (2,)),
    Call("nothing", ()),
    Call("double", ({"a": 1},)),
    Call("double", ()),
    Call("warns", (np.array([0.0, -1.0]),)),
]


def local() -> LocalFunctions:
    namespace = {}
    exec(STUDENT, namespace)
    return LocalFunctions(namespace)


@pytest.mark.parametrize("stand_ins", [{}, {"double": "def double(x): return 100 * x"}])
def test_replies_equal_those_of_a_plain_call(session, stand_ins):
    session.run_cell(STUDENT)

    for expected, reply in zip(
        local().ask(CALLS, stand_ins), session.ask(CALLS, stand_ins), strict=True
    ):
        assert repr(expected) == repr(reply)


def test_stand_ins_last_as_long_as_the_question(session):
    session.run_cell("def double(x): return 2 * x")
    stand_ins = {"double": "def double(x): return 0", "new": "def new(): return 1"}

    replies = session.ask([Call("double", (1,)), Call("new", ())], stand_ins)

    assert [reply.value for reply in replies] == [0, 1]
    assert session.ask([Call("double", (1,))])[0].value == 2
    assert session.ask([Call("new", ())])[0].raised.name == "NameError"


def test_a_returned_view_shows_what_it_became_later(session):
    session.run_cell(STUDENT)
    first, second = session.ask([Call("view", ()), Call("view", ())])

    assert first.value.tolist() == [1, 0]
    assert first.later.tolist() == second.value.tolist() == [2, 0]


def test_what_a_question_prints_goes_nowhere(session):
    session.run_cell(STUDENT)

    assert session.ask([Call("prints", ())])[0].value == 1
    assert session.run_cell("1;").outputs == ()


def test_system_exit_and_keyboard_interrupt_are_exceptions_like_others(session):
    session.run_cell("import sys\ndef f(): sys.exit(3)\ndef g(): raise KeyboardInterrupt")
    replies = session.ask([Call("f", ()), Call("g", ())])

    assert [reply.raised.name for reply in replies] == ["SystemExit", "KeyboardInterrupt"]


def test_an_object_array_is_refused_with_a_sentence(session):
    session.run_cell("import numpy as np\ndef f(): return np.array([None, 1])")

    assert session.ask([Call("f", ())])[0].refused == "returned an object array"


def test_a_question_that_takes_too_long_is_refused_and_the_rest_with_it(sandbox):
    session = sandbox.open()
    session.run_cell("def fast(): return 1\ndef slow():\n    while True: pass")
    replies = session.ask([Call("fast", ()), Call("slow", ()), Call("fast", ())])

    assert replies[0].value == 1
    assert [reply.refused for reply in replies[1:]] == ["did not answer within 5 s"] * 2
    assert session.ask([Call("fast", ())])[0].value == 1
    session.close()


def test_a_session_that_died_says_so_at_once(session):
    run = session.run_cell("import os\nos._exit(0)")

    assert (run.ended, session.alive) == ("died", False)
    assert run.reason
    assert session.run_cell("1").ended == "died"
    (reply,) = session.ask([Call("f", ())])
    assert reply.refused.startswith("did not answer: the process ended")


def test_replies_together_have_a_size(session):
    session.run_cell("import numpy as np\ndef f(n): return np.zeros(n)")
    replies = session.ask([Call("f", (2_000_000,))] * 4)

    assert [reply.returned for reply in replies] == [True, True, False, False]
    assert replies[2].refused == (
        "returned an array of shape (2000000,) (16 MB), more than the 1.6 MB that are read"
    )


def test_a_notebook_as_a_whole_has_a_time():
    from autograder.sandbox import Limits, open_sandbox

    with open_sandbox(Limits(cell_seconds=5, notebook_seconds=1, grace_seconds=1)) as factory:
        session = factory.open()
        runs = [session.run_cell("import time\ntime.sleep(0.4)") for _ in range(4)]
        session.close()

    assert [run.ended for run in runs] == ["ok", "ok", "timeout", "died"]
    assert runs[-1].reason == "The notebook as a whole ran longer than 1 s."
