"""Shows the pages of a PDF under one another; only those in sight are drawn, beside the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.background import Runner
from dentalsales.ui.page import drop_all
from dentalsales.ui.page_pictures import page_picture

MARGIN, GAP = 24, 24
DOTS_PER_MILLIMETRE = 96 / 25.4
"""What a screen counts as natural size."""
SMALLEST, LARGEST, STEP = 0.25, 4.0, 1.2
WIDEST_FIT = 1.6
"""A small paper is not blown up to a large window."""
PAUSE = 60
"""Milliseconds of rest after scrolling or zooming before pages are drawn anew."""


class PageSheet(QFrame):
    """One page: white paper until its picture is there."""

    def __init__(self, size: QSizeF, name: str) -> None:
        super().__init__()
        self.millimetres = size
        self.setAccessibleName(name)
        self._picture: QPixmap | None = None

    def show_picture(self, picture: QPixmap | None) -> None:
        """Take another picture; the old one is stretched until it comes."""
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, picture and a thin edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("paper"))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), self._picture)
        painter.setPen(theme.current().colour("line.subtle"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PagesView(QScrollArea):
    """Fits the width of the paper at first; zoomed by keys and Ctrl+wheel."""

    shown = Signal()
    """The pages in sight are drawn."""
    moved = Signal(int)
    """The page at the top is another one, counted from 0."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._path: Path | None = None
        self._picture: Callable[[Path, int, float], QImage] = page_picture
        self._asked = 0
        self._zoom: float | None = None
        self._drawn: dict[int, float] = {}
        self.sheets: list[PageSheet] = []
        self._body = QWidget()
        self._body.setObjectName("scrolled")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._column.setSpacing(GAP)
        self.setWidgetResizable(True)
        self.setWidget(self._body)
        self.setAccessibleName(tr(_("Pages")))
        self.setObjectName("pane")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._draw)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_file(
        self, path: Path, sizes: list[QSizeF], picture: Callable[[Path, int, float], QImage] = page_picture
    ) -> None:
        """Show another PDF whose pages have these sizes in millimetres; the place in it and the zoom stay.

        `picture` draws a page of a file, counted from 0, at a resolution; it is called beside the window.
        """
        self._path, self._picture, self._drawn = path, picture, {}
        self._asked += 1
        if [sheet.millimetres for sheet in self.sheets] != sizes:
            self._lay(sizes)
        self._fit()
        self._draw()

    def _lay(self, sizes: list[QSizeF]) -> None:
        drop_all(self._column)
        names = [_("Page {number} of {count}").fill(number=at, count=len(sizes)) for at in range(1, len(sizes) + 1)]
        self.sheets = [PageSheet(size, tr(name)) for size, name in zip(sizes, names, strict=True)]
        for sheet in self.sheets:
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)

    @property
    def scale(self) -> float:
        """How large the paper is shown; 1 is its natural size."""
        return self._zoom if self._zoom is not None else self._fitting()

    def _fitting(self) -> float:
        widest = max((sheet.millimetres.width() for sheet in self.sheets), default=210.0)
        room = self.viewport().width() - 2 * MARGIN
        return max(SMALLEST, min(room / (widest * DOTS_PER_MILLIMETRE), WIDEST_FIT))

    def zoom(self, steps: int) -> None:
        """Show the paper larger (steps above 0) or smaller; 0 fits the width again."""
        self._zoom = max(SMALLEST, min(self.scale * STEP**steps, LARGEST)) if steps else None
        self._fit()
        self._pause.start()

    def turn(self, by: int) -> None:
        """Go to the beginning of the next or previous page."""
        if self.sheets:
            self.go_to(max(0, min(self.page() + by, len(self.sheets) - 1)))

    def go_to(self, number: int) -> None:
        """Go to the beginning of a page, counted from 0."""
        self.verticalScrollBar().setValue(self.sheets[number].y() - MARGIN)

    def page(self) -> int:
        """Return the page at the top of the window, counted from 0."""
        level = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max((at for at, sheet in enumerate(self.sheets) if sheet.y() <= level), default=0)

    def _fit(self) -> None:
        scale = self.scale * DOTS_PER_MILLIMETRE
        for sheet in self.sheets:
            sheet.setFixedSize(
                QSize(round(sheet.millimetres.width() * scale), round(sheet.millimetres.height() * scale))
            )
        self._body.adjustSize()
        self._column.activate()

    def _draw(self) -> None:
        """Ask for the pages in sight that are not drawn at this size yet."""
        if self._path is None:
            return
        seen = QRect(0, self.verticalScrollBar().value(), 1, self.viewport().height())
        wanted = [
            at
            for at, sheet in enumerate(self.sheets)
            if sheet.y() < seen.bottom() + seen.height() and sheet.y() + sheet.height() > seen.top() - seen.height()
            and self._drawn.get(at) != self.scale
        ]  # fmt: skip
        asked, path, scale, draw = self._asked, self._path, self.scale, self._picture
        dpi = scale * 96 * self.devicePixelRatioF()
        if not wanted:
            self.shown.emit()
            return

        def work() -> list[QImage]:
            return [draw(path, at, dpi) for at in wanted]

        self._runner.run(work, lambda found: self._take(asked, scale, wanted, found), lambda error: None, owner=self)

    def _take(self, asked: int, scale: float, numbers: list[int], images: list[QImage]) -> None:
        if asked != self._asked or scale != self.scale:
            return
        for at, image in zip(numbers, images, strict=True):
            self._drawn[at] = scale
            self.sheets[at].show_picture(QPixmap.fromImage(image))
        self._forget_far(numbers)
        self.shown.emit()

    def _forget_far(self, near: list[int]) -> None:
        """A long batch must not fill the memory with pictures of pages nobody looks at."""
        for at in [at for at in self._drawn if min(abs(at - one) for one in near) > 12]:
            del self._drawn[at]
            self.sheets[at].show_picture(None)

    def _scrolled(self, value: int) -> None:
        self._pause.start()
        self.moved.emit(self.page())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep fitting the width until somebody zooms."""
        super().resizeEvent(event)
        self._fit()
        self._pause.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
