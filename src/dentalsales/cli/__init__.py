"""The command line: the acts of the window without a window; exit code 0 done, 1 refused, 2 not understood."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from dentalsales import __version__
from dentalsales.cli import commands, copies, words
from dentalsales.cli.answers import refused, said
from dentalsales.cli.parser import Parser, choose_language
from dentalsales.i18n import Text, _, tr

COMMANDS: tuple[
    tuple[str, Text, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]], ...
] = (
    ("demo", _("make the sample company"), words.demo_words, commands.demo),
    (
        "import",
        _("take in customers, products, prices, stock, receivables or past sales from a file"),
        words.import_words,
        commands.take_in,
    ),
    ("report", _("write a report as Excel, PDF, CSV or JSON"), words.report_words, commands.write_reports),
    ("backup", _("write a verified backup"), words.backup_words, copies.back_up),
    (
        "restore",
        _("put a backup in the place of the company, which is kept beside"),
        words.restore_words,
        copies.restore,
    ),
    (
        "move",
        _("move the company to a server or back into a folder, and compare every table before it counts"),
        words.move_words,
        copies.move,
    ),
    ("look", _("open a backup in a window of its own, only to look"), words.look_words, copies.look),
    (
        "check",
        _("check that the books agree, the history is as it was written and the file is sound, or that a backup is"),
        words.check_words,
        copies.check,
    ),
    ("screenshots", _("take a picture of each screen"), words.screenshot_words, commands.screenshots),
    ("tour", _("do the main job without a window: sample company, reports, pictures"), words.tour_words, commands.tour),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without one the window opens."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    choose_language(given)
    if not given:
        return commands.window(argparse.Namespace(data=None, database=None, user=None, lang=None))
    options = _parser(_names_a_command(given)).parse_args(given)
    try:
        code = int(options.run(options) or 0)
        if sys.stdout is not None:  # as on Windows without a console
            sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads our output, such as head, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return said(_("Stopped; nothing was written."))
    except Exception as error:
        return refused(error)


def _names_a_command(given: Sequence[str]) -> bool:
    """Say whether there is more than options with their values: then all commands have to be known."""
    return "--help" in given or "--version" in given or not all(word.startswith("--") for word in given[::2])


def _parser(with_commands: bool = True) -> Parser:
    """Return the parser; to open the window it need not know the commands."""
    parser = Parser(
        prog="dentalsales", description=tr(_("Dental Sales: the sales office of a dental-supplies distributor."))
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"dentalsales {__version__}",
        help=tr(_("show program's version number and exit")),
    )
    words.common_words(parser, top=True)
    parser.set_defaults(run=commands.window)
    if not with_commands:
        return parser
    offered = parser.add_subparsers(metavar=tr(_("COMMAND")), title=tr(_("commands")))
    for name, text, build, run in COMMANDS:
        command = offered.add_parser(name, help=tr(text), description=tr(text))
        words.common_words(command, top=False)
        build(command)
        command.set_defaults(run=run)
    return parser


__all__ = ["COMMANDS", "main"]
