"""The command line: the acts of the window without a window; exit code 0 done, 1 refused, 2 not understood."""

import argparse
import gettext
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from dentalsales import __version__
from dentalsales.i18n import DOMAIN, LANGUAGES, Text, _, language, tr, use_language
from dentalsales.resources import resource

ARGPARSE_TEXTS = (
    _("usage: "),
    _("options"),
    _("positional arguments"),
    _("show this help message and exit"),
    _("the following arguments are required: %s"),
    _("unrecognized arguments: %s"),
    _("expected one argument"),
    _("argument %(argument_name)s: %(message)s"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
    _("not allowed with argument %s"),
    _("invalid %(type)s value: %(value)r"),
    _("show program's version number and exit"),
)
"""Texts of the standard library's parser, which asks gettext for them."""


class Parser(argparse.ArgumentParser):
    """Says in one sentence what was not understood."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and where help is; exit code 2."""
        hint = tr(_("See {program} --help.").fill(program=self.prog))
        print(f"{message} {hint}", file=sys.stderr)
        raise SystemExit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without one the window opens."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    choose_language(given)
    if not given:
        return _window(argparse.Namespace(data=None, database=None, user=None, lang=None))
    options = _parser().parse_args(given)
    try:
        return int(options.run(options) or 0)
    except KeyboardInterrupt:
        return _said(_("Stopped; nothing was written."))
    except Exception as error:
        return _refused(error)


def choose_language(given: Sequence[str]) -> None:
    """Take the language from --lang, DENTALSALES_LANG or the system's; the parser's own texts follow."""
    chosen = os.environ.get("DENTALSALES_LANG") or ("en" if os.environ.get("LANG", "zh").startswith("en") else "zh_CN")
    for here, after in zip(given, [*given[1:], ""], strict=True):
        if here == "--lang" or here.startswith("--lang="):
            chosen = here.partition("=")[2] or after
    use_language(chosen)
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, str(resource("locale")))
    gettext.textdomain(DOMAIN)


def _parser() -> Parser:
    parser = Parser(
        prog="dentalsales", description=tr(_("Dental Sales: the sales office of a dental-supplies distributor."))
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"dentalsales {__version__}",
        help=tr(_("show program's version number and exit")),
    )
    _common(parser, top=True)
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(metavar=tr(_("COMMAND")), title=tr(_("commands")))
    for name, text, build, run in COMMANDS:
        command = commands.add_parser(name, help=tr(text), description=tr(text))
        _common(command, top=False)
        build(command)
        command.set_defaults(run=run)
    return parser


def _common(parser: argparse.ArgumentParser, top: bool) -> None:
    """Options that every command knows, before or after its name."""
    missing = None if top else argparse.SUPPRESS
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--data", metavar=tr(_("DIR")), type=Path, default=missing, help=tr(_("folder of the company")))
    place.add_argument(
        "--database", metavar="URL", default=missing, help=tr(_("the company's database, sqlite:///FILE"))
    )
    parser.add_argument(
        "--user",
        metavar=tr(_("NAME")),
        default=missing,
        help=tr(_("sign-in name; the password is asked for, or taken from DENTALSALES_PASSWORD")),
    )
    parser.add_argument("--lang", choices=[code for code, _name in LANGUAGES], default=missing, help=tr(_("language")))


def _demo_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--size",
        choices=("office", "large"),
        default="office",
        help=tr(_("office: 14 months; large: a million lines in 10 years")),
    )


def _import_words(parser: argparse.ArgumentParser) -> None:
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


def _report_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar=tr(_("NAME")), help=tr(_("name of the report; list shows them all")))
    parser.add_argument("--day", metavar="YYYY-MM-DD", help=tr(_("one day")))
    parser.add_argument("--month", metavar="YYYY-MM", help=tr(_("one month")))
    parser.add_argument("--from", dest="start", metavar="YYYY-MM-DD", help=tr(_("first day")))
    parser.add_argument("--to", dest="end", metavar="YYYY-MM-DD", help=tr(_("last day")))
    parser.add_argument("--customer", metavar=tr(_("NAME")), help=tr(_("one customer, by number or name")))
    parser.add_argument("--format", default="xlsx,pdf", metavar="xlsx,pdf,csv,json", help=tr(_("formats, with commas")))
    parser.add_argument("--out", type=Path, default=Path("."), metavar=tr(_("DIR")), help=tr(_("folder for the files")))


