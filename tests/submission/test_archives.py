"""Archives from strangers are unpacked within limits and inside one folder."""

import io
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.platforms import lying, overlapping, put, tarred, with_link, zipped

from autograder.submission.archives import ArchiveRefused, UnpackLimits, safe_parts, unpack

SMALL = UnpackLimits(total_bytes=100_000, file_bytes=40_000, files=5)


@pytest.fixture
def unpacked(tmp_path):
    """Unpack bytes; gives back the names below the folder and what was said."""

    def run(content: bytes, limits=SMALL):
        said = []
        target = tmp_path / "inside" / "target"
        files = unpack(put(tmp_path / "archive.zip", content), target, limits, said.append)
        assert all(target in file.parents for file in files)
        # Nothing but the archive and the target lies anywhere near.
        near = {p.relative_to(tmp_path).parts[0] for p in tmp_path.rglob("*")}
        assert near <= {"archive.zip", "inside"}
        assert [target] == list((tmp_path / "inside").iterdir())
        return sorted(file.relative_to(target).as_posix() for file in files), said

    return run


@pytest.fixture
def refused(tmp_path):
    """Unpack bytes that have to be refused, with nothing left over; gives back the reason."""

    def run(content: bytes, limits=SMALL):
        with pytest.raises(ArchiveRefused) as caught:
            unpack(put(tmp_path / "a.zip", content), tmp_path / "target", limits, print)
        assert not (tmp_path / "target").exists()
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return run


@pytest.mark.parametrize(
    "name",
    [
        "../outside.ipynb",
        "a/../../../outside.ipynb",
        "/tmp/outside.ipynb",
        "//server/share/outside.ipynb",
        "C:\\Users\\outside.ipynb",
        "c:outside.ipynb",
        "..\\outside.ipynb",
        "a\\..\\..\\outside.ipynb",
        "a/.. /../outside.ipynb",
        "a/\u202e../ .. /outside.ipynb",
    ],
)
def test_a_name_that_leads_out_is_left_out_and_said(unpacked, name):
    names, said = unpacked(zipped({name: b"x", "inside.ipynb": b"y"}))

    assert "inside.ipynb" in names
    assert all(
        ".." not in part for one in names for part in one.split("/") if part.strip(". ") == ""
    )
    if len(names) == 1:
        assert 1 == len(said) and "leads out of the folder" in said[0]


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_no_name_leads_out(name):
    parts, reason = safe_parts(name)

    assert not (parts and reason)
    for part in parts:
        assert part not in ("", ".", "..") and "/" not in part and "\0" not in part
        assert len(part.encode()) <= 255


def test_backslashes_are_folders(unpacked):
    assert ["a/b.ipynb"] == unpacked(zipped({"a\\b.ipynb": b"x"}))[0]


def test_links_are_left_out(unpacked):
    names, said = unpacked(with_link("secret.ipynb", "/etc/passwd"))

    assert [] == names
    assert "link" in said[0]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_links_and_devices_in_a_tar_file_are_left_out(unpacked, kind):
    info = tarfile.TarInfo("secret.ipynb")
    info.type, info.linkname = kind, "/etc/passwd"

    names, said = unpacked(tarred((info, b""), (tarfile.TarInfo("a.ipynb"), b"x")))

    assert ["a.ipynb"] == names
    assert 1 == len(said)


def test_a_file_is_never_written_through_an_earlier_link(unpacked, tmp_path):
    link = tarfile.TarInfo("folder")
    link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path)

    names, _ = unpacked(tarred((link, b""), (tarfile.TarInfo("folder/a.ipynb"), b"x")))

    assert ["folder/a.ipynb"] == names


def test_a_bomb_is_refused_by_what_it_declares(refused):
    assert "more than" in refused(zipped({str(n): bytes(30_000) for n in range(4)}))


def test_a_bomb_with_overlapping_entries_is_refused(refused):
    assert "more than" in refused(
        overlapping(2000, 30_000), UnpackLimits(1_000_000, 40_000, 10_000)
    )


def test_an_entry_that_lies_about_its_size_does_not_get_through(unpacked):
    names, said = unpacked(lying("a.ipynb", real=1_000_000, declared=10))

    assert [] == names
    assert "damaged" in said[0]


def test_a_compressed_tar_is_refused_by_what_really_comes(refused):
    infos = [(tarfile.TarInfo(f"{n}.ipynb"), bytes(30_000)) for n in range(5)]

    assert "more than" in refused(tarred(*infos))


def test_too_many_files_are_refused(refused):
    assert "more than 5" in refused(zipped({str(n): b"" for n in range(6)}))


def test_a_table_of_contents_that_would_fill_the_memory_is_refused(refused):
    assert "more than 5" in refused(zipped({f"{n:0200}": b"" for n in range(300)}))


def test_a_file_that_is_too_large_is_left_out(unpacked):
    names, said = unpacked(zipped({"large.ipynb": bytes(50_000), "a.ipynb": b"x"}))

    assert ["a.ipynb"] == names
    assert "large.ipynb" in said[0]


def test_no_more_than_half_of_the_disk_is_filled(refused, monkeypatch):
    monkeypatch.setattr(
        "autograder.submission.archives.shutil.disk_usage",
        lambda path: type("Usage", (), {"free": 1000}),
    )

    assert "more than" in refused(zipped({"a": bytes(600)}))


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\3\4" + bytes(50), b"\x1f\x8bxx", b"text" * 99]
)
def test_what_is_no_archive_is_refused(refused, content):
    assert "no archive" in refused(content)


def test_a_locked_file_is_left_out(unpacked):
    content = bytearray(zipped({"a.ipynb": b"x"}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1

    names, said = unpacked(bytes(content))

    assert [] == names
    assert "locked" in said[0]


def test_an_unknown_compression_is_said(unpacked):
    content = bytearray(zipped({"a.ipynb": b"x"}))
    content[content.index(b"PK\1\2") + 10] = 99

    assert "not known here" in unpacked(bytes(content))[1][0]


def test_two_files_of_one_name_are_both_kept(unpacked):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.ipynb", "1")
        archive.writestr("a.ipynb", "2")

    assert ["a (2).ipynb", "a.ipynb"] == unpacked(buffer.getvalue())[0]


def test_a_file_where_another_needs_a_folder_is_no_obstacle(unpacked):
    assert ["a", "a (folder)/b"] == unpacked(zipped({"a": b"1", "a/b": b"2"}))[0]


def test_what_computers_add_by_themselves_is_left_out_silently(unpacked):
    junk = ("__MACOSX/._a.ipynb", ".DS_Store", "x/.ipynb_checkpoints/a-checkpoint.ipynb", "._a")

    assert ([], []) == unpacked(zipped(dict.fromkeys(junk, b"x")))


def test_strange_letters_become_readable_names(unpacked):
    name = "U\u0308bung\u202e9/\x07" + "ä" * 300 + ".ipynb"

    ((found,), _) = unpacked(zipped({name: b"x"}))

    assert found.startswith("Übung_9/_ää") and found.endswith(".ipynb")


def test_an_exact_time_is_kept(tmp_path):
    content = zipped({"a": b"x"}, when=(2024, 12, 3, 11, 59, 58))

    (file,) = unpack(put(tmp_path / "a.zip", content), tmp_path / "t", SMALL, print)

    import time

    assert (2024, 12, 3, 11, 59, 58) == time.localtime(file.stat().st_mtime)[:6]
