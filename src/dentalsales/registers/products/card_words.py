"""What the card of a product said when a paper was made: a line keeps it, since what is signed follows no card."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dentalsales.registers.products.record import Product

CARD = {"product_name": "name", "model": "model", "spec": "spec", "shade": "shade", "maker": "maker"}


class CardWords:
    """Mixed into lines that keep the words of a card."""

    of_the_card: ClassVar[Mapping[str, str]] = CARD
    """Column -> what of the card stands there."""

    product_name: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    model: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    spec: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    shade: Mapped[str] = mapped_column(String(20), nullable=False, default="")
    maker: Mapped[str] = mapped_column(String(200), nullable=False, default="")

    def keep(self, **values: Any) -> None:
        """Set what differs: a line that stays as it was is untouched, and is not written again."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    def name_it(self, product: Product) -> None:
        """Copy what the product card says."""
        self.keep(**{name: getattr(product, attribute) or "" for name, attribute in self.of_the_card.items()})
