"""One record on the screen: head, fields, lines, facts and history, and the keys that save it and move it on."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from dentalsales.blueprint.printout import is_printed
from dentalsales.blueprint.rules import Conflict, RuleBroken, problems_of
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.beside import beside
from dentalsales.ui.draft_keeper import keeper_of
from dentalsales.ui.form_acts import connect_form, draw_anew, go_back, settled
from dentalsales.ui.form_body import FormBody
from dentalsales.ui.form_offers import offers_of
from dentalsales.ui.form_panes import panes_of
from dentalsales.ui.in_slices import InSlices
from dentalsales.ui.leave_question import ask_about_changes
from dentalsales.ui.link_dialogs import FormDialogs
from dentalsales.ui.message_paste import paste_message
from dentalsales.ui.problem_banner import ProblemBanner
from dentalsales.ui.record_acts import settle_conflict
from dentalsales.ui.related_tabs import RelatedTabs
from dentalsales.ui.side_panel import SidePanel, hair_line
from dentalsales.ui.step_bar import StepBar
from dentalsales.ui.step_dialog import take_asking
from dentalsales.ui.tab_words import party_of
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import drafts_offered

ROOM_FOR_SIDE, LOW_UNDER = 1080, 320
"""In pixels at 100 %: width from which the facts stand beside the form unasked, height under which its head is low."""
HISTORY = "history_panel"


class RecordForm(QWidget):
    """Draws a Form of any register; the shell opens it in a tab."""

    title_changed = Signal(str)
    saved = Signal(object)
    closed = Signal()

    def __init__(self, form: Any, desk: Desk, shell: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form, self.desk, self.shell = form, desk, shell
        self._seen = self._marked = self._early_key = False
        self._party = ""
        self.link_dialogs = FormDialogs()
        self.steps, self.banner = StepBar(self), ProblemBanner(self)
        self.side = SidePanel(form, shell, self)
        self.body: FormBody
        self.pages = RelatedTabs(desk, form, shell, self)
        self._middle = QHBoxLayout()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._lay()
        self._build_body()
        self._bound = connect_form(self)
        self._drafts = keeper_of(shell, desk)
        self._drafts.watch(form, lambda: isValid(self))  # its tab may have been closed without a question
        self.side.history_shown = bool(shell.preferences.get(HISTORY, False)) and not form.is_new
        self._show_head()
        self._show_rest()

    def save(self) -> bool:
        """Save; False when something has to be mended first. A conflict that the clerk settled is saved."""
        if not settled(self):
            return False
        try:
            changed = beside(self.form.save)
        except RuleBroken as refusal:
            return self.refuse(refusal)
        return self._done(changed)

    def take(self, step_name: str) -> bool:
        """Save and take a step, asking first what it wants to know; False when it was not taken."""
        step = self.form.step(step_name)
        if not settled(self):
            return False
        problems = self.form.problems() if self.form.editable else []
        if problems:
            self._show_problems(problems)
            return False
        return self._done(take_asking(self.desk, self.form, step, self, self.refuse), step)

    def refuse(self, refusal: RuleBroken) -> bool:
        """Show why an act was refused, at the fields it is about; True when it was a conflict that is settled."""
        if isinstance(refusal, Conflict):
            return settle_conflict(self)
        self._show_problems(problems_of(refusal))
        return False

    def can_close(self) -> bool:
        """Ask what is to become of changes that are not saved; False when the user goes on editing."""
        self.body.settle()
        if not self.form.is_changed:
            self._drafts.leave(self.form)
            return True
        answer = ask_about_changes(self, self.form.title)
        saves = answer == QMessageBox.StandardButton.Save
        goes = self.save() if saves else answer == QMessageBox.StandardButton.Discard
        if goes:
            self._drafts.leave(self.form)
        return goes

    def take_focus(self) -> None:
        """Put the cursor where typing begins; the form keeps the keys itself until that is drawn."""
        if self.body.is_home_drawn:
            self.body.take_focus()
        elif not self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """A key is pressed: before anybody asks whose it is, what it is meant for is drawn."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.text().isprintable() or not event.text():
                self.body.drawing.finish()  # it may be the shortcut of a part that is not there yet
            if self.hasFocus():
                self.body.take_focus()
                self._early_key = not self.hasFocus()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one level; a key that came before its field did is handed on to it."""
        early, self._early_key = self._early_key, False
        field = QApplication.focusWidget()
        if early and field is not None and self.isAncestorOf(field):
            QApplication.sendEvent(field, event.clone())
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            go_back(self)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method wrote before the field was there is the field's too."""
        self.body.take_focus()
        field = QApplication.focusWidget()
        if field is not None and field is not self:
            QApplication.sendEvent(field, event)

    def panes(self) -> list[Any]:
        """Return the parts between which F6 goes."""
        return panes_of(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first empty field."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self.title_changed.emit(tr(self.form.title))
            QTimer.singleShot(0, self, self.take_focus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The form itself has nothing to type into."""
        self.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the facts where there is room."""
        super().resizeEvent(event)
        self.steps.set_low(self.height() < theme.current().px(LOW_UNDER))
        self._fit_side()

    def _lay(self) -> None:
        self._middle.setSpacing(0)
        banner_room = QVBoxLayout()
        banner_room.setContentsMargins(16, 0, 16, 0)
        banner_room.addWidget(self.banner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.steps)
        layout.addWidget(hair_line(QFrame.Shape.HLine))
        layout.addLayout(banner_room)
        layout.addLayout(self._middle, 1)
        self._edge = hair_line(QFrame.Shape.VLine)
        for part, stretch in ((self.pages, 1), (self._edge, 0), (self.side, 0)):
            self._middle.addWidget(part, stretch)
        self.side.insights.refreshed.connect(self._fit_side)

    def _build_body(self) -> None:
        """Draw the fields; again after a step, when others may be typed into."""
        self.body = FormBody(self.desk, self.form, self.pages.room)
        self.body.entered.connect(self._entered)
        self.body.line_changed.connect(self._look_at)
        self.body.walked_out.connect(self._reach_primary)
        self.body.drawn.connect(lambda: self.take_focus() if self.hasFocus() else None)
        self.body.message_asked.connect(lambda name: paste_message(self, name))
        self.body.worth_seeing.connect(self.pages.uncover)
        self.pages.hold(self.body)

    def _show_rest(self) -> None:
        """Read the facts and draw the fields while the window already listens."""
        InSlices(self._facts(), self).start()
        self.body.drawing.start()

    def _facts(self) -> Iterator[None]:
        self.side.refresh()
        self._fit_side()
        yield

    def palette_offers(self) -> list[Any]:
        """Return what the palette can do here."""
        return offers_of(self)

    def _done(self, changed: Any, step: Step | None = None) -> bool:
        """After a save or a step: show the new state, the warnings, and that it is done."""
        if changed is None:
            return False
        self.banner.hide()
        self._drafts.forget(self.form)
        self.redraw()
        self.shell.toast(
            self.form.said_after(step) if step else _("{what} saved.").fill(what=self.form.title), "success"
        )
        if self.form.warnings:
            self.banner.warn(self.form.warnings)
            self.shell.messages.keep("\n".join(map(tr, (self.form.title, *self.form.warnings))), "warning")
        self.saved.emit(changed)
        return True

    def redraw(self) -> None:
        """Show the form after it was saved, moved on or reloaded; fields are drawn anew if others may be typed into."""
        if self.body.is_still_right():
            self.body.refresh()
        else:
            self._build_body()
            if self.isVisible():
                self.take_focus()
        self._marked = False
        self._show_head()
        self._show_rest()
        self.title_changed.emit(tr(self.form.title))
        focused = self.window().focusWidget()
        if self.isVisible() and (focused is None or not self.isAncestorOf(focused)):
            self.take_focus()  # it was on a button of the former state

    def _show_head(self) -> None:
        self.offered = [] if self.form.is_new else drafts_offered(self.desk, self.form.register.name, self.form.id)
        state = self.form.state.name if self.form.state is not None else ""
        printouts = () if self.form.is_new else self.desk.business.printouts_of(self.form.register.name)
        self.printouts = [one for one in printouts if is_printed(one, self.form.record, state)]
        self.steps.show_form(self.form, self.offered, self.printouts)
        for name in ("save", "save_and_new"):
            self._bound[name].setEnabled(self.form.editable)
        self._bound["print"].setEnabled(bool(self.printouts))

    def _show_problems(self, problems: Any) -> None:
        self._problems = problems
        self.pages.setCurrentIndex(0)
        self.banner.tell_all(problems)
        self.body.show_problems(problems)

    def go_to_problem(self, place: int) -> None:
        """Put the cursor where one of the problems lies."""
        self.body.show_problems(
            [self._problems[place], *(one for one in self._problems if one is not self._problems[place])]
        )

    def leave(self) -> None:
        """Close the tab; what is not saved is given up."""
        self._drafts.leave(self.form)
        self.closed.emit()

    def _entered(self) -> None:
        self.banner.typed()
        if not self.body.is_still_right():  # what was entered decides which sections there are
            QTimer.singleShot(0, self, lambda: draw_anew(self))
        party, marked = party_of(self.form), self._marked or bool(self.form.is_changed)  # a file is kept at once
        if marked != self._marked or party != self._party:
            self._marked, self._party = marked, party
            self.steps.show_title(self.form, marked)
            self.title_changed.emit(tr(self.form.title))
        self.side.insights.refresh_soon()

    def _look_at(self, lines: str, line: int) -> None:
        self.side.insights.look_at(lines, None if line < 0 else line)

    def _reach_primary(self) -> None:
        if self.steps.primary is not None and self.steps.primary.isEnabled():
            self.steps.primary.setFocus(Qt.FocusReason.TabFocusReason)

    def toggle_history(self) -> None:
        """Show the history beside the form, or hide it."""
        self.side.show_history(not self.side.history_shown)
        self.shell.preferences.keep(HISTORY, self.side.history_shown)
        self._fit_side()

    def _fit_side(self) -> None:
        roomy = self.width() >= theme.current().px(ROOM_FOR_SIDE)
        shown = not self.side.is_empty and (roomy or self.side.history_shown)
        self.side.setVisible(shown)
        self._edge.setVisible(shown)
