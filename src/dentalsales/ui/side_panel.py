"""What stands at the right of a form: the facts about it, and its history."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.history_panel import HistoryPanel
from dentalsales.ui.insight_panel import InsightPanel
from dentalsales.ui.page import label

WIDTH = 300


class SidePanel(QScrollArea):
    """Shown when there are facts or the history is asked for."""

    def __init__(self, form: Any, shell: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.insights = InsightPanel(form, shell)
        self.history = HistoryPanel(form)
        self.history_shown = False
        self._heading = label(_("History"), "section")
        content = QFrame()
        content.setObjectName("surface")
        self.setObjectName("pane")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        for widget in (self.insights, self._heading, self.history):
            layout.addWidget(widget)
        layout.addStretch()
        for hidden in (self._heading, self.history, self):
            hidden.hide()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.current().px(WIDTH))
        self.setAccessibleName(tr(_("Facts and history")))

    def refresh(self) -> None:
        """Read facts and, while it is shown, history again."""
        self.insights.refresh()
        if self.history_shown:
            self.history.refresh()
        self._heading.setVisible(self.history_shown)
        self.history.setVisible(self.history_shown)

    def show_history(self, shown: bool) -> None:
        """Show or hide the history."""
        self.history_shown = shown
        self.refresh()

    @property
    def is_empty(self) -> bool:
        """True while there is nothing to show."""
        return self.insights.is_empty and not self.history_shown


def hair_line(shape: QFrame.Shape) -> QFrame:
    """Make a line one pixel thin that parts two regions."""
    line = QFrame()
    line.setFrameShape(shape)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setLineWidth(1)
    palette = line.palette()
    palette.setColor(palette.ColorRole.WindowText, theme.current().colour("line.subtle"))
    line.setPalette(palette)
    (line.setFixedWidth if shape == QFrame.Shape.VLine else line.setFixedHeight)(1)
    return line
