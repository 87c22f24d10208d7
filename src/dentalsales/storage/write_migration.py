"""Writes a migration file from the difference between the newest revision and the metadata; for developers."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.types import TypeDecorator

from dentalsales.storage.engine import make_engine
from dentalsales.storage.migrate import MIGRATIONS, alembic_config, revisions, upgrade


def write_migration(metadata: MetaData, name: str, folder: Path = MIGRATIONS) -> Path:
    """Write versions/<number>_<name>.py in plain types and return its path; read it and complete it by hand."""
    from alembic import command

    number = f"{len(revisions(folder)) + 1:04}"
    with TemporaryDirectory() as scratch:
        engine = make_engine(Path(scratch) / "scratch.db")
        upgrade(engine, lambda: None, folder)
        with engine.connect() as connection:
            config = alembic_config(
                connection,
                folder,
                metadata=metadata,
                render_item=_plain_type,
                process_revision_directives=_make_tables_strict,
            )
            versions = str(folder / "versions")
            command.revision(config, message=name, rev_id=number, autogenerate=True, version_path=versions)
        engine.dispose()
    (path,) = (folder / "versions").glob(f"{number}_*.py")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
    return path


def _plain_type(kind: str, thing: Any, context: Any) -> str | bool:
    """Spell our own column types as what they are kept as, because a migration knows nothing of the program."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{type(thing.impl_instance).__name__}()"
    return False


def _make_tables_strict(context: Any, revision: Any, directives: list[Any]) -> None:
    for operation in directives[0].upgrade_ops.ops:
        if type(operation).__name__ == "CreateTableOp":
            operation.kw["sqlite_strict"] = True
