"""A copy beside today, or a damaged company: all can be seen, nothing changed, and prints say what they are of."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product, an_order
from office_window import at_work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QMessageBox

from dentalsales import app
from dentalsales.app import rescue, signing_in
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, tr
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.layout import MOVED
from dentalsales.ui.rescue_dialog import RescueDialog
from dentalsales.usecases import back_up
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import open_form
from dentalsales.usecases.print_paper import claim, prepare


def test_yesterdays_copy_is_seen_beside_today_and_nothing_in_it_can_be_changed(
    desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    order = an_order(desks, a_customer(desks), (a_product(desks), 2))
    made = back_up.back_up(desks["manager"])
    (tmp_path / "look").mkdir()
    back_up.unpack_copy(made.path, tmp_path / "look")
    copy = FolderCompany.open(tmp_path / "look", app.metadata(), read_only=True)
    with copy.reading() as session:
        from dentalsales.blueprint.house_records import Employee

        manager = session.query(Employee).filter_by(login="clerk").one()
        desk = Desk(desks["manager"].business, copy, manager, desks.clock)
    desk.only_to_look = _("Copy of {moment}").fill(moment="2026-11-20 18:03")

    form = open_form(desk, "orders", order.id)
    assert not form.editable and form.steps() == [] and not desk.may_begin("orders")
    with pytest.raises(RuleBroken, match="open only to read"), desk.writing():
        pass
    prepared = prepare(desk, "order_slip", [order.id])
    assert (
        tr(prepared.papers[0].mark) == "From a backup" and "Copy of 2026-11-20 18:03" in prepared.papers[0].printed_by
    )
    assert claim(desk, prepared, "paper") == []

    with at_work(desk, tmp_path, qtbot, backs_up=True) as window:
        strip = window.findChild(QFrame, "lookStrip")
        assert strip is not None and strip.isVisible()
        said = [label.text() for label in strip.findChildren(QLabel)]
        assert "Copy of 2026-11-20 18:03 · only to look, nothing can be changed here" in said
        window.shell.open_record("orders", order.id)
        window.shell.preferences.keep("recent", [])
        assert window.runner.settle() and not [one for one in window.messages.said if one.tone == "danger"]
        assert not list((tmp_path / "look" / "backups").glob("*"))
    copy.close()


def test_a_damaged_company_offers_its_newest_good_copy_before_anybody_signs_in(
    template: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By Enter alone it is restored; the next sign-in finds it whole."""
    folder = Path(shutil.copytree(template, tmp_path / "shop"))
    company = FolderCompany.open(folder, app.metadata())
    made = back_up.back_up_company(company)
    company.close()
    content = bytearray((folder / "company.db").read_bytes())
    content[8192:60000] = bytes(60000 - 8192)
    (folder / "company.db").write_bytes(content)

    opening = signing_in._Opening(folder, False)
    told: list[bool] = []
    opening.start(lambda: told.append(True))
    assert opening._parts is not None and isinstance(opening._parts.exception(), RuleBroken)
    qtbot.waitUntil(lambda: bool(told))
    assert opening.damage is not None
    copy, _may_look = rescue.found(folder)
    assert copy is not None and copy.path == made.path
    dialog = RescueDialog(str(opening.damage), copy, True)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert any("was verified just now" in label.text() for label in dialog.findChildren(QLabel))
    QTest.keyClick(dialog.restore, Qt.Key.Key_Return)
    assert dialog.choice == "restore"
    back_up.restore_company(copy.path, folder)
    FolderCompany.open(folder, app.metadata()).close()
    assert next(folder.glob("before-restore-*/company.db")).read_bytes() == bytes(content)


def test_a_folder_whose_company_was_moved_says_where_it_is_and_may_be_looked_at(
    template: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(template, tmp_path / "shop"))
    (folder / MOVED).write_text('{"place": "office @ server", "at": "2026-11-20T10:00:00"}', encoding="utf-8")
    opening = signing_in._Opening(folder, False)
    told: list[bool] = []
    opening.start(lambda: told.append(True))
    qtbot.waitUntil(lambda: bool(told))
    assert opening.moved is not None and opening.damage is None and not opening.is_empty
    said: list[str] = []

    def press(box: QMessageBox) -> int:
        said.append(box.text())
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    monkeypatch.setattr(signing_in, "sign_in", lambda *words: words)
    looking: Any = signing_in._after_move(folder, None, "clerk", opening.moved)
    assert said == [tr(opening.moved.text)] and "was moved to office @ server" in said[0]
    assert tr(looking[-1]) == "As it was before the move"
    app.open_company(folder, read_only=True).close()
