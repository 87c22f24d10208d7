"""Files that belong to a record: vouchers, slips, licences; the bytes are kept before their row (M134)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from dentalsales.blueprint.house_records import GONE, TAKEN_OFF, Attachment, Employee
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.attachment_store import safe_name
from dentalsales.storage.company import Company
from dentalsales.usecases import save_record
from dentalsales.usecases.desk import Desk

MEGABYTE = 1024 * 1024
NOT_THERE = _("This file is not there any more. Refresh the list.")


@dataclass(frozen=True)
class FileInfo:
    """One attached file."""

    id: int
    name: str
    size: int
    added_at: datetime
    added_by: str
    is_off: bool = False
    """It was taken off after the record had left draft; it is only seen."""
    stays: bool = False
    """Taken off, it stays in sight, and a reason is needed: its record has left draft."""
    may_move: bool = False
    """The employee may take it off, or put it back."""


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
    """Return the files of a record that the employee may see, with those that left draft with it and were taken off."""
    query = (
        select(Attachment, Employee.name)
        .join(Employee, Employee.id == Attachment.added_by_id, isouter=True)
        .where(Attachment.register == register_name, Attachment.record_id == record_id, Attachment.kind != GONE)
        .order_by(Attachment.id)
    )
    register = desk.business.register(register_name)
    with desk.reading() as act:
        keeps = keeps_all(register, save_record.load(act, register, record_id))
        return [
            FileInfo(
                row.id, safe_name(row.name), row.size, row.added_at, name or "", row.kind == TAKEN_OFF, keeps,
                _may_move(desk, register, row, keeps),
            )
            for row, name in act.session.execute(query)
        ]  # fmt: skip


def keeps_all(register: Register, record: Any) -> bool:
    """Say whether what is taken off a record stays in sight: of all but a draft that has no number yet."""
    workflow = register.workflow
    never_left = workflow is not None and workflow.state(record.state).draft and not getattr(record, "number", None)
    return not never_left


def take_off(desk: Desk, attachment_id: int, reason: str = "") -> None:
    """Take a file off its record, which needs a reason once the record has left draft; the history tells of it."""
    with desk.writing() as act:
        row, keeps, record = _movable(act, attachment_id)
        if row.kind:
            raise RuleBroken(_("{name} was taken off already. Refresh the list."), name=row.name)
        if keeps and not reason.strip():
            raise RuleBroken(_("Enter why {name} is taken off."), name=row.name)
        row.kind = TAKEN_OFF if keeps else GONE
        act.log(record, "taken_off", f"{row.name}: {reason.strip()}" if keeps else row.name)


def put_back(desk: Desk, attachment_id: int) -> None:
    """Make a file that was taken off a file of its record again."""
    with desk.writing() as act:
        row, _keeps, record = _movable(act, attachment_id)
        if row.kind not in (TAKEN_OFF, GONE):
            raise RuleBroken(_("{name} is there. Refresh the list."), name=row.name)
        row.kind = ""
        act.log(record, "put_back", row.name)


def let_go(act: Any, register_name: str, record_id: int) -> None:
    """Take all files off a draft that is deleted, so that they are not those of a later record with its place."""
    act.session.execute(update(Attachment).where(Attachment.of(register_name, record_id)).values(kind=GONE))


def _movable(act: Any, attachment_id: int) -> tuple[Attachment, bool, Any]:
    """Return a file, whether its record keeps all, and the record; NotAllowed for who may not take it off."""
    row = _row(act, attachment_id)
    register = next((one for one in act.desk.business.registers if one.name == row.register), None)
    if register is None:
        raise NotAllowed(_("This file belongs to no record."))
    record = save_record.load(act, register, row.record_id)
    keeps = keeps_all(register, record)
    if not _may_move(act.desk, register, row, keeps):
        raise NotAllowed(_("Only who attached {name}, or the sales manager, takes it off again."), name=row.name)
    act.by_right_of(_workers(register) | MANAGERS)
    return row, keeps, record


def _may_move(desk: Desk, register: Register, row: Attachment, keeps: bool) -> bool:
    """A draft is its workers' own; what left draft loses a file by whoever attached it, or by a manager."""
    if desk.only_to_look is not None:
        return False
    if desk.roles & MANAGERS:
        return True
    return may_add(desk, register.name) and (not keeps or row.added_by_id == desk.employee_id)


def _row(act: Any, attachment_id: int) -> Attachment:
    row: Attachment | None = act.session.get(Attachment, attachment_id)
    if row is None:
        raise RuleBroken(NOT_THERE)
    return row


def open_copy(desk: Desk, attachment_id: int) -> Path:
    """Return a read-only copy of a file to look at; RuleBroken when it is not there any more."""
    with desk.reading() as act:
        row = _row(act, attachment_id)
        if row.kind == GONE:
            raise RuleBroken(NOT_THERE)
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
