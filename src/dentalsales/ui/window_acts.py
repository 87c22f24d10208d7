"""What the window does at a key or a button of its bar, whatever screen is seen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu

from dentalsales.i18n import language, tr
from dentalsales.ui import theme
from dentalsales.ui.page import bind
from dentalsales.ui.panes import go_to_next_pane
from dentalsales.ui.screens import screens_of


def bind_window(window: Any) -> None:
    """Bind the keys of the whole window; what was bound before, in another language, goes."""
    shell = window.shell
    acts: dict[str, Callable[[], object]] = {
        "palette": partial(open_palette, window),
        "new": partial(begin_new, window),
        "next_tab": lambda: window.shell.workspace.step(1),
        "previous_tab": lambda: window.shell.workspace.step(-1),
        "close_tab": partial(close_tab, window),
        "next_record": partial(shell.walk, 1),
        "previous_record": partial(shell.walk, -1),
        "next_pane": partial(go_to_next_pane, window, True),
        "previous_pane": partial(go_to_next_pane, window, False),
        "menu": partial(open_menu, window),
        "messages": partial(list_messages, window),
        "close_messages": window.messages.close_all,
        "keys": partial(show_keys, window),
        "larger": partial(resize_text, window, 1),
        "smaller": partial(resize_text, window, -1),
        "normal_text": partial(window.choose_look, "percent", 100),
        "scheme": lambda: window.shell.look_chosen.emit(
            "scheme", "light" if theme.current().name == "dark" else "dark"
        ),
        "language": lambda: window.shell.look_chosen.emit("language", "zh_CN" if language() == "en" else "en"),
        "password": partial(change_password, window),
        "report_problem": partial(report_problem, window),
        "leave": window.leave,
    }
    if window.lock is not None:
        acts["lock"] = window.lock.lock
    for action in window.actions():
        window.removeAction(action)
        action.deleteLater()
    for name, act in acts.items():
        bind(window, name, act)
    for digit in range(1, 10):
        bind(window, "screen", partial(open_numbered, window, digit), digit)


def open_numbered(window: Any, number: int) -> None:
    """Open the screen that bears a digit."""
    for screen in screens_of(window.desk):
        if screen.digit == number:
            window.shell.open_screen(screen.key)


def begin_new(window: Any) -> None:
    """Begin a record of the current screen, or offer what can be begun."""
    widget = window.shell.workspace.current()
    register = getattr(widget, "register", None) or getattr(getattr(widget, "form", None), "register", None)
    if register is not None:
        if window.desk.may_begin(register.name):
            window.shell.open_new(register.name)
        return
    menu = QMenu(window)
    for offered in window.desk.menu():
        if window.desk.may_begin(offered.name):
            menu.addAction(tr(offered.one)).triggered.connect(
                lambda *_ignored, name=offered.name: window.shell.open_new(name)
            )
    menu.popup(window.top.new.mapToGlobal(window.top.new.rect().bottomLeft()))


def close_tab(window: Any) -> None:
    """Close the record that is seen."""
    tab = window.shell.workspace.current_record()
    if tab is not None:
        window.shell.workspace.close_record(tab)


def report_problem(window: Any, number: str = "") -> None:
    """Show the report of an error, or what would be sent when nothing has happened."""
    from dentalsales.ui.error_report_dialog import show_report

    show_report(window.shell, number)


def open_palette(window: Any) -> None:
    """Search everything."""
    from dentalsales.ui.command_palette import CommandPalette

    CommandPalette(window, screens_of(window.desk)).open_over(window)


def open_menu(window: Any) -> None:
    """Show the menu with letters."""
    window.letters.open()


def list_messages(window: Any) -> None:
    """List what was said."""
    from dentalsales.ui.message_list import MessageList

    MessageList(window.messages.read_all(), window).open_under(window.top.bell)


def show_keys(window: Any) -> None:
    """Show the keys of the program."""
    from dentalsales.ui.key_sheet import KeySheet

    KeySheet(window).exec()


def change_password(window: Any) -> None:
    """Let the employee choose another password."""
    from dentalsales.ui.password_dialog import PasswordDialog

    PasswordDialog(window.shell, window).exec()


def resize_text(window: Any, by: int) -> None:
    """Make the text of the program larger or smaller."""
    sizes = theme.TEXT_PERCENTS
    place = sizes.index(theme.current().percent) if theme.current().percent in sizes else 1
    window.choose_look("percent", sizes[max(0, min(place + by, len(sizes) - 1))])
