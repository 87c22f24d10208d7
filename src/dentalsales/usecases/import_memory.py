"""What a company remembers of a file that it took in: which it was, what came of it, and how its columns matched."""

from datetime import datetime

from sqlalchemy import select

from dentalsales.blueprint.house_records import ImportedFile
from dentalsales.blueprint.importing import ImportKind
from dentalsales.usecases.desk import WorkingAct
from dentalsales.usecases.import_report import ImportReport, ImportTable
from dentalsales.usecases.import_template import remember
from dentalsales.usecases.keep_history import write_history


def taken_at(act: WorkingAct, kind: ImportKind, table: ImportTable) -> datetime | None:
    """Return when the very same file was taken in for this kind, None when it never was."""
    return act.session.scalar(
        select(ImportedFile.imported_at).where(ImportedFile.kind == kind.name, ImportedFile.sha256 == table.fingerprint)
    )


def remember_file(act: WorkingAct, kind: ImportKind, table: ImportTable, report: ImportReport) -> None:
    """Note that the file was taken in, how it was matched (for whoever may fill more too), and its history."""
    imported = ImportedFile(
        kind=kind.name,
        sha256=table.fingerprint,
        name=table.file[:200],
        rows=report.new,
        imported_by_id=act.employee.id,
        imported_at=act.now,
    )
    if report.error == 0 and not report.not_allowed:
        act.session.add(imported)
        act.session.flush()
    remember(act, kind.name, table.headings, table.mapping)
    act.touched.add(kind.register)
    if kind.entries is not None:
        changes = {"rows": [0, report.new]}
        write_history(act, kind.register, imported.id or 0, "imported", "", "", table.file, changes)
