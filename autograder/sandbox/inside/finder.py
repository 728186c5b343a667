"""Finds the packages that a notebook may import, where the names of others can be seen.

Without this, `import` would find a package beside them, fail to read it and raise PermissionError.
Libraries that try whether a package is there expect ModuleNotFoundError.
"""

from __future__ import annotations

import sys
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from pathlib import PurePath
from types import ModuleType

_LOADERS = (
    (ExtensionFileLoader, EXTENSION_SUFFIXES),
    (SourceFileLoader, SOURCE_SUFFIXES),
    (SourcelessFileLoader, BYTECODE_SUFFIXES),
)


class NamedFinder(FileFinder):
    """Finds modules in a folder if their names are among `names`."""

    def __init__(self, folder: str, names: set[str]):
        super().__init__(folder, *_LOADERS)
        self._names = names

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> ModuleSpec | None:
        return super().find_spec(fullname, target) if fullname in self._names else None


def find_only(folders: list[str], files: list[str]) -> None:
    """Let imports from `folders` find what is in `files`, and nothing else.

    Args:
        folders: of `sys.path`.
        files: files and folders in these.
    """
    for folder in folders:
        inside = [PurePath(file).name for file in files if str(PurePath(file).parent) == folder]
        sys.path_importer_cache[folder] = NamedFinder(folder, {n.split(".")[0] for n in inside})
