-- A decision is made on a record as it was at that moment. While a decision counts or waits for its second reviewer, and the upstream
-- sends another record or no longer has it, the case bears the finding record-changed. It goes when a newer decision is made on the
-- present record, when the case is reopened, or when the record comes back as it was.

-- The decisions that count or wait for their second reviewer, one a case at most: the newest that was not withdrawn, not refused by its
-- second reviewer, and not followed by a reopening. Written a second time as standingDecision in lib/domain/review.ts.
CREATE FUNCTION console.standing_decisions(case_ids bigint[]) RETURNS SETOF console.decision
  LANGUAGE sql STABLE AS $$
  SELECT newest.* FROM unnest(case_ids) AS asked(id) CROSS JOIN LATERAL (
    SELECT d.* FROM console.decision AS d
      WHERE d.verification_id = asked.id AND NOT EXISTS (SELECT FROM console.withdrawal AS w WHERE w.decision_id = d.id)
      ORDER BY d.version DESC LIMIT 1
  ) AS newest
  WHERE NOT EXISTS (SELECT FROM console.reopening AS r WHERE r.verification_id = newest.verification_id AND r.version >= newest.version)
    AND NOT EXISTS (SELECT FROM console.approval AS a WHERE a.decision_id = newest.id AND NOT a.agrees);
$$;

-- Notes the finding for those of these cases whose record is not the one decided on, and withdraws it from the others. An erased case has
-- no findings.
CREATE FUNCTION console.compare_records(case_ids bigint[]) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  changed bigint[];
BEGIN
  changed := ARRAY(
    SELECT d.verification_id FROM console.standing_decisions(case_ids) AS d
      JOIN console.record AS r ON r.verification_id = d.verification_id
      WHERE (r.snapshot_hash <> d.snapshot_hash OR r.upstream_missing_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM console.erasure AS e WHERE e.verification_id = d.verification_id)
      ORDER BY d.verification_id
  );
  PERFORM console.notice_finding(id, 'record-changed') FROM unnest(changed) AS id;
  PERFORM console.withdraw_finding(n.verification_id, n.kind) FROM console.noticed_finding AS n
    WHERE n.verification_id = ANY(case_ids) AND n.kind = 'record-changed' AND NOT n.verification_id = ANY(changed);
END $$;

-- Records that came or changed. Once a statement: a page of records that nobody decided costs one look at the decisions.
CREATE FUNCTION console.records_meet_their_decisions() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  decided bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    decided := ARRAY(SELECT a.verification_id FROM arrived AS a
      WHERE EXISTS (SELECT FROM console.decision AS d WHERE d.verification_id = a.verification_id));
  ELSE
    decided := ARRAY(SELECT a.verification_id FROM arrived AS a JOIN replaced AS b ON b.verification_id = a.verification_id
      WHERE (a.snapshot_hash <> b.snapshot_hash OR (a.upstream_missing_at IS NULL) <> (b.upstream_missing_at IS NULL))
        AND EXISTS (SELECT FROM console.decision AS d WHERE d.verification_id = a.verification_id));
  END IF;
  IF cardinality(decided) > 0 THEN PERFORM console.compare_records(decided); END IF;
  RETURN NULL;
END $$;

-- Named to run after the triggers that put back what was noticed before, which would count this finding twice.
CREATE TRIGGER records_meet_their_decisions_at_arrival AFTER INSERT ON console.record
  REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION console.records_meet_their_decisions();
CREATE TRIGGER records_meet_their_decisions_at_change AFTER UPDATE ON console.record
  REFERENCING OLD TABLE AS replaced NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION console.records_meet_their_decisions();

-- Decisions that were made, answered, withdrawn or reopened. Named to run after the trigger that projects the case, which locks the
-- record's row: a record that is being replaced at this moment is waited for.
CREATE FUNCTION console.decision_meets_its_record() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM console.compare_records(ARRAY[NEW.verification_id]);
  RETURN NULL;
END $$;

CREATE TRIGGER decision_meets_its_record AFTER INSERT ON console.decision
  FOR EACH ROW EXECUTE FUNCTION console.decision_meets_its_record();
CREATE TRIGGER withdrawal_meets_its_record AFTER INSERT ON console.withdrawal
  FOR EACH ROW EXECUTE FUNCTION console.decision_meets_its_record();
CREATE TRIGGER approval_meets_its_record AFTER INSERT ON console.approval
  FOR EACH ROW EXECUTE FUNCTION console.decision_meets_its_record();
CREATE TRIGGER reopening_meets_its_record AFTER INSERT ON console.reopening
  FOR EACH ROW EXECUTE FUNCTION console.decision_meets_its_record();

ALTER TABLE console.record
  ENABLE ALWAYS TRIGGER records_meet_their_decisions_at_arrival,
  ENABLE ALWAYS TRIGGER records_meet_their_decisions_at_change;
ALTER TABLE console.decision ENABLE ALWAYS TRIGGER decision_meets_its_record;
ALTER TABLE console.withdrawal ENABLE ALWAYS TRIGGER withdrawal_meets_its_record;
ALTER TABLE console.approval ENABLE ALWAYS TRIGGER approval_meets_its_record;
ALTER TABLE console.reopening ENABLE ALWAYS TRIGGER reopening_meets_its_record;

-- The queue of these cases, in the order of the list.
CREATE INDEX record_finding_record_changed ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id)
  WHERE findings @> ARRAY['record-changed'];

-- Cases decided before this was noticed.
SELECT console.compare_records(ARRAY(SELECT DISTINCT verification_id FROM console.decision));
