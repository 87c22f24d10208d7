"""The window from its start to its end: who works, the work itself, the backup after it, and the next sign-in."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.beside import open_beside
from dentalsales.app.closing import back_up_at_close, forget_widget, restore
from dentalsales.app.companies import company_is_there, place_of
from dentalsales.app.elsewhere import after_missing, elsewhere_of, keep_place
from dentalsales.app.loading import loading
from dentalsales.app.moving import move_in_window
from dentalsales.app.places import Elsewhere, is_missing, preferences_file
from dentalsales.app.signing_in import begin_company, sign_in

if TYPE_CHECKING:
    from dentalsales.app.user_folders import Place
    from dentalsales.i18n import Text
    from dentalsales.usecases.desk import Desk


def open_window(place: "Place", language: str | None, login: str, only_to_look: "Text | None" = None) -> int:
    """Show the sign-in at once, load the rest behind it, then the window; return the exit code.

    `only_to_look` says what the folder holds when nothing may be changed in it.
    """
    with loading():
        preferences = _make_ready(language)
    chosen: Elsewhere | None = None
    came: Desk | Elsewhere | None
    while True:
        if isinstance(place, Path) and is_missing(place) and (chosen is None or chosen.same):
            came = after_missing(place)
        elif company_is_there(place) and not (chosen is not None and chosen.empty):
            came = sign_in(place, preferences, login, only_to_look)
        else:
            came = begin_company(place, preferences)
        if came is None:
            return 0
        if not isinstance(came, Elsewhere):
            if chosen is not None:  # only where somebody could sign in is the next start worth beginning
                keep_place(preferences, chosen)
            chosen = None
            went = work(came, preferences)
            if not isinstance(went, Elsewhere):
                if not went:
                    return 0
                continue
            came = went
        place, chosen = came.place, came.after(chosen)


def _make_ready(language: str | None) -> Any:
    """Make the application in its language and look; return the preferences."""
    import PySide6.QtWidgets  # noqa: F401  (before `import` is given back to Python)

    from dentalsales.ui.plain_import import import_plainly

    import_plainly()
    from dentalsales.i18n import use_language, when_language_changes
    from dentalsales.ui import qt_words, theme
    from dentalsales.ui.preferences import Preferences
    from dentalsales.ui.qt_complaints import listen_to_qt

    listen_to_qt()
    application = theme.begin_application()
    preferences = Preferences(preferences_file())
    when_language_changes(qt_words.follow)
    use_language(language or preferences.get("language", "zh_CN"))
    theme.apply(
        application,
        preferences.get("scheme", "auto"),
        preferences.get("density", "standard"),
        preferences.get("percent", 100),
    )
    return preferences


def work(desk: "Desk", preferences: Any) -> "bool | Elsewhere":
    """Run the window until it is closed, back up, and say whether somebody else wants to sign in, or go on elsewhere.

    Before the company moves to a server, a copy is made as part of the move.
    """
    from PySide6.QtWidgets import QApplication

    from dentalsales.i18n import tr
    from dentalsales.ui.main_window import MainWindow
    from dentalsales.usecases.sign_in import sign_in as check_password

    again: list[bool] = []
    to_restore: list[tuple[Path, str]] = []
    to_move: list[Any] = []
    to_go: list[Any] = []
    with loading():
        window = MainWindow(
            desk,
            preferences,
            sign_in=lambda login, password: check_password(desk.company, desk.business, login, password),
            backs_up=True,
        )
    window.signed_out.connect(lambda: again.append(True))
    window.shell.restore_asked.connect(lambda *copy: to_restore.append(copy) if window.close() else None)
    window.shell.move_asked.connect(lambda words: to_move.append(words) if window.close() else None)
    window.shell.place_chosen.connect(lambda choice: to_go.append(choice) if window.close() else None)
    window.shell.look_asked.connect(lambda file, passphrase: open_beside(desk, file, passphrase))
    window.show()
    if desk.company.caution is not None:
        window.messages.toast(tr(desk.company.caution), "warning")
    QApplication.exec()
    unchanged = window.shell.backups.unchanged
    forget_widget(window)
    with closing(desk.company):
        if to_move:
            return move_in_window(desk, to_move[0]) or True
        safe = back_up_at_close(desk.company, unchanged, bool(to_restore))
    if safe:
        for file, passphrase in to_restore:
            restore(file, place_of(desk.company), passphrase)
    return elsewhere_of(to_go[0]) if to_go else bool(again or to_restore)
