"""Copies without a window: made, listed, checked, restored, opened to look, and the move to another place."""

import argparse
import os
import re
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.cli.answers import progress
from dentalsales.cli.given import given_file, words_in
from dentalsales.cli.sign_in import company_place, place_called, signed_in
from dentalsales.i18n import _, tr

if TYPE_CHECKING:
    from dentalsales.storage.kept_copies import KeptSet

EXAMPLE = "48h,14d,12w,24m"
KEEP = re.compile(r"(\d{1,5})h,(\d{1,4})d,(\d{1,4})w,(\d{1,4})m")


def back_up(options: argparse.Namespace) -> int:
    """Write a verified copy here or into a folder, and in the second place what it lacks."""
    from dentalsales.usecases import back_up
    from dentalsales.usecases.backup_key import key_under
    from dentalsales.usecases.backup_state import backup_state, tell_state

    rule = _kept_set(options.keep)
    desk = signed_in(options, read_only=True)
    with closing(desk.company):
        if options.list:
            return _list(desk)
        key = key_under(_passphrase(options)) if options.passphrase_file else None
        if options.out is not None:
            back_up.carry_away(desk, options.out)
        made = back_up.back_up_company(desk.company, options.out, rule=rule, key=key)
        print(tr(_("Backup {file}, {size} bytes, verified.").fill(file=made.path, size=made.size)))
        copied = back_up.copy_elsewhere(desk.company)
        tell_state(desk.company, backup_state(desk.company))
    if copied:
        print(tr(_("Copied to the second place and read back: {count}.").fill(count=copied)))
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put a copy in the place of the company, after a copy of what is there now."""
    from dentalsales.app.companies import restore_company

    place = company_place(options)
    if options.list or options.file is None:
        desk = signed_in(options, read_only=True)
        with closing(desk.company):
            return _list(desk)
    given_file(options.file)
    passphrase = _passphrase(options)
    _make_safe(options, place)
    done = restore_company(options.file, place, passphrase)
    print(
        tr(
            _("Restored {company} of {moment} into {folder}.").fill(
                company=done.backup.company, moment=done.backup.made_at.strftime("%Y-%m-%d %H:%M"), folder=place
            )
        )
    )
    if done.backup.history_head:
        print(tr(_("Seal of the history: {seal}").fill(seal=done.backup.history_head)))
    if done.kept_as is not None:
        print(tr(_("What was there before is kept in {folder}.").fill(folder=done.kept_as)))
    return 0


def move(options: argparse.Namespace) -> int:
    """Move the company to a server or back; the old place can only be read afterwards."""
    from dentalsales.app.moving import move_company, sentences_of

    place = place_called(options.to)
    desk = signed_in(options)
    with closing(desk.company):
        left, moved = desk.company.place, move_company(desk, place, progress())
    for table in moved.tables:
        if table.rows:
            print(f"  {table.table:<28} {table.rows:>12,}")
    print(*map(tr, sentences_of(moved, left)), sep="\n")
    return 0


def look(options: argparse.Namespace) -> int:
    """Open a copy in a window of its own, only to look."""
    from dentalsales.app.looking import look_at_copy

    given_file(options.file)
    login = options.user or os.environ.get("DENTALSALES_USER", "")
    return look_at_copy(options.file, _passphrase(options), options.lang, login)


def check(options: argparse.Namespace) -> int:
    """Check the company, or read a copy back and say what is in it; a damaged one is a refusal."""
    from dentalsales.cli.commands import check_books

    return check_books(options) if options.file is None else _check_copy(options)


def _check_copy(options: argparse.Namespace) -> int:
    from dentalsales.usecases.backup_inside import facts_of_file

    given_file(options.file)
    info = facts_of_file(options.file, _passphrase(options))
    text = _("{company}, made {moment}: every bit is as it was written; {rows} rows, {files} attachments.").fill(
        company=info.company,
        moment=info.made_at.strftime("%Y-%m-%d %H:%M"),
        rows=f"{sum(info.counts.values()):,}",
        files=info.attachments,
    )
    print(tr(text))
    for table, number in sorted(info.last_numbers.items()):
        print(f"  {table} {number}")
    return 0


def _make_safe(options: argparse.Namespace, place: Any) -> None:
    """Sign in and copy what is there, if there is something; a damaged company is only kept beside."""
    from dentalsales.blueprint.rules import NothingThere
    from dentalsales.storage.refusals import DamagedCompany
    from dentalsales.usecases import back_up

    if isinstance(place, Path) and not (place / "company.db").exists():
        return
    try:
        desk = signed_in(options, read_only=True)
    except NothingThere:
        return
    except DamagedCompany as damaged:
        print(tr(damaged.text), file=sys.stderr)
        return
    with closing(desk.company):
        back_up.demand_restore(desk)
        made = back_up.back_up_company(desk.company, reason="before_restore", thin=False)
    print(tr(_("What is there now was backed up first: {file}.").fill(file=made.path)))


def _list(desk: Any) -> int:
    from dentalsales.usecases.backup_inside import REASONS, known_copies

    for copy in known_copies(desk):
        info = copy.info
        state = tr(_("verified") if info.verified else _("damaged"))
        words = (f"{info.made_at:%Y-%m-%d %H:%M}", tr(REASONS.get(info.reason, REASONS[""])), tr(copy.where), state)
        print("  ".join((*words, f"{info.size:,}", str(info.path))))
    return 0


def _kept_set(words: str | None) -> "KeptSet | None":
    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.storage.kept_copies import KeptSet

    if words is None:
        return None
    found = KEEP.fullmatch(words)
    if found is None:
        raise RuleBroken(_("“{words}” does not say what to keep; write it as {example}."), words=words, example=EXAMPLE)
    return KeptSet(*map(int, found.groups()))


def _passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase from its file or the input; asked for when the copy needs one and somebody is there."""
    if options.passphrase_file == "-":
        return sys.stdin.readline().rstrip("\r\n")
    if options.passphrase_file:
        return words_in(Path(options.passphrase_file))
    from dentalsales.usecases.backup_inside import needs_passphrase

    if not needs_passphrase(options.file) or not sys.stdin or not sys.stdin.isatty():
        return ""
    import getpass

    return getpass.getpass(tr(_("Passphrase of {file}: ").fill(file=options.file.name)))
