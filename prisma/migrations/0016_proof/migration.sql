-- What a raw INSERT could still do past the four eyes, and what a bulk act still knew of a person after an erasure.

-- FOUR EYES -------------------------------------------------------------------------------------------------------

-- A decision against the machine says that it waits for a second person wherever the rules it was made under ask for one; the fallback
-- is version 0 of lib/domain/policy.ts, and a test holds both together. Those rules are the newest, or were a moment ago: a decision
-- that was being written while they changed may still come in. That a tag asks for a second person is the program's to know,
-- because only the upstream knows what tags a record bears.
CREATE FUNCTION console.decision_waits_for_its_second_person() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  newest integer;
  rules jsonb;
BEGIN
  SELECT coalesce(max(p.version), 0) INTO newest FROM console.policy AS p;
  IF NEW.policy_version <> newest AND NOT EXISTS (
    SELECT FROM console.policy AS p WHERE p.version = NEW.policy_version + 1 AND p.valid_from > clock_timestamp() - interval '15 seconds'
  ) THEN
    RAISE EXCEPTION 'decision % names policy %, which is not in force', NEW.id, NEW.policy_version USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.is_override AND NEW.second_person IS NULL THEN
    SELECT p.settings -> 'fourEyes' INTO rules FROM console.policy AS p WHERE p.version = NEW.policy_version;
    IF (CASE NEW.outcome
      WHEN 'APPROVED' THEN coalesce((rules ->> 'overridesToApproved')::boolean, true)
      ELSE coalesce((rules ->> 'overridesToDeclined')::boolean, false)
    END) THEN
      RAISE EXCEPTION 'decision % needs a second person', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER decision_waits_for_its_second_person BEFORE INSERT ON console.decision
  FOR EACH ROW EXECUTE FUNCTION console.decision_waits_for_its_second_person();
ALTER TABLE console.decision ENABLE ALWAYS TRIGGER decision_waits_for_its_second_person;

-- ERASURE ---------------------------------------------------------------------------------------------------------
-- The reason of a bulk act is written about every case in it, and the search that found them may name a person. Both go with the
-- first of these cases that is erased; the rows of the other cases keep their own reasons.

CREATE INDEX "batch_succeeded_idx" ON "console"."batch" USING gin ("succeeded");
CREATE INDEX "batch_refused_idx" ON "console"."batch" USING gin ("refused");

CREATE FUNCTION console.touched_by_batch(act console.batch, case_id bigint) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN act.succeeded @> ARRAY[case_id] OR act.refused @> jsonb_build_array(jsonb_build_object('id', case_id));

CREATE FUNCTION console.batch_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - '{detail,query}'::text[] <> to_jsonb(NEW) - '{detail,query}'::text[]
    OR NEW.detail NOT IN (OLD.detail, console.erased_text()) OR NEW.query IS NOT NULL
    OR NOT EXISTS (
      SELECT FROM console.erasure AS e WHERE e.xact = pg_current_xact_id()::text AND console.touched_by_batch(OLD, e.verification_id)
    ) THEN
    RAISE EXCEPTION 'console.batch only grows: this is no erasure' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER batch_only_grows ON console.batch;
CREATE TRIGGER batch_only_grows BEFORE DELETE OR TRUNCATE ON console.batch
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER batch_is_never_edited BEFORE UPDATE ON console.batch
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change_but_erasure();
CREATE TRIGGER batch_is_only_erased BEFORE UPDATE ON console.batch
  FOR EACH ROW EXECUTE FUNCTION console.batch_is_only_erased();
ALTER TABLE console.batch
  ENABLE ALWAYS TRIGGER batch_only_grows,
  ENABLE ALWAYS TRIGGER batch_is_never_edited,
  ENABLE ALWAYS TRIGGER batch_is_only_erased;

-- What would be erased of a case, counted; as before, and the reasons given for many cases at once.
CREATE OR REPLACE FUNCTION console.erasable(case_id bigint) RETURNS jsonb
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
      + (SELECT count(*) FROM console.legal_hold AS t WHERE t.verification_id = case_id AND t.reason <> console.erased_text())
      + (SELECT count(*) FROM console.batch AS t WHERE console.touched_by_batch(t, case_id)
        AND t.verb = 'escalate' AND t.detail <> console.erased_text()),
    'copies', (SELECT count(*) FROM console.evidence_copy AS t WHERE t.verification_id = case_id),
    'records', (SELECT count(*) FROM console.record AS t WHERE t.verification_id = case_id AND t.raw <> console.erased_record())
      + (SELECT count(*) FROM console.record_version AS t WHERE t.verification_id = case_id AND t.raw <> console.erased_record()),
    'events', (SELECT count(*) FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
      WHERE e.subject = 'verification:' || case_id AND e.action NOT IN ('case.erased', 'payload.erased'))
  );
$$;

-- Erases a case: writes its tombstone, which the rules refuse where it must be kept, and then what the tombstone counts; as before, and
-- what the bulk acts over the case say. The payloads of its events and the event that says so are the caller's, in the same transaction.
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
  UPDATE console.evidence_hash AS t SET name = mark WHERE console.case_of_file(t.name) = case_id;
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
