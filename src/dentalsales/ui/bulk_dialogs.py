"""What is asked before an act on all checked rows: the new value, a reason, and the count where many are meant."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.editors.note import NoteEditor
from dentalsales.ui.matters import together
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label
from dentalsales.ui.small_form import SmallForm
from dentalsales.usecases.desk import Desk

MANY = 10
"""More records than these are counted by the employee before a step that takes a reason or can't be undone."""


class ChangeDialog(SmallForm):
    """One field, as a form shows it."""

    def __init__(self, desk: Desk, register: Any, name: str, field: Field, count: int, parent: QWidget) -> None:
        title = n_("Change “{field}” of {count:,} record", "Change “{field}” of {count:,} records")
        form = _OneField(register, name, field)
        super().__init__(desk, form, [name], title.fill(field=field.label, count=count), _("Change"), parent)
        self._name = name
        self.start()

    @property
    def value(self) -> Any:
        """What was entered."""
        return self.form.get(self._name)


class _OneField:
    """The form that the field's editor sees: a record that is not there."""

    id = None

    def __init__(self, register: Any, name: str, field: Field) -> None:
        self.register, self.record = register, register.record()
        self._name, self._field = name, field
        self._value: Any = None

    def fields(self) -> dict[str, Field]:
        return {self._name: self._field}

    def can_edit(self, name: str) -> bool:
        return name == self._name

    def get(self, name: str) -> Any:
        return self._value

    def set(self, name: str, value: Any) -> set[str]:
        self._value = value
        return {name}

    def choices(self, name: str) -> Any:
        return tuple((value, tr(words)) for value, words in self._field.choices)

    def shown(self, name: str) -> str:
        return "" if self._value is None else str(self._value)


class StepForAll(QDialog):
    """Names the act and the number of records; the button bears the step's verb, and Esc means no."""

    def __init__(self, step: Step, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._step, self._count = step, count
        self.setWindowTitle(tr(step.label))
        grave = step.asks_note or step.final is not None
        self.banner, self.reason, self.typed = Banner(), NoteEditor(), QLineEdit()
        self._asks_count = grave and count > MANY
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        words = n_("{step}: {count:,} record", "{step}: {count:,} records").fill(step=step.label, count=count)
        layout.addWidget(label(words, "section"))
        layout.addWidget(self.banner)
        if step.final is not None:
            final = QLabel(tr(step.final))
            final.setWordWrap(True)
            layout.addWidget(final)
        if step.asks_note:
            self._add(layout, _("Reason"), self.reason)
        if self._asks_count:
            self._add(layout, _("Type the number of records to go on"), self.typed)
        self.accept_button = button(step.label, "", "danger" if grave else "primary")
        cancel = button(_("Cancel"))
        self.accept_button.clicked.connect(self._finish)
        cancel.clicked.connect(self.reject)
        (cancel if grave else self.accept_button).setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        layout.addLayout(row)
        self.setMinimumWidth(theme.current().px(460))
        first = self.reason if step.asks_note else self.typed if self._asks_count else None
        (first or (cancel if grave else self.accept_button)).setFocus()  # Enter presses the button that has the focus

    def _add(self, layout: QVBoxLayout, words: Text, field: Any) -> None:
        caption = label(words, "secondary")
        caption.setBuddy(field)
        field.setAccessibleName(tr(words))
        layout.addWidget(caption)
        layout.addWidget(field)

    @property
    def note(self) -> str:
        """The reason that was entered."""
        return self.reason.toPlainText().strip()

    def _finish(self) -> None:
        if self._step.asks_note and not self.note:
            self.banner.tell(tr(_("Enter a reason for “{step}”."), step=tr(self._step.label)))
            self.reason.setFocus()
        elif self._asks_count and self.typed.text().strip().replace(",", "") != str(self._count):
            self.banner.tell(tr(_("Type {count:,} to go on.").fill(count=self._count)))
            self.typed.setFocus()
        else:
            self.accept()


REFUSED = n_("{count:,} record was left as it is", "{count:,} records were left as they are")
WARNED = n_("{count:,} warning", "{count:,} warnings")


class Told(QDialog):
    """What is to be read of some records: those that refused with the reason, or the warnings of a step."""

    def __init__(self, title: Text, found: list[tuple[str, Text]], parent: QWidget) -> None:
        super().__init__(parent)
        words = title.fill(count=len(found))
        self.setWindowTitle(tr(words))
        self.list = QListWidget()
        self.list.setObjectName("picks")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr(words))
        self.list.addItems(together(found))
        close = button(_("Close"), "", "primary")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(words, "section"))
        layout.addWidget(self.list, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.current().px(620), theme.current().px(360))
