"""What left the program: each time an entry of the history, with who, how much, which columns and by which way (M125).

Commands that only read run beside an open window, which alone may write into a folder. What they take out is noted in a
file beside the company, and taken into its history by the next program that signs in or writes an export.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.sheet import Sheet
from dentalsales.i18n import tr
from dentalsales.storage.company import Company
from dentalsales.storage.layout import NOTED_EXPORTS
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import canonical, write_entry

STEP = "export"


def remember(desk: Desk, register: str, note: str, told: dict[str, Any], absent_id: int | None = None) -> None:
    """Leave the entry that something left the program; there is none where one only looks at a copy of a day.

    Of a folder that can't be written to nothing is noted: whoever may read it has the database itself already.
    """
    if desk.only_to_look is not None:
        return
    entry = {"register": register, "record_id": 0, "step": STEP, "note": note, "on_behalf_of_id": absent_id}
    entry["changes"] = canonical({"export": told})
    if desk.company.may_write:
        take_in(desk.company)
        with desk.company.writing() as session:
            write_entry(session, desk.employee_id, desk.now(), **entry)
        return
    line = canonical({**entry, "employee_id": desk.employee_id, "at": desk.now().isoformat()})
    with suppress(OSError), (desk.company.folder / NOTED_EXPORTS).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def remember_report(desk: Desk, name: str, sheet: Sheet, way: str, choices: dict[str, Any] | None = None) -> None:
    """Leave the entry of a report that became a file."""
    told = {
        "report": name,
        "period": sheet.period,
        "columns": [[tr(column.label) for column in block.columns] for block in sheet.blocks],
        "filters": [[tr(label), value] for label, value in sheet.conditions],
        "count": sum(len(block.rows) for block in sheet.blocks),
        "way": way,
        **({"customer_id": choices["customer_id"]} if choices and "customer_id" in choices else {}),
    }
    absent = desk.rights.absent_for(desk.business.report(name).view, desk.today)
    remember(desk, "reports", f"{tr(sheet.title)} {sheet.period}".strip(), told, absent)


def take_in(company: Company) -> int:
    """Take what reading commands noted into the history; return how many entries."""
    noted, taken = company.folder / NOTED_EXPORTS, company.folder / f"{NOTED_EXPORTS}.taken"
    if not company.may_write or not (noted.exists() or taken.exists()):
        return 0
    if not taken.exists():
        noted.rename(taken)
    count = 0
    with company.writing() as session:
        known = set(session.scalars(select(Employee.id)))
        for line in taken.read_text(encoding="utf-8", errors="replace").splitlines():
            with suppress(ValueError, KeyError, TypeError, AttributeError, OverflowError):
                entry = json.loads(line)
                at, employee = datetime.fromisoformat(entry["at"]).astimezone(UTC), int(entry["employee_id"])
                wanted = {key: entry[key] for key in ("register", "note", "changes")}
                absent = entry.get("on_behalf_of_id")
                if employee in known and absent in {*known, None}:
                    "".join(wanted.values()).encode()  # what no database takes is refused here, and alone
                    json.loads(wanted["changes"])
                    write_entry(session, employee, at, record_id=0, step=STEP, on_behalf_of_id=absent, **wanted)
                    count += 1
    taken.unlink(missing_ok=True)
    return count
