-- Governance: two people are two people for the database too, rules cannot be dated, the last administrator stays, evidence that
-- changed is remembered, and what people wrote can be erased when its time is over, through one door and never under a legal hold.

-- FOUR EYES -------------------------------------------------------------------------------------------------------

-- As before, and: the approver's marks are those of her account at this moment, so that nobody can sign with invented ones; and
-- she is not the proposer by the marks the proposer's account bears now, should they have changed since the proposal.
CREATE OR REPLACE FUNCTION console.approval_fits_its_decision() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  proposal console.decision;
  approver console."user";
BEGIN
  SELECT * INTO proposal FROM console.decision WHERE id = NEW.decision_id;
  IF proposal.id IS NULL OR proposal.verification_id <> NEW.verification_id OR proposal.second_person IS NULL
    OR proposal.proposer_id <> NEW.proposer_id OR proposal.proposer_email <> NEW.proposer_email
    OR proposal.proposer_subject IS DISTINCT FROM NEW.proposer_subject THEN
    RAISE EXCEPTION 'approval % does not fit its decision', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO approver FROM console."user" WHERE id = NEW.approver_id;
  IF approver.id IS NULL OR approver.disabled_at IS NOT NULL OR approver.email <> NEW.approver_email
    OR approver.oidc_subject IS DISTINCT FROM NEW.approver_subject THEN
    RAISE EXCEPTION 'approval % does not bear the marks of its approver', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM console."user" AS proposer WHERE proposer.id = NEW.proposer_id
      AND (console.mailbox(proposer.email) = console.mailbox(approver.email) OR proposer.oidc_subject = approver.oidc_subject)
  ) THEN
    RAISE EXCEPTION 'approval % is by the person who proposed', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM console.decision WHERE verification_id = NEW.verification_id AND version > proposal.version)
    OR EXISTS (SELECT FROM console.withdrawal WHERE decision_id = NEW.decision_id) THEN
    RAISE EXCEPTION 'approval % is of a decision that no longer stands', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- A second look is at a decision that stands alone and was not taken back, and not by whoever made it, under whatever account.
CREATE FUNCTION console.qa_review_fits_its_decision() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  seen console.decision;
  reviewer console."user";
BEGIN
  SELECT * INTO seen FROM console.decision WHERE id = NEW.decision_id;
  SELECT * INTO reviewer FROM console."user" WHERE id = NEW.reviewer_id;
  IF seen.id IS NULL OR seen.verification_id <> NEW.verification_id OR seen.second_person IS NOT NULL
    OR seen.proposer_id <> NEW.proposer_id OR NEW.agrees <> (NEW.outcome = seen.outcome)
    OR EXISTS (SELECT FROM console.withdrawal WHERE decision_id = NEW.decision_id) THEN
    RAISE EXCEPTION 'second look % does not fit its decision', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF reviewer.id IS NULL OR console.mailbox(reviewer.email) = console.mailbox(seen.proposer_email)
    OR reviewer.oidc_subject = seen.proposer_subject THEN
    RAISE EXCEPTION 'second look % is by the person who decided', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER qa_review_fits_its_decision BEFORE INSERT ON console.qa_review
  FOR EACH ROW EXECUTE FUNCTION console.qa_review_fits_its_decision();
ALTER TABLE console.qa_review ENABLE ALWAYS TRIGGER qa_review_fits_its_decision;

-- Who decided what in the last days, for the draw of second looks and for the clock of retention.
CREATE INDEX "decision_decided_at_idx" ON "console"."decision"("decided_at");

-- RULES -----------------------------------------------------------------------------------------------------------

-- A rule holds from the moment it is written, by the database's own clock, whatever its writer says: nobody can date it back and
-- so change what the rule was on a day that is over.
CREATE OR REPLACE FUNCTION console.policy_continues_the_last() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  last console.policy;
BEGIN
  SELECT * INTO last FROM console.policy AS known ORDER BY known.version DESC LIMIT 1;
  IF NEW.version <> coalesce(last.version, 0) + 1 THEN
    RAISE EXCEPTION 'policy % does not continue version %', NEW.version, coalesce(last.version, 0) USING ERRCODE = 'check_violation';
  END IF;
  NEW.valid_from := greatest(date_trunc('milliseconds', clock_timestamp()), last.valid_from + interval '1 millisecond');
  RETURN NEW;
