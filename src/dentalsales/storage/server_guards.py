"""What a server itself refuses clerks, whatever program they use: papers past their draft, moves without the history.

Whether a paper may be changed is read from its newest entry: the program writes that at the end of its transaction,
so that it tells how the paper stood before. The owner of the tables, who migrates them, is not held back.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from sqlalchemy import Connection, MetaData, Table

from dentalsales.blueprint.guard import GUARD, OFTEN, Guard
from dentalsales.blueprint.house_records import Counter
from dentalsales.blueprint.masking import ANONYMOUS
from dentalsales.storage.server_roles import quoted

FIXED = ("id", "number", "form_key", "entered_by_id", "entered_at")
"""Columns of a paper that stay once they are filled."""
_REFUSE = "RAISE EXCEPTION '% #% can not be changed like this', TG_TABLE_NAME, %s USING ERRCODE = '42501'"
_LET_OWNER = """IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN coalesce(NEW, OLD);
    END IF;"""
_STOOD = """
CREATE FUNCTION paper_stood(of_register text, of_id integer) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_state FROM public.history
    WHERE register = of_register AND record_id = of_id AND to_state <> '' ORDER BY id DESC LIMIT 1
$$
"""
_FIXED = f"""
CREATE FUNCTION guard_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {_LET_OWNER}
    {_REFUSE.replace("%s", "OLD")};
END $$
"""
_PAPER = f"""
CREATE FUNCTION guard_paper() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stood text;
BEGIN
    {_LET_OWNER}
    stood := paper_stood(TG_ARGV[0], OLD.id);
    IF stood IS NULL OR stood = ANY (TG_ARGV[1]::text[]) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    {_REFUSE.replace("%s", "OLD.id")};
END $$
"""
_LINE = f"""
CREATE FUNCTION guard_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stood text; owner integer;
BEGIN
    {_LET_OWNER}
    FOR owner IN SELECT DISTINCT (row_of ->> TG_ARGV[2])::integer
        FROM unnest(ARRAY[to_jsonb(OLD), to_jsonb(NEW)]) AS row_of WHERE row_of IS NOT NULL
    LOOP
        stood := paper_stood(TG_ARGV[0], owner);
        IF stood <> ALL (TG_ARGV[1]::text[]) THEN
            {_REFUSE.replace("%s", "owner")};
        END IF;
    END LOOP;
    RETURN coalesce(NEW, OLD);
END $$
"""
_TOLD = f"""
CREATE FUNCTION guard_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number integer := coalesce(NEW.id, OLD.id);
    now_version integer; now_state text; told text; told_version integer;
BEGIN
    {_LET_OWNER}
    EXECUTE format('SELECT version, %s FROM public.%I WHERE id = $1',
        CASE WHEN TG_ARGV[1] = 'state' THEN 'state' ELSE '''''' END, TG_TABLE_NAME)
        INTO now_version, now_state USING number;
    IF now_version IS NULL THEN
        SELECT step INTO told FROM public.history
            WHERE register = TG_ARGV[0] AND record_id = number ORDER BY id DESC LIMIT 1;
        IF told IS NOT DISTINCT FROM 'deleted' OR TG_OP = 'INSERT' THEN
            RETURN NULL;
        END IF;
    ELSE
        SELECT version INTO told_version FROM public.history
            WHERE register = TG_ARGV[0] AND record_id = number AND version IS NOT NULL ORDER BY id DESC LIMIT 1;
        IF now_version = told_version AND (TG_ARGV[1] <> 'state'
            OR now_state = paper_stood(TG_ARGV[0], number)) THEN
            RETURN NULL;
        END IF;
    END IF;
    {_REFUSE.replace("%s", "number")};
END $$
"""
_WITH = f"""
CREATE FUNCTION guard_with_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {_LET_OWNER}
    IF EXISTS (
        SELECT 1 FROM public.history, public.history_turn
        WHERE register = TG_ARGV[0] AND record_id = (to_jsonb(NEW) ->> TG_ARGV[1])::integer AND id >= first_id
            AND transaction = pg_current_xact_id()::text::bigint
    ) THEN
        RETURN NULL;
    END IF;
    {_REFUSE.replace("%s", "NEW.id")};
