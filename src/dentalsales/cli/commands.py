"""What each command does: open the company, sign in, act, print what came of it."""

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from dentalsales.cli.answers import progress
from dentalsales.cli.given import given_file, given_target
from dentalsales.cli.sign_in import company_place, signed_in
from dentalsales.i18n import _, language, tr


def window(options: argparse.Namespace) -> int:
    """Open the window of the company."""
    from dentalsales.app.window import open_window

    return open_window(company_place(options), options.lang, options.user or os.environ.get("DENTALSALES_USER", ""))


def demo(options: argparse.Namespace) -> int:
    """Make the sample company and print its users."""
    from dentalsales import app

    with app.making_company(company_place(options)) as company, closing(company):
        summary = app.fill_with_sample(company, options.size, progress())
    print(
        tr(
            _("The sample company is in {folder}. Its users, all with the password dental-sample:").fill(
                folder=company.place
            )
        )
    )
    for login, labels in summary.users:
        print(f"  {login:<16} {', '.join(tr(label) for label in labels)}")
    return 0


def take_in(options: argparse.Namespace) -> int:
    """Take in a file, or only check it, and print what came of each row."""
    from dentalsales.exchange import import_file
    from dentalsales.usecases import back_up

    given_file(options.file)
    given_target(options.bad_rows)
    desk = signed_in(options, read_only=options.check)
    try:
        act = _checked if options.check else import_file.run
        if not options.check:
            back_up.before_import(desk.company)
        words: dict[str, Any] = {} if options.check else {"skip_bad": options.skip_bad}
        report = act(
            desk,
            options.kind,
            options.file,
            sheet=options.sheet,
            heading_row=options.heading_row,
            mapping=dict(pair.partition("=")[::2] for pair in options.map) or None,
            progress=progress(),
            **words,
        )
        if options.bad_rows is not None:
            import_file.bad_rows_file(report, options.bad_rows)
    finally:
        desk.company.close()
    for line in import_file.lines_of(report):
        print(tr(line))
    return 0 if report.is_good or report.kept else 1


def _checked(desk: Any, *words: Any, **more: Any) -> Any:
    """Check a file in a copy of the company, so that it disturbs no window that is open."""
    from dentalsales.exchange import import_file
    from dentalsales.usecases.on_trial import on_trial

    with on_trial(desk) as trial:
        return import_file.check(trial, *words, **more)


def write_reports(options: argparse.Namespace) -> int:
    """Write a report into files, or list the reports."""
    from dentalsales.exchange import report_files

    desk = signed_in(options, read_only=True)
    try:
        if options.name == "list":
            for report in desk.reports():
                print(f"{report.name:<24} {tr(report.title)}")
            return 0
        days = options.day, options.month, options.start, options.end
        way = ",".join(report_files.formats_of(options.format))
        sheet = report_files.run(desk, options.name, *days, options.customer, way)
        print_report(sheet, options.format, options.out)
    finally:
        desk.company.close()
    return 0


def print_report(sheet: Any, words: str, folder: Path | None) -> None:
    """Write the files and print their names; JSON is printed too, alone, so that a script can read it."""
    from dentalsales.exchange import report_files
    from dentalsales.exchange.json_out import as_json

    formats = report_files.formats_of(words)
    printed = "json" in formats
    if printed and folder is None:
        formats.remove("json")
    for made in report_files.write(sheet, formats, folder or Path()):
        print(made, file=sys.stderr if printed else sys.stdout)
    if printed:
        print(as_json(sheet))


def check_books(options: argparse.Namespace) -> int:
    """Print what does not agree in the books, and for the manager what is wrong with the history."""
    from dentalsales.blueprint.anchor import read_anchor
    from dentalsales.usecases.attach import missing
    from dentalsales.usecases.check_company import check
    from dentalsales.usecases.verify_history import may_verify, verify

    paper = read_anchor(options.anchor) if options.anchor is not None else None
    desk = signed_in(options, read_only=True)
    try:
        history = verify(desk, paper, progress()) if may_verify(desk) or paper is not None else None
        findings = check(desk.company)
        lost = missing(desk.company)
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
    for name in lost:
        print(tr(_("The file {name} is missing or damaged. Restore it from a backup.").fill(name=name)))
    if not findings:
        print(tr(_("The books agree and the file is sound.")))
    return 1 if print_history(history) or findings or lost else 0


def print_history(report: Any) -> bool:
    """Print what came of verifying the history; return whether something is wrong with it."""
    if report is None:
        print(tr(_("The history was not verified: the sales manager or director does that.")))
        return False
    for text in (*report.findings, report.paper, report.summary):
        if text is not None:
            print(tr(text))
    if report.is_sound:
        print(tr(_("Seal of the history: {seal}").fill(seal=report.head)))
    return not report.is_sound


def screenshots(options: argparse.Namespace) -> int:
    """Take a picture of each screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from dentalsales.ui.screenshots import take_all

    desk = signed_in(options, read_only=True)
    try:
        scheme = "dark" if options.dark else "light"
        for made in take_all(desk, options.folder, scheme=scheme, language=language()):
            print(made)
    finally:
        desk.company.close()
    return 0


def tour(options: argparse.Namespace) -> int:
    """Do the main job without a window: sample company, the day's and month's reports, a picture of each screen."""
    import shutil

    folder = options.folder
    options.data, options.user = folder / "company", "manager"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["DENTALSALES_PASSWORD"] = "dental-sample"
    options.size = "office"
    demo(options)
    options.day = options.month = options.start = options.end = options.customer = None
    options.format, options.out = "xlsx,pdf", folder / "reports"
    for options.name in ("sales_daily", "clerk_daily", "sales_monthly", "customer_tracking"):
        write_reports(options)
    options.folder, options.dark = folder / "screens", False
    return screenshots(options)
