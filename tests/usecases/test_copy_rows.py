"""Taking customer data out: it needs a right, and the history says how much of what left the program (M125)."""

import json
from pathlib import Path

import pytest
from makers import a_customer

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.blueprint.table import Filter
from dentalsales.exchange import report_files
from dentalsales.storage.layout import NOTED_EXPORTS
from dentalsales.usecases import back_up, browse, copy_rows, run_report, settings_desk
from dentalsales.usecases.browse import Query
from dentalsales.usecases.exports import remember, take_in
from dentalsales.usecases.verify_history import verify


def exports(desks) -> list:
    with desks.company.reading() as session:
        return [json.loads(one.changes)["export"] for one in session.query(History).filter_by(step="export")]


def test_an_export_says_how_many_rows_which_columns_and_which_filters(desks) -> None:
    a_customer(desks)
    a_customer(desks, "安贞义齿加工所", rep="rep2")
    query = Query("customers", filters=(Filter("state", "=", "active"),), columns=("name", "phone"))
    assert len(browse.sheet(desks["rep"], query).blocks[0].rows) == 1, "a salesperson takes out the own customers only"
    (told,) = exports(desks)
    assert (told["count"], told["columns"], told["way"]) == (1, ["Customer name", "Phone"], "sheet")
    assert told["filters"] == [["State", "Active"]]


def test_many_copied_rows_with_phone_numbers_are_an_export(desks) -> None:
    settings_desk.change(desks["manager"], "copied_contacts", 1)
    for name in ("瑞康", "安贞"):
        a_customer(desks, name)
    few, many = Query("customers", only=(1,)), Query("customers", columns=("name", "phone"))
    assert copy_rows.copied(desks["clerk"], few, 50).rows, "a clerk may copy what the setting allows"
    assert [(one["count"], one["way"]) for one in exports(desks)] == [(1, "clipboard")]
    with pytest.raises(NotAllowed, match="Copy fewer at once"):
        copy_rows.copied(desks["clerk"], many, 50)
    assert len(copy_rows.copied(desks["assistant"], many, 50).rows) == 2
    assert [(one["count"], one["way"]) for one in exports(desks)] == [(1, "clipboard"), (2, "clipboard")]
    covered = copy_rows.copied(desks["warehouse"], many, 50)
    assert covered.rows[0].cells[1] == "138****0001" and len(exports(desks)) == 2
    assert len(copy_rows.copied(desks["clerk"], Query("customers", columns=("name",)), 50).rows) == 2


def test_a_copy_that_is_carried_away_leaves_an_entry(desks) -> None:
    with pytest.raises(NotAllowed):
        back_up.carry_away(desks["clerk"], Path("stick"))
    back_up.carry_away(desks["director"], Path("stick"))
    assert exports(desks) == [{"way": "backup"}]


def test_a_report_that_becomes_a_file_leaves_an_entry_and_one_that_is_read_none(desks) -> None:
    period = Period.day(desks.clock.today)
    run_report.run(desks["clerk"], "sales_daily", period)
    assert not exports(desks)
    report_files.run(desks["clerk"], "sales_daily", None, None, None, None, way="xlsx,pdf")
    (told,) = exports(desks)
    assert (told["report"], told["period"], told["way"]) == ("sales_daily", str(period), "xlsx,pdf")
    assert told["columns"][0]


@pytest.mark.only_in("file")
def test_what_a_command_took_out_beside_an_open_window_is_in_the_history_after_the_next_sign_in(
    desks, monkeypatch
) -> None:
    monkeypatch.setattr(type(desks.company), "may_write", False)
    remember(desks["clerk"], "reports", "日报", {"way": "xlsx"})
    remember(desks["manager"], "settings", "E:/", {"way": "backup"}, desks["director"].employee_id)
    with (desks.company.folder / NOTED_EXPORTS).open("a") as file:
        file.write('no line of ours\n5\n"x"\n')
        strange = {
            "employee_id": 1,
            "register": "orders",
            "changes": "{}",
            "note": "",
            "at": "2026-11-20T10:00:00+08:00",
        }
        for one in ({"at": "0001-01-01T00:00:00+14:00"}, {"note": "\ud800"}, {"on_behalf_of_id": 999}):
            file.write(json.dumps(strange | one) + "\n")
    monkeypatch.undo()
    assert take_in(desks.company) == 2 and take_in(desks.company) == 0
    assert [one["way"] for one in exports(desks)] == ["xlsx", "backup"] and verify(desks["manager"]).is_sound
    with desks.company.reading() as session:
        behalf = [one.on_behalf_of_id for one in session.query(History).filter_by(step="export")]
    assert behalf == [None, desks["director"].employee_id]
