"""Hands for the dialogs that come up by themselves, and for the fields of a server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from dentalsales.storage.server_address import ServerAddress
from dentalsales.ui.server_fields import ServerFields


@contextmanager
def whoever_sees(acts: dict[type[QDialog], Callable[[Any], None]]) -> Iterator[None]:
    """Let a hand do its act with each dialog of these kinds that comes up, once."""
    done: list[QDialog] = []

    def look() -> None:
        for dialog in QApplication.topLevelWidgets():
            act = acts.get(type(dialog))  # type: ignore[arg-type]
            if act is not None and dialog.isVisible() and dialog not in done:
                done.append(dialog)  # type: ignore[arg-type]
                try:
                    act(dialog)
                except BaseException:
                    dialog.done(0)  # nobody else would close it
                    raise

    eye = QTimer(interval=10)
    eye.timeout.connect(look)
    eye.start()
    yield
    eye.stop()
    assert {type(one) for one in done} == set(acts)


def type_into(fields: ServerFields, address: ServerAddress) -> None:
    """Key in an address, and that the way to it stays inside this computer."""
    for name, words in (("server", address.url.host), ("database", address.database), ("login", address.login)):
        fields.lines[name].clear()
        QTest.keyClicks(fields.lines[name], str(words))
    fields.port.clear()
    QTest.keyClicks(fields.port, str(address.url.port))
    QTest.keyClick(fields.ways["disable"], Qt.Key.Key_Space)
