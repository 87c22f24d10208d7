"""Customers: clinics, hospitals, labs and dealers, with licences, addresses, terms and owner (M1-M4)."""

from dentalsales.blueprint.form import Section
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import (
    AFTER_SALES,
    ASSISTANT,
    CLERK,
    FINANCE,
    MANAGER,
    MANAGERS,
    REP,
    SERVICE,
    SERVICE_MANAGER,
    Access,
    roles,
)
from dentalsales.blueprint.table import Filter, Table, View
from dentalsales.blueprint.workflow import State, Step, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.customers.record import (
    PRICE_LEVELS,
    SALE_CLASSES,
    TERMS,
    Customer,
    CustomerAddress,
    CustomerContact,
    CustomerLicence,
)
from dentalsales.registers.customers.rules import (
    ALL_SEEN_BY,
    TERMS_OF_PAYMENT,
    a_salesperson_owns_it,
    changed_terms_wait_for_finance,
    customer_is_served,
    has_unconfirmed_terms,
    similar_ones_are_named,
    terms_are_confirmed,
)

WORKFLOW = Workflow(
    states=(
        State("to_review", _("To review"), "pending", editable=True),
        State("active", _("Active"), "confirmed", editable=True),
        State("disabled", _("Disabled"), "void"),
    ),
    steps=(
        Step("review", _("Review customer"), ("to_review",), "active", roles(MANAGER)),
        Step(
            "confirm_terms",
            _("Confirm terms"),
            ("to_review", "active"),
            None,
            roles(FINANCE),
            (has_unconfirmed_terms,),
            (terms_are_confirmed,),
            second_person=True,
            about=TERMS_OF_PAYMENT,
            waits=lambda customer: customer.c.terms_confirmed.is_(False),
            inbox=False,
        ),
        Step("disable", _("Disable"), ("to_review", "active"), "disabled", MANAGERS, asks_note=True, inbox=False),
        Step("enable", _("Enable"), ("disabled",), "to_review", MANAGERS, asks_note=True, inbox=False),
    ),
)

CUSTOMERS = Register(
    name="customers",
    title=_("Customers"),
    one=_("Customer"),
    record=Customer,
    number="C-{count:05}",
    form=(
        Section(
            _("Customer"),
            ("name", "short_name"),
            ("kind", "sale_class", "grade"),
            ("contact", "phone"),
            "address",
            ("owner_id", "region", "source"),
            ("is_key", "is_bulk"),
        ),
        Section(
            _("Terms"),
            ("terms", "terms_days", "credit_limit"),
            ("price_level", "minimum_shelf_months", "terms_confirmed"),
        ),
        Section(_("Licences"), "licences"),
        Section(_("Contacts"), "contacts"),
        Section(_("Delivery addresses"), "addresses"),
        Section(
            _("Invoice"),
            ("invoice_title", "invoice_kind"),
            ("credit_code", "legal_person"),
            ("bank", "bank_account"),
            ("invoice_address", "invoice_email"),
        ),
        Section(_("Printed papers"), ("print_size", "print_prices")),
        Section(_("Notes"), "needs", "situation", "remarks"),
        Section(c_("attachments", "Files"), "files"),
    ),
    table=Table(
        "number",
        "name",
        "kind",
        "region",
        "owner_id",
        "contact",
        "phone",
        "last_purchase_on",
        "purchases_total",
        "state",
        more=(
            "sale_class",
            "grade",
            "is_key",
            "is_bulk",
            "terms",
            "credit_limit",
            "price_level",
            "address",
            "credit_code",
        ),
        search=("number", "name", "phone"),
        order="number",
        filters=("kind", "region", "owner_id", "state", "is_key", "sale_class", "terms"),
        views=(
            View(
                "quiet",
                _("Mine, no order for 60 days"),
                (Filter("owner_id", "=", "me"), Filter("last_purchase_on", "not_since", "today-60")),
            ),
            View("mine", _("My customers"), (Filter("owner_id", "=", "me"),)),
            View("key", _("Key customers"), (Filter("is_key", "=", True),)),
            View("to_review", _("To review"), (Filter("state", "=", "to_review"),)),
        ),
    ),
    access=Access(
        view=ALL_SEEN_BY,
        create=roles(MANAGER, ASSISTANT, REP, SERVICE, SERVICE_MANAGER, AFTER_SALES, CLERK),
        edit=roles(MANAGER, ASSISTANT, REP, SERVICE, SERVICE_MANAGER, AFTER_SALES),
        export=roles(MANAGERS, REP, ASSISTANT),
        own=roles(REP),
        owner="owner_id",
    ),
    workflow=WORKFLOW,
    persons=Persons(roles=MANAGERS, asks_party=True),
    rules=(a_salesperson_owns_it, changed_terms_wait_for_finance, similar_ones_are_named),
    empty=_("No customers yet. Create one, or import from Excel."),
    group="files",
    icon="users",
    shortcut=2,
)

__all__ = [
    "CUSTOMERS",
    "PRICE_LEVELS",
    "SALE_CLASSES",
    "TERMS",
    "Customer",
    "CustomerAddress",
    "CustomerContact",
    "CustomerLicence",
    "a_salesperson_owns_it",
    "customer_is_served",
    "similar_ones_are_named",
]
