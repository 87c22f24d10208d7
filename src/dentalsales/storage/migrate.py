"""Brings the schema of a database up to the program's; Alembic is imported only when there is something to do."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, select

from dentalsales.blueprint.house_records import HistoryKey
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.engine import for_writing
from dentalsales.storage.history_chain import begin_chain

MIGRATIONS = Path(__file__).with_name("migrations")
VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
ORPHANS = _(
    "The company could not be brought up to date, because records would lose what they belong to. "
    "It was left as it was; go on with the older version and ask for help."
)


def revisions(folder: Path = MIGRATIONS) -> tuple[str, ...]:
    """Return all revisions in their order; a migration's file is named after its revision, as in 0001_first.py."""
    return tuple(sorted(path.name.split("_")[0] for path in (folder / "versions").glob("[0-9]*_*.py")))


def head_revision() -> str:
    """Return the newest revision that this program knows, "" when there is none."""
    return (revisions() or ("",))[-1]


def current_revision(connection: Connection) -> str:
    """Return the revision of a database, "" when it bears none."""
    if not inspect(connection).has_table(VERSION.name):
        return ""
    return connection.execute(select(VERSION.c.version_num)).scalar() or ""


def refuse_newer(revision: str, known: tuple[str, ...] | None = None) -> None:
    """Raise RuleBroken when a database or backup was made by a newer version of the program."""
    if revision and revision not in (revisions() if known is None else known):
        raise RuleBroken(
            _(
                "This company was last opened with a newer version of the program (schema {revision}). "
                "Update the program on this computer; the company was left as it is."
            ),
            revision=revision,
        )


Fill = Callable[[Connection], Any]
"""Fills the tables of a database that was just made, from those of another company."""


def create_schema(connection: Connection, metadata: MetaData, fill: Fill | None = None) -> None:
    """Make all tables in an empty database and mark it as current; migrating gives the same.

    Its history begins, unless `fill` brings one along with all other rows.
    """
    metadata.create_all(connection)
    if fill is not None:
        fill(connection)
    elif HistoryKey.__tablename__ in metadata.tables:
        begin_chain(connection)
    VERSION.create(connection)
    if head_revision():
        connection.execute(VERSION.insert().values(version_num=head_revision()))


def upgrade(engine: Engine, backup: Callable[[], Any], folder: Path = MIGRATIONS) -> bool:
    """Bring a database to the newest revision, each migration in a transaction; return whether it was behind.

    A backup comes first, and whatever it raises stops the upgrade; RuleBroken when the database is too new.
    """
    with engine.connect() as connection:
        current = current_revision(connection)
    known = revisions(folder)
    refuse_newer(current, known)
    missing = known[known.index(current) + 1 :] if current else known
    if not missing:
        return False
    backup()
    for revision in missing:
        _migrate(engine, revision, folder)
    return True


def upgrade_at_once(connection: Connection, until: str = "") -> None:
    """Bring a schema to the newest revision, or `until` one, in the transaction of whoever calls: all, or nothing."""
    from alembic import command

    command.upgrade(alembic_config(connection), until or head_revision())


def _migrate(engine: Engine, revision: str, folder: Path) -> None:
    with for_writing(engine).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        driver: Any = connection.connection.dbapi_connection
        if sqlite:  # must come before BEGIN; a table rebuilt with it on would take its children along
            driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                _apply(connection, revision, folder)
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuleBroken(ORPHANS)
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys = ON")


def _apply(connection: Connection, revision: str, folder: Path) -> None:
    """Carry out one migration; Alembic's command would read all of them anew for each."""
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationStep

    scripts = migration_scripts(folder)
    step = MigrationStep.upgrade_from_script(scripts.revision_map, scripts.get_revision(revision))
    with EnvironmentContext(alembic_config(connection, folder), scripts, fn=lambda _from, _context: [step]):
        scripts.run_env()


def migration_scripts(folder: Path = MIGRATIONS) -> Any:
    """Return the migrations as Alembic knows them; they are read once."""
    return _scripts(folder, revisions(folder))


@cache
def _scripts(folder: Path, _known: tuple[str, ...]) -> Any:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(alembic_config(None, folder))


def alembic_config(connection: Connection | None, folder: Path = MIGRATIONS, **attributes: Any) -> Any:
    """Return what Alembic's commands need; the attributes are handed on to migrations/env.py."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(folder / "versions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, **attributes)
    return config
