-- What the console says of an evidence file rests on rows that are bound to the log: each hash that was read, each time a file was lost or
-- back, each difference and its acknowledgement. Checks that found nothing new stay unbound; they add nothing but a time.

-- HASHES ------------------------------------------------------------------------------------------------------------

-- The case the file was read for; null where its name belongs to none. The name goes with an erasure, so it cannot stand for the case.
ALTER TABLE "console"."evidence_hash" ADD COLUMN "verification_id" BIGINT;
CREATE INDEX "evidence_hash_verification_id_idx" ON "console"."evidence_hash"("verification_id");
DROP INDEX "console"."evidence_hash_case_idx";

CREATE OR REPLACE FUNCTION console.evidence_hash_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'name' <> to_jsonb(NEW) - 'name' OR NEW.name <> console.erased_text()
    OR NOT EXISTS (
      SELECT FROM console.erasure AS e WHERE e.verification_id = OLD.verification_id AND e.xact = pg_current_xact_id()::text
    ) THEN
    RAISE EXCEPTION 'console.evidence_hash only grows: this is no erasure' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- LOST FILES --------------------------------------------------------------------------------------------------------

-- Each time a file was lost or came back. The newest row of a file counts, whatever later checks say. `named` is whether the record named
-- the file then: only such a file is missing from its case.
CREATE TABLE "console"."evidence_loss" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT,
    "name" TEXT NOT NULL,
    "lost" BOOLEAN NOT NULL,
    "named" BOOLEAN NOT NULL,
    "problem" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "evidence_loss_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "evidence_loss_says_why" CHECK (lost = (problem IS NOT NULL))
);
CREATE INDEX "evidence_loss_name_id_idx" ON "console"."evidence_loss"("name", "id");
CREATE INDEX "evidence_loss_verification_id_id_idx" ON "console"."evidence_loss"("verification_id", "id");

CREATE TRIGGER evidence_loss_only_grows BEFORE DELETE OR TRUNCATE ON console.evidence_loss
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER evidence_loss_is_never_edited BEFORE UPDATE ON console.evidence_loss
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change_but_erasure();
CREATE TRIGGER evidence_loss_is_only_erased BEFORE UPDATE ON console.evidence_loss
  FOR EACH ROW EXECUTE FUNCTION console.refuse_change_but_erasure('name');
CREATE TRIGGER evidence_loss_is_of_a_case_not_erased BEFORE INSERT ON console.evidence_loss
  FOR EACH ROW EXECUTE FUNCTION console.case_is_not_erased();
ALTER TABLE console.evidence_loss
  ENABLE ALWAYS TRIGGER evidence_loss_only_grows,
  ENABLE ALWAYS TRIGGER evidence_loss_is_never_edited,
  ENABLE ALWAYS TRIGGER evidence_loss_is_only_erased,
  ENABLE ALWAYS TRIGGER evidence_loss_is_of_a_case_not_erased;

-- CHECKS AND ACKNOWLEDGEMENTS ---------------------------------------------------------------------------------------

-- When the reading began: what was read says how the file was from then on at the latest, not how it was at the end of a slow reading.
ALTER TABLE "console"."evidence_check" ADD COLUMN "began_at" TIMESTAMPTZ(3);

-- The newest difference of the case when an acknowledgement took its finding back; null for one that left others open.
ALTER TABLE "console"."evidence_acknowledgement" ADD COLUMN "settled_drift" BIGINT;

-- A hash belongs to the case it was read for.
CREATE OR REPLACE FUNCTION console.case_is_not_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  case_id bigint := NEW.verification_id;
BEGIN
  IF TG_TABLE_NAME = 'evidence_hash' THEN
    case_id := coalesce(case_id, console.case_of_file(NEW.name));
  END IF;
  IF case_id IS NOT NULL AND console.lock_case(case_id) THEN
    RAISE EXCEPTION 'case % was erased, so console.% takes no more rows about it', case_id, TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- BOUND TO THE LOG --------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION console.erasable_columns(bound text) RETURNS text[]
  LANGUAGE sql IMMUTABLE
  RETURN CASE
    WHEN bound = 'note' THEN ARRAY['text']
    WHEN bound = 'decision' THEN ARRAY['rationale', 'view', 'features']
    WHEN bound IN ('approval', 'qa_review', 'change_verdict') THEN ARRAY['comment']
    WHEN bound IN ('skip', 'snooze', 'escalation', 'reopening', 'legal_hold', 'proposed_change') THEN ARRAY['reason']
    WHEN bound IN ('evidence_drift', 'evidence_hash', 'evidence_loss') THEN ARRAY['name']
    WHEN bound = 'evidence_acknowledgement' THEN ARRAY['name', 'reason']
    WHEN bound = 'batch' THEN ARRAY['query', 'detail']
    ELSE '{}'::text[]
  END;

SELECT console.bind_rows('evidence_hash');
SELECT console.bind_rows('evidence_loss');
SELECT console.bind_rows('evidence_acknowledgement');

-- ERASURE -----------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION console.erasure_reaches_evidence_checks() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE console.evidence_check AS t SET name = console.erased_text() WHERE t.verification_id = NEW.verification_id;
  UPDATE console.evidence_loss AS t SET name = console.erased_text() WHERE t.verification_id = NEW.verification_id;
  UPDATE console.evidence_acknowledgement AS t SET name = console.erased_text(), reason = console.erased_text()
    WHERE t.verification_id = NEW.verification_id;
  RETURN NULL;
END $$;

-- Erases a case: writes its tombstone, which the rules refuse where it must be kept, and then what the tombstone counts; as before, and
-- the hashes of the files that were read for it. The payloads of its events and the event that says so are the caller's, in the same transaction.
CREATE OR REPLACE FUNCTION console.erase_case(
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
  UPDATE console.evidence_hash AS t SET name = mark WHERE t.verification_id = case_id;
  DELETE FROM console.evidence_copy AS t WHERE t.verification_id = case_id;
  UPDATE console.batch AS t SET query = NULL, detail = CASE t.verb WHEN 'escalate' THEN mark ELSE t.detail END
    WHERE console.touched_by_batch(t, case_id) AND (t.query IS NOT NULL OR t.verb = 'escalate');
  -- Remembered answers repeat what was written.
  DELETE FROM console.idempotency_key AS k
    WHERE (k.body -> 'decision' ->> 'verificationId') = case_id::text OR (k.body -> 'note' ->> 'verificationId') = case_id::text
      OR (k.body -> 'summary' ->> 'verificationId') = case_id::text
      OR k.body -> 'batch' -> 'succeeded' @> to_jsonb(case_id)
      OR k.body -> 'batch' -> 'refused' @> jsonb_build_array(jsonb_build_object('id', case_id))
      OR (k.body -> 'approval' ->> 'decisionId') IN (SELECT d.id::text FROM console.decision AS d WHERE d.verification_id = case_id);
  DELETE FROM console.claim AS t WHERE t.verification_id = case_id;
  DELETE FROM console.presence AS t WHERE t.verification_id = case_id;
  PERFORM console.empty_record(case_id);
  RETURN counts;
END $$;
