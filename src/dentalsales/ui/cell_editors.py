"""Edits the cells of a lines grid with the editors of the form, and draws focus and error marks."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QTextDocument
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.cell_delegate import PADDING, frame
from dentalsales.ui.editors.field_editor import forwards, guarded_by_ime, plain_enter
from dentalsales.ui.editors.made_for import editor_for
from dentalsales.ui.editors.note import NoteEditor
from dentalsales.ui.lines_headings import ROOM, WRAPPED
from dentalsales.ui.lines_model import LinesModel
from dentalsales.usecases.desk import Desk

Index = QModelIndex | QPersistentModelIndex
ENTER, ALT = (Qt.Key.Key_Return, Qt.Key.Key_Enter), Qt.KeyboardModifier.AltModifier
NOTE_LINES = 5
"""So many lines of a sentence are seen at least while it is written."""
STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class CellEditors(QStyledItemDelegate):
    """Enter, Tab and arrows settle the cell and move on; Esc first restores it, then ends the editing."""

    def __init__(self, desk: Desk, model: LinesModel, grid: Any) -> None:
        super().__init__(grid)
        self._desk, self._model, self._grid = desk, model, grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        name, field = self._model.fields[index.column()]
        path = None if self._model.is_new_row(index.row()) else f"{self._model.name}.{index.row()}.{name}"
        editor: QWidget = editor_for(self._desk, self._model.form, path, field, parent)
        editor.setProperty("look", "cell")
        editor.setAccessibleName(tr(field.label))
        if isinstance(editor, NoteEditor):
            editor.grow_freely()
        if isinstance(editor, QLineEdit) and field.kind == "link":
            if hasattr(editor, "family_asked"):
                editor.family_asked.connect(self._grid.ask_family, Qt.ConnectionType.QueuedConnection)
            editor.setPlaceholderText(tr(_("Code, name or initials")))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        typed = editor.document() if isinstance(editor, NoteEditor) else editor
        if isinstance(typed, (QLineEdit, QTextDocument)) and typed.isModified():
            return
        cell: Any = editor
        cell.set_value(self._model.value(index.row(), index.column()), self._model.shown(index.row(), index.column()))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        cell: Any = editor
        (cell.leave if hasattr(cell, "leave") else cell.settle)()
        model.setData(index, cell.value())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        place = option.rect
        if isinstance(editor, NoteEditor):  # a sentence is written with room around it, where there is any
            place = QRect(place.topLeft(), QSize(place.width(), max(place.height(), editor.room_of(NOTE_LINES))))
            below = place.bottom() - self._grid.viewport().rect().bottom()
            place.translate(0, -min(max(below, 0), place.top()))
        editor.setGeometry(place)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            assert isinstance(event, QKeyEvent)
            return not guarded_by_ime(editor, event) and self._press(editor, event)
        return super().eventFilter(editor, event)

    def finish(self, editor: QWidget) -> bool:
        """Take the editor's value into the line and close it; False when the user has to choose first."""
        cell: Any = editor
        if not cell.settle():
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        return True

    def _press(self, editor: QWidget, event: QKeyEvent) -> bool:
        """Handle a key of the grid while a cell is edited; False leaves it to the editor."""
        if isinstance(editor, NoteEditor) and event.key() in ENTER and event.modifiers() == ALT:
            editor.insertPlainText("\n")  # as in a spreadsheet
            return True
        if plain_enter(event):
            if self.finish(editor):
                self._grid.walk(forwards(event))
            return True
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if self.finish(editor):
                self._grid.tab(event.key() == Qt.Key.Key_Tab)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._escape(editor)
            return True
        if event.key() == Qt.Key.Key_F2 and isinstance(editor, QLineEdit):
            editor.end(False)
            return True
        return self._waiting_key(editor, event) or self._arrow(editor, event)

    def _waiting_key(self, editor: QWidget, event: QKeyEvent) -> bool:
        """Keys of the grid count as long as nothing was typed into the cell that Enter has opened."""
        block = event.matches(QKeySequence.StandardKey.Paste) and _is_block(QGuiApplication.clipboard().text())
        if block or (isinstance(editor, QLineEdit) and not editor.isModified()):
            act = self._grid.blocks.paste if block else self._waiting_act(event)
            if act is not None:
                self._end(editor)
                act()
                return True
        return False

    def _waiting_act(self, event: QKeyEvent) -> Callable[[], object] | None:
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Undo), self._grid.undo),
            (QKeySequence(QKeySequence.StandardKey.Redo), self._grid.redo),
            (QKeySequence("Ctrl+Y"), self._grid.redo),
            (QKeySequence("Ins"), self._grid.insert_line),
            (QKeySequence("Ctrl+Del"), self._grid.delete_lines),
        ):
            if keys.matches(QKeySequence(event.keyCombination())) == QKeySequence.SequenceMatch.ExactMatch:
                return act
        return None

    def give_up(self, editor: QWidget) -> None:
        """Close the editor; what was typed is dropped."""
        self._end(editor)

    def _end(self, editor: QWidget) -> None:
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
        self._grid.setFocus()

    def _escape(self, editor: QWidget) -> None:
        cell: Any = editor
        if not (isinstance(editor, QLineEdit) and cell.give_up()):
            self._end(editor)

    def _arrow(self, editor: QWidget, event: QKeyEvent) -> bool:
        """Arrows leave a cell as in a spreadsheet: up and down always, left and right before anything was typed."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or not isinstance(editor, QLineEdit) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        cell: Any = editor
        if getattr(cell, "list_open", lambda: False)():
            return False
        if step[1] and (editor.isModified() or (editor.text() and editor.selectedText() != editor.text())):
            return False
        if self.finish(editor):
            self._grid.move_by(*step)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, words, the ring of the cursor and the mark of what is wrong."""
        look, row, column = theme.current(), index.row(), index.column()
        painter.save()
        painter.fillRect(option.rect, look.colour(self._ground(option, row, column)))
        words, token = self._model.shown(row, column), "text.primary"
        if self._begins_a_line(row, column):
            words, token = tr(_("Code, name or initials")), "text.muted"
        elif self._model.caution(row, column) is not None:
            token = "warning"
        elif not self._model.is_editable(column):
            token = "text.secondary"
        painter.setPen(look.colour("danger" if words.startswith("-") else token))
        place = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if self._model.fields[column][1].kind == "note":
            painter.drawText(place.adjusted(0, ROOM, 0, -ROOM), WRAPPED, words)
            shown = ""
        else:
            shown = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)
        if former := self._model.copied(row, column):
            used = option.fontMetrics.horizontalAdvance(shown) + PADDING
            self._paint_former(painter, place.adjusted(0, 0, -used, 0), former)
        wrong = self._model.problem(row, column) is not None
        current = index == self._grid.currentIndex() and self._grid.hasFocus()
        if current:
            frame(painter, option.rect, look.colour("ring"), 1)
        if wrong:
            frame(painter, option.rect, look.colour("danger"), 3 if current else 1)  # inside the ring: both are seen
        painter.restore()

    @staticmethod
    def _paint_former(painter: QPainter, place: QRect, former: str) -> None:
        """What stood on the copied paper, struck through beside what holds now."""
        font = theme.current().font("hint")
        font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(theme.current().colour("warning"))
        words = painter.fontMetrics().elidedText(former, Qt.TextElideMode.ElideLeft, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _ground(self, option: QStyleOptionViewItem, row: int, column: int) -> str:
        if self._model.problem(row, column) is not None:
            return "danger.bg"
        if self._model.caution(row, column) is not None:
            return "warning.bg"
        if option.state & QStyle.StateFlag.State_Selected and len(self._grid.selectedIndexes()) > 1:
            return "bg.selected"
        return "info.bg" if self._model.copied(row, column) is not None else "bg.surface"

    def _begins_a_line(self, row: int, column: int) -> bool:
        """True for the cell below the lines where the next product is typed."""
        first = self._model.is_new_row(row) and column == self._grid.first_needed()
        return first and self._model.fields[column][1].kind == "link"


def _is_block(text: str) -> bool:
    return "\t" in text or "\n" in text.strip()
