"""Suppliers: whom the goods come from; the purchase record names them (Order 54, article 32)."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from dentalsales.blueprint.fields import attachments, day, note, text, yes_no
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.record import Record
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import CLERK, FINANCE, MANAGER, MANAGERS, QUALITY, WAREHOUSE, Access, roles
from dentalsales.blueprint.table import Table
from dentalsales.i18n import _, c_


class Supplier(Record):
    """Who sells to us."""

    __tablename__ = "supplier"
    title_fields: ClassVar[tuple[str, ...]] = ("name",)

    name: Mapped[str] = text(_("Supplier name"), required=True, unique=True, search=True)
    contact: Mapped[str] = text(_("Contact"), length=60)
    phone: Mapped[str] = text(_("Phone"), required=True, length=60)
    address: Mapped[str] = text(_("Address"), required=True)
    licence: Mapped[str] = text(_("Device distribution licence number"), length=80)
    licence_valid_to: Mapped[date | None] = day(_("Licence valid to"))
    disabled: Mapped[bool] = yes_no(_("Disabled"))
    remarks: Mapped[str] = note(_("Notes"))
    files = attachments()


SUPPLIERS = Register(
    name="suppliers",
    title=_("Suppliers"),
    one=_("Supplier"),
    record=Supplier,
    form=(
        Section(_("Supplier"), "name", ("contact", "phone"), "address", ("licence", "licence_valid_to"), "disabled"),
        Section(_("Notes"), "remarks"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "name", "contact", "phone", "address", "licence", "licence_valid_to", "disabled", search=("name",), order="name"
    ),
    access=Access(view=roles(MANAGERS, CLERK, WAREHOUSE, QUALITY, FINANCE), create=roles(MANAGER, WAREHOUSE, QUALITY)),
    group="files",
    icon="building",
)
