"""The tabs of a card: the records of other registers that belong to it."""

from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui.light_list import LightList, LightListModel
from dentalsales.ui.page import label
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk


class RelatedTabs(QTabWidget):
    """One tab per related list; a list is read when its tab is first shown."""

    def __init__(self, desk: Desk, form: Any, shell: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._lists = browse.related(desk, form.register.name, form.id) if form.id is not None else []
        self._pages: list[QVBoxLayout] = []
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        for related in self._lists:
            page = QWidget()
            layout = QVBoxLayout(page)
            layout.setContentsMargins(0, 8, 0, 0)
            self._pages.append(layout)
            self.addTab(page, tr(related.label))
        self.setMinimumHeight(280)
        self.currentChanged.connect(self._fill)
        if self._lists:
            self._fill(0)

    def _fill(self, at: int) -> None:
        related, layout = self._lists[at], self._pages[at]
        if layout.count():
            return
        model = LightListModel(self._desk, related.query, self)
        if model.rowCount() == 0:
            layout.addWidget(label(related.register.empty or _("There are no records yet."), "secondary"))
            layout.addStretch()
            return
        records = LightList(model, related.register)
        records.record_opened.connect(lambda record_id: self._shell.open_record(related.register.name, record_id))
        layout.addWidget(records)
