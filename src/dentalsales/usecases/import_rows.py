"""Takes in the rows of a file: all of them or none, each checked like a form, and each problem told with its place."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import insert

from dentalsales.blueprint.importing import ImportKind, Taken
from dentalsales.blueprint.rules import RuleBroken, problems_of
from dentalsales.i18n import Text
from dentalsales.usecases.desk import Desk, WorkingAct
from dentalsales.usecases.import_cells import CellReaders, RowReader
from dentalsales.usecases.import_memory import remember_file, taken_at
from dentalsales.usecases.import_records import RecordKeeper
from dentalsales.usecases.import_report import Cells, ImportProblem, ImportReport, ImportTable, empty_report
from dentalsales.usecases.import_rights import demand_import, heading_of, left_out_of, others_columns, without_columns
from dentalsales.usecases.import_totals import REMARKS_LEFT_OUT, Sums, is_remark, is_total

CHUNK = 5_000
ROWS_BETWEEN_REPORTS = 500

Rows = Iterable[tuple[int, Sequence[Any]]]
Progress = Callable[[int, int], object]
"""(rows done, rows in all, about); whatever it raises stops the import, and nothing is kept."""


class _NothingKept(Exception):
    """Rolls the transaction back on purpose."""


def import_rows(
    desk: Desk,
    kind: ImportKind,
    table: ImportTable,
    rows: Rows,
    readers: CellReaders,
    *,
    keep: bool,
    skip_bad: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Check the rows, and keep them when `keep` is asked and none is bad, or when the bad ones may be left out.

    NotAllowed without the right; RuleBroken when the columns do not suffice. Errors in rows are in the report.
    """
    demand_import(desk, kind)
    others = others_columns(desk, kind, table)
    left_out = left_out_of(kind, table, others)
    run = _Run(kind, without_columns(table, others), readers, skip_bad, progress)
    run.report.left_out, run.report.not_allowed = left_out, bool(others)
    try:
        with desk.writing(table.file) as act:
            act.by_right_of(kind.roles)
            run.take_all(act, rows)
            if not keep or not run.may_keep:
                raise _NothingKept
            if run.report.imported_before is None:
                remember_file(act, kind, table, run.report)
        run.report.kept = run.report.imported_before is None
    except _NothingKept:
        pass
    return run.report


