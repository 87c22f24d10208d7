"""What was agreed with one customer about one product: a price, by a paper, for so many; the list comes after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Agreed:
    """One product of one effective contract, or of one approved special price."""

    source: str
    """As orders call it: contract or special."""
    paper_id: int
    """Of a supplement it is the contract that it belongs to."""
    number: str
    prices: Mapping[str, Decimal]
    """Unit -> price."""
    quantity: int | None
    """Smallest units in all; None without limit."""


AgreedPrices = dict[int, list[Agreed]]
"""Product -> what was agreed about it, the first that holds before the others."""
