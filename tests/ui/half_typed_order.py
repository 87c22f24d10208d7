"""A program of its own: opens the window, types a six-line order by keys, says so, and waits to be killed."""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales import app
from dentalsales.blueprint.house_records import Employee
from dentalsales.i18n import use_language
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.ui import theme
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.preferences import Preferences
from dentalsales.usecases.desk import Desk

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def main(folder: Path) -> None:
    application = QApplication([])
    use_language("en")
    theme.apply(application, "light")
    company = FolderCompany.open(folder, app.metadata())
    with company.reading() as session:
        clerk = session.query(Employee).filter_by(login="clerk").one()
    window = MainWindow(Desk(app.business(), company, clerk), Preferences(folder / "preferences.json"))
    window.show()
    window.activateWindow()
    window.runner.settle()

    def press(key: Any, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or window, key, held)
        window.runner.settle()

    press(Qt.Key.Key_4, CTRL)
    press(Qt.Key.Key_N, CTRL)
    for key in ("zjk", ENTER, *(part for line in range(6) for part in (f"ka{line}", ENTER, "12", ENTER))):
        for one in key if isinstance(key, str) else (key,):
            press(one)
    print("typed", flush=True)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
