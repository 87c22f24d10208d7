"""Qt's own words, as in its file dialog, in the language of the program."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from dentalsales.i18n import _, tr

_HOLDER = "dentalsales_qt_words"
_MISSING = {"&Look in:": _("Look in:"), "Files of &type:": _("File type:")}
"""Words of Qt's file dialog that its translation files lack."""


class _QtWords(QTranslator):
    """Qt's translations, and ours where it has none."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        found = super().translate(context, source, disambiguation, n)
        return found or (tr(_MISSING[source]) if source in _MISSING else None)


def follow(language: str) -> None:
    """Let Qt speak this language from now on; without a translation of its own it speaks English."""
    app = QCoreApplication.instance()
    if app is None:
        return
    former = app.findChild(QTranslator, _HOLDER)
    if former is not None:
        app.removeTranslator(former)
        former.setParent(None)
    words = _QtWords(app)
    words.setObjectName(_HOLDER)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
