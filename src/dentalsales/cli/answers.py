"""What a command says on the terminal while it works and when it may not."""

import sys
from collections.abc import Callable

from dentalsales.i18n import Text, _, tr


def progress() -> Callable[[int, int], bool]:
    """Return a counter that writes to a terminal and stays silent elsewhere."""

    def show(done: int, total: int) -> bool:
        if sys.stderr.isatty():
            print(f"\r{done:,} / {total:,} ", end="" if done < total else "\n", file=sys.stderr, flush=True)
        return True

    return show


def refused(error: Exception) -> int:
    """Print the sentence of a refusal and return its exit code; the unexpected goes to the log under a number."""
    from dentalsales import log
    from dentalsales.blueprint.rules import RuleBroken, WrongWord, problems_of

    if isinstance(error, RuleBroken):
        for problem in problems_of(error):
            print(log.escaped(tr(problem.text)), file=sys.stderr)
        return 2 if isinstance(error, WrongWord) else 1
    from dentalsales.app import user_folder

    log.begin(user_folder("log"))
    number = log.report(error)
    return said(
        _("Something unexpected happened; nothing was written. Report number {number} is in the log.").fill(
            number=number
        )
    )


def said(text: Text) -> int:
    """Print a sentence where errors go; exit code 1."""
    print(tr(text), file=sys.stderr)
    return 1
