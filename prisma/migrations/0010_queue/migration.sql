-- What makes the queue quick to draw from, and what keeps a case's row in the index right when several act at once.

-- Undecided cases in the order they are drawn. However many were decided before, they are not met.
CREATE INDEX record_queue ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id)
  WHERE state IN ('OPEN', 'REOPENED', 'ESCALATED');
CREATE INDEX record_queue_failed ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id)
  INCLUDE (received_at, state, snoozed_until) WHERE state IN ('OPEN', 'REOPENED', 'ESCALATED') AND machine_result = 'NOT_VERIFIED';
CREATE INDEX record_queue_assigned ON console.record (assignee_id, (coalesce(received_at, '-infinity'::timestamptz)), verification_id)
  WHERE assignee_id IS NOT NULL AND state IN ('OPEN', 'REOPENED', 'ESCALATED');

-- The search a bulk act took its cases from, as an address; null when they were named one by one.
ALTER TABLE "console"."batch" ADD COLUMN "query" TEXT;

-- Of two records that begin to exist for one case at the same moment, its row in the index and its first act, neither sees the other.
-- So whoever writes records holds this lock in common, and an act that finds no record waits for them and looks again.
CREATE FUNCTION console.index_lock() RETURNS bigint
  LANGUAGE sql IMMUTABLE
  RETURN 7335652412;

CREATE FUNCTION console.records_arrive() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(console.index_lock());
  RETURN NULL;
END $$;

CREATE TRIGGER records_arrive BEFORE INSERT ON console.record
  FOR EACH STATEMENT EXECUTE FUNCTION console.records_arrive();
ALTER TABLE console.record ENABLE ALWAYS TRIGGER records_arrive;

-- Writes what a case is now into its row of the index, if the index knows it. The row is locked before anything is read, so that
-- of two acts at once the later one sees what the earlier one did.
CREATE OR REPLACE FUNCTION console.project_case(case_id bigint) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  now_is record;
  force console.decision;
  newest_version integer;
BEGIN
  PERFORM FROM console.record AS r WHERE r.verification_id = case_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM pg_advisory_xact_lock(console.index_lock());
    PERFORM FROM console.record AS r WHERE r.verification_id = case_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
  END IF;
  SELECT * INTO now_is FROM console.lasting_state(case_id);
  SELECT * INTO force FROM console.decision WHERE id = now_is.decision_id;
  SELECT coalesce(max(d.version), 0) INTO newest_version FROM console.decision AS d
    WHERE d.verification_id = case_id AND NOT EXISTS (SELECT FROM console.withdrawal AS w WHERE w.decision_id = d.id);
  UPDATE console.record AS r SET
    state = now_is.state,
    reviewer_id = force.proposer_id,
    decided_at = force.decided_at,
    assignee_id = (SELECT a.assignee_id FROM console.assignment AS a WHERE a.verification_id = case_id ORDER BY a.id DESC LIMIT 1),
    snoozed_until = (
      SELECT newest.until FROM (
        SELECT s.until, s.version FROM console.snooze AS s WHERE s.verification_id = case_id ORDER BY s.id DESC LIMIT 1
      ) AS newest WHERE newest.version >= newest_version
    )
    WHERE r.verification_id = case_id;
END $$;
