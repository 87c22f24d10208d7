"""The seal of the history as a server makes it itself: no login of a clerk can read its key or write an entry.

The same chain as in `history_chain.py`: the server's functions belong to the role that owns the tables.
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, Connection, Integer, Table, func, select, text

from dentalsales.storage.blanked_history import STEP as BLANKED
from dentalsales.storage.server_attachments import SERVER_TABLES

TURN = Table(
    "history_turn",
    SERVER_TABLES,
    Column("transaction", BigInteger, primary_key=True, autoincrement=False),
    Column("first_id", Integer, nullable=False),
)
"""Where the entries of the transaction that writes just now begin; the table has one row."""
_WORD = """
CREATE OR REPLACE FUNCTION history_word(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(char_length(value)::text || ':' || value, '-')
$$
"""
_DIGEST = """
CREATE OR REPLACE FUNCTION history_digest(changes text, salt text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(char_length(salt)::text || ':' || salt || changes, 'UTF8')), 'hex')
$$
"""
_PAD = """
CREATE OR REPLACE FUNCTION history_pad(byte integer) RETURNS bytea LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE secret bytea; pad bytea := decode(repeat(lpad(to_hex(byte), 2, '0'), 64), 'hex');
BEGIN
    SELECT decode(key, 'hex') INTO secret FROM public.history_key;
    IF coalesce(length(secret), 0) = 0 THEN
        RAISE EXCEPTION 'the history has no key' USING ERRCODE = 'DS001';
    END IF;
    FOR place IN 0 .. length(secret) - 1 LOOP
        pad := set_byte(pad, place, get_byte(pad, place) # get_byte(secret, place));
    END LOOP;
    RETURN pad;
END $$
"""
_ADD = """
CREATE OR REPLACE FUNCTION add_history(entries jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head public.history_head;
    inside bytea := history_pad(54);
    outside bytea := history_pad(92);
    one record;
    place integer;
    salt text;
    digest text;
BEGIN
    SELECT * INTO head FROM public.history_head FOR UPDATE;
    IF head.id IS NULL THEN
        RAISE EXCEPTION 'the history has no head' USING ERRCODE = 'DS001';
    END IF;
    head.last_id := greatest(head.last_id, (SELECT max(id) FROM public.history));
    place := head.last_id + 1;
    FOR one IN
        SELECT entry.* FROM jsonb_array_elements(entries) WITH ORDINALITY AS row_of(told, nth),
            jsonb_to_record(told) AS entry(register text, record_id integer, step text, from_state text,
                to_state text, employee_id integer, on_behalf_of_id integer, at timestamp, note text,
                changes text, version integer)
        ORDER BY nth
    LOOP
        head.last_id := head.last_id + 1;
        head.count := head.count + 1;
        salt := CASE WHEN one.changes = '' THEN '' ELSE replace(gen_random_uuid()::text, '-', '') END;
        digest := CASE WHEN one.changes = '' THEN '' ELSE history_digest(one.changes, salt) END;
        head.seal := encode(sha256(outside || sha256(inside || convert_to(
            history_word(head.last_id::text) || history_word(one.register) || history_word(one.record_id::text)
            || history_word(one.step) || history_word(one.from_state) || history_word(one.to_state)
            || history_word(one.employee_id::text) || history_word(one.on_behalf_of_id::text)
            || history_word(to_char(one.at, 'YYYY-MM-DD HH24:MI:SS.US')) || history_word(one.note)
            || CASE WHEN digest = '' THEN '0:' ELSE '-' END || history_word(one.version::text)
            || CASE WHEN digest = '' THEN '' ELSE history_word(digest) END || history_word(head.seal),
            'UTF8'))), 'hex');
        INSERT INTO public.history (id, register, record_id, step, from_state, to_state, employee_id,
            on_behalf_of_id, at, note, changes, version, digest, salt, seal)
        VALUES (head.last_id, one.register, one.record_id, one.step, one.from_state, one.to_state, one.employee_id,
            one.on_behalf_of_id, one.at, one.note, one.changes, one.version, digest, salt, head.seal);
    END LOOP;
    UPDATE public.history_head SET last_id = head.last_id, seal = head.seal, count = head.count;
    UPDATE public.history_turn SET transaction = pg_current_xact_id()::text::bigint, first_id = place
        WHERE transaction <> pg_current_xact_id()::text::bigint;
END $$
"""
_WRITE = f"""
CREATE OR REPLACE FUNCTION write_history(entries jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM jsonb_to_recordset(entries) AS entry(step text, changes text)
        WHERE changes <> '' AND (step = '{BLANKED}' OR jsonb_typeof(changes::jsonb) <> 'object')
    ) THEN
        RAISE EXCEPTION 'the history takes no such changes' USING ERRCODE = '42501';
    END IF;
    PERFORM add_history(entries);
END $$
"""
"""What was taken out of entries only `blank_history` tells: whoever reads the history believes it."""
_SEALS = """
CREATE OR REPLACE FUNCTION history_seals(texts text[]) RETURNS text[] LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE inside bytea := history_pad(54); outside bytea := history_pad(92);
BEGIN
    RETURN (SELECT array_agg(encode(sha256(outside || sha256(inside || convert_to(one, 'UTF8'))), 'hex') ORDER BY nth)
        FROM unnest(texts) WITH ORDINALITY AS given(one, nth));
END $$
"""
_HAS_KEY = """
CREATE OR REPLACE FUNCTION history_has_key() RETURNS boolean LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.history_key WHERE key <> '')
$$
"""
CLERKS_FUNCTIONS = ("write_history(jsonb)", "history_seals(text[])", "history_has_key()")
"""What clerks may call; the others would give the key away."""


def make_seal(connection: Connection) -> None:
    """Make the functions that write and verify the history, in place of older ones; the tables are there."""
    for function in (_WORD, _DIGEST, _PAD, _ADD, _WRITE, _SEALS, _HAS_KEY):
        connection.exec_driver_sql(function)
    if not connection.scalar(select(func.count()).select_from(TURN)):
        connection.execute(TURN.insert().values(transaction=0, first_id=0))


def has_key(connection: Connection) -> bool:
    """Say whether the history has its key."""
    return bool(connection.scalar(text("SELECT history_has_key()")))


def seals_by_server(connection: Connection, texts: Iterable[str]) -> list[str]:
    """Return the seals of texts, each of an entry and of the seal before it."""
    made = connection.scalar(text("SELECT history_seals(:texts)"), {"texts": list(texts)})
    return list(made or ())
