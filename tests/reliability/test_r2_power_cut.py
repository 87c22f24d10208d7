"""R2: the power goes off; what was acknowledged is on the disk.

The company lies in a file system of its own inside a file. The power cut is a copy of that file at one moment: it has
what was flushed to the disk, and nothing of what the system still held in memory. Only root may mount such a disk.
"""

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from figures import Record, proved, rounds
from killing import Workers, needs_fork
from small_disk import NOT_RUN
from test_r1_killed_at_work import halves, is_there

from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases.check_company import check

ROUNDS = rounds("R2", 20)
UNFLUSHED = 100_000


@contextmanager
def mounted(image: Path, point: Path) -> Iterator[Path]:
    """Mount an image; its journal is written out by what flushes it, not by the clock."""
    point.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop,commit=300", str(image), str(point)], check=True, capture_output=True)
    try:
        yield point
    finally:
        subprocess.run(["umount", str(point)], check=True)


@pytest.fixture(scope="module")
def image(stocked: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An image with the company in it; the test counts as not run, by name, where it cannot be mounted."""
    place = tmp_path_factory.mktemp("power")
    path = place / "image"
    try:
        with path.open("wb") as file:
            file.truncate(24 * 1024 * 1024)
        subprocess.run(["mkfs.ext4", "-q", "-J", "size=4", str(path)], check=True, capture_output=True)
        with mounted(path, place / "disk") as disk:
            shutil.copytree(stocked[0], disk / "company")
    except (OSError, subprocess.CalledProcessError):
        print(f"R2: {NOT_RUN}")
        pytest.skip(NOT_RUN)
    return path


@needs_fork
def test_r2_what_was_acknowledged_is_on_the_disk_when_the_power_goes_off(
    program: Workers, stocked: tuple[Path, dict[str, Any]], image: Path, tmp_path: Path, record_property: Record
) -> None:
    """Acknowledged papers are there in their state or a later one, whole, and the books agree."""
    chance, acknowledged, lost, partial, wrong, unflushed = random.Random(2), 0, 0, 0, 0, 0
    for number in range(ROUNDS):
        running, cut = tmp_path / "running", tmp_path / "cut"
        shutil.copy(image, running)
        with mounted(running, tmp_path / "disk") as disk:
            words = {"folder": disk / "company", "products": stocked[1]["products"]}
            if number % 2:
                work = program.begin("stock", lot=f"P{number}", **words)
            else:
                work = program.begin("papers", customer=stocked[1]["customer"], **words)
            work.follow(1 + chance.randrange(5))
            (disk / "unflushed").write_bytes(bytes(UNFLUSHED))
            os.kill(work.pid, signal.SIGSTOP)
            told_us = work.heard()
            shutil.copy(running, cut)
            work.kill(chance)
        with mounted(cut, tmp_path / "after") as disk:
            left = disk / "unflushed"
            unflushed += left.exists() and left.stat().st_size == UNFLUSHED
            company = FolderCompany.open(disk / "company", company_metadata())
            acknowledged += len(told_us)
            lost += sum(not is_there(company, line) for line in told_us)
            partial += halves(company)
            wrong += len(check(company))
            company.close()
    proved(
        record_property, "R2", rounds=ROUNDS, acknowledged=acknowledged, lost=lost, partial=partial, sums_wrong=wrong,
        unflushed_files_found=unflushed,
    )  # fmt: skip
    assert (lost, partial, wrong) == (0, 0, 0) and acknowledged >= ROUNDS
    assert unflushed < ROUNDS, "a power cut that loses nothing would prove nothing"
