"""What happened to a record, newest first: who, when, on whose behalf, which step, what changed."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from dentalsales.exchange.cell_text import in_office
from dentalsales.i18n import _, tr
from dentalsales.ui.page import label

SHOWN = 100


class HistoryPanel(QWidget):
    """The entries of a form's history."""

    def __init__(self, form: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def refresh(self) -> None:
        """Read the history again."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        entries = self._form.history()
        if not entries:
            self._layout.addWidget(label(_("Nothing has happened yet."), "hint"))
        for entry in entries[:SHOWN]:
            self._layout.addWidget(_entry(entry))
        if len(entries) > SHOWN:
            self._layout.addWidget(label(_("{count} earlier entries").fill(count=len(entries) - SHOWN), "hint"))


def _entry(entry: Any) -> QWidget:
    box = QFrame()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    step = tr(entry.step_label)
    moved = entry.to_label and entry.to_label != entry.from_label
    heading = tr(_("{step} → {state}"), step=step, state=tr(entry.to_label)) if moved else step
    layout.addWidget(_line(heading, bold=True))
    layout.addWidget(_line(f"{_who(entry)} · {_moment(entry.at)}", look="hint"))
    for name, old, new in entry.changes:
        change = _("{label}: {old} → {new}").fill(label=name, old=old or "—", new=new or "—")
        layout.addWidget(_line(tr(change), look="secondary"))
    for warning in entry.warnings:
        told = _line(warning, look="secondary")
        told.setProperty("tone", "warning")
        layout.addWidget(told)
    if entry.note:
        layout.addWidget(_line(tr(_("“{note}”"), note=entry.note)))
    return box


def _line(text: str, look: str = "", bold: bool = False) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setProperty("look", look)
    if bold:
        font = made.font()
        font.setBold(True)
        made.setFont(font)
    return made


def _who(entry: Any) -> str:
    if entry.on_behalf_of:
        return tr(_("{name} for {other}"), name=entry.who, other=entry.on_behalf_of)
    return str(entry.who or tr(_("The program")))


def _moment(at: datetime) -> str:
    local = in_office(at)
    return local.strftime("%m-%d %H:%M" if local.year == in_office(datetime.now(UTC)).year else "%Y-%m-%d %H:%M")
