-- The rules of the house, the second person, and the blind second look. Rows are added, never edited.

-- Version n of the rules holds from valid_from until version n + 1 does. Version 0, before the first row, is in the program.
CREATE TABLE "console"."policy" (
    "version" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settings" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("version"),
    CONSTRAINT "policy_says_why" CHECK (char_length(reason) BETWEEN 10 AND 2000),
    CONSTRAINT "policy_settings_are_an_object" CHECK (jsonb_typeof(settings) = 'object')
);

-- A rule cannot be slipped in between two others, nor dated back.
CREATE FUNCTION console.policy_continues_the_last() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  last console.policy;
BEGIN
  SELECT * INTO last FROM console.policy AS known ORDER BY known.version DESC LIMIT 1;
  IF NEW.version <> coalesce(last.version, 0) + 1 OR NEW.valid_from < coalesce(last.valid_from, '-infinity') THEN
    RAISE EXCEPTION 'policy % does not continue version %', NEW.version, coalesce(last.version, 0) USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER policy_continues_the_last BEFORE INSERT ON console.policy
  FOR EACH ROW EXECUTE FUNCTION console.policy_continues_the_last();

-- What a decision was made under: the rules, the marks of the person who proposed it as they were that moment, the view of the
-- pictures, and the features she compared. `second_person` says why somebody else has to agree; null when nobody has to.
ALTER TABLE "console"."decision"
    ADD COLUMN "policy_version" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "second_person" TEXT,
    ADD COLUMN "proposer_email" TEXT,
    ADD COLUMN "proposer_subject" TEXT,
    ADD COLUMN "view" JSONB,
    ADD COLUMN "features" JSONB;

ALTER TABLE "console"."decision"
  -- Without her marks nobody could tell later whether the second person was another one.
  ADD CONSTRAINT decision_for_two_knows_its_proposer CHECK (second_person IS NULL OR proposer_email IS NOT NULL);

