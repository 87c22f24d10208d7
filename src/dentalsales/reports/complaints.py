"""The statistics of complaints: answers and resolutions, by department, product, lot and person (M97, K6-K8)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _, c_
from dentalsales.registers.complaints import COMPLAINTS, Complaint
from dentalsales.registers.departments import DEPARTMENTS
from dentalsales.reports.complaint_figures import Counted, complaints_of, days_of, rates
from dentalsales.reports.scope import scope_notes

ZERO = Decimal("0.00")
RATES = (
    SheetColumn("count", c_("complaints", "Received"), "number", 8),
    SheetColumn("resolved", c_("complaints", "Resolved"), "number", 8),
    SheetColumn("overdue", c_("complaints", "Overdue"), "number", 8),
    SheetColumn("replied", _("Answered in time"), "percent", 11),
    SheetColumn("in_time", _("Resolved in time"), "percent", 11),
    SheetColumn("by_the_wall", _("The same, holds counted"), "percent", 13),
    SheetColumn("resolution", _("Resolution rate"), "percent", 10),
)
NOTES = (
    _("A promise counts once it was kept or its time has passed; withdrawn complaints are left out."),
    _("While the customer is awaited the clock of the resolution stands still; with holds counted it does not."),
    _("A complaint that several departments answer stands with each of them. The target of the resolution is 100 %."),
)


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return the statistics of what was received in a period."""
    counted = complaints_of(act, period)
    blocks = (
        _summary(counted, period),
        _by(_("By department"), "departments", counted, _departments, period),
        _by(_("By product"), "products", counted, _product, period, "product_id"),
        _by(_("By lot"), "lots", counted, _lot, period, "lot_no"),
        _by_person(act, counted, period),
    )
    notes = (*NOTES, *scope_notes(act, COMPLAINTS.access))
    return frame.sheet(act, "complaints", COMPLAINTS_REPORT.title, period, "303-R23", *blocks, notes=notes,
                       landscape=True)  # fmt: skip


def _summary(counted: list[Counted], period: Period) -> Block:
    columns = (SheetColumn("kind", _("Kind"), width=20), *RATES,
               SheetColumn("claimed", _("Claimed"), "money", 12), SheetColumn("paid", _("Compensated"), "money", 12),
               SheetColumn("fines", c_("complaints", "Fines"), "money", 12))  # fmt: skip
    rows = []
    for kind, label in (("quality", c_("complaint", "Quality")), ("service", c_("complaint", "Service"))):
        mine = [one for one in counted if one.complaint.kind == kind]
        rows.append(Row((label, *_cells(mine), *_money(mine)), _opens(period, Filter("kind", "=", kind))))
    rows.append(Row((c_("complaints", "All"), *_cells(counted), *_money(counted)), _opens(period)))
    return Block(_("Summary"), columns, tuple(rows), "summary")


def of_the_month(act: Act, month: Period) -> tuple[Block, ...]:
    """Return the summary of a month for its report, nothing for who sees no complaints."""
    if not act.roles & COMPLAINTS_REPORT.view:
        return ()
    block = _summary(complaints_of(act, month), month)
    return (replace(block, title=_("Complaints"), name="complaints"),)


def _cells(counted: Iterable[Counted]) -> tuple[Any, ...]:
    found = rates(counted)
    return (found.count, found.resolved, found.overdue, found.replied, found.in_time, found.by_the_wall,
            found.resolution)  # fmt: skip


def _money(counted: list[Counted]) -> tuple[Decimal, ...]:
    papers = [one.complaint for one in counted]
    fines = sum((one.fine for one in papers if one.sanctioned_on is not None), ZERO)
    return sum((one.claim_asked for one in papers), ZERO), sum((one.claim_paid for one in papers), ZERO), fines


def _departments(complaint: Complaint) -> list[tuple[str, Text | str]]:
    names = {part.department for part in complaint.parts} if complaint.kind == "quality" else {complaint.department}
    return [(name, DEPARTMENTS[name].label if name else _("Not named")) for name in sorted(names)]


def _product(complaint: Complaint) -> list[tuple[Any, Text | str]]:
    return [(complaint.product_id, complaint.product_name)] if complaint.product_id else []


def _lot(complaint: Complaint) -> list[tuple[Any, Text | str]]:
    named = f"{complaint.product_name} {complaint.lot_no}"
    return [((complaint.product_id, complaint.lot_no), named)] if complaint.lot_no else []


def _by(
    title: Text,
    name: str,
    counted: list[Counted],
    keys: Callable[[Complaint], list[tuple[Any, Text | str]]],
    period: Period,
    field: str = "",
) -> Block:
    """Return a row for each of what the complaints are grouped by, the most complaints first."""
    groups: dict[Any, list[Counted]] = {}
    labels: dict[Any, Text | str] = {}
    for one in counted:
        for key, label in keys(one.complaint):
            groups.setdefault(key, []).append(one)
            labels[key] = label
    rows = []
    for key in sorted(groups, key=lambda key: (-len(groups[key]), str(labels[key]))):
        wanted = key[1] if field == "lot_no" else key
        opens = _opens(period, Filter(field, "=", wanted)) if field else None
        rows.append(Row((labels[key], *_cells(groups[key])), opens, "danger" if len(groups[key]) > 1 and field else ""))
    return Block(title, (SheetColumn("what", title, width=34), *RATES), tuple(rows), name)


def _by_person(act: Act, counted: list[Counted], period: Period) -> Block:
    """Who handled complaints, and whom service complaints were about."""
    people = {row.id: row.name for row in act.session.execute(select(Employee.id, Employee.name))}
    columns = (
        SheetColumn("person", _("Employee"), width=18),
        *(SheetColumn(column.name, column.label, column.kind, column.width) for column in RATES),
        SheetColumn("about", _("Complained of"), "number", 9),
        SheetColumn("true", _("Found true"), "number", 9),
        SheetColumn("fines", c_("complaints", "Fines"), "money", 12),
    )
    rows = []
    for person, name in sorted(people.items(), key=lambda one: one[1]):
        mine = [one for one in counted if one.complaint.owner_id == person]
        about = [one.complaint for one in counted if one.complaint.person_id == person]
        fined = [one.complaint for one in counted if one.complaint.sanctioned_id == person]
        if mine or about or fined:
            fines = sum((one.fine for one in fined if one.sanctioned_on is not None), ZERO)
            true = sum(one.verdict == "true" for one in about)
            cells = (name, *_cells(mine), len(about), true, fines)
            rows.append(Row(cells, _opens(period, Filter("owner_id", "=", person))))
    return Block(_("By person"), columns, tuple(rows), "people")


def _opens(period: Period, *more: Filter) -> Opens:
    return Opens(COMPLAINTS.name, filters=(*days_of(period), *more))


COMPLAINTS_REPORT = Report(
    name="complaints",
    title=_("Statistics of complaints"),
    period="range",
    run=run,
    view=COMPLAINTS.access.view | COMPLAINTS.access.own,
    aliases=("ts",),
    hint=_("Answers and resolutions in time, by department, product, lot and person."),
)
