"""What a message was read as: its lines with how sure each is and why, and what is no order."""

from dataclasses import dataclass, field

from dentalsales.i18n import Text, _

SURE, CHECK, MISSING = "sure", "check", "missing"

REASONS: dict[str, Text] = {
    "reference": _("Points to an earlier order."),
    "question": _("Asks a question."),
    "change": _("Changes what was said before."),
    "price": _("Names a price; prices come from the price list."),
    "tail": _("More was said about it afterwards."),
    "complaint": _("Sounds like a complaint or a condition."),
    "takes_back": _("Takes something back."),
    "guess": _("The quantity may be meant otherwise."),
    "nameless": _("Names no product."),
    "several": _("Several products fit."),
    "near": _("Nothing fits exactly."),
    "nothing": _("No product found."),
    "quantity": _("Enter the quantity."),
    "unit": _("It is not sold by “{unit}”. Choose the unit."),
    "usual_unit": _("No unit was named."),
}


@dataclass
class Row:
    """One line of the order to be: a piece of text beside what it was taken for."""

    text: str
    state: str = MISSING
    article: int | None = None
    quantity: int | None = None
    unit: str = ""
    """Empty when it has to be asked."""
    said_unit: str = ""
    candidates: tuple[int, ...] = ()
    reasons: tuple[Text, ...] = ()
    key: str = ""
    """What is remembered when the row is confirmed; empty when it must not be, as for "上次那个"."""
    rest: str = ""
    """What was said about it and could not be read; the line keeps it."""


@dataclass
class Reading:
    """A message as it was read."""

    rows: list[Row] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
