"""Archives inside a submission, opened within limits on number, size and depth."""

from __future__ import annotations

import io
import zipfile
import zlib

from autograder.submission import SubmittedFile

MAX_MEMBERS = 300
MAX_UNPACKED_BYTES = 60_000_000


def is_archive(file: SubmittedFile) -> bool:
    return (file.content or b"").startswith(b"PK\x03\x04") and not file.path.lower().endswith(
        (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".npz", ".whl", ".jar")
    )


def unpack(archive: SubmittedFile) -> tuple[list[SubmittedFile], str]:
    """The files in a zip archive, and what could not be unpacked, as the end of a sentence.

    Nothing is written, so that the names in the archive can do no harm. The sizes that it declares
    are not believed.
    """
    members: list[SubmittedFile] = []
    budget = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(archive.content or b"")) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir()]
            if len(infos) > MAX_MEMBERS:
                return [], f"holds more than {MAX_MEMBERS} files and was not unpacked"
            for info in sorted(infos, key=lambda info: info.filename):
                name = info.filename.encode("utf-8", "replace").decode("utf-8")
                path = f"{archive.path}/{name}"
                if info.flag_bits & 1:
                    members.append(SubmittedFile(path, info.file_size, None, "is encrypted"))
                    continue
                content = _read(opened, info, budget)
                if content is None:
                    reason = "unpacks to more than may be read"
                    members.append(SubmittedFile(path, info.file_size, None, reason))
                    continue
                budget -= len(content)
                members.append(SubmittedFile(path, len(content), content))
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        LookupError,
    ):
        return members, "is damaged; what could be unpacked was taken"
    return members, ""


def _read(opened: zipfile.ZipFile, info: zipfile.ZipInfo, budget: int) -> bytes | None:
    with opened.open(info) as stream:
        content = stream.read(budget + 1)
    return content if len(content) <= budget else None
