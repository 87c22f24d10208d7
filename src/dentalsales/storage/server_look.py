"""Looks at a database before anything is done there: can it be reached, how is the way protected, what is in it."""

from contextlib import ExitStack
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, select, text

from dentalsales.blueprint.house_records import SettingValue
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage.migrate import current_revision, refuse_newer
from dentalsales.storage.move_mark import CLOSED
from dentalsales.storage.refusals import MOVED_AWAY
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import STRANGERS, refuse_unfit
from dentalsales.storage.server_engine import make_server_engine
from dentalsales.storage.server_refusals import connecting
from dentalsales.storage.server_roles import refuse_who_may_not

ABOUT = (
    "SELECT current_setting('server_version_num')::int / 10000, "
    f"(SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()), to_regprocedure('{CLOSED}()') IS NOT NULL"
)


@dataclass(frozen=True)
class ServerFound:
    """What a database holds: the name of its company, None when it is empty and fit to take one."""

    place: str
    company: str | None
    version: int
    protocol: str
    """The encryption in use, "" when there is none."""


def look_at_server(address: ServerAddress) -> ServerFound:
    """Connect once and tell what is there; RuleBroken says in a sentence what stands in the way. Changes nothing."""
    with connecting(address), ExitStack() as end:
        engine = make_server_engine(address)
        end.callback(engine.dispose)
        connection = end.enter_context(engine.connect())
        version, protocol, moved = connection.execute(text(ABOUT)).one()
        company = _company_in(connection, address)
        if company is None:
            refuse_unfit(connection, address)
            refuse_who_may_not(connection, address)
        elif moved:
            raise RuleBroken(MOVED_AWAY)
        return ServerFound(str(address), company, version, protocol or "")


def _company_in(connection: Connection, address: ServerAddress) -> str | None:
    revision = current_revision(connection)
    if not revision:
        return None
    if not inspect(connection).has_table(SettingValue.__tablename__):
        raise RuleBroken(STRANGERS, database=address.database, server=address.server)
    refuse_newer(revision)
    name = connection.scalar(select(SettingValue.value).where(SettingValue.key == "company_name"))
    return str(name or "")
