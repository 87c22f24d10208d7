"""The tabs of a record: itself, and the lists of other registers that belong to it."""

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui.light_list import LightList, LightListModel
from dentalsales.ui.page import label
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk


class RelatedTabs(QTabWidget):
    """The record first, then one tab per related list, read when it is first shown; alone, the record has no tabs."""

    def __init__(self, desk: Desk, form: Any, shell: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._lists = browse.related(desk, form.register.name, form.id) if form.id is not None else []
        self._pages: list[QVBoxLayout] = []
        self._cover: QWidget | None = None
        self.setDocumentMode(True)
        self.setTabBarAutoHide(True)
        self.tabBar().setDrawBase(False)
        self.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr(_("The record, and what belongs to it")))
        self.currentChanged.connect(self._fill)
        shell.changed.connect(self._forget)

    @property
    def room(self) -> QWidget | None:
        """Where a page is made: one that moves in later has all its styles looked up again."""
        return self.findChild(QStackedWidget)

    def hold(self, body: QWidget) -> None:
        """Show the record itself in the first tab; what was drawn before lies over it until `uncover` is called."""
        former, place = self.widget(0), self.currentWidget().geometry() if self.count() else QRect()
        self.uncover()
        if former is not None:
            self.removeTab(0)
        self.insertTab(0, body, tr(_("Overview")))
        self.setCurrentIndex(0)
        if former is None:
            self.setUpdatesEnabled(False)
        else:
            self._cover = former
            former.setGeometry(place)
            former.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            former.show()
            former.raise_()
        if not self._pages:
            self._add_lists()

    def uncover(self) -> None:
        """Show what is held."""
        cover, self._cover = self._cover, None
        if cover is not None:
            cover.hide()
            cover.deleteLater()
        self.setUpdatesEnabled(True)

    def turn(self, onwards: bool) -> None:
        """Go to the next or previous tab, and into it."""
        self.setCurrentIndex((self.currentIndex() + (1 if onwards else -1)) % self.count())
        inside = self.currentWidget().findChild(LightList)
        if inside is not None:
            inside.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.currentWidget().setFocus(Qt.FocusReason.TabFocusReason)

    def _add_lists(self) -> None:
        for related in self._lists:
            page = QWidget()
            layout = QVBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            self._pages.append(layout)
            self.addTab(page, tr(related.label))

    def _forget(self, register_name: str) -> None:
        """Records of a register were saved: its list is read again when it is looked at."""
        for place, related in enumerate(self._lists[: len(self._pages)]):
            if related.register.name == register_name:
                while (item := self._pages[place].takeAt(0)) is not None:
                    if (widget := item.widget()) is not None:
                        widget.hide()
                        widget.deleteLater()
                self._fill(self.currentIndex())

    def _fill(self, at: int) -> None:
        if not 0 < at <= len(self._pages) or self._pages[at - 1].count():
            return
        related, layout = self._lists[at - 1], self._pages[at - 1]
        model = LightListModel(self._desk, related.query, self)
        if model.rowCount() == 0:
            nothing = label(related.register.empty or _("There are no records yet."), "secondary")
            nothing.setContentsMargins(16, 16, 16, 16)
            layout.addWidget(nothing)
            layout.addStretch()
            return
        records = LightList(model, related.register)
        records.record_opened.connect(lambda record_id: self._shell.open_record(related.register.name, record_id))
        layout.addWidget(records)
        records.show()  # at once, so that it can take the focus
