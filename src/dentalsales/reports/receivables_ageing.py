"""The ageing of receivables: who owes what, how long overdue, and who is responsible (M43, K14)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

import dentalsales.reports.ageing as ageing
import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.sheet import Block, Opens, Row, Sheet, SheetColumn
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.receivables import RECEIVABLES
from dentalsales.reports.scope import scope_notes

ZERO = Decimal("0.00")
COLUMNS = (
    SheetColumn("customer", _("Customer"), width=26),
    SheetColumn("responsible", _("Responsible"), width=12),
    SheetColumn("papers", _("Open papers"), "number", 8, total=True),
    *(SheetColumn(f"bucket_{index}", label, "money", 14, total=True) for index, label in enumerate(ageing.BUCKETS)),
    SheetColumn("open", _("Open in all"), "money", 15, total=True),
    SheetColumn("oldest", _("Oldest due date"), "day", 12),
)


def run(act: Act, period: Period, choices: Mapping[str, Any]) -> Sheet:
    """Return what is open at the end of the period's last day; choices: customer_id."""
    papers = ageing.open_papers(act, period.end, choices.get("customer_id"))
    total = func.sum(papers.c.open)
    query = (
        select(Customer.id, Customer.name, Employee.name, func.count(), *ageing.buckets(papers, period.end), total,
               func.min(papers.c.due_on))
        .select_from(papers)
        .join(Customer, Customer.id == papers.c.customer_id)
        .outerjoin(Employee, Employee.id == papers.c.responsible_id)
        .group_by(Customer.id, Customer.name, Employee.id, Employee.name)
        .order_by(total.desc(), Customer.id)
    )  # fmt: skip
    rows = tuple(_row(*row) for row in act.session.execute(query))
    block = Block(_("Open receivables"), COLUMNS, rows, "ageing")
    notes = (_("Days count from the due date to {day}.").fill(day=period.end), frame.CONFIRMED_MONEY,
             *scope_notes(act, RECEIVABLES.access))  # fmt: skip
    return frame.sheet(act, "receivables_ageing", RECEIVABLES_AGEING.title, period, "303-R06", block, notes=notes,
                       landscape=True)  # fmt: skip


def _row(customer_id: int, customer: str, responsible: str | None, papers: int, *rest: Any) -> Row:
    *amounts, oldest = rest
    opens = Opens("receivables", filters=(Filter("customer_id", "=", customer_id), Filter("open", "!=", 0)))
    late = sum((amount or ZERO for amount in amounts[1:-1]), ZERO)
    return Row((customer, responsible or "", papers, *(amount or ZERO for amount in amounts), oldest), opens,
               "danger" if late else "")  # fmt: skip


RECEIVABLES_AGEING = Report(
    name="receivables_ageing",
    title=_("Receivables by age"),
    period="now",
    run=run,
    view=RECEIVABLES.access.view | RECEIVABLES.access.own,
    customer=True,
    hint=_("What customers owe, by days overdue, with who is responsible."),
)
