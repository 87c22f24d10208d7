"""Draws on the pages of one PDF: texts of a page are collected and set in one go, lines of a table likewise."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from dentalsales.exchange.pdf_fonts import REGULAR, Face, bold, regular

MILLIMETRE = 72 / 25.4
BASELINE = 0.38
"""How far below the middle of a line, in sizes, its baseline lies, for Chinese and for figures."""
THIN = 0.5
INK, GREY, LINE_GREY = 0x000000, 0x5F6C79, 0xA6AEB6


class Pen:
    """A PDF being drawn; the origin is the lower left corner, lengths are in points."""

    def __init__(self, size: tuple[float, float], title: str, author: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.regular, self.bold = regular(), bold()
        self._file = BytesIO()
        self.canvas: Any = Canvas(self._file, pagesize=size, initialFontName=REGULAR, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("Dental Sales")
        self._font: tuple[Face, float] | None = None
        self._colour: int | None = None
        self._grid: list[tuple[Sequence[float], list[float], int]] = []
        self._text: Any = self.canvas.beginText()

    def text(self, x: float, y: float, text: str, face: Face, size: float, colour: int = INK) -> None:
        """Set a text with its baseline's left end at a point."""
        layer = self._text
        if (face, size) != self._font:
            self._font = (face, size)
            layer.setFont(face.name, size)
        if colour != self._colour:
            self._colour = colour
            layer.setFillColorRGB(*_rgb(colour))
        layer.setTextOrigin(x, y)
        layer.textLine(text)

    def right(self, x: float, y: float, text: str, face: Face, size: float, colour: int = INK) -> None:
        """Set a text that ends at a point."""
        self.text(x - face.width(text, size), y, text, face, size, colour)

    def centred(self, x: float, y: float, text: str, face: Face, size: float, colour: int = INK) -> None:
        """Set a text around a point."""
        self.text(x - face.width(text, size) / 2, y, text, face, size, colour)

    def fill(self, x: float, y: float, width: float, height: float, colour: int) -> None:
        """Colour an area, under every text of the page."""
        self.canvas.setFillColorRGB(*_rgb(colour))
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def line(self, x: float, y: float, to_x: float, to_y: float, colour: int = INK, width: float = THIN) -> None:
        """Draw a line."""
        self.canvas.setStrokeColorRGB(*_rgb(colour))
        self.canvas.setLineWidth(width)
        self.canvas.line(x, y, to_x, to_y)

    def picture(self, picture: Any, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture inside an area, whole and undistorted, from its left edge."""
        self.canvas.drawImage(picture, x, y, width, height, mask="auto", preserveAspectRatio=True, anchor="w")

    def dashed(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the thin dashed frame of an area that stays blank."""
        self.canvas.saveState()
        self.canvas.setDash(2, 2)
        self.canvas.setLineWidth(0.4)
        self.canvas.setStrokeColorRGB(*_rgb(LINE_GREY))
        self.canvas.rect(x, y, width, height)
        self.canvas.restoreState()

    def frame_row(self, edges: Sequence[float], top: float, bottom: float, colour: int) -> None:
        """Rule a table's row; rows with the same edges that touch become one grid."""
        if self._grid and self._grid[-1][0] is edges and self._grid[-1][1][-1] == top and self._grid[-1][2] == colour:
            self._grid[-1][1].append(bottom)
        else:
            self._grid.append((edges, [top, bottom], colour))

    def new_size(self, size: tuple[float, float]) -> None:
        """Let the page that begins, and those after it, have another size."""
        self.canvas.setPageSize(size)

    def end_page(self) -> None:
        """Set what was collected and go to the next page."""
        for edges, levels, colour in self._grid:
            self.canvas.setStrokeColorRGB(*_rgb(colour))
            self.canvas.setLineWidth(THIN)
            self.canvas.lines(
                [(edges[0], level, edges[-1], level) for level in levels]
                + [(edge, levels[0], edge, levels[-1]) for edge in edges]
            )
        self.canvas.drawText(self._text)
        self.canvas.showPage()
        self._text, self._grid = self.canvas.beginText(), []
        self._font = self._colour = None

    def finished(self) -> bytes:
        """Return the PDF."""
        self.canvas.save()
        return self._file.getvalue()


def _rgb(colour: int) -> tuple[float, float, float]:
    return (colour >> 16) / 255, (colour >> 8 & 0xFF) / 255, (colour & 0xFF) / 255
