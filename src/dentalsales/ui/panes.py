"""The parts of the window between which F6 and Shift+F6 go: the navigation, then what the screen itself names."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

Pane = tuple[Any, Callable[[], object]]
"""A part (something that knows what lies within it), and how to go into it."""


def go_to_next_pane(window: Any, onwards: bool) -> None:
    """Leave the part that has the focus for the next or previous one, round the ends."""
    widget = window.shell.workspace.current()
    listed = getattr(widget, "panes", None)
    own: Sequence[Pane] = listed() if listed is not None else ((widget, window.shell.workspace.focus_current),)
    navigation = window.navigation.list
    all_panes: list[Pane] = [(navigation, lambda: navigation.setFocus(Qt.FocusReason.ShortcutFocusReason)), *own]
    focused = QApplication.focusWidget()
    here = next((at for at, (pane, _go) in enumerate(all_panes) if is_inside(focused, pane)), None)
    if here is None:
        here = 0 if onwards else len(all_panes)
    all_panes[(here + (1 if onwards else -1)) % len(all_panes)][1]()


def is_inside(widget: QWidget | None, pane: Any) -> bool:
    """Say whether a widget is the part, or within it."""
    return widget is not None and (widget is pane or pane.isAncestorOf(widget))