class _Run:
    """One import on its way."""

    def __init__(
        self, kind: ImportKind, table: ImportTable, readers: CellReaders, skip_bad: bool, progress: Progress | None
    ) -> None:
        self._kind, self._table, self._readers, self._skip_bad = kind, table, readers, skip_bad
        self._progress = progress or (lambda done, total: None)
        self.report = empty_report(kind.name, table)
        self._columns = {name: index for index, name in table.mapping.items()}
        self._by_row: dict[int, dict[int, str]] = {}
        for (row, index), text in table.corrections.items():
            self._by_row.setdefault(row, {})[index] = text
        self._entries: list[dict[str, Any]] = []
        self._sums = Sums(kind, table.mapping)

    @property
    def may_keep(self) -> bool:
        """True when nothing is wrong, or what is wrong may be left out."""
        return self.report.error == 0 or self._skip_bad

    def take_all(self, act: WorkingAct, rows: Rows) -> None:
        """Take every row, then write what follows from them; a file taken before is not read again."""
        self._act, report = act, self.report
        report.imported_before = taken_at(act, self._kind, self._table)
        if report.imported_before is not None:
            return
        self._keeper = RecordKeeper(act, self._kind, self._table.file)
        taker, reader = self._kind.begin(act), RowReader(self._kind, self._table.mapping, self._readers)
        total, taken = max(self._table.rows_estimate, 1), 0
        for taken, (number, cells) in enumerate(rows, 1):
            if taken % ROWS_BETWEEN_REPORTS == 1:
                self._progress(taken - 1, max(total, taken))
            self._take(number, self._corrected(number, cells), taker, reader)
        self._flush_entries()
        if self.may_keep:
            self._finish(taker)
        self._progress(taken, max(taken, 1))

    def _corrected(self, number: int, cells: Sequence[Any]) -> Sequence[Any]:
        if not self._by_row or number not in self._by_row:
            return cells
        found = list(cells)
        for index, text in self._by_row[number].items():
            found += [None] * (index + 1 - len(found))
            found[index] = text or None
        return found

    def _take(self, number: int, cells: Sequence[Any], taker: Any, reader: RowReader) -> None:
        self.report.rows += 1
        values, problems, lacks = reader.read(cells)
        if is_total(cells, is_bad=bool(problems or lacks)):
            for warning in self._sums.leave_out(self.report, number, values):
                self.report.add(self._problem(number, cells, warning, False))
            return
        if is_remark(cells, is_bad=bool(problems or lacks)):
            self.report.empty += 1
            self.report.foresee(REMARKS_LEFT_OUT, number)
            return
        if lacks:
            card = taker.card_of(values) if self._kind.named_by else None
            if card is None:
                problems += lacks
            else:
                values.update((name, card[name]) for lack in lacks if (name := lack.field))
        if not problems:
            try:
                taken = taker.take(values)
                if taken.entry is not None:
                    self._add_entry(taken.entry)
                else:
                    self._keep(taken)
            except RuleBroken as broken:
                problems = list(problems_of(broken))
        if problems:
            self._tell_bad(number, tuple(cells), problems)
        else:
            self._sums.add(values)
            self._count(number, cells, taken)

    def _keep(self, taken: Taken) -> None:
        before = len(self._act.warnings)
        self._keeper.keep(taken)
        said = self._act.warnings[before:]
        if said:
            taken.warnings += tuple(RuleBroken(text) for text in said)
            del self._act.warnings[before:]

    def _count(self, number: int, cells: Sequence[Any], taken: Taken) -> None:
        report = self.report
        if taken.fill is not None or (taken.already and taken.records):
            report.filled += 1
        elif taken.already:
            report.already += 1
        elif taken.empty:
            report.empty += 1
        else:
            report.new += 1
        for text in taken.foreseen:
            report.foresee(text, number)
        if taken.warnings:
            report.warning += 1
            for warning in taken.warnings:
                report.add(self._problem(number, cells, warning, False))

    def _tell_bad(self, number: int, cells: Cells, problems: list[RuleBroken]) -> None:
        told = [self._problem(number, cells, problem, True) for problem in problems]
        self.report.add_bad_row(number, cells, [problem.sentence for problem in told])
        for problem in told:
            self.report.add(problem)

    def _problem(self, number: int, cells: Sequence[Any], problem: RuleBroken, is_error: bool) -> ImportProblem:
        index = self._columns.get(problem.field or "")
        heading = heading_of(self._table, index)
        label = Text("") if index is None else self._kind.column(problem.field or "").label
        cell = cells[index] if index is not None and index < len(cells) else None
        return ImportProblem(
            self._table.sheet, number, heading, label, index, self._words(cell), problem.text, is_error
        )

    def _words(self, cell: Any) -> str:
        try:
            return self._readers.text(cell)
        except RuleBroken:
            return str(cell)

    def _add_entry(self, entry: dict[str, Any]) -> None:
        self._entries.append(entry)
        if len(self._entries) >= CHUNK:
            self._flush_entries()

    def _flush_entries(self) -> None:
        """Rows that will be rolled back anyway are not written."""
        if self._entries and self._kind.entries is not None and self.may_keep:
            self._act.session.connection().execute(insert(self._kind.entries.__table__), self._entries)
        self._entries.clear()

    def _finish(self, taker: Any) -> None:
        try:
            self._keeper.give_numbers()
            for record, step in taker.finish():
                self._keeper.keep_record(record)
                if step:
                    self._act.take_step(record, step)
        except RuleBroken as broken:
            self._skip_bad = False
            self.report.error += 1
            for problem in problems_of(broken):
                self.report.add(self._problem(0, (), problem, True))