END $$
"""
FUNCTIONS = (_STOOD, _FIXED, _PAPER, _LINE, _TOLD, _WITH)
NAMES = ("guard_fixed", "guard_paper", "guard_line", "guard_told", "guard_with_entry", "paper_stood")


def make_guards(connection: Connection, metadata: MetaData) -> tuple[str, ...]:
    """Make the triggers of all tables that have a guard, and return the functions that clerks call in them."""
    for statement in (*_statements(metadata), f"COMMENT ON FUNCTION guard_fixed() IS '{_version(metadata)}'"):
        connection.exec_driver_sql(statement.replace("%", "%%"))
    return ("paper_stood(text, integer)",)


def guards_differ(connection: Connection, metadata: MetaData) -> bool:
    """Say whether a program made the guards to which the registers declared their papers otherwise."""
    kept = "SELECT obj_description(to_regprocedure('public.guard_fixed()'), 'pg_proc')"
    return connection.exec_driver_sql(kept).scalar() != _version(metadata)


def _version(metadata: MetaData) -> str:
    return sha256("\n".join(_statements(metadata)).encode()).hexdigest()


def _statements(metadata: MetaData) -> tuple[str, ...]:
    return (*FUNCTIONS, *_counters_go_up(), *_triggers(metadata))


def drop_guards(connection: Connection) -> None:
    """Take the triggers away with their functions, so that tables can change; `make_guards` makes them anew."""
    for name in NAMES:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name} CASCADE")


def _counters_go_up() -> Iterator[str]:
    name = Counter.__tablename__
    yield _trigger("goes_up", "BEFORE UPDATE", name, "WHEN (NEW.last <= OLD.last)", "guard_fixed()")


def _triggers(metadata: MetaData) -> Iterator[str]:
    for table in metadata.sorted_tables:
        guard: Guard | None = table.info.get(GUARD)
        if guard is None or guard.written_once:
            continue
        if guard.owner:
            yield from _of_lines(table, guard)
        else:
            yield from _of_record(table, guard)


def _of_record(table: Table, guard: Guard) -> Iterator[str]:
    name, register = table.name, _text(guard.register)
    moves = ("version", "state") if guard.has_state else ("version",)
    told = f"guard_told({register}, {_text(moves[-1])})"
    yield _deferred("told", "UPDATE", name, _when(moves), told)
    if guard.has_state:
        yield _deferred("begun", "INSERT OR DELETE", name, "", told)
    if guard.editable:
        fixed = " OR ".join(f"(OLD.{one} IS NOT NULL AND OLD.{one} IS DISTINCT FROM NEW.{one})" for one in FIXED)
        yield _trigger("fixed", "BEFORE UPDATE", name, f"WHEN ({fixed})", "guard_fixed()")
        yield _trigger("frozen", "BEFORE UPDATE", name, _frozen(table, guard), _paper(guard, guard.editable))
        yield _trigger("a_draft", "BEFORE DELETE", name, "WHEN (OLD.number IS NULL)", _paper(guard, guard.drafts))
        yield _trigger("no_draft", "BEFORE DELETE", name, "WHEN (OLD.number IS NOT NULL)", "guard_fixed()")
    if guard.editable and (told_too := (*guard.told, *guard.personal)):
        yield _deferred("told_too", "UPDATE", name, _when(told_too), f"guard_with_entry({register}, 'id')")


def _of_lines(table: Table, guard: Guard) -> Iterator[str]:
    if not guard.editable:
        return
    name, owner = table.name, _text(guard.owner)
    line = f"guard_line({_text(guard.register)}, {_array(guard.editable)}, {owner})"
    yield _trigger("lines", "BEFORE INSERT OR DELETE", name, "", line)
    yield _trigger("frozen", "BEFORE UPDATE", name, _frozen(table, guard), line)
    if told_too := (*guard.told, *guard.personal):
        entry = f"guard_with_entry({_text(guard.register)}, {owner})"
        yield _deferred("told_too", "UPDATE", name, _when(told_too), entry)


def _frozen(table: Table, guard: Guard) -> str:
    """Return when a change of a frozen row is looked at; a person's data may give way to the word for nobody."""
    free = OFTEN.union(guard.told, guard.quiet)
    columns = [column.name for column in table.columns if column.name not in free]
    changes = _changes(one for one in columns if one not in guard.personal)
    written = (f"({one} AND NEW.{quoted(name)} <> {_text(ANONYMOUS)})" for name in guard.personal
               if name in columns for one in _changes([name]))  # fmt: skip
    return _either([*changes, *written])


def _paper(guard: Guard, states: tuple[str, ...]) -> str:
    return f"guard_paper({_text(guard.register)}, {_array(states)})"


def _when(columns: Iterable[str]) -> str:
    return _either(_changes(columns))


def _either(conditions: Iterable[str]) -> str:
    return "WHEN (" + " OR ".join(conditions) + ")"


def _changes(columns: Iterable[str]) -> list[str]:
    return [f"OLD.{quoted(one)} IS DISTINCT FROM NEW.{quoted(one)}" for one in columns]


def _trigger(kind: str, moment: str, table: str, when: str, does: str) -> str:
    return f"CREATE TRIGGER guard_{kind} {moment} ON {quoted(table)} FOR EACH ROW {when} EXECUTE FUNCTION {does}"


def _deferred(kind: str, moment: str, table: str, when: str, does: str) -> str:
    return (
        f"CREATE CONSTRAINT TRIGGER guard_{kind} AFTER {moment} ON {quoted(table)} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW {when} EXECUTE FUNCTION {does}"
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _array(values: Iterable[str]) -> str:
    return _text("{" + ",".join(values) + "}")
