"""Taking a person's data out of the history on a server: by a function of the owner's, and only what is personal.

The same as in `blanked_history.py`. A clerk's login can't change the history; what this function takes out are the
values of fields that the registers declare as personal, and its entry names every entry that it changed.
"""

from sqlalchemy import Connection, MetaData

from dentalsales.blueprint.guard import GUARD
from dentalsales.blueprint.masking import ANONYMOUS
from dentalsales.storage.blanked_history import ENTRIES, STEP

_VALUE = f"""
CREATE OR REPLACE FUNCTION history_blank(value jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN value = 'null' OR value = '""' THEN value
        WHEN jsonb_typeof(value) = 'array' THEN
            (SELECT coalesce(jsonb_agg('"{ANONYMOUS}"'::jsonb), '[]') FROM jsonb_array_elements(value))
        ELSE '"{ANONYMOUS}"' END
$$
"""
_CHANGES = f"""
CREATE OR REPLACE FUNCTION history_blanked(changes jsonb, fields text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(key, CASE
        WHEN key <> ALL (fields) THEN value
        WHEN jsonb_typeof(value) = 'array' THEN
            (SELECT coalesce(jsonb_agg(public.history_blank(one) ORDER BY nth), '[]')
                FROM jsonb_array_elements(value) WITH ORDINALITY AS pair(one, nth))
        ELSE '"{ANONYMOUS}"' END), '{{}}')
    FROM jsonb_each(changes)
$$
"""
_STATE = """
CREATE OR REPLACE FUNCTION history_state(one history, before text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(
        history_word(one.id::text) || history_word(one.register) || history_word(one.record_id::text)
        || history_word(one.step) || history_word(one.from_state) || history_word(one.to_state)
        || history_word(one.employee_id::text) || history_word(one.on_behalf_of_id::text)
        || history_word(to_char(one.at, 'YYYY-MM-DD HH24:MI:SS.US')) || history_word(one.note)
        || history_word(one.changes) || history_word(one.version::text) || history_word(one.digest)
        || history_word(one.salt) || history_word(one.seal) || history_word(before), 'UTF8')), 'hex')
$$
"""
_SEALED = """
CREATE OR REPLACE FUNCTION history_sealed(one history, before text) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF one.digest <> '' AND one.digest <> history_digest(one.changes, one.salt) THEN
        RETURN '';
    END IF;
    RETURN (history_seals(ARRAY[
        history_word(one.id::text) || history_word(one.register) || history_word(one.record_id::text)
        || history_word(one.step) || history_word(one.from_state) || history_word(one.to_state)
        || history_word(one.employee_id::text) || history_word(one.on_behalf_of_id::text)
        || history_word(to_char(one.at, 'YYYY-MM-DD HH24:MI:SS.US')) || history_word(one.note)
        || CASE WHEN one.digest = '' THEN history_word(one.changes) ELSE '-' END || history_word(one.version::text)
        || CASE WHEN one.digest = '' THEN '' ELSE history_word(one.digest) END || history_word(before)]))[1];
END $$
"""
_BLANK = f"""
CREATE OR REPLACE FUNCTION blank_history(entry jsonb, blanks jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named jsonb; told jsonb := '{{}}'; ask record; one public.history; before text; blank jsonb;
BEGIN
    IF jsonb_typeof((entry ->> 'changes')::jsonb) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'an entry of its own has to tell what was taken out' USING ERRCODE = '42501';
    END IF;
    SELECT coalesce(jsonb_object_agg(state.key, state.value ORDER BY teller.id), '{{}}') INTO named
        FROM public.history AS teller, jsonb_each(nullif(teller.changes, '')::jsonb -> '{ENTRIES}') AS state
        WHERE teller.step = '{STEP}';
    FOR ask IN SELECT * FROM jsonb_to_recordset(blanks) AS asked(register text, record_id integer, fields text[])
    LOOP
        FOR one IN SELECT * FROM public.history
            WHERE register = ask.register AND record_id = ask.record_id AND changes <> '' ORDER BY id
        LOOP
            blank := history_blanked(one.changes::jsonb, ARRAY(
                SELECT unnest(ask.fields) INTERSECT SELECT unnest(history_personal(ask.register))));
            CONTINUE WHEN blank = one.changes::jsonb;
            before := coalesce((SELECT seal FROM public.history WHERE id < one.id ORDER BY id DESC LIMIT 1), '');
            IF history_sealed(one, before) <> one.seal
                AND named ->> one.id::text IS DISTINCT FROM history_state(one, before) THEN
                RAISE EXCEPTION 'entry % was changed past the program', one.id USING ERRCODE = 'DS003';
            END IF;
            one.changes := blank::text;
            one.salt := '';
            UPDATE public.history SET changes = one.changes, salt = '' WHERE id = one.id;
            told := told || jsonb_build_object(one.id::text, history_state(one, before));
        END LOOP;
    END LOOP;
    PERFORM add_history(jsonb_build_array(entry || jsonb_build_object('step', '{STEP}', 'changes',
        ((entry ->> 'changes')::jsonb || jsonb_build_object('{ENTRIES}', told))::text)));
END $$
"""
CLERKS_BLANKS = ("blank_history(jsonb, jsonb)",)
"""What clerks may call of it."""


def make_blanks(connection: Connection, metadata: MetaData) -> None:
    """Make the functions, in place of older ones; those of the seal are there."""
    for function in (_VALUE, _CHANGES, _STATE, _SEALED, _personal(metadata), _BLANK):
        connection.exec_driver_sql(function.replace("%", "%%"))


def _personal(metadata: MetaData) -> str:
    """Return the function that knows which words of a history are personal, as the registers declare them."""
    guards = [guard for table in metadata.sorted_tables if (guard := table.info.get(GUARD)) is not None and guard.said]
    cases = "".join(f" WHEN '{guard.register}' THEN '{{{','.join(guard.said)}}}'" for guard in guards)
    nothing = "'{}'"
    told = f"CASE register{cases} ELSE {nothing} END" if cases else nothing
    return (
        "CREATE OR REPLACE FUNCTION history_personal(register text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ "
        f"SELECT ({told})::text[] $$"
    )
