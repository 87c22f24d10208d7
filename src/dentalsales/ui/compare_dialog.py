"""Shows what two people changed in one record, field by field, and lets the clerk take either."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.compare_table import CompareTable, who_and_when, words_of
from dentalsales.ui.page import button, label
from dentalsales.ui.verb_dialog import VerbDialog
from dentalsales.usecases.compare import Comparison

SHOWN = 3
"""So many of the latest changes are told above the table."""
LEFT_OPEN = n_(
    "{count} field was changed by both of you. Choose with ← or →.",
    "{count} fields were changed by both of you. Choose with ← or →.",
)


class CompareDialog(VerbDialog):
    """Accepted when everything is decided; Esc goes back to the form, in which nothing has moved."""

    def __init__(self, comparison: Comparison, parent: QWidget, saves: bool = True) -> None:
        super().__init__(parent, _("Changed meanwhile"))
        self.comparison, self._saves = comparison, saves
        self.table = CompareTable(comparison)
        self.table.accepted.connect(self.finish)
        self.table.taken.connect(self._show)
        self.table.chosen_changed.connect(self._show)
        self.full = label("", "secondary")
        self.full.setTextFormat(Qt.TextFormat.PlainText)
        self.full.setWordWrap(True)
        look = theme.current()
        self.full.setMinimumHeight(look.px(64))
        self.full.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay()
        self.resize(look.px(860), look.px(480))
        if not self.table.go_to_undecided() and comparison.differences:
            self.table.go_to(0)
        self._show()

    def finish(self) -> None:
        """Accept when every field that both changed is decided; else go to the first that is not."""
        if self.table.go_to_undecided():
            self.banner.tell(tr(LEFT_OPEN.fill(count=len(self.comparison.undecided))), "warning")
        else:
            self.accept()

    def _lay(self) -> None:
        layout = self.frame
        layout.addWidget(label(_("“{what}” was changed meanwhile").fill(what=self.comparison.form.title), "section"))
        self.told = QLabel("\n".join(tr(one) for one in self._told()))
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        layout.addWidget(self.told)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.full)
        self._add_buttons()
        if not self.comparison.differences:
            self.table.hide()
            self.full.hide()

    def _add_buttons(self) -> None:
        choosing = any(one.free for one in self.comparison.differences)
        mine, theirs = button(_("All mine"), keys="Ctrl+Left"), button(_("All theirs"), keys="Ctrl+Right")
        mine.clicked.connect(lambda: self.table.take_all("mine"))
        theirs.clicked.connect(lambda: self.table.take_all("theirs"))
        for one in (mine, theirs):
            one.setVisible(choosing)
        self.accept_button = button("", look="primary")
        self.accept_button.setDefault(True)
        self.end_with(self.accept_button, button(_("Keep editing")), mine, theirs)

    def _show(self) -> None:
        """Tell the difference under the cursor in full, and what accepting will do."""
        mine = any(one.takes != "theirs" for one in self.comparison.differences)
        words = tr(_("Show what is saved") if not mine else _("Save") if self._saves else _("Take over"))
        self.accept_button.setText(words)
        self.accept_button.setAccessibleName(words)
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.comparison.differences):
            one = self.comparison.differences[row]
            values = {"opened": words_of(one.opened), "mine": words_of(one.mine), "theirs": words_of(one.theirs)}
            self.full.setText(tr(_("When you opened it: {opened}\nMine: {mine}\nTheirs: {theirs}"), **values))

    def _told(self) -> list[Text]:
        """Return who did what and when, and what can still be done where nothing may be changed any more."""
        one, now = self.comparison, self.comparison.form.desk.now()
        told = [
            (_("{step} → {state}: {who}") if event.moved else _("{step}: {who}")).fill(
                step=event.label, state=event.to_label, who=who_and_when(event, now)
            )
            for event in one.events[:SHOWN]
        ]
        if len(one.events) > SHOWN:
            told.append(n_("{count} earlier change", "{count} earlier changes").fill(count=len(one.events) - SHOWN))
        if not one.editable and one.fresh.state is not None:
            told.append(_("In the state “{state}” it can't be changed.").fill(state=one.fresh.state.label))
            steps = [offer.step.label for offer in one.fresh.steps() if offer.allowed]
            if steps:
                names = ", ".join(tr(step) for step in steps)
                told.append(_("What you can still do: {steps}. Your entries stay in the messages.").fill(steps=names))
            elif one.form.is_changed:
                told.append(_("Your entries stay in the messages."))
        elif one.undecided:
            told.append(LEFT_OPEN.fill(count=len(one.undecided)))
        elif one.differences:
            told.append(_("Nothing was changed by both of you: both changes can be kept."))
        return told


def unsaved_words(comparison: Comparison) -> list[Any]:
    """Return what was entered here and is not taken over, each as “label: value”."""
    return [
        _("{label}: {value}").fill(label=one.label, value=words_of(one.mine))
        for one in comparison.differences
        if one.changed_here and one.takes == "theirs"
    ]
