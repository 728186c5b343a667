"""Files to drafts: notebooks, scripts, web pages, and archives with these in them."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from autograder.repair.reading.decode import decode
from autograder.repair.reading.draft import Draft, Unreadable
from autograder.repair.reading.notebook_json import read_notebook
from autograder.repair.reading.scripts import is_script, read_markdown, read_script
from autograder.repair.reading.web_page import read_web_page
from autograder.submission.archive_entries import is_packed
from autograder.submission.archives import Budgets, budgets, unpack_in_memory
from autograder.submission.files import SubmittedFile

_CODE = (".ipynb", ".json", ".py", ".ipy", ".md", ".rmd", ".qmd", ".html", ".htm", ".txt", ".zip")
_UNREADABLE = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".tex", ".rar", ".7z", ".gz", ".tar", ".m")
MAX_NESTING = 3
"""How many archives may be packed into each other."""

MAX_UNPACKED_BYTES = 120_000_000
MAX_UNPACKED_FILES = 500
"""What all archives of a submission may unpack to, together and however they are nested."""

_KINDS = (
    (b"%PDF-", "a PDF file"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "an archive that was packed with Zstandard"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text of a word processor (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"bplist00", "a link or placeholder of macOS, without the file itself"),
    (b"[InternetShortcut]", "a link to a web page"),
    (b"version https://git-lfs", "a pointer of Git LFS, without the file itself"),
    (b"From: ", "an e-mail or a saved web page (MIME)"),
    (b"MZ", "a program for Windows"),
)
"""What files are that hold no notebook that can be read, by how they begin."""

_CELLS = re.compile(r'"cell_type\\*"')
"""What every notebook holds, also one within another text."""

_SIDE_FILES = re.compile(r"(^|/)(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini|timestamp\.txt)$")


@dataclass(frozen=True)
class ReadFile:
    """What one file gave.

    Attributes:
        file: the file, or one from an archive.
        drafts: its readings, usually one.
        problem: why there are none, as the end of a sentence, where that is worth saying.
        expected: whether its name says that it is meant to be graded.
    """

    file: SubmittedFile
    drafts: tuple[Draft, ...] = ()
    problem: str = ""
    expected: bool = False


def read_files(files: Sequence[SubmittedFile]) -> list[ReadFile]:
    """Read every file of a submission, archives unpacked. Never raises for what is in them."""
    return _read_all(files, budgets(MAX_UNPACKED_BYTES, MAX_UNPACKED_FILES))


def _read_all(files: Sequence[SubmittedFile], limits: Budgets, depth: int = 0) -> list[ReadFile]:
    """The files in order; small archives are unpacked first, so that no large one takes it all."""
    read: dict[int, list[ReadFile]] = {}
    for k in sorted(range(len(files)), key=lambda k: (len(files[k].content or b""), k)):
        read[k] = _read_any(files[k], limits, depth)
    return [one for k in range(len(files)) for one in read[k]]


def _read_any(file: SubmittedFile, limits: Budgets, depth: int) -> list[ReadFile]:
    if _SIDE_FILES.search(file.path):
        return [ReadFile(file)]
    if file.content is not None and is_packed(file.content, file.path):
        if depth > MAX_NESTING:
            return [ReadFile(file, problem="is packed into too many archives")]
        members, problem = unpack_in_memory(file, limits)
        inner = _read_all(members, limits, depth + 1)
        return [ReadFile(file, problem=problem, expected=bool(problem)), *inner]
    return [_read_one(file)]


def _read_one(file: SubmittedFile) -> ReadFile:
    ending = posixpath.splitext(file.path.lower())[1]
    expected = ending == ".ipynb"
    if file.content is None:
        return ReadFile(file, problem=file.reason, expected=expected)
    if ending in _UNREADABLE and b'"cell_type"' not in file.content.replace(b"\0", b""):
        return ReadFile(file, problem=f"is no notebook but {ending}: please hand in .ipynb")
    try:
        drafts, encoding = _drafts(file.path, ending, file.content)
    except Unreadable as problem:
        return ReadFile(file, problem=_kind(file.content) or str(problem), expected=expected)
    except (RecursionError, MemoryError, ValueError, LookupError, TypeError, AttributeError):
        # Whatever a reader does not expect is one file's problem, not the submission's.
        return ReadFile(file, problem="could not be understood", expected=expected)
    if encoding:
        note = f"is encoded in {encoding}, which was converted"
        drafts = [dataclasses.replace(draft, repairs=(note, *draft.repairs)) for draft in drafts]
    return ReadFile(file, tuple(drafts), expected=expected)


def not_read(read: Sequence[ReadFile], used: Collection[str]) -> list[ReadFile]:
    """The files that gave nothing, each with what it is: for who looks for a notebook.

    Args:
        read: all files.
        used: the paths of those that gave something.
    """
    unknown = "is no notebook that is read here"
    return [
        dataclasses.replace(one, problem=_kind(one.file.content or b"") or unknown)
        for one in read
        if one.file.path not in used and not _SIDE_FILES.search(one.file.path)
    ]


def _kind(content: bytes) -> str:
    kind = next((name for mark, name in _KINDS if content.startswith(mark)), "")
    return f"is {kind}: please hand in .ipynb" if kind else ""


def _drafts(path: str, ending: str, content: bytes) -> tuple[list[Draft], str]:
    if not content.strip(b"\0 \t\r\n"):
        if posixpath.basename(path) == "__init__.py":
            return [], ""  # a package has it, and it mostly holds nothing
        raise Unreadable("is empty")
    text, encoding = decode(content)
    if ending not in _CODE and not _CELLS.search(text) and not is_script(text[:100_000]):
        return [], ""
    start = text[:2000].lstrip().lower()
    if start.startswith("{") and '"cell_type"' in text:
        return read_notebook(path, text), encoding
    if start.startswith(("<!doctype", "<html")) or ending in (".html", ".htm"):
        return read_web_page(path, text), encoding
    if ending in (".md", ".rmd", ".qmd"):
        return [read_markdown(path, text)], encoding
    is_json = start.startswith(("{", "["))
    script = ending in (".py", ".ipy") and '"cells"' not in text
    if not is_json and (script or is_script(text)):  # its cells' options may hold "cell_type" too
        return [read_script(path, text)], encoding
    if is_json or ending in (".ipynb", ".json") or _CELLS.search(text):
        try:
            return read_notebook(path, text), encoding
        except Unreadable:
            if not is_script(text):
                if ending == ".json":
                    return [], ""
                raise
    has_code = ending == ".txt" and re.search(r"^def \w+\(", text, re.MULTILINE)
    if ending in (".py", ".ipy", ".ipynb") or has_code or is_script(text):
        return [read_script(path, text)], encoding
    return [], ""
