"""An employee at work in a copy of the company: what is tried there is never kept, and hinders nobody."""

from collections.abc import Iterator
from contextlib import contextmanager

from dentalsales.blueprint.house_records import Employee
from dentalsales.storage.trial import trial_of
from dentalsales.usecases.desk import Desk


@contextmanager
def on_trial(desk: Desk) -> Iterator[Desk]:
    """Give the desk of the same employee in a copy of the company as it is now; the copy goes with the block."""
    with trial_of(desk.company) as company:
        with company.reading() as session:
            employee = session.get_one(Employee, desk.employee_id)
        yield Desk(desk.business, company, employee, desk.now)
