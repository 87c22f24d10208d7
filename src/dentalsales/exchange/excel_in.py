"""Reads a checked workbook through a child process, so that a hostile one can only end the child."""

import json
import multiprocessing
import time
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import workbook_child
from dentalsales.exchange.source import Limits, ReadingStopped, Rows, SheetInfo
from dentalsales.exchange.workbook_guard import damaged, no_sheet, protected, refusal, too_large_inside
from dentalsales.i18n import _

SECONDS_BETWEEN_LOOKS = 0.1  # how soon a cancel is noticed


def workbook_sheets(path: Path, limits: Limits, stopped: Callable[[], bool]) -> tuple[SheetInfo, ...]:
    """Return the sheets that have rows, hidden ones last; raise RuleBroken when there is none."""
    told = [SheetInfo(name, rows, hidden) for _word, name, rows, hidden in _talk(path, None, 0, limits, stopped)]
    sheets = sorted((sheet for sheet in told if sheet.rows_estimate), key=lambda sheet: sheet.hidden)
    if not sheets:
        raise refusal(path, _("All sheets of {file} are empty. Choose another file."))
    return tuple(sheets)


def workbook_rows(path: Path, sheet: str, start: int, limits: Limits, stopped: Callable[[], bool]) -> Rows:
    """Yield the rows of one sheet; closing the iterator ends the child at once.

    Raises RuleBroken when the sheet is missing, too wide or too large, ReadingStopped when `stopped()` turns true.
    """
    with closing(_talk(path, sheet, start, limits, stopped)) as messages:
        for number, cells in (row for _word, batch in messages for row in batch):
            if number > limits.rows:
                raise RuleBroken(
                    _("Sheet {sheet} has more than {most} rows. Split it into several files."),
                    sheet=sheet, most=limits.rows,
                )  # fmt: skip
            yield number, tuple(cells)


def _talk(
    path: Path, sheet: str | None, start: int, limits: Limits, stopped: Callable[[], bool]
) -> Generator[list[Any], None, None]:
    """Start a child, yield its messages until its end, and leave no child behind in any case."""
    context = multiprocessing.get_context("spawn")
    incoming, outgoing = context.Pipe(duplex=False)
    most = (limits.memory_bytes, limits.seconds, limits.columns)
    child = context.Process(
        target=workbook_child.run, args=(outgoing, str(path.absolute()), sheet, start, most), daemon=True
    )
    child.start()
    outgoing.close()
    started = False
    try:
        while (message := _next(path, incoming, limits, stopped))[0] != "end":
            if message[0] == "problem":
                raise _told_problem(path, sheet, limits, *message[1:])
            if message[0] == "ready":
                started = True
            else:
                yield message
    except (EOFError, OSError) as error:
        if not started:
            raise RuntimeError(
                "The process that reads workbooks did not start."
            ) from error  # our fault, not the file's
        raise too_large_inside(path) from None  # the system has ended it at its limit
    finally:
        incoming.close()
        child.kill()
        child.join()
        child.close()


def _next(path: Path, incoming: Connection, limits: Limits, stopped: Callable[[], bool]) -> list[Any]:
    deadline = time.monotonic() + limits.seconds
    arrived = False
    while not arrived:
        arrived = _has_word(incoming)
        if stopped():
            raise ReadingStopped
        if time.monotonic() > deadline:
            raise refusal(path, _("Reading {file} took too long. Copy only the rows you need to a new workbook."))
    message: list[Any] = json.loads(incoming.recv_bytes(), object_hook=_day_or_moment)
    return message


def _has_word(incoming: Connection) -> bool:
    try:
        return incoming.poll(SECONDS_BETWEEN_LOOKS)
    except BrokenPipeError:  # how Windows says that the child is gone
        raise EOFError from None


def _told_problem(path: Path, sheet: str | None, limits: Limits, problem: str, row: int = 0) -> RuleBroken:
    if problem == "columns":
        return RuleBroken(
            _("Row {row} of sheet {sheet} has more than {most} columns. Delete what stands far to the right."),
            row=row, sheet=sheet, most=limits.columns,
        )  # fmt: skip
    if problem == "sheet":
        return no_sheet(path, sheet or "")
    return {"password": protected, "large": too_large_inside}.get(problem, damaged)(path)


def _day_or_moment(value: dict[str, str]) -> date | datetime:
    if "day" in value:
        return date.fromisoformat(value["day"])
    return datetime.fromisoformat(value["moment"])