END $$;

-- ADMINISTRATORS --------------------------------------------------------------------------------------------------

-- Without an administrator nobody could let anybody in again. Two who take each other's role at the same moment wait here, and the
-- second one sees what the first one did.
CREATE FUNCTION console.last_administrator_stays() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.role = 'admin' AND NEW.disabled_at IS NULL THEN RETURN NEW; END IF;
  END IF;
  PERFORM pg_advisory_xact_lock(7335652413);
  IF NOT EXISTS (SELECT FROM console."user" AS other WHERE other.id <> OLD.id AND other.role = 'admin' AND other.disabled_at IS NULL) THEN
    RAISE EXCEPTION 'the last administrator stays' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER last_administrator_stays BEFORE UPDATE OF role, disabled_at OR DELETE ON console."user"
  FOR EACH ROW WHEN (OLD.role = 'admin' AND OLD.disabled_at IS NULL) EXECUTE FUNCTION console.last_administrator_stays();
ALTER TABLE console."user" ENABLE ALWAYS TRIGGER last_administrator_stays;

-- EVIDENCE THAT CHANGED -------------------------------------------------------------------------------------------

-- A file was seen whole with other bytes than the time before.
CREATE TABLE "console"."evidence_drift" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "before_sha256" TEXT NOT NULL,
    "after_sha256" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_drift_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "evidence_drift_is_a_difference" CHECK (
      console.is_sha256(before_sha256) AND console.is_sha256(after_sha256) AND before_sha256 <> after_sha256
    )
);
CREATE INDEX "evidence_drift_verification_id_idx" ON "console"."evidence_drift"("verification_id");

-- RETENTION -------------------------------------------------------------------------------------------------------

-- Nothing of a case may be erased while its newest row here says `held`.
CREATE TABLE "console"."legal_hold" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "held" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "legal_hold_says_why" CHECK (char_length(reason) BETWEEN 10 AND 2000)
);
CREATE INDEX "legal_hold_verification_id_id_idx" ON "console"."legal_hold"("verification_id", "id");

-- The tombstone: what of a case was erased, when, by whom, under which rule. RETENTION: its time was over. REQUEST: somebody with a
-- right to it asked, and `reason` says so. `xact` is the transaction it was written in: only there may its texts be overwritten.
CREATE TABLE "console"."erasure" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "rule" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "retention_days" INTEGER NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "xact" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "erasure_rule_is_known" CHECK (rule IN ('RETENTION', 'REQUEST')),
    CONSTRAINT "erasure_request_says_why" CHECK (rule = 'RETENTION' OR char_length(reason) BETWEEN 10 AND 2000),
    CONSTRAINT "erasure_retention_has_a_clock" CHECK (rule = 'REQUEST' OR resolved_at IS NOT NULL),
    CONSTRAINT "erasure_counts_are_an_object" CHECK (jsonb_typeof(counts) = 'object')
);
CREATE INDEX "erasure_verification_id_idx" ON "console"."erasure"("verification_id");
CREATE INDEX "erasure_run_id_idx" ON "console"."erasure"("run_id");

CREATE FUNCTION console.is_held(case_id bigint) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT h.held FROM console.legal_hold AS h WHERE h.verification_id = case_id ORDER BY h.id DESC LIMIT 1), false);
$$;

-- The same for the subject of an audit event, so that the payloads of a held case stay as well.
CREATE OR REPLACE FUNCTION console.is_on_legal_hold(subject text) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT coalesce(console.is_held(substring(subject FROM '^verification:([0-9]{1,16})$')::bigint), false);
$$;

-- When the clock of a case began to run: its decision in force was made, or agreed to where that took a second person. Null for a
-- case that is not resolved: its clock does not run.
CREATE FUNCTION console.resolved_at(case_id bigint) RETURNS timestamptz
  LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT a.approved_at FROM console.approval AS a WHERE a.decision_id = d.id), d.decided_at)
  FROM console.lasting_state(case_id) AS now_is JOIN console.decision AS d ON d.id = now_is.decision_id;
$$;

