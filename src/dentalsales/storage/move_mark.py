"""What a folder says of a move: where its company is now, or that a move began and nobody has told yet how it ended."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from dentalsales.blueprint.house_records import HistoryHead
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.safe_file import write_safely
from dentalsales.storage.engine import for_reading
from dentalsales.storage.layout import MOVED, MOVING
from dentalsales.storage.leftovers import forget_moves
from dentalsales.storage.migrate import current_revision
from dentalsales.storage.refusals import CompanyMoved
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_engine import make_server_engine
from dentalsales.storage.server_refusals import connecting

CLOSED = "moved_away"
"""The trigger of a server whose company was moved into a folder."""


@dataclass(frozen=True)
class Going:
    """A move that began: to or from which server, and the newest entry of the history then."""

    address: ServerAddress
    last_id: int
    seal: str


def going(address: ServerAddress, source: Connection) -> Going:
    """Return what is remembered of a move of what `source` holds."""
    row = None
    if inspect(source).has_table(HistoryHead.__tablename__):
        row = source.execute(text(f"SELECT last_id, seal FROM {HistoryHead.__tablename__}")).first()
    return Going(address, *(row or (0, "")))


def say_going(folder: Path, move: Going) -> None:
    """Remember a move before it may be kept at the server; a crash then finds the question, never two companies."""
    told = {"address": move.address.written, "last_id": move.last_id, "seal": move.seal}
    with write_safely(folder / MOVING) as draft:
        draft.write_text(json.dumps(told), encoding="utf-8")


def say_moved(folder: Path, address: ServerAddress) -> None:
    """Say where the company is; from now on the folder is only read."""
    told = {"place": str(address), "address": address.written, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    with write_safely(folder / MOVED) as draft:
        draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    (folder / MOVING).unlink(missing_ok=True)


def is_on_server(move: Going) -> bool:
    """Ask the server whether it holds the company and takes entries; RuleBroken when it does not answer."""
    engine = make_server_engine(move.address)
    try:
        with connecting(move.address), for_reading(engine).connect() as connection:
            if not current_revision(connection):
                return False
            query = text("SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = :name)")
            if connection.scalar(query, {"name": CLOSED}):
                return False
            seal = text("SELECT seal FROM history WHERE id = :last_id")
            return not move.last_id or connection.scalar(seal, {"last_id": move.last_id}) == move.seal
    finally:
        engine.dispose()


def refuse_moved(folder: Path, knows: Callable[[ServerAddress], ServerAddress]) -> None:
    """Raise CompanyMoved when the company of a folder is elsewhere: two that both go on would never be one again.

    A move that was cut off is settled first, by asking the server; whoever calls holds the lock of the folder.
    """
    _settle(folder, knows)
    told = moved_to(folder)
    if told is not None:
        moved = CompanyMoved(
            _(
                "This company was moved to {place}; open it there. "
                "What is left in {folder} is as it was then and can only be read."
            ),
            place=str(told.get("place", "?")),
            folder=str(folder),
        )
        moved.address = str(told.get("address", ""))
        raise moved


def moved_to(folder: Path) -> dict[str, str] | None:
    """Return where the company of a folder was moved, in words and as an address; None when it is here."""
    try:
        told = json.loads((folder / MOVED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _settle(folder: Path, knows: Callable[[ServerAddress], ServerAddress]) -> None:
    if not (folder / MOVING).exists():
        return
    place, address = "?", ""
    try:
        told = json.loads((folder / MOVING).read_text(encoding="utf-8"))
        move = Going(knows(ServerAddress.parse(str(told["address"]))), int(told["last_id"]), str(told["seal"]))
        place, address = str(move.address), move.address.written
        there = is_on_server(move)
    except (RuleBroken, ValueError, KeyError, TypeError) as problem:
        unknown = CompanyMoved(
            _(
                "A move between {folder} and {place} was cut off, and only the server knows whether it was done: "
                "{answer} Then open the company again; until then it can only be read. If the server is gone for good, "
                "restore the backup that was made before the move."
            ),
            folder=str(folder),
            place=place,
            answer=problem.text if isinstance(problem, RuleBroken) else str(problem),
        )
        unknown.address, unknown.field = address, getattr(problem, "field", None)
        raise unknown from problem
    if there:
        say_moved(folder, move.address)
    else:
        forget_moves(folder)
