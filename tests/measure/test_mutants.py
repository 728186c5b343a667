"""What the mutants of a solution are."""

from autograder.measure.mutants import mutants

SOURCE = '''
def f(x, n):
    """A docstring, which is left alone."""
    if n <= 0:
        raise ValueError("n must be positive")
    return x[1:].sum(axis=0) / (n - 1)
'''


def changes() -> set[str]:
    return {mutant.change for mutant in mutants(SOURCE)}


def test_operators_comparisons_constants_slices_axes_and_returns_are_changed():
    assert {
        "n <= 0 -> n < 0",
        "n - 1 -> n + 1",
        "1: -> :",
        "x[1:].sum(axis=0) / (n - 1) -> x[1:].sum(axis=0) * (n - 1)",
        "x[1:].sum(axis=0) -> x[1:].sum(axis=1)",
        "x[1:].sum(axis=0) -> x[1:].sum()",
        "raise ValueError('n must be positive') -> pass",
        "raise ValueError('n must be positive') -> raise TypeError",
    } <= changes()
    assert any(change.endswith("-> return") for change in changes())


def test_texts_are_left_alone():
    for mutant in mutants(SOURCE):
        assert "A docstring" in mutant.source
        assert "must be positive" in mutant.source or "raise" in mutant.change


def test_every_mutant_is_python_and_differs_from_all_others():
    found = mutants(SOURCE)

    for mutant in found:
        compile(mutant.source, "<mutant>", "exec")
    assert len({mutant.source for mutant in found}) == len(found)
    assert len({mutant.name for mutant in found}) == len(found)