-- How long cases are kept under the rules in force; the fallback is version 0 of lib/domain/policy.ts, and a test holds both together.
CREATE FUNCTION console.retention_days() RETURNS integer
  LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT (p.settings ->> 'retentionDays')::integer FROM console.policy AS p ORDER BY p.version DESC LIMIT 1), 1826);
$$;

-- Refuses a tombstone over a case that must be kept: held, or by the rule RETENTION before its time. A hold placed at the same
-- moment waits for this transaction, or this one for the hold.
CREATE FUNCTION console.erasure_is_allowed() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('second-look/hold', NEW.verification_id));
  IF console.is_held(NEW.verification_id) THEN
    RAISE EXCEPTION 'case % is under legal hold', NEW.verification_id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.rule = 'RETENTION' THEN
    IF NEW.resolved_at IS DISTINCT FROM console.resolved_at(NEW.verification_id) OR NEW.retention_days <> console.retention_days()
      OR NEW.resolved_at + NEW.retention_days * interval '24 hours' > clock_timestamp() THEN
      RAISE EXCEPTION 'the time of case % is not over', NEW.verification_id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  NEW.xact := pg_current_xact_id()::text;
  RETURN NEW;
END $$;

CREATE FUNCTION console.hold_waits_for_erasure() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('second-look/hold', NEW.verification_id));
  -- No later erasure would take its reason away.
  IF EXISTS (SELECT FROM console.erasure AS e WHERE e.verification_id = NEW.verification_id) THEN
    RAISE EXCEPTION 'case % was erased, so nothing of it can be held', NEW.verification_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- Looked at when the transaction ends: an erasure that left no event in the chain did not happen.
CREATE FUNCTION console.erasure_is_recorded() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM console.audit_event AS e
    WHERE e.subject = 'verification:' || NEW.verification_id AND e.action = 'case.erased' AND e.at >= NEW.at
  ) THEN
    RAISE EXCEPTION 'erasure % left no audit event', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER erasure_is_allowed BEFORE INSERT ON console.erasure FOR EACH ROW EXECUTE FUNCTION console.erasure_is_allowed();
CREATE TRIGGER hold_waits_for_erasure BEFORE INSERT ON console.legal_hold FOR EACH ROW EXECUTE FUNCTION console.hold_waits_for_erasure();
CREATE CONSTRAINT TRIGGER erasure_is_recorded AFTER INSERT ON console.erasure DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION console.erasure_is_recorded();
CREATE TRIGGER erasure_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.erasure
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER evidence_drift_only_grows BEFORE DELETE OR TRUNCATE ON console.evidence_drift
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER legal_hold_only_grows BEFORE DELETE OR TRUNCATE ON console.legal_hold
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.erasure
  ENABLE ALWAYS TRIGGER erasure_is_allowed,
  ENABLE ALWAYS TRIGGER erasure_is_recorded,
  ENABLE ALWAYS TRIGGER erasure_only_grows;
ALTER TABLE console.evidence_drift ENABLE ALWAYS TRIGGER evidence_drift_only_grows;
ALTER TABLE console.legal_hold
  ENABLE ALWAYS TRIGGER legal_hold_only_grows,
  ENABLE ALWAYS TRIGGER hold_waits_for_erasure;

-- THE DOOR --------------------------------------------------------------------------------------------------------
-- Tables that only grow hold what people wrote about a person. The door in them is as wide as erasure needs: in the transaction that
-- wrote the tombstone of a case, the texts of that case, and nothing else of its rows, may become the mark below, or null.
-- Where protection ends is as in 0002: the owner of the tables can drop a trigger.

-- What stands where something was erased. Long enough for the checks that want a reason.
CREATE FUNCTION console.erased_text() RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN '[text erased]';
CREATE FUNCTION console.erased_record() RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN '{"erased":true}';

-- Takes the place of refuse_change for UPDATE. Its arguments are the columns that may be erased. Once a statement, so that a change is
-- refused even when it would touch no row; and for each row, what exactly may change.
CREATE FUNCTION console.refuse_change_but_erasure() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  before jsonb;
  after jsonb;
