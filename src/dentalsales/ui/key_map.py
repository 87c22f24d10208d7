"""The keys in force: the table's own, and what the employee chose instead; binds acts to widgets."""

from collections.abc import Callable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, tr
from dentalsales.ui.actions import ACTIONS, BY_NAME, Action, default_of
from dentalsales.ui.icons import icon
from dentalsales.ui.preferences import Remembering

CHOSEN = "keys"
DIGITS = " … 9"
SIGNS = {"Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgDown": "PgDn"}


class KeyMap:
    """Answers which chord an act has; a change reaches every bound widget and tooltip at once."""

    def __init__(self, preferences: Remembering | None = None) -> None:
        self._preferences = preferences
        kept = preferences.get(CHOSEN) if preferences is not None else None
        self._chosen: dict[str, str] = {name: chord for name, chord in (kept or {}).items() if name in BY_NAME}
        self._followers: list[tuple[QObject, Callable[[], object]]] = []

    def chords(self, name: str) -> Sequence[str]:
        """Return the chords of an action, none when the employee took them away."""
        chosen = self._chosen.get(name)
        return BY_NAME[name].keys if chosen is None else tuple(part for part in (chosen,) if part)

    def shown(self, name: str, all_of_them: bool = False) -> str:
        """Return the chord of an action as a tooltip or the key sheet names it."""
        words = list(dict.fromkeys(in_words(chord) for chord in self.chords(name)))
        return ", ".join(words if all_of_them else words[:1])

    def is_changed(self, name: str) -> bool:
        """Say whether the employee chose another chord."""
        return name in self._chosen

    def holder(self, chord: str) -> Action | None:
        """Return the action that a chord stands for now."""
        for action in ACTIONS:
            for held in self.chords(action.name):
                numbered = held.endswith(DIGITS) and chord[:-1] == held[: -len(DIGITS) - 1] and chord[-1:].isdigit()
                if numbered or held == chord:
                    return action
        return None

    def change(self, name: str, chord: str) -> None:
        """Give an action another chord; RuleBroken names the action that has it already."""
        demand_chord(chord)
        holder = self.holder(chord)
        if holder is not None and holder.name != name:
            raise RuleBroken(_("{keys} is “{act}” already. Choose other keys."), keys=in_words(chord), act=holder.text)
        self._keep({**self._chosen, name: chord})

    def reset(self, name: str | None = None) -> None:
        """Give one action, or all, the chords of the program again; what another took meanwhile stays with it."""
        if name is None:
            self._keep({})
            return
        for chord in BY_NAME[name].keys:
            holder = self.holder(chord)
            if holder is not None and holder.name != name:
                raise RuleBroken(
                    _("{keys} is “{act}” already. Choose other keys."), keys=in_words(chord), act=holder.text
                )
        self._keep({key: chord for key, chord in self._chosen.items() if key != name})

    def bind(
        self,
        widget: QWidget,
        name: str,
        act: Callable[[], object],
        *,
        context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
        digit: int = 0,
    ) -> QAction:
        """Let the keys of an action call `act` while the widget is seen; palette and menu find it there."""
        action = BY_NAME[name]
        made = QAction(icon(action.icon), tr(action.text), widget)
        made.setData(name)
        made.setShortcutContext(context)
        made.triggered.connect(lambda *_ignored: act())

        def set_keys() -> None:
            chords = [f"{chord[: -len(DIGITS) - 1]}{digit}" for chord in self.chords(name)] if digit else None
            made.setShortcuts([QKeySequence(chord) for chord in chords or self.chords(name)])

        self.follow(made, set_keys)
        widget.addAction(made)
        return made

    def follow(self, owner: QObject, show: Callable[[], object]) -> None:
        """Call `show` now, and whenever keys change as long as the owner lives."""
        self._followers = [kept for kept in self._followers if shiboken6.isValid(kept[0])]
        self._followers.append((owner, show))
        show()

    def tell(self, widget: Any, words: str, name: str) -> None:
        """Give a button its words and keys as its tooltip."""

        def show() -> None:
            keys = self.shown(name)
            widget.setToolTip(f"{words} ({keys})" if keys else words)

        self.follow(widget, show)

    def _keep(self, chosen: dict[str, str]) -> None:
        self._chosen = chosen
        if self._preferences is not None:
            self._preferences.keep(CHOSEN, chosen or None)
        for owner, show in tuple(self._followers):
            if shiboken6.isValid(owner):
                show()


def in_words(chord: str) -> str:
    """Return a chord as people write it: Ctrl+Enter, Alt+←."""
    *held, key = chord.replace("++", "+\0").split("+")
    return "+".join((*held, SIGNS.get(key, key))).replace("\0", "+")


def demand_chord(chord: str) -> None:
    """Raise RuleBroken unless keys may call an act: letters, digits and typing keys alone are for typing."""
    *held, key = chord.replace("++", "+\0").split("+")
    function = key.startswith("F") and key[1:].isdigit()
    if not chord or not (function or {"Ctrl", "Alt", "Meta"} & {*held}):
        raise RuleBroken(_("Hold Ctrl or Alt, or take a function key: other keys are for typing."))


_in_force = KeyMap()


def current() -> KeyMap:
    """Return the keys in force."""
    return _in_force


def use(preferences: Remembering) -> KeyMap:
    """Put the keys of an employee in force."""
    global _in_force
    _in_force = KeyMap(preferences)
    return _in_force


def name_of(keys: str) -> str | None:
    """Return the action that a name or one of the program's own chords means."""
    found = BY_NAME.get(keys) or default_of(keys)
    return found.name if found is not None else None
