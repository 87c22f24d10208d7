"""A report asked for in words (day, month, name of a customer) and written in several formats."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dentalsales.blueprint.report import Period, Report
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import Sheet
from dentalsales.i18n import _, tr
from dentalsales.usecases import run_report, search
from dentalsales.usecases.desk import Desk

FORMATS = ("xlsx", "pdf", "csv", "json")


def run(
    desk: Desk,
    name: str,
    day: str | None,
    month: str | None,
    start: str | None,
    end: str | None,
    customer: str | None = None,
    way: str = "",
) -> Sheet:
    """Run a report for the period that the words name; without words, today or this month as the report asks.

    One that becomes files says which `way` it leaves the program.
    """
    try:
        report = desk.business.report(name)
    except KeyError:
        known = ", ".join(one.name for one in desk.reports())
        raise RuleBroken(_("There is no report “{name}”. There are: {known}."), name=name, known=known) from None
    choices = {} if customer is None else {"customer_id": customer_named(desk, customer)}
    period = period_of(report, desk.today, day, month, start, end)
    return (
        run_report.exported(desk, name, period, way, **choices)
        if way
        else run_report.run(desk, name, period, **choices)
    )


def period_of(
    report: Report, today: date, day: str | None, month: str | None, start: str | None, end: str | None
) -> Period:
    """Return the period that was asked for; RuleBroken for words that are no date or do not fit together."""
    if sum(word is not None for word in (day, month, start or end)) > 1:
        raise RuleBroken(_("Give a day, a month, or a first and last day."))
    if day is not None:
        return Period.day(_date(day))
    if month is not None:
        return Period.month(_date(f"{month}-01"))
    if start or end:
        period = Period(_date(start or end or ""), _date(end or start or ""))
        if period.end < period.start:
            raise RuleBroken(_("The last day lies before the first one."))
        return period
    if report.period == "range":
        return Period(today - timedelta(days=364), today)
    return Period.month(today) if report.period == "month" else Period.day(today)


def _date(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise RuleBroken(_("“{word}” is no date. Write it like 2026-11-22, a month like 2026-11."), word=word) from None


def customer_named(desk: Desk, name: str) -> int:
    """Return the customer of a number or name; RuleBroken when there is none, or several."""
    found = search.suggest(desk, "customer", name, limit=5)
    exact = [one for one in found if name in (one.title, one.code)]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].id
    if not found:
        raise RuleBroken(_("There is no customer “{name}”."), name=name)
    raise RuleBroken(
        _("Several customers fit “{name}”: {titles}."), name=name, titles=", ".join(one.title for one in found)
    )


def formats_of(words: str) -> list[str]:
    """Return the formats that are named with commas; RuleBroken for one that there is not, or for none."""
    wanted = [one.strip().lower() for one in words.split(",") if one.strip()]
    for one in wanted or [words]:
        if one not in FORMATS:
            raise RuleBroken(
                _("There is no format “{format}”. There are: {known}."), format=one, known=", ".join(FORMATS)
            )
    return list(dict.fromkeys(wanted))


def write(sheet: Sheet, formats: Iterable[str], folder: Path) -> list[Path]:
    """Write the sheet in each format and return the files."""
    made = []
    for one in formats:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RuleBroken(_("“{folder}” is no folder that can be written to."), folder=str(folder)) from error
        made.append(folder / f"{file_name(sheet)}.{one}")
        writer(one)(sheet, made[-1])
    return made


def writer(kind: str) -> Any:
    """Return the function (sheet, path) that writes a format."""
    if kind == "xlsx":
        from dentalsales.exchange.excel_out import write_sheet
    elif kind == "pdf":
        from dentalsales.exchange.pdf_sheet import write_sheet
    elif kind == "json":
        from dentalsales.exchange.json_out import write_sheet
    else:
        from dentalsales.exchange.csv_out import write_sheet
    return write_sheet


def file_name(sheet: Sheet) -> str:
    """Return the file's name without its ending: title and period, nothing that a file system refuses."""
    title = tr(sheet.title).strip("《》")
    period = sheet.period.replace(" ~ ", "~")
    return re.sub(r'[\\/:*?"<>|《》\s]+', "-", f"{title}-{period}").strip("-.")
