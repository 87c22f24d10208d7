"""What a first start asks page by page, what was answered, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dentalsales.i18n import Text, _

LETTERHEAD: tuple[tuple[str, Text], ...] = (
    ("company_name", _("Company name")),
    ("company_address", _("Address")),
    ("company_phone", _("Phone")),
    ("company_licence", _("Device distribution licence number")),
    ("company_credit_code", _("Unified social credit code")),
    ("company_bank", _("Bank")),
    ("company_bank_account", _("Bank account")),
)
OPTIONAL = frozenset(name for name, _label in LETTERHEAD) - {"company_name"}
EMPLOYEE: tuple[tuple[str, Text], ...] = (
    ("name", _("Name")),
    ("login", _("Sign-in name")),
    ("password", _("Password, at least 8 characters")),
    ("again", _("Password once more")),
)
STEPS = (_("Language"), _("Company"), _("First employee"), _("Data"))


@dataclass
class Answers:
    """What the wizard was told; the letterhead by the keys of the settings."""

    language: str = "zh_CN"
    letterhead: dict[str, str] = field(default_factory=dict)
    login: str = ""
    name: str = ""
    password: str = ""
    sample: bool = False

    def take(self, words: Mapping[str, str]) -> None:
        """Keep what was typed into the fields of all pages; a password is kept with its spaces."""
        self.letterhead = {key: words[key].strip() for key, _text in LETTERHEAD}
        self.login, self.name = words["login"].strip(), words["name"].strip()
        self.password = words["password"]


def field_after(name: str) -> str:
    """Return the next field of the same page, "" after its last one."""
    names = next(page for page in ([*dict(LETTERHEAD)], [*dict(EMPLOYEE)]) if name in page)
    return next(iter(names[names.index(name) + 1 :]), "")


def problem_on(page: int, words: Mapping[str, str]) -> tuple[Text, str] | None:
    """Return what is missing or wrong on a page, and the field it is about; None when the next one may come."""
    if page == 1 and not words["company_name"].strip():
        return _("Enter the name of your company."), "company_name"
    if page == 2:
        for name, text in (("name", _("Enter a name.")), ("login", _("Enter a sign-in name."))):
            if not words[name].strip():
                return text, name
        if len(words["password"]) < 8:
            return _("The password needs 8 characters at least."), "password"
        if words["password"] != words["again"]:
            return _("The passwords differ. Enter it once more."), "again"
    return None
