"""What the palette offers: what this place can do now, the last opened records, screens, and what the letters find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from dentalsales.i18n import Text, _, inside, tr
from dentalsales.ui import key_map
from dentalsales.ui.actions import BY_NAME
from dentalsales.ui.navigation import Screen
from dentalsales.usecases import find_anything
from dentalsales.usecases.candidates import CONTAINS
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.find_anything import HERE, SCREEN, Hit

KINDS: dict[str, tuple[str, Text]] = {
    "here": ("player-play", _("Here")),
    "record": ("file-text", _("Record")),
    "screen": ("layout-sidebar", _("Screen")),
    "report": ("report-analytics", _("Report")),
    "action": ("plus", _("Action")),
}
FOUND_AT_MOST = 24


@dataclass(frozen=True)
class Offer:
    """One row of the palette and what Enter does there."""

    kind: str
    label: Text | str
    act: Callable[[], object]
    detail: str = ""
    keys: str = ""
    picture: str = ""
    rank: tuple[int, int] = (0, HERE)
    """What stands behind others that fit as well has more in front, as a button has behind an act of the table."""

    @property
    def icon_name(self) -> str:
        """The picture of the row."""
        return self.picture or KINDS[self.kind][0]


def here(window: Any) -> list[Offer]:
    """Return what the visible screen or record can do now: its steps and papers first, then what its keys do."""
    widget = window.shell.workspace.current()
    offered = getattr(widget, "palette_offers", None)
    found: list[Offer] = list(offered()) if offered is not None else []
    register = getattr(widget, "register", None)
    if register is not None and window.desk.may_begin(register.name):
        act, keys = partial(window.shell.open_new, register.name), key_map.current().shown("new")
        found.append(Offer("here", _("New {thing}").fill(thing=inside(register.one)), act, keys=keys, picture="plus"))
    found += _bound(window, widget)
    known = {tr(offer.label) for offer in found}
    return [*found, *(offer for offer in _buttons(widget) if offer.label not in known)]


def _buttons(widget: QWidget | None) -> list[Offer]:
    """Return the buttons with words in sight that can be pressed, each once."""
    inner: list[QPushButton] = widget.findChildren(QPushButton) if widget is not None else []
    seen = [one for one in inner if one.text() and one.isVisible() and one.isEnabled()]
    by_words = {one.accessibleName() or one.text(): one for one in reversed(seen)}
    return [
        Offer("here", words, partial(_press, one), rank=(CONTAINS, HERE)) for words, one in reversed(by_words.items())
    ]


def _press(one: QPushButton) -> None:
    if isValid(one) and one.isEnabled():  # the place may have been drawn anew meanwhile
        one.click()


def _bound(window: QWidget, widget: QWidget | None) -> list[Offer]:
    """Return every act of the table that is bound to what is in sight: of the screen itself, of its parts, of all."""
    keys, acts = key_map.current(), dict[str, QAction]()
    inner = widget.findChildren(QAction) if widget is not None else []
    for action in (*(widget.actions() if widget is not None else ()), *inner, *window.actions()):
        owner = action.parent()
        if action.data() in BY_NAME and action.isEnabled() and isinstance(owner, QWidget) and owner.isVisible():
            acts.setdefault(action.data(), action)
    known = [(BY_NAME[name], action) for name, action in acts.items() if BY_NAME[name].offered]
    return [
        Offer("here", one.text, action.trigger, keys=keys.shown(one.name), picture=one.icon) for one, action in known
    ]


def recent(shell: Any) -> list[Offer]:
    """Return the records opened last, without the one that is seen."""
    form = getattr(shell.workspace.current(), "form", None)
    seen = (form.register.name, form.id) if form is not None else None
    found = []
    for register, record_id, title in shell.recent:
        if (register, record_id) != seen:
            detail = tr(shell.desk.business.register(register).one)
            found.append(Offer("record", title, partial(shell.open_record, register, record_id), detail))
    return found


def screens(shell: Any, offered: Sequence[Screen]) -> list[Offer]:
    """Return the screens of the navigation."""
    return [
        Offer(
            "screen",
            screen.label,
            partial(shell.open_screen, screen.key),
            keys=f"Ctrl+{screen.digit}" if screen.digit else "",
            picture=screen.icon,
            rank=(0, SCREEN),
        )
        for screen in offered
    ]


def found(desk: Desk, text: str, own: Sequence[Offer], place: str) -> list[Offer | Hit]:
    """Return what letters mean, the likeliest first; read beside the window."""
    offered = {tr(offer.label) for offer in own}
    hits: list[Any] = [
        hit for hit in find_anything.everywhere(desk, text, FOUND_AT_MOST, place) if hit.title not in offered
    ]
    for offer in own:
        rank = find_anything.match(text, offer.label)
        if rank is not None:
            hits.append(replace(offer, rank=(rank + offer.rank[0], offer.rank[1])))
    return sorted(hits, key=lambda hit: hit.rank)[:FOUND_AT_MOST]


def follow(shell: Any, hit: Hit) -> Offer:
    """Return the row of something that was found."""
    kind, name = hit.kind, hit.register
    opens: dict[str, Callable[[], object]] = {
        "record": partial(shell.open_record, name, hit.record_id),
        "report": partial(shell.open_report, name),
        "action": partial(shell.open_new, name),
        "screen": partial(shell.open_list, name),
    }
    picture = shell.desk.business.register(name).icon if kind in ("record", "screen") else ""
    return Offer(kind, hit.title, opens[kind], hit.detail, "", picture, hit.rank)
