"""Turns what a server or the way to it answers to a new connection into sentences that say what to do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.storage.refusals import said_clearly
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_roles import clerks_role

WANTS_PASSWORD = _("{server} wants the password of {login}.")
WRONG_PASSWORD = _("{server} knows no login {login} with this password. Check both; they are not your sign-in name.")
ANSWERS = (
    (r"no password supplied|password is required", WANTS_PASSWORD),
    (r"password authentication failed|no such role|role .* does not exist|认证失败|角色.*不存在", WRONG_PASSWORD),
    (
        r"database .* does not exist|数据库.*不存在",
        _("There is no database {database} on {server}. Check the name, or have it created there."),
    ),
    (
        r"permission denied for database|数据库.*权限不够",
        _("The login {login} may not work in {database} on {server} yet. Have it made a member of the role {clerks}."),
    ),
    (
        r"server does not support ssl",
        _("{server} offers no encrypted connection, so nothing was sent. Have TLS switched on there."),
    ),
    (
        r"no encryption|ssl off|ssl=off|未加密",
        _("{server} accepts encrypted connections only. Choose encryption: sslmode is verify-full or require."),
    ),
    (
        r"root certificate file .* does not exist|could not read root certificate",
        _("The file of whoever vouches for {server} can't be read: {answer}. Choose it again."),
    ),
    (
        r"does not match host name",
        _("The certificate is made for another name than {server}. Write the server as its certificate calls it."),
    ),
    (
        r"certificate|ssl error|ssl_|tls",
        _("The encryption of {server} can't be trusted: {answer}. Check its certificate, or ask who looks after it."),
    ),
    (
        r"pg_hba",
        _("{server} lets {login} into {database} from no computer like this one. Have it allowed in its pg_hba.conf."),
    ),
    (
        r"translate host name|name or service not known|nodename nor servname|no address associated",
        _("There is no server called {server}. Check the name and the network."),
    ),
    (
        r"is the server running|connection refused|timeout|timed out|unreachable|no route|network is down"
        r"|拒绝连接|超时|主机的路由|网络不可达",
        _("The server {server} does not answer. Check that it is on and the network works, then try again."),
    ),
    (r"starting up|shutting down|正在启动|正在关闭", _("The server {server} is just starting or stopping. Try again.")),
    (r"too many (clients|connections)|连接数", _("Too many programs are connected to {server}. Close some first.")),
)
"""What the driver (English), the system or the server (their own languages, Chinese perhaps) say, and what it means."""
OTHER = _("The server {server} refused the connection: {answer}")


class NoConnection(RuleBroken):
    """The server can't be reached, or does not let this login in; `wants_password`: another password may help."""

    def __init__(self, text: Text) -> None:
        self.wants_password = str(text) in (str(WANTS_PASSWORD), str(WRONG_PASSWORD))
        super().__init__(text, "password" if self.wants_password else None)


@contextmanager
def connecting(address: ServerAddress) -> Iterator[None]:
    """Raise RuleBroken for what stands between this PC and the company on a server; NoConnection for the way there."""
    try:
        with said_clearly():
            yield
    except (ImportError, NoSuchModuleError) as error:
        raise RuleBroken(
            _("The program was installed without what it needs for a server. Install it with the extra postgres.")
        ) from error
    except RuleBroken as broken:
        cause = broken.__cause__
        if isinstance(cause, DBAPIError) and getattr(cause.orig, "sqlstate", None) is None:
            raise NoConnection(sentence_of(str(cause.orig), address)) from cause
        raise


def sentence_of(answer: str, address: ServerAddress) -> Text:
    """Return the sentence for what the driver said of a connection that did not come about."""
    found = next((text for words, text in ANSWERS if re.search(words, answer, re.IGNORECASE)), OTHER)
    last = re.sub(r"\s+", " ", answer.strip().splitlines()[-1]) if answer.strip() else "?"
    told = {"server": address.server, "database": address.database, "login": address.login or "?"}
    told["clerks"] = clerks_role(address.database)
    return found.fill(answer=last.rpartition("FATAL:")[2].strip(), **told)
