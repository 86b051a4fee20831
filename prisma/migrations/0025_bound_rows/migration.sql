-- Rows beside the log are bound to it: the payload of the event that reports a row carries the row's hash, so a row that was changed,
-- added or removed with the triggers off differs from the log. lib/audit/bound-rows.ts states the format and lists the tables.

-- THE HASH OF A ROW -------------------------------------------------------------------------------------------------
-- sha256( "second-look/row/v1" 00 table 00 text ), hex. `text` is what console.row_text() returns: the row as one JSON object without
-- blanks, its members the columns that are not null, in the byte order of their names. Numbers, booleans and arrays are JSON; a time is
-- ISO 8601 in UTC with three decimals; jsonb is the string PostgreSQL casts it to; anything else is a string.
CREATE FUNCTION console.row_sha256(bound text, row_text text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN encode(sha256('second-look/row/v1'::bytea || '\x00'::bytea || convert_to(bound, 'UTF8') || '\x00'::bytea || convert_to(row_text, 'UTF8')), 'hex');

-- How a payload names a row: one element of its member `rows`. `lasting` is the hash of the columns that an erasure leaves alone, null
-- for a table of which it leaves every column alone.
CREATE FUNCTION console.row_binding(bound text, id text, lasting text, sha256 text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN '{"id":' || to_json(id) || coalesce(',"lasting":"' || lasting || '"', '') || ',"sha256":"' || sha256 || '","table":"' || bound || '"}';

-- The columns that an erasure may overwrite, as the triggers on these tables allow it.
CREATE FUNCTION console.erasable_columns(bound text) RETURNS text[]
  LANGUAGE sql IMMUTABLE
  RETURN CASE
    WHEN bound = 'note' THEN ARRAY['text']
    WHEN bound = 'decision' THEN ARRAY['rationale', 'view', 'features']
    WHEN bound IN ('approval', 'qa_review', 'change_verdict') THEN ARRAY['comment']
    WHEN bound IN ('skip', 'snooze', 'escalation', 'reopening', 'legal_hold', 'proposed_change') THEN ARRAY['reason']
    WHEN bound = 'evidence_drift' THEN ARRAY['name']
    WHEN bound = 'evidence_acknowledgement' THEN ARRAY['name', 'reason']
    WHEN bound = 'batch' THEN ARRAY['query', 'detail']
    ELSE '{}'::text[]
  END;

-- The SQL expression for one column as a member of console.row_text(), null when the column is null. `row_text` drops such members, so a
-- nullable column added later leaves the hashes of older rows as they were.
CREATE FUNCTION console.row_member(name text, type text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  value text := format('t.%I', name);
  json text := CASE
    WHEN type IN ('integer', 'bigint', 'smallint', 'boolean') THEN value || '::text'
    WHEN type = 'uuid' THEN format('(''"'' || %s || ''"'')', value)
    WHEN type IN ('text', 'text[]', 'bigint[]', 'uuid[]') THEN format('to_json(%s)::text', value)
    WHEN type = 'jsonb' THEN format('to_json(%s::text)::text', value)
    WHEN type = 'timestamp(3) with time zone'
      THEN format('(''"'' || to_char(%s AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'') || ''"'')', value)
  END;
BEGIN
  IF json IS NULL THEN
    RAISE EXCEPTION 'column % of type % has no canonical text', name, type USING ERRCODE = 'feature_not_supported';
  END IF;
  RETURN format('%L || %s', ',"' || name || '":', json);
END $$;

-- BINDING A TABLE ---------------------------------------------------------------------------------------------------

-- Refuses at commit a row that no event of its transaction binds as it is now. Which events those are is kept in a setting of the
-- transaction; what counts is that their payload names the row's hash.
CREATE FUNCTION console.row_has_its_event() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  row_id text := to_jsonb(NEW) ->> TG_ARGV[0];
  now_is text := console.row_hash(TG_TABLE_NAME, row_id);
BEGIN
  IF now_is IS NOT NULL AND NOT EXISTS (
    SELECT FROM console.audit_payload AS said
    WHERE said.seq = ANY (string_to_array(nullif(current_setting('console.bound_by', true), ''), ',')::bigint[])
      AND position(console.row_binding(TG_TABLE_NAME, row_id, console.row_lasting(TG_TABLE_NAME, row_id), now_is) IN said.data) > 0
  ) THEN
    RAISE EXCEPTION 'row % of console.% has no audit event', row_id, TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- Binds a table to the log: makes its row_text(), refuses rows without an event, and includes it in what is reconciled. Call it in the
-- migration that creates the table, and again in each one that adds a column to it; such a column must be nullable.
CREATE FUNCTION console.bind_rows(bound text) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  relation regclass := format('console.%I', bound)::regclass;
  members text;
  lasting text;
  key_column text;
  branches text;
  lasting_branches text;
  selects text;
BEGIN
  SELECT string_agg(member, ', ' ORDER BY name COLLATE "C"), string_agg(member, ', ' ORDER BY name COLLATE "C") FILTER (WHERE name <> ALL (console.erasable_columns(bound)))
    INTO members, lasting
    FROM (SELECT a.attname::text AS name, console.row_member(a.attname, format_type(a.atttypid, a.atttypmod)) AS member
    FROM pg_attribute AS a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped) AS own;
  SELECT min(a.attname) INTO STRICT key_column FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = relation AND i.indisprimary HAVING count(*) = 1;
  -- Texts, not RETURN: those would hold on to the columns and keep a later migration from changing one.
  EXECUTE format('CREATE OR REPLACE FUNCTION console.row_text(t console.%I) RETURNS text LANGUAGE sql STABLE AS $f$
    SELECT ''{'' || substr(concat(%s), 2) || ''}''; $f$', bound, members);
  EXECUTE format('CREATE OR REPLACE FUNCTION console.lasting_text(t console.%I) RETURNS text LANGUAGE sql STABLE AS $f$
    SELECT ''{'' || substr(concat(%s), 2) || ''}''; $f$', bound, lasting);
  EXECUTE format('DROP TRIGGER IF EXISTS %I ON console.%I', bound || '_has_its_event', bound);
  EXECUTE format('CREATE CONSTRAINT TRIGGER %I AFTER INSERT OR UPDATE ON console.%I DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION console.row_has_its_event(%L)', bound || '_has_its_event', bound, key_column);
  EXECUTE format('ALTER TABLE console.%I ENABLE ALWAYS TRIGGER %I', bound, bound || '_has_its_event');

  -- The next two are written out table by table: an append must not plan a statement each time it asks for a hash.
  SELECT
    string_agg(format('WHEN %L THEN RETURN (SELECT console.row_sha256(bound, console.row_text(t)) FROM console.%I AS t WHERE t.%I = id::%s);',
      b.name, b.name, b.key_column, b.key_type), E'\n' ORDER BY b.name),
    string_agg(format('WHEN %L THEN RETURN (SELECT console.row_sha256(bound, console.lasting_text(t)) FROM console.%I AS t WHERE t.%I = id::%s);',
      b.name, b.name, b.key_column, b.key_type), E'\n' ORDER BY b.name) FILTER (WHERE console.erasable_columns(b.name) <> '{}'),
    string_agg(format('SELECT %L AS "table", t.%I::text AS id, %s AS verification_id, console.row_sha256(%L, console.row_text(t)) AS sha256 FROM console.%I AS t',
      b.name, b.key_column, CASE WHEN b.has_case THEN 't.verification_id' ELSE 'NULL::bigint' END, b.name, b.name), E'\nUNION ALL ' ORDER BY b.name)
    INTO branches, lasting_branches, selects
    FROM (
      SELECT c.relname::text AS name, key.attname AS key_column, format_type(key.atttypid, key.atttypmod) AS key_type,
        EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'verification_id') AS has_case
      FROM pg_trigger AS g
      JOIN pg_class AS c ON c.oid = g.tgrelid
      JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
      JOIN pg_attribute AS key ON key.attrelid = c.oid AND key.attnum = i.indkey[0]
      WHERE g.tgfoid = 'console.row_has_its_event'::regproc
    ) AS b;
  EXECUTE format('CREATE OR REPLACE FUNCTION console.row_hash(bound text, id text) RETURNS text LANGUAGE plpgsql STABLE AS $f$
    #variable_conflict use_variable
    BEGIN
      CASE bound
      %s
      ELSE RAISE EXCEPTION ''console.%% is not bound to the log'', bound USING ERRCODE = ''undefined_table'';
      END CASE;
    END $f$', branches);
  EXECUTE format('CREATE OR REPLACE FUNCTION console.row_lasting(bound text, id text) RETURNS text LANGUAGE plpgsql STABLE AS $f$
    #variable_conflict use_variable
    BEGIN
      CASE bound
      %s
      ELSE RETURN NULL;
      END CASE;
    END $f$', coalesce(lasting_branches, 'WHEN '''' THEN RETURN NULL;'));
  EXECUTE format('CREATE OR REPLACE FUNCTION console.bound_rows() RETURNS TABLE ("table" text, id text, verification_id bigint, sha256 text)
    LANGUAGE sql STABLE AS $f$ %s $f$', selects);
END $$;

-- Appends an event and binds these rows to it: the payload gets a member `rows` with the hash of each as it is at this moment. Throws
-- when one of them does not exist. A later event may bind a row again only where it was erased: `case.erased` must bind the erasure of its
-- case that this transaction wrote.
CREATE FUNCTION console.append_audit_event_on_rows(
  actor_id text, actor_name text, actor_role text, action text, subject text, payload text, tables text[], ids text[]
) RETURNS bigint
  LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  bindings text;
  lost text;
  number bigint;
BEGIN
  IF action = 'case.erased' AND NOT EXISTS (
    SELECT FROM unnest(tables, ids) AS given(bound, id) JOIN console.erasure AS e ON e.id::text = given.id
    WHERE given.bound = 'erasure' AND subject = 'verification:' || e.verification_id AND e.xact = pg_current_xact_id()::text
  ) THEN
    RAISE EXCEPTION 'nothing about % was erased in this transaction', subject USING ERRCODE = 'check_violation';
  END IF;
  SELECT string_agg(console.row_binding(named.bound, named.id, console.row_lasting(named.bound, named.id), named.sha256), ',' ORDER BY named.place),
      min(named.bound || ' ' || named.id) FILTER (WHERE named.sha256 IS NULL)
    INTO bindings, lost
    FROM (
      SELECT given.*, console.row_hash(given.bound, given.id) AS sha256
      FROM unnest(tables, ids) WITH ORDINALITY AS given(bound, id, place)
    ) AS named;
  IF lost IS NOT NULL OR bindings IS NULL THEN
    RAISE EXCEPTION 'an audit event cannot bind %, which does not exist', coalesce(lost, 'no row') USING ERRCODE = 'check_violation';
  END IF;
  number := console.append_audit_event(actor_id, actor_name, actor_role, action, subject, left(payload, -1) || ',"rows":[' || bindings || ']}');
  PERFORM set_config('console.bound_by', concat_ws(',', nullif(current_setting('console.bound_by', true), ''), number), true);
  RETURN number;
END $$;

-- What erasure_is_recorded asked for, and the hash as well.
DROP TRIGGER erasure_is_recorded ON console.erasure;
DROP FUNCTION console.erasure_is_recorded();

SELECT console.bind_rows('decision');
SELECT console.bind_rows('withdrawal');
SELECT console.bind_rows('approval');
SELECT console.bind_rows('qa_review');
SELECT console.bind_rows('note');
SELECT console.bind_rows('assignment');
SELECT console.bind_rows('escalation');
SELECT console.bind_rows('snooze');
SELECT console.bind_rows('skip');
SELECT console.bind_rows('reopening');
SELECT console.bind_rows('legal_hold');
SELECT console.bind_rows('erasure');
SELECT console.bind_rows('evidence_drift');
SELECT console.bind_rows('evidence_acknowledgement');
SELECT console.bind_rows('policy');
SELECT console.bind_rows('batch');
SELECT console.bind_rows('draw_grant');
SELECT console.bind_rows('viewing_preference');

-- What the last nightly comparison found: the log has an event of each, this is what every screen asks for.
CREATE TABLE "console"."reconciliation" (
    "id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "differences" INTEGER NOT NULL,
    "sentence" TEXT,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "reconciliation_is_one_row" CHECK (id = 1),
    CONSTRAINT "reconciliation_names_the_first" CHECK ((differences = 0) = (sentence IS NULL))
);

-- ERASURE -----------------------------------------------------------------------------------------------------------

-- What an erasure of a case leaves of the rows that are bound, so that its event can bind them anew: the rows of the case, and the bulk
-- actions over it.
CREATE FUNCTION console.bound_rows_of_case(case_id bigint) RETURNS TABLE ("table" text, id text)
  LANGUAGE sql STABLE AS $$
  SELECT r."table", r.id FROM console.bound_rows() AS r WHERE r.verification_id = case_id
  UNION ALL
  SELECT 'batch', b.id::text FROM console.batch AS b WHERE console.touched_by_batch(b, case_id)
  ORDER BY 1, 2;
$$;

-- WRITES ON A CASE --------------------------------------------------------------------------------------------------
-- lib/review/on-case.ts states the rule and the order of locks. The triggers below hold to it whoever writes: a row about a case waits for
-- a write on that case that is under way, and is refused when that was an erasure. A legal hold is still accepted.

-- Locks a case until the transaction ends, and returns whether it was erased before. A function, so that the second statement sees what
-- was committed while the first one waited.
CREATE FUNCTION console.lock_case(case_id bigint) RETURNS boolean
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('second-look/case', case_id));
  RETURN EXISTS (SELECT FROM console.erasure AS e WHERE e.verification_id = case_id);
END $$;

-- Locks a case if nothing else holds it at this moment, and returns whether it did.
CREATE FUNCTION console.try_lock_case(case_id bigint) RETURNS boolean
  LANGUAGE sql
  RETURN pg_try_advisory_xact_lock(hashtextextended('second-look/case', case_id));

CREATE FUNCTION console.case_is_not_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  case_id bigint;
BEGIN
  IF TG_TABLE_NAME = 'evidence_hash' THEN
    case_id := console.case_of_file(NEW.name);
  ELSE
    case_id := NEW.verification_id;
  END IF;
  IF case_id IS NOT NULL AND console.lock_case(case_id) THEN
    RAISE EXCEPTION 'case % was erased, so console.% takes no more rows about it', case_id, TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- Also waits for a sync that is writing the record: what that writes, earlier versions and tags included, is erased with the rest.
CREATE FUNCTION console.erasure_locks_its_case() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM console.lock_case(NEW.verification_id);
  PERFORM FROM console.record AS r WHERE r.verification_id = NEW.verification_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN PERFORM pg_advisory_xact_lock(console.index_lock()); END IF;
  RETURN NEW;
END $$;

DO $$
DECLARE
  about text;
BEGIN
  FOREACH about IN ARRAY ARRAY['note', 'decision', 'withdrawal', 'approval', 'qa_review', 'skip', 'snooze', 'escalation', 'reopening',
    'assignment', 'evidence_copy', 'evidence_drift', 'evidence_hash', 'evidence_check', 'evidence_acknowledgement'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT ON console.%I FOR EACH ROW EXECUTE FUNCTION console.case_is_not_erased()',
      about || '_is_of_a_case_not_erased', about);
    EXECUTE format('ALTER TABLE console.%I ENABLE ALWAYS TRIGGER %I', about, about || '_is_of_a_case_not_erased');
  END LOOP;
END $$;

CREATE TRIGGER erasure_locks_its_case BEFORE INSERT ON console.erasure FOR EACH ROW EXECUTE FUNCTION console.erasure_locks_its_case();
ALTER TABLE console.erasure ENABLE ALWAYS TRIGGER erasure_locks_its_case;
