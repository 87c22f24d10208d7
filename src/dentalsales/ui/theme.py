"""How the window looks: one palette, one font, one density, and the style sheet made from them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from dentalsales.i18n import language
from dentalsales.resources import resource
from dentalsales.ui.style_sheet import style_sheet
from dentalsales.ui.tokens import CHIPS, PALETTES

SCHEMES = ("auto", "light", "dark")
ROW_HEIGHTS = {"compact": 26, "standard": 32, "relaxed": 40}
TEXT_SIZES = {"hint": 12, "body": 13, "text": 14, "section": 16, "title": 20, "tile": 28}
TEXT_PERCENTS = (90, 100, 110, 125, 150)
_ARROWS = {
    "down": ("chevron-down", "text.secondary"),
    "up": ("chevron-up", "text.secondary"),
    "right": ("chevron-right", "text.secondary"),
    "check": ("check", "on.accent"),
    "close": ("x", "text.secondary"),
}
_STYLE, _STYLED, _BEGUN = "Fusion", "dentalsales_styled", "dentalsales_begun_in_style"
_ARROW_FOLDER = "dentalsales_arrows"


@dataclass(frozen=True)
class Theme:
    """The look in force; widgets that paint themselves ask it for colours and sizes at every paint."""

    name: str = "light"
    density: str = "standard"
    percent: int = 100
    narrow_marks: bool = False
    """English quotes and dashes are as wide as letters; the font's own are as wide as Chinese characters."""

    def colour(self, token: str) -> QColor:
        """Return the colour of a token (KeyError when unknown)."""
        return QColor(PALETTES[self.name][token])

    def chip(self, family: str) -> tuple[QColor, QColor]:
        """Return background and text colour of a state family's chip."""
        ground, text = CHIPS[self.name].get(family, CHIPS[self.name]["draft"])
        return QColor(ground), QColor(text)

    def px(self, size: float) -> int:
        """Scale a size that belongs to text by the text size the user chose."""
        return round(size * self.percent / 100)

    def font(self, size: str = "body", bold: bool = False) -> QFont:
        """Return the font of a named size."""
        font = QFont(QApplication.font())
        font.setPixelSize(self.px(TEXT_SIZES[size]))
        font.setBold(bold)
        return font

    @property
    def row_height(self) -> int:
        """Height of a table row at this density."""
        return self.px(ROW_HEIGHTS[self.density])

    @cached_property
    def palette(self) -> QPalette:
        """Return the Qt palette, for everything the style sheet does not name."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
            if role in _TEXT_ROLES:
                palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text.disabled"))
        return palette


_ROLES = {
    QPalette.ColorRole.Window: "bg.app",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Base: "bg.surface",
    QPalette.ColorRole.AlternateBase: "bg.zebra",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.muted",
    QPalette.ColorRole.Button: "bg.surface",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.Highlight: "bg.selected",
    QPalette.ColorRole.HighlightedText: "text.primary",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "bg.surface",
    QPalette.ColorRole.ToolTipText: "text.primary",
    QPalette.ColorRole.Light: "bg.subtle",
    QPalette.ColorRole.Midlight: "bg.subtle",
    QPalette.ColorRole.Mid: "line.subtle",
    QPalette.ColorRole.Dark: "line.input",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.Accent: "accent",
}
_in_force = Theme()
_TEXT_ROLES = {QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText}


def current() -> Theme:
    """Return the look in force."""
    return _in_force


def begin_application() -> QApplication:
    """Return the running application, or begin one in our style.

    A style that is set later costs a tenth of the start: PySide6 first makes a class of each enumeration of styles.
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(["dentalsales", "-style", _STYLE])
    app.setProperty(_BEGUN, True)
    return app


def apply(app: QApplication, scheme: str = "auto", density: str = "standard", percent: int = 100) -> Theme:
    """Give the whole program this look; "auto" follows the system."""
    hints = app.styleHints()
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints.setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
    name = scheme if scheme in PALETTES else ("dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light")
    theme = Theme(name, density if density in ROW_HEIGHTS else "standard", percent, language() == "en")
    global _in_force  # not a property of the application: every cell that is painted asks for it
    if app.property(_STYLED) and _in_force == theme:
        return theme  # every widget would be styled anew for nothing
    _in_force = theme
    if not app.property(_STYLED):  # once: under a style sheet the style no longer tells its name
        if not app.property(_BEGUN):
            app.setStyle(_STYLE)
        app.setProperty(_STYLED, True)
    _use_font(app, theme)
    app.setPalette(theme.palette)
    app.setStyleSheet(style_sheet(PALETTES[name], _arrows(app, name), percent / 100))
    return theme


def _use_font(app: QApplication, theme: Theme) -> None:
    """Load the font files once; the same files serve the papers, so a bare machine shows no boxes."""
    family = app.property("dentalsales_font")
    if family is None:
        number = QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSansSC-Regular.ttf")))
        QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSansSC-Bold.ttf")))
        family = QFontDatabase.applicationFontFamilies(number)[0]
        app.setProperty("dentalsales_font", family)
    font = QFont(family)
    font.setPixelSize(theme.px(TEXT_SIZES["body"]))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if theme.narrow_marks:
        font.setFeature(QFont.Tag("pwid"), 1)
    app.setFont(font)


def _arrows(app: QApplication, name: str) -> dict[str, str]:
    """Write the arrows of combo and spin boxes in this palette's colour: a style sheet takes them from files only."""
    folder = app.property(_ARROW_FOLDER) or _ArrowFolder(app).folder.path()
    app.setProperty(_ARROW_FOLDER, folder)  # looking for it among the children would name each, the style too
    found = {}
    for arrow, (icon, token) in _ARROWS.items():
        path = Path(folder) / f"{name}-{arrow}.svg"
        if not path.exists():
            drawing = resource("icons", f"{icon}.svg").read_text(encoding="utf-8")
            path.write_text(drawing.replace("currentColor", PALETTES[name][token]), encoding="utf-8")
        found[arrow] = path.as_posix()
    return found


class _ArrowFolder(QObject):
    """A folder that lives as long as the program."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.folder = QTemporaryDir()
