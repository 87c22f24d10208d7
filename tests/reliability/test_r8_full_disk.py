"""R8: the disk is full at any write of any act; nothing is lost, no older file destroyed, and the sentence says so."""

import lzma
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from desks import Clock, Desks
from figures import Record, proved, rounds
from makers import filled
from small_disk import SmallDisk, small_disk
from sqlalchemy import func, select

from dentalsales import app
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import csv_out, excel_out, import_file, pdf_sheet
from dentalsales.registers.customers import Customer
from dentalsales.registers.orders import Order
from dentalsales.storage.backup import make_backup
from dentalsales.storage.backup_file import verify
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.layout import DATABASE
from dentalsales.usecases import attach, run_report
from dentalsales.usecases.check_company import check
from tests.imports.files import CUSTOMER_HEADINGS, customer, table

POINTS = rounds("R8", 20)
SAMPLES = Path(__file__).parents[1] / "samples"
ROWS = 15
Act = Callable[[], Any]


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    with small_disk(tmp_path_factory.mktemp("small") / "disk") as mounted:
        yield mounted


@contextmanager
def office(disk: SmallDisk, stocked: tuple[Path, dict[str, Any]]) -> Iterator[Desks]:
    """The company with goods, at work on the small disk."""
    folder = disk.folder / "company"
    shutil.copytree(stocked[0], folder)
    desks = Desks(app.business(), FolderCompany.open(folder, company_metadata()), Clock())
    try:
        yield desks
    finally:
        desks.company.close()
        shutil.rmtree(folder)


class Tries:
    """What came of an act at every point at which the disk can be full."""

    def __init__(self) -> None:
        self.points, self.refused, self.lost, self.destroyed, self.unclear = 0, 0, 0, 0, set[str]()

    def act(self, disk: SmallDisk, pages: int, act: Act) -> bool:
        """Try an act with so many free pages; False when it was refused."""
        self.points += 1
        try:
            with disk.with_only(pages):
                act()
            return True
        except RuleBroken as refusal:
            self.refused += 1
            if "disk is full" not in str(refusal):
                self.unclear.add(str(refusal))
            return False

    def tell(self, record: Record, what: str) -> None:
        proved(
            record, f"R8 {what}", points=self.points, refused=self.refused, lost=self.lost,
            destroyed=self.destroyed, unclear=len(self.unclear),
        )  # fmt: skip

    @property
    def wrong(self) -> list[str]:
        """What the promise does not allow; the points have to reach from no space to enough, too."""
        found = [f"{count} {what}" for count, what in ((self.lost, "lost"), (self.destroyed, "destroyed")) if count]
        reach = [] if 0 < self.refused < self.points else [f"{self.refused} of {self.points} refused"]
        return found + sorted(self.unclear) + reach


