"""How each size of paper is set: its margins, its type sizes, how many pairs stand beside one another."""

from dataclasses import dataclass, replace

from dentalsales.blueprint.printout import PAPER_SIZES
from dentalsales.exchange.pdf_columns import TableLook
from dentalsales.exchange.pdf_pen import MILLIMETRE

BLACK = 0x000000
SEAM = 26
"""Half of a seal of 40 mm, and air, in millimetres."""


@dataclass(frozen=True)
class PaperLook:
    """A size of paper: margins in millimetres, type sizes in points."""

    width: float
    height: float
    left: float
    right: float
    above: float
    below: float
    size: float
    company: float
    title: float
    pair_columns: int
    table_sizes: tuple[float, ...]
    filled: bool
    """Empty rows fill the page, so that the foot stands at the bottom of a half sheet."""
    low: bool
    """Half a sheet or carbon paper: no room for full seal areas, and nothing pale, which carbon copies do not show."""
    tight: bool = False
    """Rows stand closer, so that what nearly fits on one half sheet does not take two."""

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def foot_level(self) -> float:
        """Where the baseline of the page's foot stands."""
        return self.below * 0.5

    def tighter(self) -> "PaperLook | None":
        """Return the same look with closer rows, None where there is none: type stays as large as it was."""
        return replace(self, tight=True) if self.filled and not self.tight else None

    def table(self, most_height: float) -> TableLook:
        """Return how tables look on it: black rules, and no shading that carbon copies would not show."""
        fill = None if self.low else 0xF1F4F7
        above = 0.7 if self.tight else 2.0 if self.low else 2.6
        return TableLook(
            self.table_sizes, pad=2.5, pad_above=above, line=BLACK, heading_fill=fill, even=True,
            most_height=most_height, leading=1.18 if self.tight else 1.3, kept_with_the_end=1 if self.filled else 2,
        )  # fmt: skip


def look_of(size: str) -> PaperLook:
    """Return the look of a paper size by its name; KeyError for one that is not in PAPER_SIZES."""
    width, height = (side * MILLIMETRE for side in PAPER_SIZES[size])
    margins, types = _SIZES[size]
    left, right, above, below = (margin * MILLIMETRE for margin in margins)
    return PaperLook(width, height, left, right, above, below, *types)


def with_seam(look: PaperLook) -> PaperLook:
    """Return a look whose right margin takes half of a seal that lies across all pages."""
    return replace(look, right=max(look.right, SEAM * MILLIMETRE))


_SIZES = {
    "A4": ((18, 18, 14, 16), (9.5, 15, 18, 2, (9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6), False, False)),
    "A4 landscape": ((15, 18, 12, 15), (9.5, 15, 18, 3, (9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6), False, False)),
    "A5": ((11, 13, 9, 12), (8.0, 12, 14, 2, (8, 7.5, 7, 6.5, 6, 5.5), True, False)),
    "A5 landscape": ((12, 15, 8, 11), (8.5, 12, 14, 3, (8.5, 8, 7.5, 7, 6.5, 6, 5.5), True, True)),
    "241x140": ((17, 22, 7, 9), (8.5, 12, 14, 3, (8.5, 8, 7.5, 7, 6.5, 6), True, True)),
}
