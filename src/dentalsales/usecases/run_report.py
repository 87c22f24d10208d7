"""Running a report and making a printed paper: permission, the employee's own customers, letterhead, who and when."""

from dataclasses import replace
from typing import Any

from dentalsales.blueprint.printout import Paper
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.sheet import Sheet, visible_columns
from dentalsales.i18n import _
from dentalsales.usecases import save_record
from dentalsales.usecases.desk import Desk, letterhead_of, read_settings
from dentalsales.usecases.keep_history import write_history

EARLIEST, LATEST = 1902, 2998
"""Years a report can be asked for; it looks a year back."""


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
    return replace(sheet, blocks=blocks, letterhead=letterhead, made_at=desk.now(), made_by=desk.name)


def paper(desk: Desk, printout_name: str, record_id: int, **options: Any) -> Paper:
    """Return a paper ready to draw; RuleBroken when it is not printed in the record's state."""
    printout = desk.business.printout(printout_name)
    register = desk.business.register(printout.register)
    with desk.reading() as act:
        record = save_record.load(act, register, record_id)
        if printout.states and record.state not in printout.states:
            raise RuleBroken(_("“{title}” is not printed in this state."), title=printout.title)
        made = printout.make(record, act, options)
        letterhead = letterhead_of(read_settings(act.session))
    return replace(made, letterhead=letterhead, printed_at=desk.now(), printed_by=desk.name)


def log_print(desk: Desk, printout_name: str, record_id: int) -> None:
    """Write into the history that a paper was printed."""
    printout = desk.business.printout(printout_name)
    with desk.writing() as act:
        register = desk.business.register(printout.register)
        record = save_record.load(act, register, record_id)
        state = getattr(record, "state", "")
        write_history(act, register.name, record_id, "printed", state, state, str(printout.title))
