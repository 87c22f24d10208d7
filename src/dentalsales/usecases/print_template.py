"""The company's print templates: read by everybody who prints, changed by the manager and the director."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import Attachment, PrintTemplate
from dentalsales.blueprint.print_template import MOST_COPIES, NAMINGS, NARROWEST, WIDEST, Template
from dentalsales.blueprint.printout import Paper, Printout
from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import _
from dentalsales.usecases.company_settings import letterhead_of, read_settings
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import canonical, write_history

HISTORY = "print_templates"
LOGO = ("letterhead", 0, "logo")
PICTURE_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
LARGEST_LOGO = 2 * 1024 * 1024


def may_change(desk: Desk) -> bool:
    """Say whether the employee keeps the templates."""
    return bool(desk.roles & MANAGERS)


def read(session: Session, printout: Printout, size: str) -> Template:
    """Return the template of a printout on a size; what was never chosen is as usual."""
    row = session.scalar(_row(printout.name, size))
    usual = Template(printout.name, size, copies=printout.copies, naming="parts" if printout.copies > 1 else "")
    return usual if row is None or not row.content else replace(usual, **json.loads(row.content))


def template(desk: Desk, printout_name: str, size: str) -> Template:
    """Return the template of a printout on a size."""
    with desk.reading() as act:
        return read(act.session, desk.business.printout(printout_name), size)


def usual_size(session: Session, printout: Printout) -> str:
    """Return the size that is taken unless somebody wants another."""
    kept = select(PrintTemplate.size).where(PrintTemplate.printout == printout.name, PrintTemplate.is_usual)
    size = session.scalar(kept)
    return size if size in printout.sizes else printout.sizes[0]


def usual_size_of(desk: Desk, printout_name: str) -> str:
    """Return the size that is taken unless somebody wants another."""
    with desk.reading() as act:
        return usual_size(act.session, desk.business.printout(printout_name))


def keep(desk: Desk, wanted: Template) -> None:
    """Keep a template; RuleBroken when a number in it is out of range."""
    _demand(desk)
    _fits(wanted)
    desk.business.printout(wanted.printout)
    content = {
        "shown": dict(wanted.shown),
        "widths": dict(wanted.widths),
        "prices": wanted.prices,
        "copies": wanted.copies,
        "naming": wanted.naming,
        "copy_names": wanted.copy_names,
    }
    with desk.writing() as act:
        _put(act, wanted.printout, wanted.size, content=canonical(content))


def reset(desk: Desk, printout_name: str, size: str) -> None:
    """Go back to the paper as it was declared."""
    _demand(desk)
    with desk.writing() as act:
        _put(act, printout_name, size, content="")


def make_usual(desk: Desk, printout_name: str, size: str) -> None:
    """Take this size from now on unless somebody wants another."""
    _demand(desk)
    with desk.writing() as act:
        others = update(PrintTemplate).where(PrintTemplate.printout == printout_name).values(is_usual=False)
        act.session.execute(others)
        _put(act, printout_name, size, is_usual=True)


def example(desk: Desk, wanted: Template, lines: int) -> Paper:
    """Return the paper of nobody, with every part of it, as it is before a template leaves anything out."""
    printout = desk.business.printout(wanted.printout)
    if printout.example is None:
        raise LookupError(f"{printout.name} has no example")
    with desk.reading() as act:
        made = printout.make(printout.example(lines), act, {"size": wanted.size, "prices": wanted.prices})
        letterhead = letterhead_of(read_settings(act.session))
        sign = logo(desk, act.session)
    return replace(made, letterhead=letterhead, logo=sign, printed_at=desk.now(), printed_by=desk.signs_as)


def logo(desk: Desk, session: Session) -> bytes | None:
    """Return the company's sign, None when there is none or its file is missing."""
    register, record_id, kind = LOGO
    kept = session.scalar(
        select(Attachment.sha256)
        .where(Attachment.register == register, Attachment.record_id == record_id, Attachment.kind == kind)
        .order_by(Attachment.id.desc())
        .limit(1)
    )
    file = desk.files.file_of(kept) if kept else None
    return None if file is None else file.read_bytes()


def has_logo(desk: Desk) -> bool:
    """Say whether a sign is set."""
    with desk.reading() as act:
        return logo(desk, act.session) is not None


def set_logo(desk: Desk, path: Path | None) -> None:
    """Take a PNG or JPEG file as the company's sign, or none; RuleBroken when it is no such picture."""
    _demand(desk)
    if path is not None and (path.stat().st_size > LARGEST_LOGO or not _is_picture(path)):
        raise RuleBroken(_("Choose a PNG or JPEG picture of up to 2 MB."))
    kept = desk.files.keep(path) if path is not None else None
    register, record_id, kind = LOGO
    with desk.writing() as act:
        act.by_right_of(MANAGERS)
        act.session.execute(delete(Attachment).where(Attachment.register == register, Attachment.kind == kind))
        if kept is not None:
            act.session.add(
                Attachment(
                    register=register, record_id=record_id, name=kept.name, kind=kind, sha256=kept.sha256,
                    size=kept.size, added_by_id=desk.employee_id, added_at=act.now,
                )
            )  # fmt: skip
        write_history(act, register, record_id, "changed", "", "", kept.name if kept is not None else "")


def _is_picture(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8).startswith(PICTURE_BEGINNINGS)


def _demand(desk: Desk) -> None:
    if not may_change(desk):
        raise NotAllowed(_("Print templates are changed by the sales manager or director."))


def _fits(wanted: Template) -> None:
    if not 1 <= wanted.copies <= MOST_COPIES:
        raise RuleBroken(_("Choose between 1 and {most} copies."), field="copies", most=MOST_COPIES)
    if wanted.naming and wanted.naming not in NAMINGS:
        raise LookupError(wanted.naming)
    if len(wanted.own_names) > MOST_COPIES:
        raise RuleBroken(_("Name up to {most} copies."), field="copy_names", most=MOST_COPIES)
    for name, width in wanted.widths.items():
        if not NARROWEST <= width <= WIDEST:
            raise RuleBroken(
                _("A column is between {least} and {most} mm wide."), field=name, least=int(NARROWEST), most=int(WIDEST)
            )


def _put(act: Any, printout_name: str, size: str, **values: Any) -> None:
    act.by_right_of(MANAGERS)
    row = act.session.scalar(_row(printout_name, size))
    if row is None:
        row = PrintTemplate(printout=printout_name, size=size, is_usual=False, content="")
        act.session.add(row)
    changes = {name: [str(getattr(row, name)), str(value)] for name, value in values.items()}
    for name, value in values.items():
        setattr(row, name, value)
    write_history(act, HISTORY, 0, "changed", "", "", f"{printout_name} {size}", changes)
    act.touched.add(HISTORY)


def _row(printout_name: str, size: str) -> Any:
    return select(PrintTemplate).where(PrintTemplate.printout == printout_name, PrintTemplate.size == size)
