"""The statistics of complaints: promises kept and broken, with holds taken off and without, by what they are about."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from makers import a_customer, saved

from dentalsales.blueprint.report import Period
from dentalsales.registers.complaints import Complaint
from dentalsales.usecases.browse import Query, ids
from dentalsales.usecases.form import open_form
from dentalsales.usecases.run_report import run


def rows(sheet: Any, name: str) -> dict[str, tuple[Any, ...]]:
    block = next(block for block in sheet.blocks if block.name == name)
    return {str(row.cells[0]): row.cells[1:] for row in block.rows}


def taken(desks: Any, who: str, complaint: int, step: str, note: str = "", **asked: Any) -> None:
    open_form(desks[who], "complaints", complaint).take(step, note, asked)


def resolved(desks: Any, complaint: int) -> None:
    """A service complaint goes its way to the end of the clock."""
    taken(desks, "service", complaint, "report", reported_to_id=desks["vp"].employee_id)
    taken(desks, "manager", complaint, "judge", verdict="true", cause="x")
    taken(desks, "service", complaint, "agree", plan="x", consent_by="x", consent_way="phone")
    taken(desks, "service", complaint, "resolve", resolved_at=desks.clock.now, result="x", told_on=desks.clock.today,
          told_way="phone", late_reason="x")  # fmt: skip


def test_promises_are_counted_from_the_events(desks: Any) -> None:
    customer, begun = a_customer(desks), desks.clock.now
    words = {"kind": "service", "customer_id": customer, "department": "warehouse", "description": "x"}
    quick, held, forgotten = (saved(desks["service"], "complaints", **words) for _count in range(3))
    for complaint in (quick, held):
        taken(desks, "service", complaint, "reply", replied_at=begun, reply="x")
    resolved(desks, quick)
    taken(desks, "service", held, "hold", "等客户寄回")
    desks.clock.now += timedelta(hours=40)
    taken(desks, "service", held, "resume")
    desks.clock.now += timedelta(hours=20)
    resolved(desks, held)
    sheet = run(desks["manager"], "complaints", Period.month(begun.date()))
    service = rows(sheet, "summary")["Service"]
    assert service[:3] == (3, 2, 1)
    assert service[3:7] == (Decimal("66.67"), Decimal("66.67"), Decimal("33.33"), Decimal("66.67"))
    assert rows(sheet, "departments")["Warehouse and logistics"][0] == 3
    assert rows(sheet, "people")["manager name"][0] == 3
    assert rows(sheet, "lots") == rows(sheet, "products") == {}
    daily = rows(run(desks["manager"], "sales_daily", Period.day(begun.date())), "summary")
    assert (daily["New complaints"][0], daily["Complaints not resolved"][0]) == (3, 1)
    assert daily["Of these, overdue complaints"][0] == 1
    done = rows(run(desks["manager"], "clerk_daily", Period.day(begun.date())), "activity")["service name"]
    assert done[3] == 3 and done[-2:] == (2, 1)
    month = rows(run(desks["manager"], "sales_monthly", Period.month(begun.date())), "complaints")
    assert month["Service"] == service
    for complaint, answer in ((quick, "good"), (held, "poor")):
        said = {"followed_on": desks.clock.today, "satisfaction": answer, "follow_up": "x"}
        taken(desks, "service", complaint, "follow_up", **said)
    management = run(desks["general_manager"], "satisfaction", Period.month(begun.date()))
    figures = rows(management, "summary")
    assert figures["Complaints received, and of all deliveries"][:2] == (3, 0)
    assert figures["Satisfied at the follow-up"] == (1, 0, Decimal("50.00"), None)
    assert figures["Resolved in time"][2] == service[4] and figures["Resolved, of all received"][2] == service[6]
    assert rows(management, "departments")["Warehouse and logistics"][:4] == (3, 1, 0, 1)
    assert len(rows(management, "unhappy")) == 2, "who is not satisfied, and what is overdue"
    assert forgotten


def test_a_salesperson_counts_the_complaints_of_his_own_customers(desks: Any) -> None:
    for rep in ("rep", "rep2"):
        customer = a_customer(desks, f"{rep}的诊所", rep=rep)
        saved(desks["service"], "complaints", kind="service", customer_id=customer, description="x")
    sheet = run(desks["rep"], "complaints", Period.month(desks.clock.today))
    assert rows(sheet, "summary")["All"][0] == 1
    with desks.company.reading() as session:
        assert session.query(Complaint).count() == 2


def test_the_list_behind_a_figure_holds_what_was_counted(desks: Any) -> None:
    """A withdrawn complaint is in neither."""
    words = {"kind": "service", "customer_id": a_customer(desks), "description": "x"}
    kept, gone = (saved(desks["service"], "complaints", **words) for _count in range(2))
    taken(desks, "manager", gone, "withdraw", "x")
    for report in ("complaints", "satisfaction"):
        sheet = run(desks["manager"], report, Period.month(desks.clock.today))
        row = next(row for block in sheet.blocks for row in block.rows if row.opens and row.cells[1] == 1)
        assert ids(desks["manager"], Query("complaints", filters=row.opens.filters)) == [kept]
