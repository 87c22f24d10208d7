"""The figures on Today: each is the count or total of the list it opens; an employee sees the first six of the own."""

from dentalsales.blueprint.roles import (
    AFTER_SALES,
    ASSISTANT,
    CLERK,
    CONTRACT_ADMIN,
    DIRECTOR,
    FINANCE,
    OFFICE,
    QUALITY,
    REP,
    SERVICE,
    SERVICE_MANAGER,
    roles,
)
from dentalsales.blueprint.table import Filter
from dentalsales.blueprint.tile import FirstStep, TileWords
from dentalsales.i18n import _

TILES = (
    TileWords(
        "contracts_ending",
        _("Contracts that end within 30 days"),
        "contracts",
        (Filter("state", "=", "effective"), Filter("valid_to", "<=", "today+30")),
        roles=roles(CONTRACT_ADMIN, ASSISTANT, REP),
    ),
    TileWords(
        "to_confirm",
        _("Receipts to confirm"),
        "receipts",
        (Filter("state", "=", "submitted"),),
        roles=roles(FINANCE),
    ),
    TileWords(
        "to_bill", _("Orders to bill"), "orders", (Filter("state", "in", ("reviewed", "paid")),), roles=roles(CLERK)
    ),
    TileWords(
        "complaints_late",
        _("Overdue complaints"),
        "complaints",
        (Filter("due_at", "<", "now"),),
        roles=roles(SERVICE, SERVICE_MANAGER, AFTER_SALES, QUALITY, OFFICE, DIRECTOR),
    ),
    TileWords(
        "orders_today",
        _("Orders today"),
        "orders",
        (Filter("ordered_on", "=", "today"), Filter("state", "!=", "void")),
        "money",
        "total",
    ),
    TileWords("to_dispatch", _("To dispatch"), "orders", (Filter("state", "in", ("billed", "part_sent")),)),
    TileWords(
        "overdue",
        _("Overdue receivables"),
        "receivables",
        (Filter("open", ">", 0), Filter("due_on", "<", "today")),
        "money",
        "open",
    ),
    TileWords(
        "receipts_today",
        _("Receipts today"),
        "receipts",
        (Filter("received_on", "=", "today"), Filter("state", "=", "confirmed"), Filter("kind", "!=", "advance")),
        "money",
        "amount",
    ),
    TileWords("to_review", _("Orders to review"), "orders", (Filter("state", "=", "stock_confirmed"),)),
    TileWords(
        "expired", _("Expired lots in stock"), "lots", (Filter("on_hand", ">", 0), Filter("expires_on", "<", "today"))
    ),
)

FIRST_STEPS = (
    FirstStep(_("Import customers"), "customers", "customers"),
    FirstStep(_("Import products"), "products", "products"),
    FirstStep(_("Import the price list"), "prices", "prices"),
    FirstStep(_("Import the opening stock"), "goods_in", "opening_stock"),
    FirstStep(_("Add employees and their passwords"), "employees", enough=2),
    FirstStep(_("Key the first order"), "orders"),
)
