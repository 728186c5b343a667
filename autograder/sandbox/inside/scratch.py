"""A notebook's folder for files where it has no file system of its own: counted, and removed.

What lies in it was made by hostile code: folders within folders without end, folders that nobody
may enter, links to everywhere. Nothing here follows a link or calls itself.
"""

from __future__ import annotations

import contextlib
import os
import stat

MAX_FILES = 4096
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def taken(root: str) -> tuple[int, int]:
    """Bytes and number of the files in a folder, up to a little more than MAX_FILES of them."""
    size = number = 0
    waiting = [root]
    while waiting and number <= MAX_FILES:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    number += 1
                    if number > MAX_FILES:
                        break
                    with contextlib.suppress(OSError):
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError:
            continue
    return size, number


def remove(root: str) -> None:
    """Remove a folder with all that is in it, as far as the rights of this process go.

    A folder's folders are moved up before it is removed, so that no path becomes long.
    """
    with contextlib.suppress(OSError):
        top = os.open(root, _FOLDER)
        try:
            _empty(top)
        finally:
            os.close(top)
        os.rmdir(root)


def _empty(top: int) -> None:
    number = 0
    while True:
        folders = _unlink_files(top)
        if not folders:
            return
        for name in folders:
            with contextlib.suppress(OSError):
                os.chmod(name, stat.S_IRWXU, dir_fd=top)
            try:
                folder = os.open(name, _FOLDER, dir_fd=top)
            except OSError:
                return
            try:
                for inner in _unlink_files(folder):
                    number += 1
                    os.rename(inner, f".{os.getpid()}-{number}", src_dir_fd=folder, dst_dir_fd=top)
            finally:
                os.close(folder)
            os.rmdir(name, dir_fd=top)


def _unlink_files(folder: int) -> list[str]:
    """Remove a folder's files; return the names of its folders."""
    folders = []
    with os.scandir(folder) as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                os.unlink(entry.name, dir_fd=folder)
    return folders
