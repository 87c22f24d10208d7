"""Money while the history is made: whole fen and whole ten-thousandths of a yuan, turned into Decimal for the rows."""

from decimal import Decimal

FEN_IN_YUAN, PARTS_IN_FEN = 100, 100


def yuan(fen: int) -> Decimal:
    """Return an amount of fen in yuan."""
    return Decimal(fen).scaleb(-2)


def price(parts: int) -> Decimal:
    """Return a price of ten-thousandths in yuan."""
    return Decimal(parts).scaleb(-4)


def amount_of(parts: int, quantity: int) -> int:
    """Return the fen of so many at a price, rounded half up."""
    return (parts * quantity + PARTS_IN_FEN // 2) // PARTS_IN_FEN


def converted(parts: int, wanted: int, factor: int) -> int:
    """Return the price of a unit that holds `wanted` smallest units, out of that of one which holds `factor`."""
    exact = (price(parts) * wanted / factor).quantize(Decimal("0.0001"))
    return int(exact.scaleb(4))
