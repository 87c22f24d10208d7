"""R14: clerks work without pause: memory stays, files are closed, the journal stays small. DENTALSALES_R14: seconds."""

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from figures import Record, proved, rounds
from killing import Workers, needs_fork

from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases.check_company import check

SECONDS = rounds("R14", 8)
MOST_GROWTH = 0.10
JOURNAL = 16 * 1024 * 1024


@needs_fork
@pytest.mark.skipif(sys.platform != "linux", reason="not run: memory and open files are read from /proc")
def test_r14_clerks_who_work_without_pause_need_no_more_memory_files_or_journal(
    program: Workers, stocked: tuple[Path, dict[str, Any]], tmp_path: Path, record_property: Record
) -> None:
    """What the first part of the work needed is enough for the rest; the window is not part of it."""
    folder = tmp_path / "company"
    shutil.copytree(stocked[0], folder)
    lines = program.begin("soak", folder=folder, seconds=SECONDS, **stocked[1]).done()
    memory, files, journal = zip(*(map(int, line.split()) for line in lines), strict=True)
    part = max(1, len(lines) // 3)
    growth = max(memory[-part:]) / max(memory[:part]) - 1
    company = FolderCompany.open(folder, company_metadata())
    findings = len(check(company))
    company.close()
    proved(
        record_property, "R14", seconds=SECONDS, orders=len(lines), memory_growth=f"{growth:.1%}",
        open_files=f"{files[part]} to {files[-1]}", journal=f"{max(journal) / 1e6:.1f} MB", findings=findings,
    )  # fmt: skip
    assert growth < MOST_GROWTH and files[-1] <= files[part] and max(journal) < JOURNAL and not findings
