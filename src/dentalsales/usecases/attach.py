"""Files that belong to a record: vouchers, slips, licences; the bytes are kept before their row (M134)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from dentalsales.blueprint.house_records import Attachment, Employee
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.company import Company
from dentalsales.usecases import save_record
from dentalsales.usecases.desk import Desk

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class FileInfo:
    """One attached file."""

    id: int
    name: str
    size: int
    added_at: datetime
    added_by: str


def may_add(desk: Desk, register_name: str) -> bool:
    """Say whether the employee's roles let them attach files to records of a register."""
    return desk.only_to_look is None and bool(desk.roles & _workers(desk.business.register(register_name)))


def add(desk: Desk, register_name: str, record_id: int, path: Path, kind: str = "") -> FileInfo:
    """Attach a copy of a file to a record that the employee may work with; a paper takes files in every state."""
    register = desk.business.register(register_name)
    if not may_add(desk, register_name):
        raise NotAllowed(_("Your roles do not include attaching files to “{title}”."), title=register.title)
    with desk.reading() as act:
        save_record.load(act, register, record_id)
        most = act.setting("attachment_most")
    kept = desk.files.keep(path, most=most * MEGABYTE)
    with desk.writing() as act:
        act.by_right_of(_workers(register))
        record = save_record.load(act, register, record_id)
        row = Attachment(
            register=register_name,
            record_id=record_id,
            name=kept.name,
            kind=kind,
            sha256=kept.sha256,
            size=kept.size,
            added_by_id=act.employee.id,
            added_at=act.now,
        )
        act.session.add(row)
        act.session.flush()
        act.log(record, "attached", kept.name)
        return FileInfo(row.id, row.name, row.size, row.added_at, act.employee.name)


def list_of(desk: Desk, register_name: str, record_id: int) -> list[FileInfo]:
    """Return the files of a record that the employee may see."""
    query = (
        select(Attachment, Employee.name)
        .join(Employee, Employee.id == Attachment.added_by_id, isouter=True)
        .where(Attachment.register == register_name, Attachment.record_id == record_id)
        .order_by(Attachment.id)
    )
    with desk.reading() as act:
        save_record.load(act, desk.business.register(register_name), record_id)
        return [
            FileInfo(row.id, row.name, row.size, row.added_at, name or "") for row, name in act.session.execute(query)
        ]


def open_copy(desk: Desk, attachment_id: int) -> Path:
    """Return a read-only copy of a file to look at; RuleBroken when it is not there any more."""
    with desk.reading() as act:
        row = act.session.get(Attachment, attachment_id)
        if row is None:
            raise RuleBroken(_("This file is not there any more. Refresh the list."))
        if any(register.name == row.register for register in desk.business.registers):  # everybody prints the sign
            save_record.load(act, desk.business.register(row.register), row.record_id)
    return desk.files.open_copy(row.sha256, row.name)


def missing(company: Company) -> list[str]:
    """Return the names of attached files whose bytes are gone or no longer what they were, each once."""
    with company.reading() as session:
        rows = session.execute(select(Attachment.sha256, Attachment.name).order_by(Attachment.id)).all()
    return [
        name for sha256, name in {row.sha256: row.name for row in rows}.items() if not company.files.is_sound(sha256)
    ]


def _workers(register: Register) -> frozenset[str]:
    """Return the roles that enter, change or move records of a register."""
    steps = register.workflow.steps if register.workflow else ()
    return register.access.create.union(register.access.editors, *(step.roles for step in steps))
