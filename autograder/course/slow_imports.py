"""What nbgrader's libraries load that hardly anybody needs, loaded when it is first used."""

from __future__ import annotations

import importlib.util
import sys
import types

INTERNATIONAL_ADDRESSES = "rfc3987_syntax"


def put_off() -> None:
    """Let jsonschema load its grammar of international addresses when it first checks one.

    Building the grammar takes a second. nbformat and nbgrader import jsonschema, and none of their
    schemas holds such an address.
    """
    name = INTERNATIONAL_ADDRESSES
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec is None:
        return

    def is_valid_syntax(term: str, value: str) -> bool:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        real = importlib.import_module(name)
        return bool(real.is_valid_syntax(term, value))

    stand_in = types.ModuleType(name)
    stand_in.__spec__ = spec
    vars(stand_in)["is_valid_syntax"] = is_valid_syntax
    sys.modules[name] = stand_in
