"""What is put off is there when it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from autograder.course.slow_imports import put_off
put_off()
import jsonschema
print("lark" in sys.modules)
checker = jsonschema.Draft7Validator.FORMAT_CHECKER
for address in ("http://example.org/ä", "no address"):
    print(checker.conforms(address, "iri"))
print("lark" in sys.modules)
"""


def test_addresses_are_checked_as_ever_and_their_grammar_is_loaded_then():
    pytest.importorskip("rfc3987_syntax")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "True", "False", "True"]
