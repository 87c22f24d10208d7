"""Running a report: permission, letterhead, who and when."""

from dataclasses import replace
from typing import Any

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.sheet import Sheet, visible_columns
from dentalsales.i18n import _
from dentalsales.usecases.company_settings import letterhead_of, read_settings
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.exports import remember_report

EARLIEST, LATEST = 1902, 2998
"""Years a report can be asked for; it looks a year back."""


def exported(desk: Desk, report_name: str, period: Period, way: str, **choices: Any) -> Sheet:
    """Return the Sheet of a report that becomes a file, and leave the entry that it left the program."""
    sheet = run(desk, report_name, period, **choices)
    remember_report(desk, report_name, sheet, way, choices)
    return sheet


def run(desk: Desk, report_name: str, period: Period, **choices: Any) -> Sheet:
    """Return the Sheet of a report; cost and margin are left out for those who may not see them."""
    try:
        report = desk.business.report(report_name)
    except KeyError:
        raise RuleBroken(_("There is no report “{name}”."), name=report_name) from None
    if not desk.roles & report.view:
        raise NotAllowed(_("Your roles do not include the report “{title}”."), title=report.title)
    if period.start.year < EARLIEST or period.end.year > LATEST:
        raise RuleBroken(_("Choose a period between {first} and {last}."), first=EARLIEST, last=LATEST)
    with desk.reading() as act:
        sheet = report.run(act, period, choices)
        letterhead = letterhead_of(read_settings(act.session))
    blocks = tuple(visible_columns(block, desk.sees_cost) for block in sheet.blocks)
    return replace(sheet, blocks=blocks, letterhead=letterhead, made_at=desk.now(), made_by=desk.signs_as)
