-- A change that takes effect by time waited 72 hours during which nobody could have agreed, and one that is being carried out is not taken
-- back. Searches and policies are written before an erasure or after it.

-- WHO IS WAITED FOR -------------------------------------------------------------------------------------------------

-- As in 0034, but an account that the proposer added with nobody's agreement is waited for once the server, the sign-in provider or
-- somebody else proved or replaced what opens it: from then on its user may answer.
CREATE OR REPLACE FUNCTION console.change_waits_for(change console.proposed_change, OUT account_id uuid, OUT was_removed boolean)
  RETURNS SETOF record LANGUAGE plpgsql STABLE AS $$
DECLARE
  person console."user";
  proposer console."user";
BEGIN
  SELECT * INTO proposer FROM console."user" WHERE id = change.proposer_id;
  FOR person IN SELECT u.* FROM console."user" AS u LOOP
    was_removed := console.approver_was_removed(person);
    CONTINUE WHEN NOT was_removed AND (person.disabled_at IS NOT NULL OR NOT console.role_approves_changes(person.role));
    CONTINUE WHEN console.is_same_person(change.proposer_id, change.proposer_email, change.proposer_subject, person.id, person.email, person.oidc_subject)
      OR console.is_same_person(proposer.id, proposer.email, proposer.oidc_subject, person.id, person.email, person.oidc_subject);
    CONTINUE WHEN EXISTS (
      SELECT FROM console.credential_event AS e JOIN console."user" AS giver ON giver.id = e.by_id
      WHERE e.user_id = person.id AND e.unagreed = 'ADDED'
        AND console.is_same_person(giver.id, giver.email, giver.oidc_subject, proposer.id, proposer.email, proposer.oidc_subject)
        AND NOT EXISTS (
          SELECT FROM console.credential_event AS later
          WHERE later.user_id = e.user_id AND later.id > e.id
            AND (later.way IN ('PROVIDER', 'SETUP') OR (later.way = 'GIVEN' AND later.by_id IS DISTINCT FROM e.by_id))
        )
    );
    CONTINUE WHEN change.kind IN ('ROLE', 'USER_ENABLE', 'PASSWORD') AND console.change_concerns(change, person);
    CONTINUE WHEN change.kind = 'ERASURE' AND NOT EXISTS (
      SELECT FROM jsonb_array_elements_text(change.payload -> 'ids') AS one(id)
      WHERE NOT console.is_behind_decision(one.id::bigint, person.id, person.email, person.oidc_subject)
    );
    account_id := person.id;
    RETURN NEXT;
  END LOOP;
END $$;

-- The changes for which somebody appeared while their 72 hours ran. Such a change does not take effect by time, also when that person
-- leaves again: the 72 hours are those in which it is announced that nobody else can agree. Without a foreign key, which would wait for
-- whoever holds the change while this transaction holds the end of the log.
CREATE TABLE "console"."change_awaited" (
    "change_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_awaited_pkey" PRIMARY KEY ("change_id")
);

-- The changes that are being carried out case by case. From then on they are neither answered nor taken back.
CREATE TABLE "console"."change_start" (
    "change_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_start_pkey" PRIMARY KEY ("change_id")
);
ALTER TABLE "console"."change_start" ADD CONSTRAINT "change_start_change_id_fkey" FOREIGN KEY ("change_id")
  REFERENCES "console"."proposed_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Runs when a transaction ends that proposes a change, or that touches an account or its credentials. Both kinds of transaction append to
-- the log before that and hold its end, so the later one sees what the earlier one did.
CREATE FUNCTION console.note_who_is_awaited() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO console.change_awaited (change_id)
    SELECT c.id FROM console.proposed_change AS c
    WHERE c.takes_effect_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM console.change_awaited AS a WHERE a.change_id = c.id)
      AND NOT EXISTS (SELECT FROM console.change_start AS s WHERE s.change_id = c.id)
      AND NOT EXISTS (SELECT FROM console.change_verdict AS v WHERE v.change_id = c.id)
      AND NOT EXISTS (SELECT FROM console.change_effect AS e WHERE e.change_id = c.id)
      AND console.change_finds_approver(c)
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER note_who_is_awaited AFTER INSERT ON console.proposed_change
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION console.note_who_is_awaited();
CREATE CONSTRAINT TRIGGER note_who_is_awaited AFTER INSERT OR UPDATE OF role, disabled_at, email, oidc_subject ON console."user"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION console.note_who_is_awaited();
CREATE CONSTRAINT TRIGGER note_who_is_awaited AFTER INSERT ON console.credential_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION console.note_who_is_awaited();