BEGIN
  IF TG_LEVEL = 'STATEMENT' THEN
    IF NOT EXISTS (SELECT FROM console.erasure AS e WHERE e.xact = pg_current_xact_id()::text) THEN
      RAISE EXCEPTION 'console.% only grows: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
  END IF;
  before := to_jsonb(OLD);
  after := to_jsonb(NEW);
  IF before - TG_ARGV <> after - TG_ARGV
    OR EXISTS (
      SELECT FROM unnest(TG_ARGV) AS erasable(name)
      WHERE after -> name IS DISTINCT FROM before -> name AND coalesce(after ->> name, console.erased_text()) <> console.erased_text()
    )
    OR NOT EXISTS (
      SELECT FROM console.erasure AS e WHERE e.verification_id = OLD.verification_id AND e.xact = pg_current_xact_id()::text
    ) THEN
    RAISE EXCEPTION 'console.% only grows: this is no erasure', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE INDEX "erasure_xact_idx" ON "console"."erasure"("xact");

DO $$
DECLARE
  -- Table, and its columns that people or their files put something into.
  doors text[][] := ARRAY[
    ['note', 'text', '', ''], ['decision', 'rationale', 'view', 'features'], ['approval', 'comment', '', ''], ['qa_review', 'comment', '', ''],
    ['skip', 'reason', '', ''], ['snooze', 'reason', '', ''], ['escalation', 'reason', '', ''], ['reopening', 'reason', '', ''],
    ['legal_hold', 'reason', '', ''], ['evidence_drift', 'name', '', '']
  ];
  door text[];
  columns text;
BEGIN
  FOREACH door SLICE 1 IN ARRAY doors LOOP
    SELECT string_agg(quote_literal(name), ', ') INTO columns FROM unnest(door[2:]) AS name WHERE name <> '';
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON console.%I', door[1] || '_only_grows', door[1]);
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON console.%I
      FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change()', door[1] || '_only_grows', door[1]);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON console.%I
      FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change_but_erasure()', door[1] || '_is_never_edited', door[1]);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON console.%I
      FOR EACH ROW EXECUTE FUNCTION console.refuse_change_but_erasure(%s)', door[1] || '_is_only_erased', door[1], columns);
    EXECUTE format('ALTER TABLE console.%1$I ENABLE ALWAYS TRIGGER %2$I, ENABLE ALWAYS TRIGGER %3$I, ENABLE ALWAYS TRIGGER %4$I',
      door[1], door[1] || '_only_grows', door[1] || '_is_never_edited', door[1] || '_is_only_erased');
  END LOOP;
END $$;

-- The names of files, which people gave them, stand beside their hashes too; the case is the number in the name.
CREATE FUNCTION console.case_of_file(name text) RETURNS bigint
  LANGUAGE sql IMMUTABLE
  RETURN substring(name FROM '^v_(?:id|face)_([0-9]{1,16})_')::bigint;

CREATE FUNCTION console.evidence_hash_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'name' <> to_jsonb(NEW) - 'name' OR NEW.name <> console.erased_text()
    OR NOT EXISTS (
      SELECT FROM console.erasure AS e
      WHERE e.verification_id = console.case_of_file(OLD.name) AND e.xact = pg_current_xact_id()::text
    ) THEN
    RAISE EXCEPTION 'console.evidence_hash only grows: this is no erasure' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER evidence_hash_only_grows ON console.evidence_hash;
CREATE TRIGGER evidence_hash_only_grows BEFORE DELETE OR TRUNCATE ON console.evidence_hash
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER evidence_hash_is_never_edited BEFORE UPDATE ON console.evidence_hash
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change_but_erasure();
CREATE TRIGGER evidence_hash_is_only_erased BEFORE UPDATE ON console.evidence_hash
  FOR EACH ROW EXECUTE FUNCTION console.evidence_hash_is_only_erased();
ALTER TABLE console.evidence_hash
  ENABLE ALWAYS TRIGGER evidence_hash_only_grows,
  ENABLE ALWAYS TRIGGER evidence_hash_is_never_edited,
  ENABLE ALWAYS TRIGGER evidence_hash_is_only_erased;
CREATE INDEX "evidence_hash_case_idx" ON "console"."evidence_hash" (console.case_of_file(name));

-- A kept copy goes only with its case.
CREATE FUNCTION console.evidence_copy_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM console.erasure AS e WHERE e.verification_id = OLD.verification_id AND e.xact = pg_current_xact_id()::text
  ) THEN
    RAISE EXCEPTION 'console.evidence_copy goes only by erasure: DELETE refused' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER evidence_copy_is_only_erased BEFORE DELETE ON console.evidence_copy
  FOR EACH ROW EXECUTE FUNCTION console.evidence_copy_is_only_erased();
