"""A disk of a few megabytes that a test can fill to the last page; needs root, and says so where that is missing."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PAGE = 4096
NOT_RUN = "not run: a small disk can be mounted by root alone"


class SmallDisk:
    """A mounted disk, and a file that fills it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    @property
    def free(self) -> int:
        """The pages that are free."""
        state = os.statvfs(self.folder)
        return state.f_bavail * state.f_frsize // PAGE

    @contextmanager
    def with_only(self, pages: int) -> Iterator[None]:
        """Leave only so many pages free while the block runs."""
        with self._filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, self.free - pages) * PAGE)
        try:
            yield
        finally:
            self._filler.unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int = 24) -> Iterator[SmallDisk]:
    """Mount a disk at a folder; the test counts as not run, by name, where that is impossible."""
    folder.mkdir()
    kind = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "dentalsales-test", str(folder)]
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or subprocess.run(kind, check=False).returncode != 0:
        print(NOT_RUN)
        pytest.skip(NOT_RUN)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
