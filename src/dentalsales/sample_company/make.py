"""Makes the sample company: sets the stage, then lets the office work day after day until today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dentalsales.i18n import Text

if TYPE_CHECKING:
    from dentalsales.storage.company import Company

SEED = 20261122


@dataclass(frozen=True)
class SampleSummary:
    """What was made: sign-in names with their roles, and how many rows each table got."""

    users: list[tuple[str, tuple[Text, ...]]]
    counts: dict[str, int]
    password: str


def make_sample(company: "Company", *, today: date, seed: int = SEED, size: str = "office",
                progress: Callable[[int, int], bool] | None = None) -> SampleSummary:
    """Fill a new, empty company; the same seed and day make the same rows.

    `size` is "office" (14 months, 1,600 orders) or "large" (10 years, 200,000 orders, a million lines; takes minutes).
    `progress` is told (days done, days in all) and may stop the work by returning False: `exchange.progress.Cancelled`.
    """
    from dentalsales.blueprint.roles import ROLE_LABELS
    from dentalsales.sample_company.office import Office
    from dentalsales.sample_company.people import PASSWORD
    from dentalsales.sample_company.sizes import SIZES

    office = Office(company, today, seed, SIZES[size])
    office.work(progress)
    users: list[tuple[str, tuple[Text, ...]]] = [(login, (ROLE_LABELS[role],)) for login, role in office.users]
    return SampleSummary(users, office.book.counts, PASSWORD)
