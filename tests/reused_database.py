"""A database of the tests' server that every test finds as it was kept: putting rows back is quicker than a new one."""

from pathlib import Path
from typing import Any

import psycopg
from postgres_server import PostgresServer
from sqlalchemy import MetaData, Pool

from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany
from dentalsales.storage.server_roles import clerks_role

KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.sequence_state (name text, last bigint, used boolean);
CREATE FUNCTION kept.keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE one record;
BEGIN
    FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', one.name);
    END LOOP;
    FOR one IN SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('INSERT INTO kept.sequence_state SELECT %1$L, last_value, is_called FROM public.%1$I', one.name);
    END LOOP;
END $$;
CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica SET lock_timeout = '10s' AS $$
DECLARE one record; found boolean;
BEGIN
    FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%1$I) OR EXISTS (SELECT 1 FROM kept.%1$I)', one.name)
            INTO found;
        IF found THEN
            EXECUTE format('DELETE FROM public.%1$I', one.name);
            EXECUTE format('INSERT INTO public.%1$I SELECT * FROM kept.%1$I', one.name);
        END IF;
    END LOOP;
    FOR one IN SELECT * FROM kept.sequence_state LOOP
        PERFORM setval(format('public.%I', one.name)::regclass, one.last, one.used);
    END LOOP;
END $$
"""


class ReusedDatabase:
    """One company on the tests' server; what a test changes is gone before the next one opens it."""

    def __init__(self, server: PostgresServer, name: str, metadata: MetaData) -> None:
        self._server, self._name, self._metadata = server, name, metadata
        server.run(f"CREATE DATABASE {name}")
        self._makers = ServerAddress.parse(server.url(name))
        self.address = ServerAddress.parse(server.url(name, server.clerk(clerks_role(name))))
        """As a clerk's PC has it: what a test does, the clerks' role may do."""
        self._restorer: psycopg.Connection | None = None

    def create(self, folder: Path) -> ServerCompany:
        """Make the company that will be kept, as its owner."""
        return ServerCompany.create(self._makers, folder, self._metadata)

    def open_as_owner(self, folder: Path) -> ServerCompany:
        """Open the company as it is now with the login that made it."""
        return ServerCompany.open(self._makers, folder, self._metadata)

    def keep(self) -> None:
        """Keep what the closed company holds now."""
        self._server.run(KEEP, "SELECT kept.keep()", "VACUUM ANALYZE", database=self._name)

    def forget(self) -> None:
        """Let go of the database, before its server ends."""
        if self._restorer is not None:
            self._restorer.close()
        if idle := _IDLE.pop(self.address, None):
            idle.dispose()

    def open(self, folder: Path) -> ServerCompany:
        """Open the company as it was kept."""
        if self._restorer is None:  # it stays: a new connection would plan everything anew
            self._restorer = psycopg.connect(self._server.url(self._name), autocommit=True)
        self._restorer.execute("SELECT kept.put_back()")
        return _ReusedCompany.open(self.address, folder, self._metadata)


_IDLE: dict[ServerAddress, Pool] = {}
"""The connections of the companies that were closed last."""


class _ReusedCompany(ServerCompany):
    """A company that leaves its connections to the one of the next test: the server has begun and learned with them.

    Whoever else looks at the server sees them as it sees those of a program that is open.
    """

    def __init__(self, address: ServerAddress, folder: Path, metadata: MetaData) -> None:
        super().__init__(address, folder, metadata)
        if idle := _IDLE.pop(address, None):
            self.engine.pool = idle

    def close(self) -> None:
        """Leave the connections behind, unless one of them is still in use."""
        used: Any = self.engine.pool
        if self.address not in _IDLE and used.checkedout() == 0:
            self.engine.pool = used.recreate()
            _IDLE[self.address] = used
        super().close()
