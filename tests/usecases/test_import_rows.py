from typing import Any

import pytest
from sqlalchemy import func, select

from dentalsales.blueprint.house_records import ImportedFile, ImportTemplate
from dentalsales.blueprint.importing import ImportKind
from dentalsales.exchange.cells import as_date, as_decimal, as_text
from dentalsales.registers.customers import Customer
from dentalsales.usecases.import_cells import CellReaders
from dentalsales.usecases.import_report import ImportReport, ImportTable
from dentalsales.usecases.import_rows import import_rows
from dentalsales.usecases.import_template import remembered

READERS = CellReaders(as_text, as_decimal, as_date)
HEADINGS = ("名称", "联系人", "电话", "地址")
MAPPING = {0: "name", 1: "contact", 2: "phone", 3: "address"}
GOOD = (2, ("甲诊所", "a", "13800138001", "x"))
BAD = (3, ("乙诊所", None, "13800138002", "x"))


def imported(desk: Any, *rows: Any, keep: bool = True, fingerprint: str = "f", **words: Any) -> ImportReport:
    kind: ImportKind = desk.business.import_kind("customers")
    table = ImportTable("a.csv", "a", 1, HEADINGS, MAPPING, fingerprint, len(rows), words.pop("corrections", {}))
    return import_rows(desk, kind, table, rows, READERS, keep=keep, **words)


def names(desk: Any) -> list[str]:
    with desk.reading() as act:
        return list(act.session.scalars(select(Customer.name).order_by(Customer.id)))


def test_one_bad_row_keeps_all_rows_out(desk: Any) -> None:
    report = imported(desk, GOOD, BAD)
    assert (report.kept, report.new, report.error, report.ok) == (False, 1, 1, 1)
    assert names(desk) == []
    assert [(one.sheet, one.row, one.column, one.value) for one in report.problems] == [("a", 3, "联系人", "")]
    assert report.bad_rows[3][0] == BAD[1]


def test_good_rows_come_in_without_the_bad_ones_only_when_asked(desk: Any) -> None:
    report = imported(desk, GOOD, BAD, skip_bad=True)
    assert (report.kept, report.error) == (True, 1)
    assert names(desk) == ["甲诊所"]
    assert imported(desk, GOOD, (3, ("乙诊所", "b", "13800138002", "x"))).new == 1, (
        "a file taken in part may come again"
    )


def test_a_check_keeps_nothing(desk: Any) -> None:
    report = imported(desk, GOOD, keep=False)
    assert (report.kept, report.new, report.is_good) == (False, 1, True)
    assert names(desk) == []
    with desk.reading() as act:
        assert act.session.scalar(select(func.count()).select_from(ImportedFile)) == 0


def test_the_same_file_again_adds_nothing_and_says_so(desk: Any) -> None:
    imported(desk, GOOD)
    report = imported(desk, GOOD)
    assert (report.kept, report.rows, report.imported_before) == (False, 0, desk.now())
    assert names(desk) == ["甲诊所"]


def test_a_cell_written_anew_counts_instead_of_the_files(desk: Any) -> None:
    report = imported(desk, GOOD, BAD, corrections={(3, 1): "乙"})
    assert (report.kept, report.new) == (True, 2)


def test_whatever_stops_the_progress_leaves_nothing_behind(desk: Any) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(desk, GOOD, progress=stop)
    assert names(desk) == []


def test_the_match_is_kept_for_the_next_file_with_these_headings(desk: Any) -> None:
    assert remembered(desk, "customers", HEADINGS) is None
    imported(desk, GOOD)
    assert remembered(desk, "customers", HEADINGS) == MAPPING
    imported(desk, (2, ("丙诊所", "a", "13800138003", "x")), fingerprint="g")
    with desk.reading() as act:
        assert act.session.scalar(select(func.count()).select_from(ImportTemplate)) == 1


def test_all_problems_are_counted_and_a_thousand_listed(desk: Any) -> None:
    report = imported(desk, *((row, (None, None, None, None)) for row in range(2, 402)))
    assert (report.error, len(report.problems), report.more_problems) == (400, 1000, 600)


def test_listeners_hear_of_an_import_and_not_of_a_check(desk: Any) -> None:
    heard: list[str] = []
    desk.changed.append(heard.append)
    imported(desk, GOOD, keep=False)
    assert heard == []
    imported(desk, GOOD)
    assert heard == ["customers"]
