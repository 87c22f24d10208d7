"""Sets the end of a paper: the areas for seals, which stay blank, and the lines on which people sign."""

from collections.abc import Sequence

from dentalsales.exchange.pdf_layout import Drawn
from dentalsales.exchange.pdf_parts import in_columns, sign_here
from dentalsales.exchange.pdf_pen import BASELINE, GREY, MILLIMETRE, Pen
from dentalsales.exchange.pdf_text import lines_of
from dentalsales.i18n import Text, tr

SEAL = 45 * MILLIMETRE
SEAL_GAP = 5 * MILLIMETRE
LEAST_SIGNATURE = 66 * MILLIMETRE
ROW = 9.5 * MILLIMETRE
ABOVE = 3 * MILLIMETRE


class Closing:
    """The closing of a paper; `low` is for paper on which a full seal area would leave no room."""

    def __init__(
        self, seals: Sequence[Text], signatures: Sequence[Text], left: float, room: float, size: float, low: bool
    ) -> None:
        self._seals, self._signatures = seals, signatures
        self._left, self._room, self._size, self._low = left, room, size, low
        self._row, self._above = (ROW * 0.7, ABOVE * 0.5) if low else (ROW, ABOVE)

    def piece(self) -> Drawn | None:
        """Return it as one piece, None when there is nothing to sign or seal."""
        if not self._seals and not self._signatures:
            return None
        if not self._low and len(self._seals) > 1 and len(self._seals) == len(self._signatures):
            return self._by_party()
        return self._beside() if self._room_beside() >= LEAST_SIGNATURE else self._below()

    def _by_party(self) -> Drawn:
        """Everybody who signs has the area for his seal under his name."""
        width = self._room / len(self._seals)

        def paint(pen: Pen, top: float) -> None:
            for number, (seal, name) in enumerate(zip(self._seals, self._signatures, strict=True)):
                left = self._left + number * width
                self._sign(pen, name, left, width - SEAL_GAP, top - self._above)
                self._draw_seal(pen, seal, left, top - self._above - self._row - SEAL_GAP / 2, SEAL)

        return Drawn(self._above + self._row + SEAL_GAP / 2 + SEAL, paint)

    def _room_beside(self) -> float:
        return self._room - len(self._seals) * (SEAL + SEAL_GAP)

    def _beside(self) -> Drawn:
        """Signatures on the left, seals on the right."""
        room = self._room_beside() + (0 if self._seals else SEAL_GAP)
        lines = self._lines(room)
        seal_height = (max(lines, 2) * self._row if self._low else SEAL) if self._seals else 0.0
        height = max(lines * self._row, seal_height)

        def paint(pen: Pen, top: float) -> None:
            self._draw_signatures(pen, room, top - self._above, height)
            for number, seal in enumerate(self._seals):
                left = self._left + self._room - (len(self._seals) - number) * (SEAL + SEAL_GAP) + SEAL_GAP
                self._draw_seal(pen, seal, left, top - self._above, seal_height)

        return Drawn(self._above + height, paint)

    def _below(self) -> Drawn:
        """Many seals: a row of them under the signatures, or only their names where paper is low."""
        lines = self._lines(self._room)
        width = self._room / max(len(self._seals), 1)
        seal_height = self._row * 2 if self._low else SEAL
        height = lines * self._row

        def paint(pen: Pen, top: float) -> None:
            self._draw_signatures(pen, self._room, top - self._above, height)
            for number, seal in enumerate(self._seals):
                self._draw_seal(pen, seal, self._left + number * width, top - self._above * 2 - height, seal_height)

        return Drawn(self._above * 2 + height + seal_height, paint)

    def _lines(self, room: float) -> int:
        return -(-len(self._signatures) // in_columns(len(self._signatures), room, LEAST_SIGNATURE))

    def _draw_signatures(self, pen: Pen, room: float, top: float, height: float) -> None:
        if not self._signatures:
            return
        columns = in_columns(len(self._signatures), room, LEAST_SIGNATURE)
        width, step = room / columns, min(height / self._lines(room), ROW * 1.4)
        for number, name in enumerate(self._signatures):
            row, column = divmod(number, columns)
            self._sign(pen, name, self._left + column * width, width - SEAL_GAP, top - row * step)

    def _sign(self, pen: Pen, name: Text, left: float, width: float, top: float) -> None:
        sign_here(pen, name, left, width, top - self._row * 0.7, self._size, dated=True)

    def _draw_seal(self, pen: Pen, name: Text, left: float, top: float, height: float) -> None:
        width = min(SEAL, self._room)
        pen.dashed(left, top - height, width, height)
        size = self._size
        lines = lines_of(pen.regular.drawable(tr(name)), pen.regular, size, width - 6)
        baseline = top - height / 2 + (len(lines) - 1) * size * 0.65 - BASELINE * size
        for line in lines:
            pen.centred(left + width / 2, baseline, line, pen.regular, size, GREY)
            baseline -= size * 1.3
