"""Who else has a server's company open: what must be done alone does not begin while somebody is there."""

import time

from sqlalchemy import Connection, text

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import n_
from dentalsales.storage.server_engine import OPEN

LEAVING_SECONDS = 2
"""How long a connection that was closed may still be seen."""
OTHERS = (
    "SELECT count(*), string_agg(DISTINCT usename, ', ') FROM pg_locks LEFT JOIN pg_stat_activity USING (pid) "
    "WHERE locktype = 'advisory' AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = "
    f"current_database()) AND classid = 0 AND objid = {OPEN} AND objsubid = 1 AND pid <> pg_backend_pid()"
)
OTHERS_HERE = n_(
    "{count} other connection to this company is open (logins: {logins}). "
    "Have everybody close the program, then try again.",
    "{count} other connections to this company are open (logins: {logins}). "
    "Have everybody close the program, then try again.",
)


def refuse_others(connection: Connection) -> None:
    """Raise RuleBroken while other programs have the company open: what they type would be lost."""
    until = time.monotonic() + LEAVING_SECONDS
    while (others := connection.execute(text(OTHERS)).one())[0]:
        if time.monotonic() > until:
            raise RuleBroken(OTHERS_HERE, count=others[0], logins=others[1] or "?")
        time.sleep(0.05)
        connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")
