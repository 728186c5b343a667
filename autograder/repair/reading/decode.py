"""Bytes to text, whatever editor wrote them."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def decode(content: bytes) -> tuple[str, str]:
    """The text, and the encoding's name where it was not plain UTF-8 ("" where it was)."""
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), name
    if 0 in (content[:1] + content[-1:]) and 0 not in content.strip(b"\0"):
        content = content.strip(b"\0")
    sample = content[:200]
    if sample.count(0) * 3 > len(sample):
        if sample.count(0) * 3 > 2 * len(sample):
            little = sample[::4].count(0) <= sample[3::4].count(0)
            return content.decode("utf-32-le" if little else "utf-32-be", "replace"), "UTF-32"
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", "replace"), "UTF-16"
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        # A file that was cut off in the middle of a character is still UTF-8.
        if error.start >= len(content) - 4 or b"\xc3" in content or b"\xe2" in content:
            return content.decode("utf-8", "replace"), "UTF-8 with broken characters"
        return content.decode("cp1252", "replace"), "Windows-1252"