CREATE TRIGGER evidence_copy_is_not_emptied BEFORE TRUNCATE ON console.evidence_copy
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.evidence_copy
  ENABLE ALWAYS TRIGGER evidence_copy_is_only_erased,
  ENABLE ALWAYS TRIGGER evidence_copy_is_not_emptied;

-- What would be erased of a case, counted.
CREATE FUNCTION console.erasable(case_id bigint) RETURNS jsonb
  LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'notes', (SELECT count(*) FROM console.note AS t WHERE t.verification_id = case_id AND t.text <> console.erased_text()),
    'decisions', (SELECT count(*) FROM console.decision AS t WHERE t.verification_id = case_id AND t.rationale NOT IN ('', console.erased_text())),
    'verdicts',
      (SELECT count(*) FROM console.approval AS t WHERE t.verification_id = case_id AND t.comment NOT IN ('', console.erased_text()))
      + (SELECT count(*) FROM console.qa_review AS t WHERE t.verification_id = case_id AND t.comment NOT IN ('', console.erased_text())),
    'reasons',
      (SELECT count(*) FROM console.skip AS t WHERE t.verification_id = case_id AND t.reason NOT IN ('', console.erased_text()))
      + (SELECT count(*) FROM console.snooze AS t WHERE t.verification_id = case_id AND t.reason NOT IN ('', console.erased_text()))
      + (SELECT count(*) FROM console.escalation AS t WHERE t.verification_id = case_id AND t.reason NOT IN ('', console.erased_text()))
      + (SELECT count(*) FROM console.reopening AS t WHERE t.verification_id = case_id AND t.reason NOT IN ('', console.erased_text()))
      + (SELECT count(*) FROM console.legal_hold AS t WHERE t.verification_id = case_id AND t.reason <> console.erased_text()),
    'copies', (SELECT count(*) FROM console.evidence_copy AS t WHERE t.verification_id = case_id),
    'records', (SELECT count(*) FROM console.record AS t WHERE t.verification_id = case_id AND t.raw <> console.erased_record())
      + (SELECT count(*) FROM console.record_version AS t WHERE t.verification_id = case_id AND t.raw <> console.erased_record()),
    'events', (SELECT count(*) FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
      WHERE e.subject = 'verification:' || case_id AND e.action NOT IN ('case.erased', 'payload.erased'))
  );
$$;

-- Empties the index of what it knows of a person: the record as it came, its earlier versions, its tags, the names of its files and what
-- was measured. Its number, result, time and fingerprint stay: that there was such a record is part of the proof.
CREATE FUNCTION console.empty_record(case_id bigint) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE console.record_version AS v SET raw = console.erased_record() WHERE v.verification_id = case_id AND v.raw <> console.erased_record();
  DELETE FROM console.record_tag AS t WHERE t.verification_id = case_id;
  UPDATE console.record AS r SET raw = console.erased_record(), id_file_name = '', selfie_file_name = '', id_file_size = NULL, selfie_file_size = NULL,
    similarity = NULL, confidence = NULL, findings = '{}' WHERE r.verification_id = case_id AND r.raw <> console.erased_record();
END $$;

-- Erases a case: writes its tombstone, which the rules above refuse where it must be kept, and then what the tombstone counts.
-- The payloads of its events and the event that says so are the caller's, in the same transaction.
CREATE FUNCTION console.erase_case(
  run uuid, case_id bigint, rule text, reason text, policy_version integer, by_id uuid, by_name text
) RETURNS jsonb
  LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  counts jsonb;
  mark text := console.erased_text();
