"""Asks why something is done that stays to be seen: the object is named, and the verb wants a reason first."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.editors.note import NoteEditor
from dentalsales.ui.page import button
from dentalsales.ui.verb_dialog import VerbDialog

WIDTH, ROWS = 480, 2


class ReasonDialog(VerbDialog):
    """`reason` holds what was entered once it is accepted."""

    def __init__(self, parent: QWidget | None, question: Text, told: Text, verb: Text) -> None:
        super().__init__(parent, question)
        self.setMinimumWidth(theme.current().px(WIDTH))
        self.say(question, "section")
        self.frame.addWidget(self.banner)
        self.say(told)
        self._verb, self.editor = verb, reason_editor(self.frame)
        accept, cancel = button(verb, look="danger"), button(_("Cancel"))
        accept.setAutoDefault(False)
        cancel.setDefault(True)
        self.end_with(accept, cancel)
        self.editor.setFocus()

    @property
    def reason(self) -> str:
        """What was entered."""
        return self.editor.toPlainText().strip()

    def finish(self) -> None:
        """Accept unless the reason is empty."""
        if self.reason:
            self.accept()
        else:
            self.banner.tell(no_reason(self._verb))
            self.editor.setFocus()


def reason_editor(layout: QVBoxLayout) -> NoteEditor:
    """Add the field for a reason, which is required, to a layout."""
    words, editor = QLabel(tr(_("Reason")) + " *"), NoteEditor()
    words.setProperty("look", "secondary")
    editor.setAccessibleName(tr(_("{label}, required"), label=tr(_("Reason"))))
    words.setBuddy(editor)
    layout.addWidget(words)
    layout.addWidget(editor)
    editor.ensurePolished()
    editor.show_rows(ROWS)
    return editor


def no_reason(act: Text) -> str:
    """Say that the reason of an act is lacking."""
    return tr(_("Enter a reason for “{step}”."), step=tr(act))
