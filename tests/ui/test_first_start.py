"""The first start: Enter always goes forward, what is missing is said, and the company is made at the end."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales import app
from dentalsales.ui import theme
from dentalsales.ui.first_answers import Answers
from dentalsales.ui.first_start import FirstStart
from dentalsales.usecases import browse


@pytest.fixture
def wizard(qtbot: Any, tmp_path: Any) -> Any:
    theme.apply(QApplication.instance(), "light")
    made = FirstStart(lambda answers, task: app.first_start(tmp_path / "new", answers, task.progress))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    yield made
    if made.desk is not None:
        made.desk.company.close()


def enter(wizard: Any) -> None:
    QTest.keyClick(QApplication.focusWidget() or wizard, Qt.Key.Key_Return)


def test_enter_leads_from_page_to_page_and_the_first_employee_sits_down(wizard: Any, qtbot: Any) -> None:
    wizard.forward.click()
    assert wizard.pages.currentIndex() == 1
    enter(wizard)
    assert wizard.pages.currentIndex() == 1 and wizard.banner.isVisible()
    QTest.keyClicks(wizard.fields["company_name"], "Dental Co")
    wizard.fields["company_name"].setFocus()
    for name in ("address", "phone", "licence", "credit_code", "bank", "bank_account"):
        enter(wizard)
        assert wizard.fields[f"company_{name}"].hasFocus()
    enter(wizard)
    assert wizard.pages.currentIndex() == 2
    for name, text in (("name", "Boss"), ("login", "boss"), ("password", "long enough"), ("again", "long enough")):
        assert wizard.fields[name].hasFocus() and wizard.banner.isHidden()
        QTest.keyClicks(wizard.fields[name], text)
        enter(wizard)
    assert wizard.pages.currentIndex() == 3
    wizard.forward.click()
    qtbot.waitUntil(lambda: wizard.desk is not None, timeout=20_000)
    assert wizard.desk.letterhead().name == "Dental Co" and wizard.desk.roles == {"manager"}


def test_the_sample_company_is_made_with_the_first_employee_in_it(tmp_path: Any) -> None:
    answers = Answers("en", {"company_name": "Dental Co"}, "boss", "Boss", "long enough", sample=True)
    told: list[tuple[int, int]] = []
    desk = app.first_start(tmp_path / "new", answers, lambda done, total: told.append((done, total)))
    try:
        assert told and desk.letterhead().name == "Dental Co"
        assert browse.totals(desk, browse.Query("orders")).count > 1000
    finally:
        desk.company.close()
