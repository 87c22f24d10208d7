"""What an eye and a screen reader find wrong with a window: words that are cut off, controls without a name."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

SLACK = 1
"""Pixels that rounding at a fractional scale may take from a word."""


def clipped(root: QWidget) -> list[str]:
    """Every visible word of a window that is not shown whole, with the place where it stands."""
    found = [f"{where(widget)}: {words}" for widget, words in _cut_words(root)]
    for area in shown_in(root):
        inner = area.widget() if isinstance(area, QScrollArea) else None
        if inner is not None and inner.minimumSizeHint().width() > area.viewport().width() + SLACK:
            found.append(f"{where(area)}: wider than its window by {inner.minimumSizeHint().width()}")
    return found


def nameless(root: QWidget) -> list[str]:
    """Every control that the Tab key or a click reaches and a screen reader has no word for."""
    found = []
    for widget in shown_in(root):
        reached = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled()
        if not reached or widget.focusProxy() is not None or widget.objectName().startswith("qt_"):
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            found.append(where(widget))
    return found


def shown_in(root: QWidget) -> Iterator[QWidget]:
    """Every visible widget of a window; what is in a hidden one, as in all screens but one, is not looked for."""
    for child in root.children():
        if isinstance(child, QWidget) and child.isVisible():
            yield child
            yield from shown_in(child)


def where(widget: QWidget) -> str:
    """Name a widget by its own class and those around it."""
    names = []
    current: QWidget | None = widget
    while current is not None and len(names) < 4:
        names.append(current.objectName() or type(current).__name__)
        current = current.parentWidget()
    return " < ".join(names)


def _cut_words(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    for widget in shown_in(root):
        if widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QHeaderView):
            yield from ((widget, words) for words in _cut_headings(widget))
        elif isinstance(widget, QTabBar):
            yield from ((widget, words) for words in _cut_tabs(widget))
        else:
            words = _words(widget)
            if words and (_is_too_small(widget, words) or _is_outside(widget)):
                yield widget, words


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text() if widget.pixmap().isNull() else ""
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return ""
    if isinstance(widget, QAbstractButton):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit) and not widget.text():
        return widget.placeholderText()
    return ""


def _is_too_small(widget: QWidget, words: str) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + SLACK
    if isinstance(widget, QLineEdit):
        return widget.fontMetrics().horizontalAdvance(words) > widget.width() - 12
    if isinstance(widget, QComboBox):
        return widget.fontMetrics().horizontalAdvance(words) > widget.width() - 28
    if widget.toolTip() and isinstance(widget, QLabel) and "…" in words:
        return False
    hint = widget.sizeHint()
    return hint.width() > widget.width() + SLACK or hint.height() > widget.height() + 2 * SLACK


def _is_outside(widget: QWidget) -> bool:
    """True when something around the widget ends before it, other than a part that is scrolled."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea):
            return False
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            return True
        parent = parent.parentWidget()
    return False


def _cut_headings(header: QHeaderView) -> list[str]:
    if header.orientation() != Qt.Orientation.Horizontal:
        return []
    model, found = header.model(), []
    font = header.font()
    font.setBold(True)
    for section in range(header.count()):
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        if not header.isSectionHidden(section) and QFontMetrics(font).horizontalAdvance(words) > header.sectionSize(
            section
        ):
            found.append(words)
    return found


def _cut_tabs(bar: QTabBar) -> list[str]:
    """A tab may be shortened when its tip says the whole."""
    return [
        bar.tabText(tab)
        for tab in range(bar.count())
        if not bar.tabToolTip(tab)
        and bar.fontMetrics().horizontalAdvance(bar.tabText(tab)) > bar.tabRect(tab).width() - 8
    ]
