"""The parser, which says in one sentence what was not understood, in the language that was chosen."""

import argparse
import gettext
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from dentalsales.i18n import DOMAIN, _, language, tr, use_language
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


def choose_language(given: Sequence[str]) -> None:
    """Take the language from --lang, DENTALSALES_LANG or the system's; the parser's own texts follow."""
    chosen = os.environ.get("DENTALSALES_LANG") or ("en" if os.environ.get("LANG", "zh").startswith("en") else "zh_CN")
    for here, after in zip(given, [*given[1:], ""], strict=False):
        if here == "--lang" or here.startswith("--lang="):
            chosen = here.partition("=")[2] or after
    use_language(chosen)
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, str(resource("locale")))
    gettext.textdomain(DOMAIN)