-- One that began stands until it is done, whoever appears meanwhile.
CREATE OR REPLACE FUNCTION console.change_stands(change uuid) RETURNS boolean
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM console.proposed_change AS c WHERE c.id = change FOR UPDATE;
  RETURN EXISTS (
    SELECT FROM console.proposed_change AS c LEFT JOIN console.change_verdict AS v ON v.change_id = c.id
    WHERE c.id = change
      AND NOT EXISTS (SELECT FROM console.change_effect AS e WHERE e.change_id = c.id AND e.xmin <> pg_current_xact_id()::xid)
      AND (v.verdict = 'AGREED' OR (v.change_id IS NULL AND (
        EXISTS (SELECT FROM console.change_start AS s WHERE s.change_id = c.id)
        OR (
          c.takes_effect_at <= clock_timestamp() AND NOT console.change_finds_approver(c)
          AND NOT EXISTS (SELECT FROM console.change_awaited AS a WHERE a.change_id = c.id)
        )
      )))
  );
END $$;

CREATE FUNCTION console.start_fits_its_change() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NOT console.change_stands(NEW.change_id) THEN
    RAISE EXCEPTION 'change % may not begin', NEW.change_id USING ERRCODE = 'check_violation';
  END IF;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  RETURN NEW;
END $$;

CREATE FUNCTION console.verdict_comes_before_the_start() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM console.proposed_change AS c WHERE c.id = NEW.change_id FOR UPDATE;
  IF EXISTS (SELECT FROM console.change_start AS s WHERE s.change_id = NEW.change_id) THEN
    RAISE EXCEPTION 'change % is being carried out', NEW.change_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER start_fits_its_change BEFORE INSERT ON console.change_start
  FOR EACH ROW EXECUTE FUNCTION console.start_fits_its_change();
CREATE TRIGGER change_start_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.change_start
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER change_awaited_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.change_awaited
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER verdict_comes_before_the_start BEFORE INSERT ON console.change_verdict
  FOR EACH ROW EXECUTE FUNCTION console.verdict_comes_before_the_start();
ALTER TABLE console.change_start ENABLE ALWAYS TRIGGER start_fits_its_change, ENABLE ALWAYS TRIGGER change_start_only_grows;
ALTER TABLE console.change_awaited ENABLE ALWAYS TRIGGER change_awaited_only_grows;
ALTER TABLE console.change_verdict ENABLE ALWAYS TRIGGER verdict_comes_before_the_start;
ALTER TABLE console.proposed_change ENABLE ALWAYS TRIGGER note_who_is_awaited;
ALTER TABLE console."user" ENABLE ALWAYS TRIGGER note_who_is_awaited;
ALTER TABLE console.credential_event ENABLE ALWAYS TRIGGER note_who_is_awaited;

-- BESIDE ERASURES ---------------------------------------------------------------------------------------------------

-- The lock of lib/review/beside-erasures.ts: taken in common by what writes about many cases at once, and alone by whatever erases.
CREATE FUNCTION console.beside_erasures() RETURNS void
  LANGUAGE sql AS 'SELECT pg_advisory_xact_lock_shared(7335652417)';
CREATE FUNCTION console.without_writes_beside() RETURNS void
  LANGUAGE sql AS 'SELECT pg_advisory_xact_lock(7335652417)';

-- As in 0026, but before an erasure or after it: a reading of a list may hold a filter that names a person.
CREATE OR REPLACE FUNCTION console.record_reading(
  actor_id text, actor_name text, actor_role text, action text, subject text, payload text, same jsonb, within_ms integer, names jsonb,
  signed bigint, OUT age double precision, OUT number bigint
)
  LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  known timestamptz;
BEGIN
  IF same ? 'query' THEN PERFORM console.beside_erasures(); END IF;
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
