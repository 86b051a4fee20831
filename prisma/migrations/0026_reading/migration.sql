-- Reading is recorded: who opened a case, searched, read the log or a list. Once per person and subject within a time, however many
-- consoles they ask.

-- What a person read, newest last. Holds events of reading alone, so every other append pays only for the comparison of its action.
CREATE INDEX "audit_event_reading_idx" ON "console"."audit_event" ("actor_id", "at")
  WHERE action IN ('case.viewed', 'evidence.viewed', 'search.run', 'audit.read', 'list.viewed', 'evidence.revealed', 'export.downloaded');

-- What may name a person in the filter of a search: the value of a tag, or, without a name, part of the name of a file. An erasure finds
-- the search by it. It goes with the payload of its event.
CREATE TABLE "console"."searched_name" (
    "event_seq" BIGINT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT,
    "value" TEXT NOT NULL,

    CONSTRAINT "searched_name_pkey" PRIMARY KEY ("event_seq","place")
);
CREATE INDEX "searched_name_value_idx" ON "console"."searched_name" USING hash ("value");
CREATE INDEX "searched_name_part_idx" ON "console"."searched_name" ("event_seq") WHERE name IS NULL;

CREATE FUNCTION console.searched_name_goes_with_its_payload() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM console.searched_name AS s WHERE s.event_seq = NEW.payload_seq;
  RETURN NULL;
END $$;
CREATE TRIGGER searched_name_goes_with_its_payload AFTER INSERT ON console.audit_erasure
  FOR EACH ROW EXECUTE FUNCTION console.searched_name_goes_with_its_payload();
ALTER TABLE console.audit_erasure ENABLE ALWAYS TRIGGER searched_name_goes_with_its_payload;

-- Appends an event of reading unless the same actor left one with this action and subject, whose data holds `same`, within the time.
-- Returns how many milliseconds ago the event that counts was written. One statement and its own transaction: the lock of the chain is
-- held for one append. Two consoles asked at once by the same person wait for each other before that lock, not behind it.
-- `signed` is the newest event that was signed: an event that gets no later number shows that the database is older than the log, and is taken back.
CREATE FUNCTION console.record_reading(
  actor_id text, actor_name text, actor_role text, action text, subject text, payload text, same jsonb, within_ms integer, names jsonb,
  signed bigint, OUT age double precision, OUT number bigint
)
  LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  known timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(E'\x1f', actor_id, action, subject, same), 7335652412));
  SELECT max(e.at) INTO known FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
    WHERE e.actor_id = actor_id AND e.at > clock_timestamp() - make_interval(secs => within_ms / 1000.0)
      AND e.action IN ('case.viewed', 'evidence.viewed', 'search.run', 'audit.read', 'list.viewed', 'evidence.revealed', 'export.downloaded')
      AND e.action = action AND e.subject = subject AND (same = '{}' OR p.data::jsonb -> 'data' @> same);
  IF known IS NULL THEN
    number := console.append_audit_event(actor_id, actor_name, actor_role, action, subject, payload);
    IF number <= signed THEN
      RAISE EXCEPTION 'event % was signed before, so the database is older than the audit log', number USING ERRCODE = 'SL002';
    END IF;
    INSERT INTO console.searched_name (event_seq, place, name, value)
      SELECT number, one.place, one.pair ->> 0, one.pair ->> 1 FROM jsonb_array_elements(names) WITH ORDINALITY AS one(pair, place);
    age := 0;
  ELSE
    age := greatest(0, extract(epoch FROM clock_timestamp() - known) * 1000);
  END IF;
END $$;
