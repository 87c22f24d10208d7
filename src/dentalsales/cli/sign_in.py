"""Which company the options mean, and who works in it."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from dentalsales.blueprint.on_failure import on_failure
from dentalsales.i18n import _, tr


def company_place(options: argparse.Namespace) -> Any:
    """Return the folder or the server's address that the options or DENTALSALES_DATABASE name.

    Where none is named it is the place that was chosen in the window, else the user's own folder.
    """
    from dentalsales.blueprint.rules import RuleBroken

    named = options.database or (os.environ.get("DENTALSALES_DATABASE") if options.data is None else None)
    if named:
        kind, _slashes, file = named.partition(":///")
        if kind != "sqlite":
            return _server(named)
        if Path(file).name != "company.db":
            raise RuleBroken(_("The file of a company is called company.db."))
        return Path(file).parent
    if options.data is not None:
        return Path(options.data)
    from dentalsales.app.places import usual_place

    return usual_place()


def _server(named: str) -> Any:
    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.storage.server_address import ServerAddress, is_server

    if not is_server(named):
        raise RuleBroken(_("Give --data DIR, --database sqlite:///FILE, or --database postgresql://LOGIN@SERVER/NAME."))
    return ServerAddress.parse(named)


def place_called(words: str) -> Any:
    """Return the place that a word on the command line means: the address of a server, or a folder."""
    return _server(words) if "://" in words else Path(words)


def signed_in(options: argparse.Namespace, read_only: bool = False) -> Any:
    """Open the company and sign in; the password comes from DENTALSALES_PASSWORD, or is asked for."""
    from dentalsales import app
    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.usecases.sign_in import sign_in

    company = app.open_company(company_place(options), read_only)
    with on_failure(company.close):
        if company.caution is not None:
            print(tr(company.caution), file=sys.stderr)
        login = options.user or os.environ.get("DENTALSALES_USER")
        if not login:
            raise RuleBroken(_("Say who works: --user NAME, or DENTALSALES_USER."))
        return sign_in(company, app.business(), login, _password(login))


def _password(login: str) -> str:
    from dentalsales.blueprint.rules import RuleBroken

    given = os.environ.get("DENTALSALES_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise RuleBroken(_("Give the password in DENTALSALES_PASSWORD, or run this where it can be asked for."))
    import getpass

    return getpass.getpass(tr(_("Password of {login}: ").fill(login=login)))