def _backup_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar=tr(_("DIR")), help=tr(_("folder for the backup")))


def _restore_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar=tr(_("FILE")), type=Path, help=tr(_("the backup")))


def _screenshot_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar=tr(_("DIR")), type=Path, help=tr(_("folder for the files")))
    parser.add_argument("--dark", action="store_true", help=tr(_("dark colours")))


def _tour_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar=tr(_("DIR")), type=Path, help=tr(_("folder for the files")))


def _nothing(parser: argparse.ArgumentParser) -> None:
    """A command without words of its own."""


def _window(options: argparse.Namespace) -> int:
    from dentalsales import app

    return app.open_window(_folder(options), options.lang, options.user or os.environ.get("DENTALSALES_USER", ""))


def _demo(options: argparse.Namespace) -> int:
    from dentalsales import app

    company = app.create_company(_folder(options))
    try:
        summary = app.fill_with_sample(company, options.size, _progress())
    except BaseException:
        company.close()
        company.database.unlink(missing_ok=True)
        raise
    company.close()
    print(
        tr(
            _("The sample company is in {folder}. Its users, all with the password dental-sample:").fill(
                folder=company.folder
            )
        )
    )
    for login, labels in summary.users:
        print(f"  {login:<16} {', '.join(tr(label) for label in labels)}")
    return 0


def _import(options: argparse.Namespace) -> int:
    from dentalsales.exchange import import_file

    desk = _desk(options)
    try:
        act = import_file.check if options.check else import_file.run
        words: dict[str, Any] = {} if options.check else {"skip_bad": options.skip_bad}
        report = act(
            desk,
            options.kind,
            options.file,
            sheet=options.sheet,
            heading_row=options.heading_row,
            mapping=dict(pair.partition("=")[::2] for pair in options.map) or None,
            progress=_progress(),
            **words,
        )
        if options.bad_rows is not None:
            import_file.bad_rows_file(report, options.bad_rows)
    finally:
        desk.company.close()
    for line in import_file.lines_of(report):
        print(tr(line))
    return 0 if report.is_good or (options.skip_bad and report.new) else 1


def _report(options: argparse.Namespace) -> int:
    from dentalsales.exchange import report_files

    desk = _desk(options, read_only=True)
    try:
        if options.name == "list":
            for report in desk.reports():
                print(f"{report.name:<24} {tr(report.title)}")
            return 0
        sheet = report_files.run(
            desk, options.name, options.day, options.month, options.start, options.end, options.customer
        )
        for made in report_files.write(sheet, options.format.split(","), options.out):
            print(made)
    finally:
        desk.company.close()
    return 0


def _backup(options: argparse.Namespace) -> int:
    from dentalsales.usecases import back_up

    desk = _desk(options, read_only=True)
    try:
        made = back_up.back_up(desk, options.out)
    finally:
        desk.company.close()
    print(tr(_("Backup {file}, {size} bytes, verified.").fill(file=made.path, size=made.size)))
    return 0


def _restore(options: argparse.Namespace) -> int:
    from dentalsales.usecases import back_up

    folder = _folder(options)
    if (folder / "company.db").exists():
        desk = _desk(options, read_only=True)
        desk.company.close()
        back_up.demand_restore(desk)
    done = back_up.restore_company(options.file, folder)
    print(
        tr(
            _("Restored {company} of {moment} into {folder}.").fill(
                company=done.backup.company, moment=done.backup.made_at.strftime("%Y-%m-%d %H:%M"), folder=done.folder
            )
        )
    )
    if done.kept_as is not None:
        print(tr(_("What was there before is kept in {folder}.").fill(folder=done.kept_as)))
    return 0


def _check(options: argparse.Namespace) -> int:
    from dentalsales.usecases.check_company import check

    desk = _desk(options, read_only=True)
    try:
        findings = check(desk.company)
    finally:
        desk.company.close()
    for finding in findings:
        print(
            tr(
                _("Does not hold in {rows} cases: {rule} {examples}").fill(
                    rows=finding.rows, rule=finding.rule, examples=", ".join(finding.examples)
                )
            )
        )
    if not findings:
        print(tr(_("The books agree and the file is sound.")))
    return 1 if findings else 0


