"""The chips above a list: all records, own and shared views, and those that the register offers; Alt and a digit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _, c_, tr
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.icons import icon
from dentalsales.ui.page import button
from dentalsales.ui.shell import Shell
from dentalsales.ui.view_chip import ViewChip
from dentalsales.ui.view_dialog import ViewDialog
from dentalsales.usecases import browse, list_views
from dentalsales.usecases.list_look import ViewContent


@dataclass(frozen=True)
class Chip:
    """One view: a saved one has an id, one of the register its filters; the first shows all."""

    key: str
    label: Text | str
    filters: tuple[Filter, ...] = ()
    order: str = ""
    saved: Any = None


class ViewBar(QWidget):
    """Own views come first, then shared ones, then the register's; the menu keeps, renames, shares and deletes."""

    chosen = Signal()

    def __init__(
        self, shell: Shell, register_name: str, content: Callable[[], ViewContent], layout_of: Any, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._shell, self._register, self._content, self._layout_of = shell, register_name, content, layout_of
        self.chips: list[Chip] = []
        self._group: QButtonGroup | None = None
        self._flow = FlowLayout(self, spacing=8)
        self.menu_button = button(_("Views"), "star", "link", "views")
        self.menu_button.clicked.connect(self.open_menu)
        self.fill(layout_of.first_view)

    def fill(self, key: str) -> None:
        """Read the views anew and mark one of them."""
        desk, name = self._shell.desk, self._register
        saved = [Chip(f"saved:{one.id}", one.name, saved=one) for one in list_views.saved_views(desk, name)]
        built = [Chip(f"built:{one.name}", one.label, one.filters, one.order) for one in browse.views(desk, name)]
        self.chips = [Chip("", c_("list", "All")), *saved, *built]
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.menu_button:
                widget.hide()
                widget.deleteLater()
        self._group = QButtonGroup(self)
        for number, chip in enumerate(self.chips):
            made = self._made(number, chip)
            self._group.addButton(made, number)
            self._flow.addWidget(made)
        self._flow.addWidget(self.menu_button)
        self.mark(key)
        self._group.idClicked.connect(lambda number: self.chosen.emit())

    def _made(self, number: int, chip: Chip) -> ViewChip:
        made = ViewChip(chip.label, number)
        if chip.saved is not None:
            made.setIcon(icon("users" if chip.saved.shared else "star", "text.secondary"))
            shared = _("Shared view {name}") if chip.saved.shared else _("My view {name}")
            made.setAccessibleName(tr(shared.fill(name=chip.saved.name)))
        return made

    def take(self, number: int) -> None:
        """Open a view by its number."""
        made = self._group.button(number) if self._group is not None else None
        if made is not None:
            made.click()

    def mark(self, key: str) -> None:
        """Mark a view without opening it; a key that is not there any more means all."""
        keys = [chip.key for chip in self.chips]
        assert self._group is not None
        self._group.button(keys.index(key) if key in keys else 0).setChecked(True)

    @property
    def current(self) -> Chip:
        """The view that is marked."""
        number = self._group.checkedId() if self._group is not None else 0
        return self.chips[max(0, number)]

    def open_menu(self) -> None:
        """Open the menu of the views."""
        self.menu().popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))

    def menu(self) -> QMenu:
        """Return what can be done with views and with the one that is open."""
        menu, saved = QMenu(self), self.current.saved
        _add(menu, _("Save as a view …"), self.save_new, "" if saved is not None and saved.may_change else "Ctrl+S")
        if saved is not None and saved.may_change:
            _add(menu, _("Save changes to the view"), self.save, "Ctrl+S")
            _add(menu, _("Rename …"), self.rename)
            if list_views.may_share(self._shell.desk):
                _add(menu, _("Stop sharing") if saved.shared else _("Share with everybody"), self._share)
        menu.addSeparator()
        first = self._layout_of.first_view == self.current.key
        _add(menu, _("Open the list with this view"), self._make_first, checked=first)
        if saved is not None and saved.may_change:
            menu.addSeparator()
            _add(menu, _("Delete view"), self.delete)
        return menu

    def save(self) -> None:
        """Keep what the list shows in the view that is open; ask for a name when none is."""
        saved = self.current.saved
        if saved is None or not saved.may_change:
            self.save_new()
            return
        content = self._content()
        if self._attempt(lambda: list_views.change_view(self._shell.desk, saved.id, content=content)):
            self.fill(self.current.key)
            self._shell.toast(_("View “{name}” saved.").fill(name=saved.name), "success")

    def save_new(self) -> None:
        """Ask for a name and keep what the list shows."""
        desk, content = self._shell.desk, self._content()
        dialog = ViewDialog(_("Save as a view"), "", list_views.may_share(desk), self)
        dialog.keep = lambda name, shared: list_views.keep_view(desk, self._register, name, content, shared)
        if dialog.exec():
            self.fill(f"saved:{dialog.kept.id}")
            self.chosen.emit()

    def rename(self) -> None:
        """Ask for another name for the view that is open."""
        saved = self.current.saved
        if saved is None or not saved.may_change:
            return
        dialog = ViewDialog(_("Rename view"), saved.name, False, self)
        dialog.keep = lambda name, shared: list_views.change_view(self._shell.desk, saved.id, name=name)
        if dialog.exec():
            self.fill(self.current.key)

    def delete(self) -> None:
        """Delete the view that is open; the toast brings it back."""
        saved, desk = self.current.saved, self._shell.desk
        if self._attempt(lambda: _done(list_views.delete_view, desk, saved.id)) is None:
            return
        self.fill("")
        self.chosen.emit()

        def bring_back() -> None:
            kept = self._attempt(
                lambda: list_views.keep_view(desk, self._register, saved.name, saved.content, saved.shared)
            )
            if kept is not None:
                self.fill(f"saved:{kept.id}")
                self.chosen.emit()

        self._shell.toast(_("View “{name}” deleted.").fill(name=saved.name), "success", bring_back)

    def _share(self) -> None:
        saved = self.current.saved
        if self._attempt(lambda: list_views.change_view(self._shell.desk, saved.id, shared=not saved.shared)):
            self.fill(self.current.key)

    def _make_first(self) -> None:
        first = self._layout_of.first_view == self.current.key
        self._layout_of.keep_first_view("" if first else self.current.key)

    def _attempt(self, work: Callable[[], Any]) -> Any:
        return self._shell.attempt_beside(work)


def _done(act: Callable[..., object], *words: Any) -> bool:
    """Do what returns nothing, and say that it was done: a refusal returns nothing too."""
    act(*words)
    return True


def _add(menu: QMenu, words: Text, act: Callable[[], object], keys: str = "", checked: bool = False) -> None:
    action = menu.addAction(f"{tr(words)}\t{keys}" if keys else tr(words))
    action.setCheckable(checked)
    action.setChecked(checked)
    action.triggered.connect(lambda *_ignored: act())
