"""Draws a number as a QR code: small enough for a slip, coarse enough for a dot-matrix printer."""

from itertools import groupby

from dentalsales.exchange.pdf_pen import Pen


def draw_code(pen: Pen, text: str, left: float, top: float, side: float) -> None:
    """Draw the code of a text into a square; lengths in points. Scanners and phones read it as typed."""
    squares = _squares(text)
    module = side / len(squares)
    pen.canvas.setFillColorRGB(0, 0, 0)
    for row, dark in enumerate(squares):
        column = 0
        for is_dark, run in groupby(dark):
            count = len(list(run))
            if is_dark:
                level = top - (row + 1) * module
                pen.canvas.rect(left + column * module, level, count * module, module, stroke=0, fill=1)
            column += count


def _squares(text: str) -> list[list[bool]]:
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = range(code.getModuleCount())
    return [[bool(code.isDark(row, column)) for column in side] for row in side]
