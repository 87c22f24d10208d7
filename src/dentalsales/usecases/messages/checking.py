"""A message while a clerk checks it: what each line still asks, what was answered, what is skipped."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dentalsales.i18n import Text
from dentalsales.usecases.messages.catalogue import ArticleRow
from dentalsales.usecases.messages.rows import MISSING, REASONS, SURE, Reading, Row

AGREED, SKIPPED = "agreed", "skipped"
Article = Callable[[int], ArticleRow | None]


class CheckedRow:
    """One line of the message; nothing that is not sure is taken before somebody agreed to it."""

    def __init__(self, row: Row, article: Article, skipped: bool = False) -> None:
        self.row, self._article = row, article
        self.skipped = skipped
        self._read_as = (row.article, row.state)
        self._agreed = row.state == SURE

    @property
    def state(self) -> str:
        """Return sure, check, missing, agreed or skipped."""
        if self.skipped:
            return SKIPPED
        if self.question:
            return self.row.state
        return SURE if self._read_as == (self.row.article, SURE) else AGREED

    @property
    def question(self) -> str:
        """Return what is asked next: product, unit, quantity, or nothing."""
        if self.skipped:
            return ""
        if self.row.article is None or not self._agreed:
            return "product"
        return "unit" if not self.row.unit else "" if self.row.quantity else "quantity"

    @property
    def reasons(self) -> Sequence[Text]:
        """Return why it has to be looked at, as long as it has."""
        return self.row.reasons if self.question else ()

    @property
    def title(self) -> str:
        """Return the name of the article, empty when there is none."""
        found = self._article(self.row.article) if self.row.article else None
        return found.title if found is not None else ""

    @property
    def units(self) -> tuple[str, ...]:
        """Return the units that the article is sold in."""
        found = self._article(self.row.article) if self.row.article else None
        return found.units if found is not None else ()

    @property
    def candidates(self) -> list[ArticleRow]:
        """Return the articles to choose from, the likeliest first."""
        found = (self._article(one) for one in self.row.candidates)
        return [one for one in found if one is not None]

    @property
    def teaches(self) -> bool:
        """True when somebody said what the words mean: that is remembered."""
        return self.state == AGREED and bool(self.row.key)

    def agree(self) -> bool:
        """Accept what is proposed; False when there is nothing to accept."""
        if self.row.article is None:
            return False
        self._agreed, self.skipped = True, False
        return True

    def choose(self, article: int) -> None:
        """Say which article is meant; the unit that was said stays, or is asked, never converted."""
        row, found = self.row, self._article(article)
        units = found.units if found is not None else ()
        if article != row.article:
            row.unit = row.said_unit if row.said_unit in units else "" if row.said_unit else (*units, "")[0]
        row.article = article
        if article not in row.candidates:
            row.candidates = (article, *row.candidates)
        self._agreed, self.skipped = True, False

    def set_quantity(self, quantity: int | None) -> None:
        """Say how many."""
        self.row.quantity = quantity if quantity and quantity > 0 else None

    def set_unit(self, unit: str) -> None:
        """Say by which unit."""
        self.row.unit = unit

    def toggle_skipped(self) -> None:
        """Leave the line out, or take it in again; what was no order at first has to be given a product."""
        self.skipped = not self.skipped


class CheckedMessage:
    """All lines of a message, and the texts that were no order."""

    def __init__(self, reading: Reading, article: Article) -> None:
        self.rows = [CheckedRow(replace(row), article) for row in reading.rows]
        left = (Row(text, MISSING, reasons=(REASONS["nothing"],)) for text in reading.skipped)
        self.rows += [CheckedRow(row, article, skipped=True) for row in left]

    @property
    def open(self) -> list[int]:
        """Return the places of the lines that still ask something."""
        return [place for place, row in enumerate(self.rows) if row.question]

    @property
    def taken(self) -> list[Row]:
        """Return the lines that go into the form."""
        return [one.row for one in self.rows if not one.skipped and not one.question]

    @property
    def taught(self) -> list[Row]:
        """Return the lines whose words are to be remembered."""
        return [one.row for one in self.rows if one.teaches]

    def counts(self) -> dict[str, int]:
        """Return how many lines are in which state."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.state] = found.get(row.state, 0) + 1
        return found
