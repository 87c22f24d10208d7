"""Products: what we sell, with class, registration, maker, units and shelf life (M37 and Order 54, article 38)."""

from dentalsales.blueprint.form import Section
from dentalsales.blueprint.messages import Spoken
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import EVERYONE, MANAGER, QUALITY, WAREHOUSE, Access, roles
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.i18n import _, c_
from dentalsales.registers.products.card_words import CARD, CardWords
from dentalsales.registers.products.record import Product
from dentalsales.registers.products.rules import (
    REGISTRATION,
    class_in,
    goods_are_on_sale,
    it_has_a_code,
    the_registration_looks_right,
)
from dentalsales.registers.products.sales_record import missing_in, missing_on_card, the_sales_record_is_foreseen
from dentalsales.registers.products.trade_words import CALLED
from dentalsales.registers.products.units import factor_of, unit_choices, units_of_all

PRODUCTS = Register(
    name="products",
    title=_("Products"),
    one=_("Product"),
    record=Product,
    form=(
        Section(
            _("Product"),
            ("code", "name"),
            ("brand", "model", "family"),
            ("spec", "shade", "grade"),
            ("unit", "pack_unit", "pack_size"),
            ("sells_by_pack", "disabled"),
        ),
        Section(
            _("Registration"),
            ("device_class", "is_implant"),
            ("registration", "registration_valid_to"),
            ("registrant", "maker"),
            "maker_licence",
        ),
        Section(
            _("Storage and tax"),
            ("storage", "has_lot", "shelf_life_months"),
            ("minimum_stock", "tax_rate"),
            ("supplier_id", "barcode"),
        ),
        Section(_("Notes"), "remarks"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "code",
        "name",
        "brand",
        "model",
        "spec",
        "shade",
        "unit",
        "registration",
        "maker",
        more=(
            "grade",
            "family",
            "pack_unit",
            "pack_size",
            "device_class",
            "storage",
            "minimum_stock",
            "tax_rate",
            "disabled",
        ),
        search=("code", "name"),
        order="code",
        filters=("brand", "family", "device_class", "storage", "disabled"),
        views=(View("current", _("On sale"), (Filter("disabled", "=", False),)),),
    ),
    access=Access(view=EVERYONE, create=roles(MANAGER, QUALITY, WAREHOUSE)),
    rules=(the_registration_looks_right, the_sales_record_is_foreseen, it_has_a_code),
    empty=_("No products yet. Create one, or import from Excel."),
    spoken=Spoken(
        codes=("code", "barcode"),
        named=("name", "brand", "model", "family"),
        told=("spec", "shade", "grade"),
        units=units_of_all,
        called=CALLED,
    ),
    group="files",
    icon="package",
)

__all__ = [
    "CARD",
    "PRODUCTS",
    "REGISTRATION",
    "CardWords",
    "Product",
    "class_in",
    "factor_of",
    "goods_are_on_sale",
    "missing_in",
    "missing_on_card",
    "the_registration_looks_right",
    "unit_choices",
    "units_of_all",
]