-- The second person's verdict on a decision that needs one.
CREATE TABLE "console"."approval" (
    "id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "agrees" BOOLEAN NOT NULL,
    "comment" TEXT NOT NULL,
    "approver_id" UUID NOT NULL,
    "approver_name" TEXT NOT NULL,
    "approver_email" TEXT NOT NULL,
    "approver_subject" TEXT,
    "proposer_id" UUID NOT NULL,
    "proposer_email" TEXT NOT NULL,
    "proposer_subject" TEXT,
    "approved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "approval_decision_id_key" ON "console"."approval"("decision_id");
CREATE INDEX "approval_verification_id_idx" ON "console"."approval"("verification_id");

-- The mailbox an address leads to; the same rule stands in lib/domain/person.ts.
CREATE FUNCTION console.mailbox(email text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN regexp_replace(lower(btrim(email)), '\+[^@]*@', '@');

ALTER TABLE console.approval
  ADD CONSTRAINT approval_is_by_somebody_else CHECK (
    approver_id <> proposer_id
    AND console.mailbox(approver_email) <> console.mailbox(proposer_email)
    AND (approver_subject = proposer_subject) IS NOT TRUE
  ),
  ADD CONSTRAINT approval_refusal_says_why CHECK (agrees OR char_length(comment) >= 10),
  ADD CONSTRAINT approval_comment_fits CHECK (char_length(comment) <= 4000);

-- The proposer copied into an approval is the decision's own, and the decision is the newest of its case and waits for somebody.
CREATE FUNCTION console.approval_fits_its_decision() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  proposal console.decision;
BEGIN
  SELECT * INTO proposal FROM console.decision WHERE id = NEW.decision_id;
  IF proposal.id IS NULL OR proposal.verification_id <> NEW.verification_id OR proposal.second_person IS NULL
    OR proposal.proposer_id <> NEW.proposer_id OR proposal.proposer_email <> NEW.proposer_email
    OR proposal.proposer_subject IS DISTINCT FROM NEW.proposer_subject THEN
    RAISE EXCEPTION 'approval % does not fit its decision', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM console.decision WHERE verification_id = NEW.verification_id AND version > proposal.version)
    OR EXISTS (SELECT FROM console.withdrawal WHERE decision_id = NEW.decision_id) THEN
    RAISE EXCEPTION 'approval % is of a decision that no longer stands', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER approval_fits_its_decision BEFORE INSERT ON console.approval
  FOR EACH ROW EXECUTE FUNCTION console.approval_fits_its_decision();

-- What somebody found who judged a case again without seeing the decision.
CREATE TABLE "console"."qa_review" (
    "id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason_codes" TEXT[],
    "comment" TEXT NOT NULL,
    "agrees" BOOLEAN NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "reviewer_name" TEXT NOT NULL,
    "proposer_id" UUID NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "qa_review_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "qa_review_decision_id_key" ON "console"."qa_review"("decision_id");
CREATE INDEX "qa_review_verification_id_idx" ON "console"."qa_review"("verification_id");

ALTER TABLE console.qa_review
  ADD CONSTRAINT qa_review_outcome_is_known CHECK (outcome IN ('APPROVED', 'DECLINED', 'RESUBMISSION_REQUESTED')),
  ADD CONSTRAINT qa_review_is_by_somebody_else CHECK (reviewer_id <> proposer_id);

CREATE TRIGGER policy_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.policy
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER approval_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.approval
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER qa_review_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.qa_review
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();

ALTER TABLE console.policy ENABLE ALWAYS TRIGGER policy_only_grows, ENABLE ALWAYS TRIGGER policy_continues_the_last;
ALTER TABLE console.approval ENABLE ALWAYS TRIGGER approval_only_grows, ENABLE ALWAYS TRIGGER approval_fits_its_decision;
ALTER TABLE console.qa_review ENABLE ALWAYS TRIGGER qa_review_only_grows;

-- EVIDENCE --------------------------------------------------------------------------------------------------------

-- A copy of an evidence file as it was when somebody decided, encrypted by the program with a key the database never sees
-- (AES-256-GCM; the file's name and sha256 are bound in as additional data). Removed only by retention and erasure.
CREATE TABLE "console"."evidence_copy" (
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "nonce" BYTEA NOT NULL,
    "tag" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_copy_pkey" PRIMARY KEY ("name","sha256"),
    CONSTRAINT "evidence_copy_is_sha256" CHECK (console.is_sha256(sha256)),
    CONSTRAINT "evidence_copy_is_gcm" CHECK (octet_length(nonce) = 12 AND octet_length(tag) = 16)
);

CREATE INDEX "evidence_copy_verification_id_idx" ON "console"."evidence_copy"("verification_id");

-- What was kept is never exchanged for something else.
CREATE FUNCTION console.refuse_update() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'console.% is never edited', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER evidence_copy_is_never_edited BEFORE UPDATE ON console.evidence_copy
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_update();
ALTER TABLE console.evidence_copy ENABLE ALWAYS TRIGGER evidence_copy_is_never_edited;

-- WHAT A CASE IS NOW ----------------------------------------------------------------------------------------------
-- The second writing of lib/domain/review.ts, so that the index can be searched by it; tests/db/case-state.test.ts holds both
-- together. Claims and snoozes pass with time and are left out of the state.

CREATE FUNCTION console.lasting_state(case_id bigint, OUT state text, OUT decision_id uuid)
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  newest console.decision;
  answer console.approval;
  reopened_at integer;
  escalated console.escalation;
BEGIN
  SELECT d.* INTO newest FROM console.decision AS d
    WHERE d.verification_id = case_id AND NOT EXISTS (SELECT FROM console.withdrawal AS w WHERE w.decision_id = d.id)
    ORDER BY d.version DESC LIMIT 1;
  SELECT max(r.version) INTO reopened_at FROM console.reopening AS r WHERE r.verification_id = case_id;
  SELECT e.* INTO escalated FROM console.escalation AS e WHERE e.verification_id = case_id ORDER BY e.id DESC LIMIT 1;
  IF newest.id IS NOT NULL AND coalesce(reopened_at < newest.version, true) THEN
    IF newest.second_person IS NULL THEN
      state := 'RESOLVED';
    ELSE
      SELECT a.* INTO answer FROM console.approval AS a WHERE a.decision_id = newest.id;
      state := CASE WHEN answer.id IS NULL THEN 'PENDING_SECOND_REVIEW' WHEN answer.agrees THEN 'RESOLVED' ELSE 'REOPENED' END;
    END IF;
  ELSE
    state := CASE WHEN newest.id IS NULL AND reopened_at IS NULL THEN 'OPEN' ELSE 'REOPENED' END;
  END IF;
  IF state = 'RESOLVED' THEN decision_id := newest.id; END IF;
  IF state IN ('OPEN', 'REOPENED') AND escalated.id IS NOT NULL AND NOT escalated.lifted
    AND escalated.version >= coalesce(newest.version, 0) THEN
    state := 'ESCALATED';
  END IF;
END $$;

-- Writes what a case is now into its row of the index, if the index knows it.
CREATE FUNCTION console.project_case(case_id bigint) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  now_is record;
  force console.decision;
  newest_version integer;
BEGIN
  IF NOT EXISTS (SELECT FROM console.record AS r WHERE r.verification_id = case_id) THEN RETURN; END IF;
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
      SELECT s.until FROM console.snooze AS s WHERE s.verification_id = case_id AND s.version >= newest_version ORDER BY s.id DESC LIMIT 1
    )
    WHERE r.verification_id = case_id;
END $$;

CREATE FUNCTION console.case_changed() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM console.project_case(NEW.verification_id);
  RETURN NULL;
END $$;

CREATE TRIGGER decision_changes_its_case AFTER INSERT ON console.decision FOR EACH ROW EXECUTE FUNCTION console.case_changed();
CREATE TRIGGER withdrawal_changes_its_case AFTER INSERT ON console.withdrawal FOR EACH ROW EXECUTE FUNCTION console.case_changed();
CREATE TRIGGER approval_changes_its_case AFTER INSERT ON console.approval FOR EACH ROW EXECUTE FUNCTION console.case_changed();
CREATE TRIGGER reopening_changes_its_case AFTER INSERT ON console.reopening FOR EACH ROW EXECUTE FUNCTION console.case_changed();
CREATE TRIGGER escalation_changes_its_case AFTER INSERT ON console.escalation FOR EACH ROW EXECUTE FUNCTION console.case_changed();
CREATE TRIGGER snooze_changes_its_case AFTER INSERT ON console.snooze FOR EACH ROW EXECUTE FUNCTION console.case_changed();
CREATE TRIGGER assignment_changes_its_case AFTER INSERT ON console.assignment FOR EACH ROW EXECUTE FUNCTION console.case_changed();

-- A record that comes into the index after somebody worked on its case. Once a statement, so that a page of new records costs
-- one look at the few cases people touched.
CREATE FUNCTION console.records_arrived() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM console.project_case(arrived.verification_id) FROM arrived
    WHERE EXISTS (SELECT FROM console.decision AS d WHERE d.verification_id = arrived.verification_id)
      OR EXISTS (SELECT FROM console.escalation AS e WHERE e.verification_id = arrived.verification_id)
      OR EXISTS (SELECT FROM console.snooze AS s WHERE s.verification_id = arrived.verification_id)
      OR EXISTS (SELECT FROM console.assignment AS a WHERE a.verification_id = arrived.verification_id)
      OR EXISTS (SELECT FROM console.reopening AS o WHERE o.verification_id = arrived.verification_id);
  RETURN NULL;
END $$;

CREATE TRIGGER records_arrived AFTER INSERT ON console.record
  REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION console.records_arrived();

-- Also where session_replication_role = replica would let it slip: the index must not say another state than the rows.
ALTER TABLE console.decision ENABLE ALWAYS TRIGGER decision_changes_its_case;
ALTER TABLE console.withdrawal ENABLE ALWAYS TRIGGER withdrawal_changes_its_case;
ALTER TABLE console.approval ENABLE ALWAYS TRIGGER approval_changes_its_case;
ALTER TABLE console.reopening ENABLE ALWAYS TRIGGER reopening_changes_its_case;
ALTER TABLE console.escalation ENABLE ALWAYS TRIGGER escalation_changes_its_case;
ALTER TABLE console.snooze ENABLE ALWAYS TRIGGER snooze_changes_its_case;
ALTER TABLE console.assignment ENABLE ALWAYS TRIGGER assignment_changes_its_case;
ALTER TABLE console.record ENABLE ALWAYS TRIGGER records_arrived, ENABLE ALWAYS TRIGGER record_keeps_its_past;
