-- Findings that no record carries in itself: the console notices them beside it, in its files or in its history. A row here puts its
-- kind among the findings of the record in the index, also when the record arrives or changes later; deleting the row takes it away.

CREATE TABLE "console"."noticed_finding" (
    "verification_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "noticed_finding_pkey" PRIMARY KEY ("verification_id","kind"),
    CONSTRAINT "noticed_finding_kind_is_a_word" CHECK (kind ~ '^[a-z]+(-[a-z]+)*$')
);

-- Notes a finding of a case. Noting it twice changes nothing.
CREATE FUNCTION console.notice_finding(case_id bigint, finding text) RETURNS void
  LANGUAGE sql AS $$
  INSERT INTO console.noticed_finding (verification_id, kind) VALUES (case_id, finding) ON CONFLICT DO NOTHING;
$$;

-- Takes a finding of a case back. A finding that is not there changes nothing.
CREATE FUNCTION console.withdraw_finding(case_id bigint, finding text) RETURNS void
  LANGUAGE sql AS $$
  DELETE FROM console.noticed_finding WHERE verification_id = case_id AND kind = finding;
$$;

-- Brings the record in the index up to date. A record that is arriving at this moment is waited for, as in project_case.
CREATE FUNCTION console.finding_is_noticed() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  case_id bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.verification_id ELSE NEW.verification_id END;
BEGIN
  PERFORM FROM console.record AS r WHERE r.verification_id = case_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM pg_advisory_xact_lock(console.index_lock());
    PERFORM FROM console.record AS r WHERE r.verification_id = case_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN
    UPDATE console.record AS r SET findings = array_remove(r.findings, OLD.kind)
      WHERE r.verification_id = case_id AND array_position(r.findings, OLD.kind) IS NOT NULL;
  ELSE
    UPDATE console.record AS r SET findings = array_append(coalesce(r.findings, '{}'), NEW.kind)
      WHERE r.verification_id = case_id AND r.raw <> console.erased_record() AND array_position(r.findings, NEW.kind) IS NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER finding_is_noticed AFTER INSERT OR DELETE ON console.noticed_finding
  FOR EACH ROW EXECUTE FUNCTION console.finding_is_noticed();
CREATE TRIGGER noticed_finding_is_never_edited BEFORE UPDATE OR TRUNCATE ON console.noticed_finding
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.noticed_finding
  ENABLE ALWAYS TRIGGER finding_is_noticed,
  ENABLE ALWAYS TRIGGER noticed_finding_is_never_edited;

-- A record that comes again from the upstream knows nothing of what was noticed and erased here. Once a statement: a page of records
-- costs two looks at two short tables.
CREATE OR REPLACE FUNCTION console.records_keep_what_was_noticed() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM arrived AS a JOIN console.erasure AS e ON e.verification_id = a.verification_id WHERE a.raw <> console.erased_record()) THEN
    PERFORM console.empty_record(a.verification_id) FROM arrived AS a
      WHERE a.raw <> console.erased_record() AND EXISTS (SELECT FROM console.erasure AS e WHERE e.verification_id = a.verification_id);
  END IF;
  IF EXISTS (
    SELECT FROM arrived AS a JOIN console.noticed_finding AS n ON n.verification_id = a.verification_id
    WHERE a.raw <> console.erased_record() AND array_position(a.findings, n.kind) IS NULL
  ) THEN
    UPDATE console.record AS r SET findings = coalesce(r.findings, '{}') || noticed.kinds
      FROM (
        SELECT a.verification_id, array_agg(n.kind ORDER BY n.kind) AS kinds
        FROM arrived AS a JOIN console.noticed_finding AS n ON n.verification_id = a.verification_id
        WHERE array_position(a.findings, n.kind) IS NULL GROUP BY a.verification_id
      ) AS noticed
      WHERE r.verification_id = noticed.verification_id AND r.raw <> console.erased_record();
  END IF;
  RETURN NULL;
END $$;

-- Evidence that changed is the first of these findings.
CREATE OR REPLACE FUNCTION console.drift_is_noticed() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM console.notice_finding(NEW.verification_id, 'drift');
  RETURN NULL;
END $$;

INSERT INTO console.noticed_finding (verification_id, kind) SELECT DISTINCT verification_id, 'drift' FROM console.evidence_drift
  ON CONFLICT DO NOTHING;

-- An erased case has no findings.
CREATE FUNCTION console.erasure_withdraws_findings() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM console.noticed_finding WHERE verification_id = NEW.verification_id;
  RETURN NULL;
END $$;

CREATE TRIGGER erasure_withdraws_findings AFTER INSERT ON console.erasure
  FOR EACH ROW EXECUTE FUNCTION console.erasure_withdraws_findings();
ALTER TABLE console.erasure ENABLE ALWAYS TRIGGER erasure_withdraws_findings;
