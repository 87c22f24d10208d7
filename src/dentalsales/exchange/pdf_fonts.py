"""The two faces that papers are set in, read from resources on first use, and how wide a text is in them."""

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from dentalsales.resources import resource

REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"
FILES = {REGULAR: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf"}
MISSING = "〓"
"""Printed for a character that the font does not have, as typesetters do: it is seen and can be written in."""
REMEMBERED = 50_000

_lock = Lock()
_faces: dict[str, "Face"] = {}


@dataclass(frozen=True, eq=False)
class Face:
    """A font; widths are in points for a size in points."""

    name: str
    glyphs: dict[int, Any]
    widths: dict[int, float]
    usual_width: float

    def width(self, text: str, size: float) -> float:
        """Return how wide the text is."""
        return _thousandths(self, text) * size / 1000

    def drawable(self, text: str) -> str:
        """Return the text with what cannot be drawn replaced; line breaks stay, tabs become spaces."""
        return _drawable(self, text)


def regular() -> Face:
    """Return the face of running text."""
    return _face(REGULAR)


def bold() -> Face:
    """Return the face of titles, headings and totals."""
    return _face(BOLD)


def _face(name: str) -> Face:
    if name not in _faces:
        with _lock:
            if name not in _faces:
                _register()
    return _faces[name]


def _register() -> None:
    """Read both fonts, once for the life of the program: 10 MB each."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    made = {}
    for name, file in FILES.items():
        font = TTFont(name, str(resource("fonts", file)))
        registerFont(font)
        made[name] = Face(name, font.face.charToGlyph, font.face.charWidths, font.face.defaultWidth)
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    _faces.update(made)


@lru_cache(REMEMBERED)
def _thousandths(face: Face, text: str) -> float:
    widths, usual = face.widths, face.usual_width
    return sum([widths.get(code, usual) for code in map(ord, text)])


@lru_cache(REMEMBERED)
def _drawable(face: Face, text: str) -> str:
    glyphs = face.glyphs
    if all([code in glyphs for code in map(ord, text)]):
        return text
    return "".join(_replaced(character, glyphs) for character in text)


def _replaced(character: str, glyphs: dict[int, Any]) -> str:
    if ord(character) in glyphs or character == "\n":
        return character
    if character.isspace():
        return " "
    return MISSING if character.isprintable() else ""
