"""Anonymising in the window: it stands in the menu of those who may, says what goes and stays, and has to be meant."""

from pathlib import Path
from typing import Any

from hands import ENTER, hands_at_work
from makers import a_customer
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from dentalsales.ui import palette_offers
from dentalsales.ui.anonymise_dialog import AnonymiseDialog
from dentalsales.ui.own_acts import OWN_ACTS
from dentalsales.usecases.form import open_form

WORDS = "Anonymise…"


def in_menu(widget: Any) -> bool:
    return WORDS in [action.text() for action in widget.steps.menu.actions()]


def test_a_manager_anonymises_from_the_card_and_enter_alone_does_nothing(
    desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    customer = a_customer(desks, "安贞口腔")
    with hands_at_work(desks["clerk"], tmp_path / "clerk", qtbot) as hands:
        hands.window.shell.open_record("customers", customer)
        hands.window.runner.settle()
        assert not in_menu(hands.window.shell.workspace.current())
    with hands_at_work(desks["manager"], tmp_path / "manager", qtbot) as hands:
        hands.window.shell.open_record("customers", customer)
        hands.window.runner.settle()
        widget: Any = hands.window.shell.workspace.current()
        assert in_menu(widget) and WORDS in [str(offer.label) for offer in palette_offers.here(hands.window)]
        dialog = AnonymiseDialog(hands.window.shell, widget, "customers", customer)
        dialog.open()
        qtbot.waitUntil(dialog.go.isEnabled)
        told = " ".join(one.text() for one in dialog.findChildren(QLabel))
        assert "Customers: replaced in 1 record." in told and "can't be undone" in told
        assert "earlier backups" in told and dialog.party.isVisible()
        qtbot.keyClick(QApplication.focusWidget() or dialog, ENTER)
        assert not dialog.isVisible() and open_form(desks["manager"], "customers", customer).get("contact") == "王医生"

        def meant() -> None:
            asked: Any = QApplication.activeModalWidget()
            qtbot.waitUntil(asked.go.isEnabled)
            asked.go.click()

        QTimer.singleShot(0, meant)
        OWN_ACTS["anonymise"][2](widget)
        hands.window.runner.settle()
        assert (widget.form.get("contact"), widget.form.get("name")) == ("***", "安贞口腔")
        again = AnonymiseDialog(hands.window.shell, widget, "customers", customer)
        again.open()
        qtbot.waitUntil(lambda: "Nothing is left" in " ".join(one.text() for one in again.findChildren(QLabel)))
        assert again.rest.isVisible() and again.rest.isChecked() and not again.go.isEnabled()
        again.reject()