def _screenshots(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from dentalsales.ui.screenshots import take_all

    desk = _desk(options, read_only=True)
    try:
        scheme = "dark" if options.dark else "light"
        for made in take_all(desk, options.folder, scheme=scheme, language=language()):
            print(made)
    finally:
        desk.company.close()
    return 0


def _tour(options: argparse.Namespace) -> int:
    """Do the main job without a window: sample company, the day's and month's reports, a picture of each screen."""
    import shutil

    folder = options.folder
    options.data, options.user = folder / "company", "manager"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["DENTALSALES_PASSWORD"] = "dental-sample"
    options.size = "office"
    _demo(options)
    options.day = options.month = options.start = options.end = options.customer = None
    options.format, options.out = "xlsx,pdf", folder / "reports"
    for options.name in ("sales_daily", "clerk_daily", "sales_monthly", "customer_tracking"):
        _report(options)
    options.folder, options.dark = folder / "screens", False
    return _screenshots(options)


KINDS = ("customers", "products", "prices", "opening_stock", "opening_receivables", "past_sales")
COMMANDS: tuple[
    tuple[str, Text, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]], ...
] = (
    ("demo", _("make the sample company"), _demo_words, _demo),
    (
        "import",
        _("take in customers, products, prices, stock, receivables or past sales from a file"),
        _import_words,
        _import,
    ),
    ("report", _("write a report as Excel, PDF, CSV or JSON"), _report_words, _report),
    ("backup", _("write a verified backup"), _backup_words, _backup),
    ("restore", _("put a backup in the place of the company, which is kept beside"), _restore_words, _restore),
    ("check", _("check that the books agree with each other and the file is sound"), _nothing, _check),
    ("screenshots", _("take a picture of each screen"), _screenshot_words, _screenshots),
    ("tour", _("do the main job without a window: sample company, reports, pictures"), _tour_words, _tour),
)


def _folder(options: argparse.Namespace) -> Path:
    """Return the company's folder that the options name; the user's own one otherwise."""
    from dentalsales.blueprint.rules import RuleBroken

    if options.database:
        kind, _slashes, file = options.database.partition(":///")
        if kind != "sqlite" or not file:
            raise RuleBroken(
                _("This version works on a local file only: give --data DIR, or --database sqlite:///FILE.")
            )
        if Path(file).name != "company.db":
            raise RuleBroken(_("The file of a company is called company.db."))
        return Path(file).parent
    if options.data is not None:
        return Path(options.data)
    from dentalsales.app import user_folder

    return user_folder("data")


def _desk(options: argparse.Namespace, read_only: bool = False) -> Any:
    """Open the company and sign in; the password comes from DENTALSALES_PASSWORD, or is asked for."""
    from dentalsales import app
    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.usecases.sign_in import sign_in

    company = app.open_company(_folder(options), read_only)
    try:
        login = options.user or os.environ.get("DENTALSALES_USER")
        if not login:
            raise RuleBroken(_("Say who works: --user NAME, or DENTALSALES_USER."))
        return sign_in(company, app.business(), login, _password(login))
    except BaseException:
        company.close()
        raise


def _password(login: str) -> str:
    from dentalsales.blueprint.rules import RuleBroken

    given = os.environ.get("DENTALSALES_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise RuleBroken(_("Give the password in DENTALSALES_PASSWORD, or run this where it can be asked for."))
    import getpass

    return getpass.getpass(tr(_("Password of {login}: ").fill(login=login)))


def _progress() -> Callable[[int, int], bool]:
    """Return a counter that writes to a terminal and stays silent elsewhere."""

    def show(done: int, total: int) -> bool:
        if sys.stderr.isatty():
            print(f"\r{done:,} / {total:,} ", end="" if done < total else "\n", file=sys.stderr, flush=True)
        return True

    return show


def _refused(error: Exception) -> int:
    """Print the sentence of a refusal; anything unexpected goes to the log under a number."""
    from dentalsales import log
    from dentalsales.blueprint.rules import RuleBroken, problems_of

    if isinstance(error, RuleBroken):
        for problem in problems_of(error):
            print(tr(problem.text), file=sys.stderr)
        return 1
    from dentalsales.app import user_folder

    log.begin(user_folder("log"))
    number = log.report(error)
    return _said(
        _("Something unexpected happened; nothing was written. Report number {number} is in the log.").fill(
            number=number
        )
    )


def _said(text: Text) -> int:
    print(tr(text), file=sys.stderr)
    return 1
