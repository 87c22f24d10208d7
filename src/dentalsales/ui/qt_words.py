"""Qt's own words, as in its file dialog, in the language of the program."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

_HOLDER = "dentalsales_qt_words"


def follow(language: str) -> None:
    """Let Qt speak this language from now on; without a translation of its own it speaks English."""
    app = QCoreApplication.instance()
    if app is None:
        return
    former = app.findChild(QTranslator, _HOLDER)
    if former is not None:
        app.removeTranslator(former)
        former.setParent(None)
    words = QTranslator(app)
    words.setObjectName(_HOLDER)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
