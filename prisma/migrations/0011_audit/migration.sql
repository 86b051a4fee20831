-- The audit trail: signed heads, the erasure of payloads, and an append that does each piece of work once.

-- SIGNED HEADS ------------------------------------------------------------------------------------------------------
-- Copies of what lies in files outside the database (DATA_DIR/checkpoints), kept to be shown; what is verified is the files.

CREATE TABLE "console"."checkpoint" (
    "seq" BIGINT NOT NULL,
    "key_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("seq","key_id"),
    CONSTRAINT "checkpoint_hash_is_sha256" CHECK (console.is_sha256(hash)),
    CONSTRAINT "checkpoint_key_id_is_short" CHECK (key_id ~ '^[0-9a-f]{16}$'),
    CONSTRAINT "checkpoint_signature_is_ed25519" CHECK (signature ~ '^[0-9a-f]{128}$')
);
CREATE TRIGGER checkpoint_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.checkpoint ENABLE ALWAYS TRIGGER checkpoint_only_grows;

-- How far a witness elsewhere was told, by its address.
CREATE TABLE "console"."witness" (
    "url" TEXT NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "told_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "witness_pkey" PRIMARY KEY ("url")
);

-- THE CHAIN ---------------------------------------------------------------------------------------------------------

-- The days of the log are found by it. Times grow with the numbers, so an index of block ranges is enough, and costs an append next to nothing.
CREATE INDEX "audit_event_at_idx" ON "console"."audit_event" USING brin ("at");

-- Links an event that comes without a number to the head of the chain; refuses one that comes with a number and does not continue it.
-- So not even a plain INSERT can fork the chain, leave a gap or hash wrongly, and the work is done once whoever inserts.
-- The lock is held until the transaction ends: appends wait for commits, and a rolled-back act gives its number back.
CREATE OR REPLACE FUNCTION console.audit_event_continues_the_chain() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  head_seq bigint;
  head_hash bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(7335652411);
  SELECT link.seq, link.hash INTO head_seq, head_hash FROM console.audit_event AS link ORDER BY link.seq DESC LIMIT 1;
  IF head_seq IS NULL THEN
    head_seq := 0;
    head_hash := '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea;
  END IF;
  IF NEW.seq IS NULL THEN
    NEW.seq := head_seq + 1;
    NEW.prev_hash := head_hash;
    -- The database's own time, so that no caller can date an event.
    NEW.at := date_trunc('milliseconds', clock_timestamp());
    NEW.hash := console.audit_event_hash(NEW);
    RETURN NEW;
  END IF;
  IF NEW.seq <> head_seq + 1 THEN
    RAISE EXCEPTION 'audit event % does not follow %', NEW.seq, head_seq USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.prev_hash IS DISTINCT FROM head_hash THEN
    RAISE EXCEPTION 'audit event % does not name the hash before it', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.hash IS DISTINCT FROM console.audit_event_hash(NEW) THEN
    RAISE EXCEPTION 'audit event % carries a wrong hash', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- A payload's event is asked for by audit_payload_is_what_was_hashed, and no event ever goes away: the foreign key asked for it
-- once more, and locked the event's row to do so. Servers before PostgreSQL 18 know no such thing and go on asking.
DO $$
BEGIN
  EXECUTE 'ALTER TABLE console.audit_payload ADD CONSTRAINT audit_payload_event_fkey FOREIGN KEY (seq)
    REFERENCES console.audit_event (seq) ON UPDATE CASCADE ON DELETE RESTRICT NOT ENFORCED';
  ALTER TABLE console.audit_payload DROP CONSTRAINT audit_payload_seq_fkey;
  ALTER TABLE console.audit_payload RENAME CONSTRAINT audit_payload_event_fkey TO audit_payload_seq_fkey;
EXCEPTION WHEN syntax_error OR feature_not_supported THEN
  NULL;
END $$;

-- The door to the chain: appends one event with its payload and answers its sequence number, gapless from 1.
-- Call it last in a transaction: all other appends of the house wait until that ends.
CREATE OR REPLACE FUNCTION console.append_audit_event(
  actor_id text, actor_name text, actor_role text, action text, subject text, payload text
) RETURNS bigint
  LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  number bigint;
  -- Two random uuids, 244 random bits: without them nobody can try whether a guessed payload has this hash.
  salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  -- What needs no head is done before the lock is taken.
  committed bytea := console.audit_payload_hash(salt, payload);
