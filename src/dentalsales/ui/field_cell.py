"""One field of a form on the screen: its label, its editor or read-only text, and the line for help and errors."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from dentalsales.blueprint.fields import IN_TIME, Field
from dentalsales.exchange import cell_text
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.editors.made_for import editor_for
from dentalsales.ui.undo_steps import UndoSteps
from dentalsales.usecases.check_fields import field_problem
from dentalsales.usecases.desk import Desk

WIDTHS = {
    "number": 80, "quantity": 80, "percent": 80, "money": 120, "price": 120, "day": 132, "month": 150, "moment": 150,
    "choice": 200, "choices": 1040, "attachments": 760,
}  # fmt: skip
"""How wide the content of a kind is, in pixels at 100 %."""
VALUE_KINDS = cell_text.RIGHT_ALIGNED | IN_TIME | {"yes_no"}
WIDE, CODE_LENGTH, CODE_WIDTH, NAME_WIDTH, NAME_LENGTH = 520, 40, 180, 320, 100

LEAVING = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason})


class FieldCell(QObject):
    """Carries a field's value between its editor and the form; `name` is the field's name in the form.

    Its widgets are made in `parent`, where they will stay: each move would look all their styles up again.
    """

    entered = Signal(str, object)
    """Name of the field, and the names of all fields that changed with it."""
    walked = Signal(str, bool)

    def __init__(
        self, desk: Desk, form: Any, name: str, field: Field, parent: QWidget, undo: UndoSteps | None = None
    ) -> None:
        super().__init__(parent)
        self._undo = undo
        self.name, self.field, self._form = name, field, form
        self.editable = bool(form.can_edit(name)) and not field.read_only
        self.label = _label(field, self.editable, parent)
        self.body = QWidget(parent)
        typed = self.editable or field.kind == "attachments"
        self.editor: Any = editor_for(desk, form, name, field, self.body) if typed else None
        self.text: QLabel | None = None if self.editor is not None else _reading(field, self.body)
        self.hint = HintLine(self.body)
        self._lay()
        if self.editor is not None:
            self._connect()
        self.refresh()

    @property
    def width(self) -> int:
        """How wide the field is on a card."""
        wanted = WIDTHS.get(self.field.kind)
        if wanted is None:
            length = self.field.length or 0
            wanted = WIDE if self.field.kind == "note" or length > NAME_LENGTH else NAME_WIDTH
            wanted = CODE_WIDTH if self.field.kind == "text" and length <= CODE_LENGTH else wanted
        return theme.current().px(wanted)

    @property
    def is_empty(self) -> bool:
        """True when the field can be typed into and holds nothing."""
        return self.editor is not None and not is_filled(self._form.get(self.name), self.field)

    def refresh(self) -> None:
        """Show what the form holds."""
        value = self._form.get(self.name)
        shown = shown_value(self._form, self.name, self.field, value)
        if self.editor is not None:
            self.editor.set_value(value, shown)
        elif self.text is not None:
            self.text.setText(shown or "—")
            negative = isinstance(value, int | Decimal) and value < 0
            self.text.setProperty("tone", "danger" if negative else "")
            self.text.setAccessibleName(tr(_("{label}: {value}"), label=tr(self.field.label), value=shown or "—"))

    def focus(self) -> None:
        """Put the cursor into the editor."""
        if self.editor is not None:
            self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def show_problem(self, problem: Text | None) -> None:
        """Show what is wrong in place of the help, or the help again."""
        help_text = tr(self.field.help) if self.field.help is not None else ""
        self.hint.say(tr(problem) if problem is not None else help_text, wrong=problem is not None)
        if self.editor is not None:
            self._mark("true" if problem is not None else "false")
            self.editor.setAccessibleDescription(self.hint.full_text)

    def _mark(self, wrong: str) -> None:
        """Colour the editor; looking up its styles anew is dear, so only when something is another."""
        if wrong != (self.editor.property("wrong") or "false"):
            self.editor.setProperty("wrong", wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def settle(self) -> bool:
        """Take what is typed; False when the user has to choose first."""
        return self.editor is None or self.editor.settle()

    def _lay(self) -> None:
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        content: QWidget | None = self.editor if self.editor is not None else self.text
        assert content is not None
        layout.addWidget(content)
        layout.addWidget(self.hint)
        self.show_problem(None)
        if self.editor is None and not self.hint.full_text:
            self.hint.hide()

    def _connect(self) -> None:
        self.label.setBuddy(self.editor)
        required = tr(_("{label}, required"), label=tr(self.field.label))
        self.editor.setAccessibleName(required if self.field.required else tr(self.field.label))
        self.editor.entered.connect(self._enter)
        self.editor.walked.connect(lambda forwards: self.walked.emit(self.name, forwards))
        if self._undo is not None and self.field.kind not in (
            "note",
            "attachments",
        ):  # a text of several lines has an undo of its own
            self.editor.undo_outside = True
            for keys, act in (("Ctrl+Z", self._undo.undo), ("Ctrl+Y", self._undo.redo)):
                key = QShortcut(QKeySequence(keys), self.editor, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
                key.activated.connect(act)
        self.editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say what is missing when the field is left, not when a list or another window only covers it."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() in LEAVING:
            problem = field_problem(self.field, self._form.get(self.name))
            if problem is not None:
                self.show_problem(problem)
        return False

    def _enter(self) -> None:
        if self.field.kind == "attachments":
            self.show_problem(None)
            self.entered.emit(self.name, {self.name})
            return
        if self._undo is not None:
            self._undo.before_form(self._form)
        changed = self._form.set(self.name, self.editor.value())
        self.show_problem(field_problem(self.field, self._form.get(self.name)))
        self.entered.emit(self.name, set(changed) | {self.name})


class HintLine(QWidget):
    """One line that is always there, so that nothing jumps when it begins to speak; long text is cut, not wrapped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.full_text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(16))

    def say(self, text: str, wrong: bool) -> None:
        """Show help, or what is wrong."""
        if not text and not self.full_text:
            return
        self.full_text, self._token = text, "danger" if wrong else "text.muted"
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Never ask for width."""
        return QSize(0, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, cut at the right."""
        if not self.full_text:
            return
        painter = QPainter(self)
        painter.setFont(theme.current().font("hint"))
        painter.setPen(theme.current().colour(self._token))
        shown = painter.fontMetrics().elidedText(self.full_text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def shown_value(source: Any, name: str, field: Field, value: Any) -> str:
    """Return the words for a value of a form or a line; numbers are grouped."""
    if value is None:
        return ""
    if field.kind in VALUE_KINDS:
        return cell_text.shown(value, field.kind)
    return str(source.shown(name))


def is_filled(value: Any, field: Field) -> bool:
    """True when a field holds something; an amount or a quantity of zero is still to be typed."""
    if field.kind == "yes_no":
        return bool(value) or not field.enter_stops
    if field.kind in ("money", "price", "quantity", "number"):
        return value is not None and value != 0
    return value is not None and value != ""


def label_text(field: Field) -> str:
    """Return a field's label with its unit."""
    label = tr(field.label)
    unit = tr(field.unit) if field.unit is not None else ""
    return tr(_("{label} ({unit})"), label=label, unit=unit) if unit and unit not in label else label


def _label(field: Field, editable: bool, parent: QWidget) -> QLabel:
    label = QLabel(label_text(field).replace("&", "&&") + ("\u00a0*" if field.required and editable else ""), parent)
    label.setProperty("look", "secondary")
    label.setToolTip(tr(field.help) if field.help is not None else "")
    label.setWordWrap(True)
    return label


def _reading(field: Field, parent: QWidget) -> QLabel:
    text = QLabel(parent)
    text.setMinimumHeight(theme.current().px(24))
    text.setWordWrap(field.kind == "note")
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
