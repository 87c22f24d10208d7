"""Sets numbered clauses: a bold heading that stays with its text, which goes on over pages line by line."""

from collections.abc import Iterator, Sequence

from dentalsales.blueprint.printout import Clause
from dentalsales.exchange.pdf_fonts import bold
from dentalsales.exchange.pdf_layout import Drawn
from dentalsales.exchange.pdf_look import PaperLook
from dentalsales.exchange.pdf_parts import gap, paragraph
from dentalsales.i18n import _, tr

BETWEEN = 4.0
KEPT_LINES = 2
"""So many lines of a clause stand together at its beginning and at its end, where it has them."""


def clause_pieces(clauses: Sequence[Clause], look: PaperLook) -> Iterator[Drawn]:
    """Yield the pieces of all clauses in their order."""
    for clause in clauses:
        heading = tr(_("Clause {number}").fill(number=clause.number))
        lines = paragraph(f"{heading}  {clause.title}", look.left, look.room, look.size, face=bold())
        text = paragraph(clause.text, look.left, look.room, look.size)
        for piece in (*lines, *text[: KEPT_LINES - 1], *text[-KEPT_LINES:-1]):
            piece.keep = True
        yield gap(BETWEEN)
        yield from (*lines, *text)