BEGIN
  INSERT INTO console.audit_event AS link (actor_id, actor_name, actor_role, action, subject, payload_hash)
    VALUES (actor_id, actor_name, actor_role, action, subject, committed) RETURNING link.seq INTO number;
  INSERT INTO console.audit_payload (seq, salt, data) VALUES (number, salt, payload);
  RETURN number;
END $$;

-- ERASURE -----------------------------------------------------------------------------------------------------------
-- A payload may go, its event stays. Each one that goes is named by an event of its own, payload.erased, which cannot be erased.

CREATE TABLE "console"."audit_erasure" (
    "payload_seq" BIGINT NOT NULL,
    "event_seq" BIGINT NOT NULL,

    CONSTRAINT "audit_erasure_pkey" PRIMARY KEY ("payload_seq")
);

-- Whether what is known about a subject (verification:5, user:...) must be kept. Replaced where legal holds are defined.
CREATE FUNCTION console.is_on_legal_hold(subject text) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN false;

CREATE FUNCTION console.audit_erasure_is_allowed() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  erased console.audit_event;
BEGIN
  SELECT * INTO erased FROM console.audit_event WHERE seq = NEW.payload_seq;
  IF erased.seq IS NULL OR erased.action = 'payload.erased' THEN
    RAISE EXCEPTION 'audit event % has nothing to erase', NEW.payload_seq USING ERRCODE = 'check_violation';
  END IF;
  IF console.is_on_legal_hold(erased.subject) THEN
    RAISE EXCEPTION 'audit event % is about %, which is on legal hold', NEW.payload_seq, erased.subject USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (
    SELECT FROM console.audit_event AS event JOIN console.audit_payload AS said ON said.seq = event.seq
    WHERE event.seq = NEW.event_seq AND event.seq > NEW.payload_seq AND event.action = 'payload.erased'
      AND said.data::jsonb -> 'data' -> 'events' @> to_jsonb(NEW.payload_seq)
  ) THEN
    RAISE EXCEPTION 'no event says that the payload of % was erased', NEW.payload_seq USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_erasure_is_allowed BEFORE INSERT ON console.audit_erasure
  FOR EACH ROW EXECUTE FUNCTION console.audit_erasure_is_allowed();
CREATE TRIGGER audit_erasure_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.audit_erasure
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.audit_erasure
  ENABLE ALWAYS TRIGGER audit_erasure_is_allowed,
  ENABLE ALWAYS TRIGGER audit_erasure_only_grows;

CREATE FUNCTION console.audit_payload_goes_with_a_trace() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM console.audit_erasure WHERE payload_seq = OLD.seq) THEN
    RAISE EXCEPTION 'the payload of audit event % is erased by console.erase_audit_payloads() only', OLD.seq USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;

DROP TRIGGER audit_payload_only_grows ON console.audit_payload;
CREATE TRIGGER audit_payload_never_changes BEFORE UPDATE OR TRUNCATE ON console.audit_payload
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER audit_payload_goes_with_a_trace BEFORE DELETE ON console.audit_payload
  FOR EACH ROW EXECUTE FUNCTION console.audit_payload_goes_with_a_trace();
ALTER TABLE console.audit_payload
  ENABLE ALWAYS TRIGGER audit_payload_never_changes,
  ENABLE ALWAYS TRIGGER audit_payload_goes_with_a_trace;

-- The door to erasure: takes away the payloads of these events, after appending the event that says so, and answers its number.
-- `payload` names the same events in its data.events. What was erased before is passed over; a subject on legal hold refuses all of it.
CREATE FUNCTION console.erase_audit_payloads(
  seqs bigint[], actor_id text, actor_name text, actor_role text, subject text, payload text
) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  number bigint := console.append_audit_event(actor_id, actor_name, actor_role, 'payload.erased', subject, payload);
BEGIN
  INSERT INTO console.audit_erasure (payload_seq, event_seq) SELECT DISTINCT unnest(seqs), number ON CONFLICT DO NOTHING;
  DELETE FROM console.audit_payload AS gone WHERE gone.seq = ANY (seqs);
  RETURN number;
END $$;
