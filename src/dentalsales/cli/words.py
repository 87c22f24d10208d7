"""The words of each command on the command line."""

import argparse
from pathlib import Path

from dentalsales.i18n import LANGUAGES, _, tr

KINDS = ("customers", "products", "prices", "opening_stock", "opening_receivables", "past_sales")


def common_words(parser: argparse.ArgumentParser, top: bool) -> None:
    """Options that every command knows, before or after its name."""
    missing = None if top else argparse.SUPPRESS
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--data", metavar=tr(_("DIR")), type=Path, default=missing, help=tr(_("folder of the company")))
    place.add_argument(
        "--database",
        metavar="URL",
        default=missing,
        help=tr(_("the company's database, sqlite:///FILE or postgresql://LOGIN@SERVER/NAME")),
    )
    parser.add_argument(
        "--user",
        metavar=tr(_("NAME")),
        default=missing,
        help=tr(_("sign-in name; the password is asked for, or taken from DENTALSALES_PASSWORD")),
    )
    parser.add_argument("--lang", choices=[code for code, _name in LANGUAGES], default=missing, help=tr(_("language")))


def demo_words(parser: argparse.ArgumentParser) -> None:
    """How large the sample company is."""
    parser.add_argument(
        "--size",
        choices=("office", "large"),
        default="office",
        help=tr(_("office: 14 months; large: a million lines in 10 years")),
    )


def import_words(parser: argparse.ArgumentParser) -> None:
    """What the file holds, and how its columns are read."""
    parser.add_argument(
        "kind",
        metavar=tr(_("KIND")),
        help=tr(_("what the file holds: {kinds}").fill(kinds=", ".join(KINDS))),
        choices=KINDS,
    )
    parser.add_argument("file", metavar=tr(_("FILE")), type=Path, help=tr(_("workbook or text file")))
    parser.add_argument("--check", action="store_true", help=tr(_("check only, write nothing")))
    parser.add_argument("--sheet", metavar=tr(_("NAME")), help=tr(_("name of the sheet")))
    parser.add_argument("--heading-row", type=int, metavar="N", help=tr(_("row of the headings, as in Excel")))
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar=tr(_("HEADING=FIELD")),
        help=tr(_("which field a column goes to; may be repeated")),
    )
    parser.add_argument("--skip-bad", action="store_true", help=tr(_("take the good rows and leave the bad ones out")))
    parser.add_argument("--bad-rows", metavar=tr(_("FILE")), type=Path, help=tr(_("write the bad rows to this .xlsx")))


def report_words(parser: argparse.ArgumentParser) -> None:
    """Which report, of which days, in which formats."""
    parser.add_argument("name", metavar=tr(_("NAME")), help=tr(_("name of the report; list shows them all")))
    parser.add_argument("--day", metavar="YYYY-MM-DD", help=tr(_("one day")))
    parser.add_argument("--month", metavar="YYYY-MM", help=tr(_("one month")))
    parser.add_argument("--from", dest="start", metavar="YYYY-MM-DD", help=tr(_("first day")))
    parser.add_argument("--to", dest="end", metavar="YYYY-MM-DD", help=tr(_("last day")))
    parser.add_argument("--customer", metavar=tr(_("NAME")), help=tr(_("one customer, by number or name")))
    parser.add_argument(
        "--format",
        default="xlsx,pdf",
        metavar="xlsx,pdf,csv,json",
        help=tr(_("formats, with commas; json is printed, and with --out also written")),
    )
    parser.add_argument("--out", type=Path, metavar=tr(_("DIR")), help=tr(_("folder for the files")))


def backup_words(parser: argparse.ArgumentParser) -> None:
    """Where the backup goes."""
    parser.add_argument(
        "--to", "--out", dest="out", type=Path, metavar=tr(_("DIR")), help=tr(_("folder for the backup"))
    )
    parser.add_argument("--list", action="store_true", help=tr(_("make none, list those that are known")))
    parser.add_argument(
        "--keep",
        metavar="48h,14d,12w,24m",
        help=tr(_("which to keep: all of the last hours, then one a day, a week, a month")),
    )
    passphrase_words(parser)


def passphrase_words(parser: argparse.ArgumentParser) -> None:
    """Where the passphrase of a backup comes from."""
    parser.add_argument(
        "--passphrase-file",
        metavar=tr(_("FILE")),
        help=tr(_("the passphrase is the first line of this file, - is the input; otherwise it is asked for")),
    )


def restore_words(parser: argparse.ArgumentParser) -> None:
    """Which backup."""
    parser.add_argument("file", metavar=tr(_("FILE")), type=Path, nargs="?", help=tr(_("the backup")))
    parser.add_argument("--list", action="store_true", help=tr(_("restore none, list those that are known")))
    passphrase_words(parser)


def move_words(parser: argparse.ArgumentParser) -> None:
    """The new place."""
    parser.add_argument(
        "--to",
        metavar=tr(_("PLACE")),
        required=True,
        help=tr(_("postgresql://LOGIN@SERVER/NAME of an empty database, or an empty folder")),
    )


def look_words(parser: argparse.ArgumentParser) -> None:
    """Which backup, and its passphrase."""
    parser.add_argument("file", metavar=tr(_("FILE")), type=Path, help=tr(_("the backup")))
    passphrase_words(parser)


def screenshot_words(parser: argparse.ArgumentParser) -> None:
    """Where the pictures go."""
    parser.add_argument("folder", metavar=tr(_("DIR")), type=Path, help=tr(_("folder for the files")))
    parser.add_argument("--dark", action="store_true", help=tr(_("dark colours")))


def tour_words(parser: argparse.ArgumentParser) -> None:
    """Where everything goes."""
    parser.add_argument("folder", metavar=tr(_("DIR")), type=Path, help=tr(_("folder for the files")))


def check_words(parser: argparse.ArgumentParser) -> None:
    """A backup instead of the company, or what a paper says of the history."""
    parser.add_argument("file", metavar=tr(_("FILE")), type=Path, nargs="?", help=tr(_("check this backup instead")))
    passphrase_words(parser)
    parser.add_argument(
        "--anchor",
        metavar=tr(_("COUNT:SEAL")),
        help=tr(_("seal of the history from a daily report or a backup: say whether the history still is what it was")),
    )
