"""The head of a form: its name, where it stands, what can be done; the next step is always at the far right."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from dentalsales.blueprint.printout import Printout
from dentalsales.i18n import Text, _, c_, tr
from dentalsales.ui import key_map, theme
from dentalsales.ui.own_acts import OWN_ACTS
from dentalsales.ui.page import button, label, tool_button
from dentalsales.ui.state_trail import StateChip, StateTrail
from dentalsales.ui.tab_words import name_of
from dentalsales.usecases.anonymise import may_anonymise

DRAFT_BUTTONS = 2
PRIMARY_WIDTH = 112


class StepBar(QFrame):
    """Asks for what its buttons say; the form carries it out."""

    save_asked = Signal()
    step_asked = Signal(str)
    draft_asked = Signal(object)
    print_asked = Signal(str)
    delete_asked = Signal()
    history_asked = Signal()
    duplicate_asked = Signal()
    own_act_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.title = label("", "section")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.chip, self.trail = StateChip(), StateTrail()
        self.primary: QPushButton | None = None
        self.save: QPushButton | None = None
        self.offers: list[Any] = []
        self._drafts: list[tuple[QPushButton, QAction]] = []
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self._buttons = QWidget()
        self._row = QHBoxLayout(self)
        self.set_low(False)
        self._row.setSpacing(8)
        for widget, stretch in ((self.title, 0), (self.chip, 0), (self.trail, 1), (self._buttons, 0)):
            self._row.addWidget(widget, stretch)

    def set_low(self, low: bool) -> None:
        """Leave the height of a low window to the fields and lines."""
        self._row.setContentsMargins(16, 2 if low else 8, 16, 2 if low else 8)

    def show_form(self, form: Any, drafts: Sequence[tuple[Any, Any]], printouts: Sequence[Printout]) -> None:
        """Draw the head for a form as it stands now."""
        self.show_title(form, False)
        self.chip.show_state(form.state)
        self.offers = offers = list(form.steps())
        self.trail.show_states(form.register.workflow, form.state, _came_back(form) or _waits_for(offers), form.record)
        former, self._buttons = self._buttons, QWidget()
        self.menu.clear()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for made in self._made_buttons(form, offers, drafts, printouts):
            row.addWidget(made)
        self._row.replaceWidget(former, self._buttons)
        former.hide()
        former.deleteLater()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many buttons as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window papers are begun from the menu: no button is cut off."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        room = self.width() - margins.left() - margins.right() - 3 * gap
        room -= self.title.sizeHint().width() + self.chip.sizeHint().width()
        drafts = [made for made, _action in self._drafts]
        others = [one for one in self._buttons.children() if isinstance(one, QAbstractButton) and one not in drafts]
        room -= sum(max(one.sizeHint().width(), one.minimumWidth()) + gap for one in others)
        for made, action in self._drafts:
            room -= made.sizeHint().width() + gap
            made.setVisible(room >= 0)
            action.setVisible(room < 0)

    def show_title(self, form: Any, changed: bool) -> None:
        """Show the title, with a dot while something is not saved; a draft's state stands in the chip beside it."""
        in_chip = not form.is_new and form.state is not None and form.state.draft and not name_of(form)
        words = tr(form.register.one if in_chip else form.title)
        self.title.setText(f"{words} •" if changed else words)

    def _made_buttons(
        self, form: Any, offers: Sequence[Any], drafts: Sequence[Any], printouts: Sequence[Printout]
    ) -> list[QWidget]:
        self._drafts = [(self._draft_button(*one), self._draft_act(*one)) for one in drafts[:DRAFT_BUTTONS]]
        made: list[QWidget] = [one for one, _action in self._drafts]
        for draft, target in drafts[DRAFT_BUTTONS:]:
            self._draft_act(draft, target)
        first = next_step(offers)
        if printouts:
            made.append(self._print_button(printouts))
        made += [self._own_button(name) for name in own_acts_of(form)]
        self.save = self._save_button(form, primary=first is None) if form.editable else None
        self._fill_menu(form, [offer for offer in offers if offer is not first])
        more = tool_button(_("More"), "dots")
        more.clicked.connect(lambda: self.menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        self.primary = self._step_button(first) if first is not None else self.save
        made += [more, *(each for each in (self.save, self.primary) if each is not None)]
        if self.primary is None:
            made.append(QWidget())  # nothing else moves to where the primary button stands on other papers
        else:
            self.primary.setAutoDefault(False)  # Enter walks through the fields to here: one too many must do nothing
        made[-1].setMinimumWidth(theme.current().px(PRIMARY_WIDTH))
        return list(dict.fromkeys(made))

    def _draft_button(self, draft: Any, target: Any) -> QPushButton:
        made = button(draft.label, target.icon)
        made.clicked.connect(lambda: self.draft_asked.emit((draft, target)))
        return made

    def _draft_act(self, draft: Any, target: Any) -> QAction:
        return self._act(draft.label, "", lambda: self.draft_asked.emit((draft, target)))

    def _own_button(self, name: str) -> QPushButton:
        text, picture, _act = OWN_ACTS[name]
        made = button(text, picture)
        made.clicked.connect(lambda: self.own_act_asked.emit(name))
        return made

    def _print_button(self, printouts: Sequence[Printout]) -> QPushButton:
        made = button(_("Print"), "printer", keys="Ctrl+P")
        if len(printouts) == 1:
            made.clicked.connect(lambda: self.print_asked.emit(printouts[0].name))
            return made
        menu = QMenu(made)
        for printout in printouts:
            menu.addAction(tr(printout.title)).triggered.connect(
                lambda _checked=False, name=printout.name: self.print_asked.emit(name)
            )
        made.setMenu(menu)
        return made

    def _save_button(self, form: Any, primary: bool) -> QPushButton:
        made = button(_("Save"), "device-floppy", "primary" if primary else "", "Ctrl+S")
        made.clicked.connect(self.save_asked)
        return made

    def _step_button(self, offer: Any) -> QPushButton:
        made = button(offer.step.label, "", "primary", "Ctrl+Enter")
        made.setEnabled(offer.allowed)
        if not offer.allowed:
            made.setToolTip(why_not(offer))
            made.setAccessibleDescription(why_not(offer))
        made.clicked.connect(lambda: self.step_asked.emit(offer.step.name))
        return made

    def _fill_menu(self, form: Any, offers: Sequence[Any]) -> None:
        for offer in offers:
            action = self._act(offer.step.label, "", lambda name=offer.step.name: self.step_asked.emit(name))
            action.setEnabled(offer.allowed)
            if not offer.allowed:
                action.setText(f"{tr(offer.step.label)} — {why_not(offer)}")
                action.setToolTip(why_not(offer))
        if not self.menu.isEmpty():
            self.menu.addSeparator()
        self._act(_("History"), "F9", self.history_asked.emit)
        if may_anonymise_in(form):
            self._act(OWN_ACTS["anonymise"][0], "", lambda: self.own_act_asked.emit("anonymise"))
        if form.desk.may_begin(form.register.name):
            self._act(c_("record", "Duplicate"), key_map.current().shown("duplicate"), self.duplicate_asked.emit)
        if form.id is not None and form.editable and form.state is not None and form.state.draft:
            self._act(_("Delete draft"), "", self.delete_asked.emit)
        elif form.id is not None and form.editable and form.register.deletable:
            self._act(_("Delete"), "", self.delete_asked.emit)

    def _act(self, text: Text, keys: str, act: Any) -> QAction:
        action = self.menu.addAction(f"{tr(text)}\t{keys}" if keys else tr(text))
        action.triggered.connect(lambda *_ignored: act())
        return action


def own_acts_of(form: Any) -> tuple[str, ...]:
    """Return the acts with a window of their own that can be done with a form now."""
    return form.register.own_acts if form.editable and not form.is_new else ()


def may_anonymise_in(form: Any) -> bool:
    """Say whether the person of a form can be anonymised by whoever has it open."""
    return not form.is_new and may_anonymise(form.desk, form.register.name)


def next_step(offers: Sequence[Any]) -> Any:
    """Return the offer of the primary button: the first allowed step onwards that the paper waits for, else another one
    for which it waits on Today of this employee, else the first that is still to come.

    What can't be undone is never one key away, nor what wants a reason and nobody waits for.
    """
    forward = [offer for offer in offers if offer.step.goes_forward]
    onwards = [offer for offer in forward if offer.waited]
    waited_for = [offer for offer in offers if offer.step.inbox and offer.waited and offer.step.final is None]
    mine = [offer for offer in onwards if offer.mine]
    not_yet = [offer for offer in forward if not offer.allowed and (offer.step.target is not None or offer in mine)]
    expected = min(not_yet, key=lambda offer: not offer.waited, default=None)
    return next((offer for offer in [*onwards, *waited_for] if offer.allowed), expected)


def why_not(offer: Any) -> str:
    """Return what is missing for a step and who can do it."""
    if offer.reason is not None and offer.people:
        people = tr(_(", ")).join(offer.people)
        return tr(_("{reason} It is done by {people}."), reason=tr(offer.reason), people=people)
    if offer.reason is not None:
        return tr(offer.reason)
    return tr(_("Done by: {roles}"), roles=tr(_(", ")).join(tr(role) for role in offer.roles))


def _came_back(form: Any) -> str:
    """Say why a paper came back to whoever entered it, and who said so; "" for any other."""
    if form.is_new or form.state is None or not form.editable or form.state.family != "void":
        return ""
    newest = next((entry for entry in form.history() if entry.note), None)
    return tr(_("{who}: {note}").fill(who=newest.who, note=newest.note)) if newest is not None else ""


def _waits_for(offers: Sequence[Any]) -> str:
    """Say who acts next when it is not the employee at this desk."""
    first = next_step(offers)
    if first is None or first.allowed or first.mine:
        return ""
    who = first.people or [tr(role) for role in first.roles]
    return tr(_("Waits for: {roles}"), roles=tr(_(", ")).join(who)) if who else ""
