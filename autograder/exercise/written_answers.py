"""Sample answers to written tasks: what students write, good and bad, to practise marking with.

They stand in `autograder/<exercise>/written/<task>.md`, each below a line `%% name`. Pictures that
they refer to, as `attachment:name.png`, lie beside them.
"""

from __future__ import annotations

import base64
import importlib
import re
from dataclasses import dataclass, field
from pathlib import Path

_MARKER = re.compile(r"^%% (?P<name>.+)$", re.MULTILINE)
_PICTURE = re.compile(r"\(attachment:(?P<name>[\w.-]+)\)")


@dataclass(frozen=True)
class WrittenAnswer:
    """A sample answer.

    Attributes:
        name: what it is like, such as "partial, no locality".
        text: Markdown.
        pictures: the attachments of its cell, as a notebook has them.
    """

    name: str
    text: str
    pictures: dict[str, dict[str, str]] = field(default_factory=dict)


def written_answers(exercise: str, task: str) -> tuple[WrittenAnswer, ...]:
    """The sample answers to a written task, none where nobody wrote any."""
    package = importlib.import_module(f"autograder.{exercise}")
    folder = Path(str(package.__file__)).parent / "written"
    path = folder / f"{task}.md"
    if not path.is_file():
        return ()
    text = path.read_text(encoding="utf-8")
    markers = list(_MARKER.finditer(text))
    ends = [marker.start() for marker in markers[1:]] + [len(text)]
    found = []
    for marker, end in zip(markers, ends, strict=True):
        answer = text[marker.end() : end].strip()
        pictures = {
            name: {"image/png": base64.b64encode((folder / name).read_bytes()).decode()}
            for name in _PICTURE.findall(answer)
        }
        found.append(WrittenAnswer(marker["name"], answer, pictures))
    return tuple(found)
