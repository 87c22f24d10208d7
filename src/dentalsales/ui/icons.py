"""The outline icons, drawn in the colour of the palette at the moment they are painted."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from dentalsales.resources import resource
from dentalsales.ui import theme


def icon(name: str, token: str = "text.secondary") -> QIcon:
    """Return an icon of resources/icons that follows the theme; FileNotFoundError names a missing one."""
    resource("icons", f"{name}.svg")
    return QIcon(_ThemeIcon(name, token))


def pixmap(name: str, size: int, token: str = "text.secondary", ratio: float = 1.0) -> QPixmap:
    """Return a picture of an icon, `size` wide in device-independent pixels."""
    return _drawn(name, theme.current().colour(token).name(), size, ratio)


class _ThemeIcon(QIconEngine):
    """Draws one SVG in the colour of a token of the theme in force."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _ThemeIcon(self._name, self._token)

    def _colour(self, mode: QIcon.Mode) -> str:
        token = "text.disabled" if mode == QIcon.Mode.Disabled else self._token
        return theme.current().colour(token).name()

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        picture = _drawn(self._name, self._colour(mode), side, ratio)
        corner = rect.center() - QRect(0, 0, side, side).center()
        painter.drawPixmap(corner, picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _drawn(self._name, self._colour(mode), min(size.width(), size.height()), 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = round(min(size.width(), size.height()) / scale)
        return _drawn(self._name, self._colour(mode), side, scale)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
