"""Every setting of the company, declared once: key, kind, default, label; PS1-PS16 are the policies' (M126)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.roles import CONTRACT_READERS, CONTRACT_REVIEWERS
from dentalsales.i18n import Text, _, c_


@dataclass(frozen=True)
class Setting:
    """One value that the manager may change; `policy` is its PS number where a policy asks for it."""

    key: str
    label: Text
    kind: str
    """text, number, money, percent, yes_no, choice, roles (ordered names with commas), days (single ones, and from-to),
    folder (of this computer)."""
    default: Any
    group: Text
    choices: tuple[tuple[str, Text], ...] = ()
    unit: Text | None = None
    help: Text | None = None
    policy: str = ""
    minimum: int | None = None
    maximum: int | None = None
    among: frozenset[str] | None = None
    """Of roles: those that can do what the setting asks of them; None means all."""


_POLICY = _("Policy")
_COMPANY = _("Company and letterhead")
_MONEY = _("Prices, tax and credit")
_STOCK = _("Stock and expiry")
_SECURITY = _("Sign-in and security")
_FORMS = _("Printed forms")
_FILES = c_("attachments", "Files")
_BACKUP = _("Making backups")
_PERSONAL = _("Personal data")

_CLOCKS = _("Deadlines of complaints")
_ADVERSE = _("Rules on adverse events of devices (2018, No. 1); not confirmed yet: have it checked")
_HALF_HOURS = tuple((f"{at // 2:02}:{at % 2 * 30:02}", Text(f"{at // 2:02}:{at % 2 * 30:02}")) for at in range(12, 46))
_WEEKS = (("12345", _("Monday to Friday")), ("123456", _("Monday to Saturday")), ("1234567", _("Every day")))
_RUN = (("always", _("Day and night")), ("office", _("While the office is open")))


def _legal(key: str, label: Text, default: int, unit: Text) -> Setting:
    """A time that the law gives; its source is said, and that nobody confirmed it yet."""
    return Setting(key, label, "number", default, _CLOCKS, unit=unit, help=_ADVERSE, minimum=1)


_COMPLAINTS = (
    Setting("complaint_clock", _("The clocks of complaints run"), "choice", "always", _CLOCKS, _RUN),
    Setting("office_opens", _("The office opens at"), "choice", "08:30", _CLOCKS, _HALF_HOURS),
    Setting("office_closes", _("The office closes at"), "choice", "17:30", _CLOCKS, _HALF_HOURS),
    Setting("office_week", _("The office works"), "choice", "12345", _CLOCKS, _WEEKS),
    Setting("office_closed", _("Public holidays and other days off"), "days", "", _CLOCKS,
            help=_("like 2026-10-01~2026-10-07, 2026-12-31")),
    Setting("office_extra", _("Working days at weekends"), "days", "", _CLOCKS, help=_("like 2026-09-20, 2026-10-10")),
    Setting("stop_sale_complaints", _("Complaints about one lot that propose a stop of its sale"), "number", 2,
            _CLOCKS, minimum=1),
    Setting("stop_sale_days", _("These complaints came within"), "number", 30, _CLOCKS, unit=_("days"), minimum=1),
    _legal("adverse_death_days", _("Adverse event with a death reported within"), 7, _("days")),
    _legal("adverse_injury_days", _("Other adverse events reported within"), 20, _("days")),
    _legal("adverse_call_hours", _("Event with several people: authority called within"), 12, _("hours")),
    _legal("adverse_group_hours", _("Event with several people: reported within"), 24, _("hours")),
)  # fmt: skip

SETTINGS: tuple[Setting, ...] = (
    Setting("company_name", _("Company name"), "text", "", _COMPANY),
    Setting("company_address", _("Address"), "text", "", _COMPANY),
    Setting("company_phone", _("Phone"), "text", "", _COMPANY),
    Setting("company_licence", _("Device distribution licence number"), "text", "", _COMPANY),
    Setting("company_credit_code", _("Unified social credit code"), "text", "", _COMPANY),
    Setting("company_bank", _("Bank"), "text", "", _COMPANY),
    Setting("company_bank_account", _("Bank account"), "text", "", _COMPANY),
    Setting(
        "payment_gate", _("Prepaying customers pay before billing and dispatch"), "yes_no", True, _POLICY, policy="PS1"
    ),
    Setting(
        "contract_route",
        _("Contract review route"),
        "roles",
        "contract_admin,manager,audit",
        _POLICY,
        policy="PS2",
        among=CONTRACT_REVIEWERS,
    ),
    Setting(
        "contract_notice",
        _("Told of an effective contract"),
        "roles",
        "clerk,finance,warehouse,service",
        _POLICY,
        among=CONTRACT_READERS,
    ),
    Setting(
        "visit_route",
        _("Who approves customers' visits"),
        "choice",
        "by_class",
        _POLICY,
        (("by_class", _("By sale class: sales department or leader in charge")), ("leader", _("Always the leader"))),
        policy="PS3",
    ),
    Setting(
        "sample_route_unified", _("Sample route, unified sales"), "roles", "manager,quality", _POLICY, policy="PS4"
    ),
    Setting("sample_route_local", _("Sample route, local sales"), "roles", "quality,leader", _POLICY, policy="PS4"),
    Setting("sample_opinion_days", _("Opinion on samples after"), "number", 14, _POLICY, unit=_("days"), minimum=1),
    Setting("contract_required", _("An order needs an effective contract"), "yes_no", False, _POLICY, policy="PS5"),
    Setting(
        "reply_hours",
        _("First reply to a complaint within"),
        "number",
        24,
        _POLICY,
        unit=_("hours"),
        policy="PS6",
        minimum=1,
    ),
    Setting(
        "resolve_hours", _("Complaint resolved within"), "number", 48, _POLICY, unit=_("hours"), policy="PS7", minimum=1
    ),
    Setting("visit_lead_days", _("Visit application ahead by"), "number", 1, _POLICY, unit=_("days"), policy="PS8"),
    Setting("fine_minimum", _("Smallest fine for a service complaint"), "money", Decimal("20"), _POLICY, policy="PS9"),
    Setting("fine_maximum", _("Largest fine for a service complaint"), "money", Decimal("100"), _POLICY, policy="PS9"),
    Setting(
        "return_visit_days_key",
        _("Return visit to key customers every"),
        "number",
        30,
        _POLICY,
        unit=_("days"),
        policy="PS10",
        minimum=1,
    ),
    Setting(
        "return_visit_days",
        _("Return visit to other customers every"),
        "number",
        90,
        _POLICY,
        unit=_("days"),
        policy="PS10",
        minimum=1,
    ),
    Setting(
        "growth_basis",
        _("Growth is measured against"),
        "choice",
        "previous",
        _POLICY,
        (("previous", _("The month before")), ("last_year", _("The same month last year"))),
        policy="PS11",
    ),
    Setting("satisfaction_target", _("Satisfaction target"), "percent", Decimal("90"), _POLICY, policy="PS12"),
    Setting("bulk_amount", _("An order counts as bulk from"), "money", Decimal("50000"), _POLICY, policy="PS13"),
    Setting("self_approval", _("Whoever entered a paper may approve it"), "yes_no", False, _POLICY, policy="PS14"),
    Setting("weight_sales", _("Appraisal weight: sales"), "percent", Decimal("40"), _POLICY, policy="PS15"),
    Setting(
        "weight_satisfaction", _("Appraisal weight: satisfaction"), "percent", Decimal("20"), _POLICY, policy="PS15"
    ),
    Setting(
        "weight_response",
        _("Appraisal weight: response and resolution"),
        "percent",
        Decimal("20"),
        _POLICY,
        policy="PS15",
    ),
    Setting("weight_teamwork", _("Appraisal weight: teamwork"), "percent", Decimal("20"), _POLICY, policy="PS15"),
    Setting("commission_rate", _("Commission rate"), "percent", Decimal("0"), _POLICY, policy="PS16"),
    *_COMPLAINTS,
    Setting("default_terms_days", _("Usual days on account"), "number", 30, _MONEY, unit=_("days")),
    Setting("default_tax_rate", _("Usual tax rate"), "percent", Decimal("13"), _MONEY),
    Setting("near_expiry_days", _("Warn of expiry ahead by"), "number", 180, _STOCK, unit=_("days")),
    Setting(
        "last_sale_day",
        _("Last day a lot may be sold"),
        "choice",
        "expiry",
        _STOCK,
        (("expiry", _("The expiry day itself")), ("before", _("The day before expiry"))),
    ),
    Setting("minimum_shelf_days", _("Days of shelf life left that a sale needs"), "number", 0, _STOCK, unit=_("days")),
    Setting("licence_warning_days", _("Warn of expiring licences ahead by"), "number", 90, _STOCK, unit=_("days")),
    Setting("idle_minutes", _("Lock the window after idle"), "number", 15, _SECURITY, unit=_("minutes"), minimum=1),
    Setting(
        "copied_contacts",
        _("Rows with phone numbers that may be copied without the right to export"),
        "number",
        20,
        _SECURITY,
        unit=_("rows"),
        minimum=1,
    ),
    Setting("password_length", _("Shortest password"), "number", 8, _SECURITY, unit=_("characters"), minimum=6),
    Setting(
        "attachment_most",
        _("Largest file that a record takes"),
        "number",
        50,
        _FILES,
        unit=_("MB"),
        help=_("files are part of every backup"),
        minimum=1,
        maximum=500,
    ),
    Setting("backup_at_close", _("Back up when the window closes"), "yes_no", True, _BACKUP),
    Setting("backup_daily", _("Back up once a day"), "yes_no", True, _BACKUP),
    Setting(
        "backup_hour",
        _("The daily backup is due from"),
        "number",
        0,
        _BACKUP,
        unit=_("o'clock"),
        help=_("or at the first start after that"),
        maximum=23,
    ),
    Setting(
        "backup_place",
        _("Second place of the backups"),
        "folder",
        "",
        _BACKUP,
        help=_("a stick, another disk or a network share"),
    ),
    Setting("backup_hours", _("Keep all backups of the last"), "number", 48, _BACKUP, unit=_("hours"), minimum=1),
    Setting("backup_days", _("Then one backup a day, for"), "number", 14, _BACKUP, unit=_("days"), minimum=1),
    Setting("backup_weeks", _("Then one backup a week, for"), "number", 12, _BACKUP, unit=_("weeks"), minimum=1),
    Setting("backup_months", _("Then one backup a month, for"), "number", 24, _BACKUP, unit=_("months"), minimum=1),
    Setting(
        "record_years_after_expiry",
        _("The buyer stays on a dispatch note after the expiry of the lot for"),
        "number",
        2,
        _PERSONAL,
        unit=_("years"),
        help=_("Device distribution rules, article 38: two; implants for ever"),
        minimum=2,
    ),
    Setting(
        "record_years",
        _("The same where the lot has no expiry, after the dispatch for"),
        "number",
        5,
        _PERSONAL,
        unit=_("years"),
        help=_("Device distribution rules, article 38: five"),
        minimum=5,
    ),
    Setting(
        "voucher_years",
        _("Payer and customer stay on a receipt for"),
        "number",
        30,
        _PERSONAL,
        unit=_("years"),
        help=_("have your accountant confirm how long vouchers are kept"),
        minimum=1,
    ),
    Setting("form_prefix", _("Number prefix of controlled forms"), "text", "QEMSGL", _FORMS),
    Setting("form_version", _("Version of controlled forms"), "text", "A/0", _FORMS),
)

BY_KEY = {setting.key: setting for setting in SETTINGS}


def parse(setting: Setting, text: str) -> Any:
    """Turn the kept text of a setting into its value."""
    if setting.kind == "yes_no":
        return text == "1"
    if setting.kind == "number":
        return int(text)
    if setting.kind in ("money", "percent"):
        return Decimal(text)
    return text


def as_text(setting: Setting, value: Any) -> str:
    """Turn a setting's value into the text that is kept."""
    return ("1" if value else "0") if setting.kind == "yes_no" else str(value)


def policy_settings(settings: Sequence[Setting] = SETTINGS) -> dict[str, list[Setting]]:
    """Return the settings by PS number, for the page and the test that none is missing."""
    found: dict[str, list[Setting]] = {}
    for setting in settings:
        if setting.policy:
            found.setdefault(setting.policy, []).append(setting)
    return found
