"""Tells of every move of the focus to whoever follows it and still lives."""

from collections.abc import Callable
from functools import cache
from weakref import WeakMethod

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

Follower = Callable[[QWidget | None, QWidget | None], None]

_followers: list[WeakMethod[Follower]] = []


def follow_focus(follower: Follower) -> None:
    """Call this method of a widget or object, with what had the focus and what has it, for as long as its owner lives.

    Not a slot of the owner's own: the focus moves once more while a closed window is cleared away, and Qt would then
    call an object that Python has emptied already. A weak reference is gone before that.
    """
    _listen()
    _followers.append(WeakMethod(follower))


@cache
def _listen() -> None:
    QApplication.instance().focusChanged.connect(_tell)  # type: ignore[union-attr]  # widgets need one


def _tell(before: QWidget | None, now: QWidget | None) -> None:
    for reference in list(_followers):
        follower = reference()
        if follower is None or not shiboken6.isValid(follower.__self__):  # type: ignore[attr-defined]  # a method
            if reference in _followers:  # a follower may have closed another meanwhile
                _followers.remove(reference)
        else:
            follower(before, now)
