"""Asks a question with more than two answers, or tells what was done, in the look of the house."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QMessageBox, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.icons import pixmap
from dentalsales.ui.page import button

PICTURE = 32


@dataclass(frozen=True)
class Answer:
    """A button: its words and its icon."""

    words: Text
    icon: str = ""


def ask_among(parent: QWidget, title: Text, question: Text, answers: Sequence[Answer], escape: int = -1) -> int:
    """Return which answer was chosen; Enter chooses the first, Esc the one named, the last by default."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr(title))
    box.setText(tr(question))
    box.setIconPixmap(pixmap("help-circle", PICTURE, "accent", parent.devicePixelRatioF()))
    roles = QMessageBox.ButtonRole
    made = []
    for place, answer in enumerate(answers):
        one = button(answer.words, answer.icon, "" if place else "primary")
        box.addButton(one, roles.AcceptRole if not place else roles.RejectRole)
        made.append(one)
    box.setDefaultButton(made[0])
    box.setEscapeButton(made[escape])
    box.exec()
    clicked = box.clickedButton()
    return next((place for place, one in enumerate(made) if one is clicked), len(made) + escape)


def tell_done(title: Text, words: Text) -> None:
    """Say what was done while no window is open."""
    box = QMessageBox()
    box.setWindowTitle(tr(title))
    box.setText(tr(words))
    box.setIconPixmap(pixmap("check", PICTURE, "success", box.devicePixelRatioF()))
    close = button(_("Close"), look="primary")
    box.addButton(close, QMessageBox.ButtonRole.AcceptRole)
    box.setEscapeButton(close)
    box.exec()