def spread(most: int) -> list[int]:
    """So many numbers of pages, from none to the most that the act needs."""
    return [most * point // (POINTS - 1) for point in range(POINTS)]


def test_r8_saving_importing_and_attaching(
    disk: SmallDisk, stocked: tuple[Path, dict[str, Any]], tmp_path: Path, record_property: Record
) -> None:
    """What was refused is not there, not even half, and goes through as soon as there is space."""
    with office(disk, stocked) as desks:
        saves, imports, files, kept = Tries(), Tries(), Tries(), 0
        for pages in spread(60):
            form = filled(desks["clerk"], "orders", customer_id=stocked[1]["customer"])
            form.add_line("lines").set("product_id", stocked[1]["products"][0])
            form.lines("lines")[0].set("quantity", 3)
            if not saves.act(disk, pages, form.save):
                saves.lost += count(desks, Order) != kept
                form.save()
            kept += 1
            saves.lost += count(desks, Order) != kept
            desks.company.checkpoint()
        for number, pages in enumerate(spread(80)):
            rows = [customer(f"门诊 {number}-{row}", phone=f"0571-{number:04}{row:04}") for row in range(ROWS)]
            path, before = table(tmp_path / f"{number}.csv", CUSTOMER_HEADINGS, *rows), count(desks, Customer)
            taken = imports.act(disk, pages, lambda path=path: import_file.run(desks["manager"], "customers", path))
            imports.lost += count(desks, Customer) != before + (ROWS if taken else 0)
            desks.company.checkpoint()
        words = (desks["manager"], "customers", stocked[1]["customer"])
        for number, pages in enumerate(spread(80)):
            scan = tmp_path / f"{number}.pdf"
            scan.write_bytes(bytes([number % 250]) * 150_000)
            before = len(attach.list_of(*words))
            added = files.act(disk, pages, lambda scan=scan: attach.add(*words, scan))
            now = attach.list_of(*words)
            files.lost += len(now) != before + added
            desks.company.checkpoint()
        hashes = set(desks.company.files.hashes())
        files.lost += sum(desks.company.files.file_of(sha256) is None for sha256 in hashes)
        saves.lost += len(check(desks.company))
    saves.tell(record_property, "save")
    imports.tell(record_property, "import")
    files.tell(record_property, "attachment")
    assert (saves.wrong, imports.wrong, files.wrong) == ([], [], [])


def test_r8_exports_and_backups(disk: SmallDisk, stocked: tuple[Path, dict[str, Any]], record_property: Record) -> None:
    """Last week's file and the older copies stay as they are, and nothing half lies beside them."""
    with office(disk, stocked) as desks:
        sheet = run_report.run(desks["manager"], "sales_daily", Period.day(desks.clock.today))
        exports, place = Tries(), disk.folder / "exports"
        place.mkdir()
        for writer, ending in ((excel_out, "xlsx"), (pdf_sheet, "pdf"), (csv_out, "csv")):
            older = place / f"日报.{ending}"
            for pages in spread(20)[:: 1 if ending == "pdf" else 2]:
                older.write_bytes(b"last week")
                done = exports.act(disk, pages, lambda writer=writer, older=older: writer.write_sheet(sheet, older))
                exports.destroyed += not done and older.read_bytes() != b"last week"
                exports.destroyed += len(list(place.glob(f"*.{ending}"))) != 1
        backups, copies = Tries(), place / "copies"
        first = make_backup(desks.company, copies)
        content = first.path.read_bytes()
        for pages in spread(2 + 2 * (desks.company.database.stat().st_size // 4096)):
            before = len(list(copies.iterdir()))
            done = backups.act(disk, pages, lambda: make_backup(desks.company, copies))
            backups.destroyed += first.path.read_bytes() != content
            backups.lost += len(list(copies.iterdir())) != before + done
        backups.lost += sum(not verify(path).verified for path in copies.iterdir())
        shutil.rmtree(place)
    exports.tell(record_property, "export")
    backups.tell(record_property, "backup beside")
    assert (exports.wrong, backups.wrong) == ([], [])


def test_r8_bringing_an_older_company_up_to_date(disk: SmallDisk, record_property: Record) -> None:
    """It stays as it was, or at a schema in between, with every row; with space again it comes up to date."""
    content = lzma.decompress((SAMPLES / "0009.db.xz").read_bytes())
    tries, folder = Tries(), disk.folder / "older"
    for pages in (4, *spread(8 + 3 * len(content) // 4096)):  # with 4 pages the index of the journal has no room
        folder.mkdir()
        (folder / DATABASE).write_bytes(content)
        opened = lambda: FolderCompany.open(folder, company_metadata()).close()  # noqa: E731
        tries.act(disk, pages, opened)
        company = FolderCompany.open(folder, company_metadata())
        with company.reading() as session:
            now = session.scalar(select(func.count()).select_from(Order))
        tries.lost += now != 9 or len(check(company))
        company.close()
        shutil.rmtree(folder)
    tries.tell(record_property, "migration")
    assert tries.wrong == []


def count(desks: Desks, record: Any) -> int:
    with desks.company.reading() as session:
        return session.scalar(select(func.count()).select_from(record)) or 0
