"""The dialogs that a link opens: the whole register to choose from, and a new record in place."""

from PySide6.QtWidgets import QDialog, QWidget

from dentalsales.ui.link_choices import LinkChoices
from dentalsales.ui.pick_dialog import PickDialog
from dentalsales.ui.quick_form import QuickForm


class FormDialogs:
    """A form offers one as its `link_dialogs`."""

    def pick(self, choices: LinkChoices, typed: str, parent: QWidget) -> int | None:
        """Return the id of a record chosen from the list, None when the dialog was left."""
        dialog = PickDialog(choices, typed, parent)
        return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None

    def create(self, choices: LinkChoices, typed: str, parent: QWidget) -> int | None:
        """Return the id of a record made in place, None when the dialog was left."""
        assert choices.register is not None
        dialog = QuickForm(choices.desk, choices.register, typed, parent)
        return dialog.created if dialog.exec() == QDialog.DialogCode.Accepted else None
