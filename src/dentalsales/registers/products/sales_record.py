"""What a product card must say before class II and III goods may leave: the sales record of Order 54, article 38."""

from collections.abc import Collection
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.record import has_changed
from dentalsales.i18n import Text, _, joined
from dentalsales.registers.products.record import Product

SALES_RECORD: tuple[tuple[str, Text], ...] = (
    ("model", _("Model")),
    ("spec", _("Specification")),
    ("registration", _("Registration or filing number")),
    ("registrant", _("Registrant or filer")),
    ("maker_licence", _("Maker's licence number")),
)
"""Fields that both a card and a line of a dispatch note have."""


def missing_in(source: Any, filled: Collection[str] = ()) -> tuple[Text, ...]:
    """Return the labels of what the sales record needs and a card, or a line of a dispatch note, leaves empty.

    Fields in `filled` are about to be filled.
    """
    return tuple(label for name, label in SALES_RECORD if name not in filled and not getattr(source, name))


def missing_on_card(product: Product, filled: Collection[str] = ()) -> tuple[Text, ...]:
    """Return what a product still lacks for its dispatch; nothing for goods that need no sales record."""
    return missing_in(product, filled) if product.is_regulated else ()


def the_sales_record_is_foreseen(product: Product, act: Act) -> None:
    """What will stop the dispatch is said while the card is at hand."""
    lacks = missing_on_card(product)
    if lacks and has_changed(product, "device_class", *(name for name, _label in SALES_RECORD)):
        act.warn(
            _("A class II or III product can't be dispatched before its card says: {fields}."), fields=joined(lacks)
        )
