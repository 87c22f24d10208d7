"""How big the sample company is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How many of everything, and how far back."""

    months: int
    customers: int
    products: int
    orders: int
    lean: bool
    """Keep only the newest entry of an order's history, and no scans of vouchers."""


SIZES = {
    "office": Size(months=14, customers=80, products=294, orders=1_600, lean=False),
    "large": Size(months=120, customers=5_000, products=3_000, orders=200_000, lean=True),
    "tenth": Size(months=120, customers=5_000, products=3_000, orders=20_000, lean=True),
}