BEGIN
  counts := console.erasable(case_id);
  INSERT INTO console.erasure (id, run_id, verification_id, rule, reason, policy_version, retention_days, resolved_at, counts, by_id, by_name)
    VALUES (gen_random_uuid(), run, case_id, rule, reason, policy_version, console.retention_days(), console.resolved_at(case_id), counts, by_id, by_name);
  UPDATE console.note AS t SET text = mark WHERE t.verification_id = case_id;
  UPDATE console.decision AS t SET rationale = CASE t.rationale WHEN '' THEN '' ELSE mark END, view = NULL, features = NULL
    WHERE t.verification_id = case_id;
  UPDATE console.approval AS t SET comment = mark WHERE t.verification_id = case_id AND t.comment <> '';
  UPDATE console.qa_review AS t SET comment = mark WHERE t.verification_id = case_id AND t.comment <> '';
  UPDATE console.skip AS t SET reason = mark WHERE t.verification_id = case_id AND t.reason <> '';
  UPDATE console.snooze AS t SET reason = mark WHERE t.verification_id = case_id AND t.reason <> '';
  UPDATE console.escalation AS t SET reason = mark WHERE t.verification_id = case_id AND t.reason <> '';
  UPDATE console.reopening AS t SET reason = mark WHERE t.verification_id = case_id AND t.reason <> '';
  UPDATE console.legal_hold AS t SET reason = mark WHERE t.verification_id = case_id;
  UPDATE console.evidence_drift AS t SET name = mark WHERE t.verification_id = case_id;
  UPDATE console.evidence_hash AS t SET name = mark WHERE console.case_of_file(t.name) = case_id;
  DELETE FROM console.evidence_copy AS t WHERE t.verification_id = case_id;
  -- Remembered answers repeat what was written.
  DELETE FROM console.idempotency_key AS k
    WHERE (k.body -> 'decision' ->> 'verificationId') = case_id::text OR (k.body -> 'note' ->> 'verificationId') = case_id::text
      OR (k.body -> 'summary' ->> 'verificationId') = case_id::text
      OR (k.body -> 'approval' ->> 'decisionId') IN (SELECT d.id::text FROM console.decision AS d WHERE d.verification_id = case_id);
  DELETE FROM console.claim AS t WHERE t.verification_id = case_id;
  DELETE FROM console.presence AS t WHERE t.verification_id = case_id;
  PERFORM console.empty_record(case_id);
  RETURN counts;
END $$;

-- WHAT THE INDEX HOLDS TO -----------------------------------------------------------------------------------------

-- A record that comes again from the upstream knows nothing of what was noticed and erased here. Once a statement: a page of records
-- costs two looks at two short tables.
CREATE FUNCTION console.records_keep_what_was_noticed() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM arrived AS a JOIN console.erasure AS e ON e.verification_id = a.verification_id WHERE a.raw <> console.erased_record()) THEN
    PERFORM console.empty_record(a.verification_id) FROM arrived AS a
      WHERE a.raw <> console.erased_record() AND EXISTS (SELECT FROM console.erasure AS e WHERE e.verification_id = a.verification_id);
  END IF;
  IF EXISTS (
    SELECT FROM arrived AS a JOIN console.evidence_drift AS d ON d.verification_id = a.verification_id
    WHERE a.raw <> console.erased_record() AND array_position(a.findings, 'drift') IS NULL
  ) THEN
    UPDATE console.record AS r SET findings = array_append(coalesce(r.findings, '{}'), 'drift')
      WHERE r.verification_id = ANY(ARRAY(SELECT a.verification_id FROM arrived AS a
        WHERE EXISTS (SELECT FROM console.evidence_drift AS d WHERE d.verification_id = a.verification_id)))
        AND r.raw <> console.erased_record() AND array_position(r.findings, 'drift') IS NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER records_arrived_as_noticed AFTER INSERT ON console.record
  REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION console.records_keep_what_was_noticed();
CREATE TRIGGER records_changed_as_noticed AFTER UPDATE ON console.record
  REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION console.records_keep_what_was_noticed();

CREATE FUNCTION console.drift_is_noticed() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE console.record AS r SET findings = array_append(coalesce(r.findings, '{}'), 'drift')
    WHERE r.verification_id = NEW.verification_id AND r.raw <> console.erased_record() AND array_position(r.findings, 'drift') IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER drift_is_noticed AFTER INSERT ON console.evidence_drift FOR EACH ROW EXECUTE FUNCTION console.drift_is_noticed();
ALTER TABLE console.evidence_drift ENABLE ALWAYS TRIGGER drift_is_noticed;
ALTER TABLE console.record
  ENABLE ALWAYS TRIGGER records_arrived_as_noticed,
  ENABLE ALWAYS TRIGGER records_changed_as_noticed;
