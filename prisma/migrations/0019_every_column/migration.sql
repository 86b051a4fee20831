-- What the list needs to be sorted by every column it shows.

ALTER TABLE "console"."record"
  ADD COLUMN "customer" TEXT,
  ADD COLUMN "tag_text" TEXT,
  ADD COLUMN "faces" BIGINT[],
  ADD COLUMN "warnings" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "made_by" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "reviewer_name" TEXT,
  ADD COLUMN "assignee_name" TEXT;

-- For the rows already there, as near as the database can tell by itself: `made_by` stays 0, and so the next sweep makes them anew
-- from what the upstream says. These functions only serve that, and go again.

-- {on the ID, on the selfie} as the record states them, -1 for a number it does not give or that cannot be read here.
CREATE FUNCTION console.faces_stated(raw text) RETURNS bigint[]
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  readable text := raw;
  stated bigint[];
BEGIN
  -- What PostgreSQL has no character for says nothing about faces.
  IF position('\u' IN raw) > 0 THEN readable := regexp_replace(raw, '\\u(0000|d[89a-f]..)', '\\ufffd', 'gi'); END IF;
  WITH face_check AS (
    SELECT entry -> 'faceCount' AS counted, place
      FROM json_array_elements(readable::json #> '{modelResults,technicalChecks}') WITH ORDINALITY AS listed(entry, place)
      WHERE json_typeof(entry) = 'object'
        AND lower(coalesce(nullif(entry ->> 'checkType', ''), entry ->> 'type')) = 'face_detection'
  )
  SELECT array_agg(coalesce(
      (SELECT (counted ->> side)::bigint FROM face_check
        WHERE json_typeof(counted -> side) = 'number' AND (counted ->> side) ~ '^\d{1,15}$' ORDER BY place LIMIT 1), -1) ORDER BY side)
    INTO stated FROM unnest(ARRAY['id', 'selfie']) AS side;
  RETURN stated;
EXCEPTION WHEN OTHERS THEN
  RETURN '{-1,-1}';
END $$;

CREATE FUNCTION console.lowest_customer(of_record bigint) RETURNS text
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT left(min(t.value), 250) FROM console.record_tag AS t WHERE t.verification_id = of_record AND t.name = 'customerId');
END $$;

CREATE FUNCTION console.tags_written_out(of_record bigint) RETURNS text
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT left(string_agg(t.name || ' = ' || t.value, ', ' ORDER BY t.name, t.value), 250)
    FROM console.record_tag AS t WHERE t.verification_id = of_record);
END $$;

-- One for each kind, save those that are usually normal, and drift, which is of the files.
CREATE FUNCTION console.kinds_worth_a_look(findings text[]) RETURNS integer
  LANGUAGE sql IMMUTABLE
  RETURN (SELECT count(*)::integer FROM unnest(findings) AS kind
    WHERE kind NOT IN ('ghost-portrait', 'unknown-check', 'timestamp-disagreement', 'drift'));

-- As they were called when they acted, which is what the list shows.
CREATE FUNCTION console.name_of_reviewer(of_record bigint, reviewer uuid) RETURNS text
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT left(d.proposer_name, 250) FROM console.decision AS d
    WHERE d.verification_id = of_record AND d.proposer_id = reviewer ORDER BY d.version DESC LIMIT 1);
END $$;

CREATE FUNCTION console.name_of_assignee(of_record bigint) RETURNS text
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT left(a.assignee_name, 250) FROM console.assignment AS a WHERE a.verification_id = of_record ORDER BY a.id DESC LIMIT 1);
END $$;

-- Written so, not as an UPDATE: the table is written once and each of its indexes made anew in one go, which for a million records
-- takes a minute or two, and nothing is left behind to be cleared away.
ALTER TABLE "console"."record"
  ALTER COLUMN "customer" TYPE TEXT USING console.lowest_customer(verification_id),
  ALTER COLUMN "tag_text" TYPE TEXT USING console.tags_written_out(verification_id),
  ALTER COLUMN "faces" TYPE BIGINT[] USING console.faces_stated(raw),
  ALTER COLUMN "warnings" TYPE INTEGER USING console.kinds_worth_a_look(findings),
  ALTER COLUMN "reviewer_name" TYPE TEXT USING CASE WHEN reviewer_id IS NOT NULL THEN console.name_of_reviewer(verification_id, reviewer_id) END,
  ALTER COLUMN "assignee_name" TYPE TEXT USING CASE WHEN assignee_id IS NOT NULL THEN console.name_of_assignee(verification_id) END;

DROP FUNCTION console.faces_stated(text);
DROP FUNCTION console.lowest_customer(bigint);
DROP FUNCTION console.tags_written_out(bigint);
DROP FUNCTION console.kinds_worth_a_look(text[]);
DROP FUNCTION console.name_of_reviewer(bigint, uuid);
DROP FUNCTION console.name_of_assignee(bigint);

CREATE INDEX record_customer_sort ON console.record ((coalesce(customer, '')), verification_id);
CREATE INDEX record_tag_text_sort ON console.record ((coalesce(tag_text, '')), verification_id);
CREATE INDEX record_faces_sort ON console.record ((coalesce(faces, '{-1,-1}'::bigint[])), verification_id);
CREATE INDEX record_warnings_sort ON console.record (warnings, verification_id);
CREATE INDEX record_reviewer_name_sort ON console.record ((coalesce(reviewer_name, '')), verification_id);
CREATE INDEX record_assignee_name_sort ON console.record ((coalesce(assignee_name, '')), verification_id);

-- As it was, and with the names.
CREATE OR REPLACE FUNCTION console.project_case(case_id bigint) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  now_is record;
  force console.decision;
  given console.assignment;
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
  SELECT * INTO given FROM console.assignment AS a WHERE a.verification_id = case_id ORDER BY a.id DESC LIMIT 1;
  SELECT coalesce(max(d.version), 0) INTO newest_version FROM console.decision AS d
    WHERE d.verification_id = case_id AND NOT EXISTS (SELECT FROM console.withdrawal AS w WHERE w.decision_id = d.id);
  UPDATE console.record AS r SET
    state = now_is.state,
    reviewer_id = force.proposer_id,
    reviewer_name = left(force.proposer_name, 250),
    decided_at = force.decided_at,
    assignee_id = given.assignee_id,
    assignee_name = left(given.assignee_name, 250),
    snoozed_until = (
      SELECT newest.until FROM (
        SELECT s.until, s.version FROM console.snooze AS s WHERE s.verification_id = case_id ORDER BY s.id DESC LIMIT 1
      ) AS newest WHERE newest.version >= newest_version
    )
    WHERE r.verification_id = case_id;
END $$;

-- What was erased leaves none of the new columns behind.
CREATE OR REPLACE FUNCTION console.empty_record(case_id bigint) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE console.record_version AS v SET raw = console.erased_record() WHERE v.verification_id = case_id AND v.raw <> console.erased_record();
  DELETE FROM console.record_tag AS t WHERE t.verification_id = case_id;
  UPDATE console.record AS r SET raw = console.erased_record(), id_file_name = '', selfie_file_name = '', id_file_size = NULL, selfie_file_size = NULL,
    similarity = NULL, confidence = NULL, findings = '{}', warnings = 0, customer = NULL, tag_text = NULL, faces = NULL
    WHERE r.verification_id = case_id AND r.raw <> console.erased_record();
END $$;
