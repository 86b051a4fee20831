-- The desk: who works on which case, what was put off, passed on or taken back. All but claims and presence only grow; what a
-- case is now is computed from these rows, by the program (lib/domain/review.ts) and, for searching, by project_case() below.

ALTER TABLE "console"."record" ADD COLUMN "snoozed_until" TIMESTAMPTZ(3);

-- Exclusive hold on a case until it expires. A courtesy: what keeps decisions apart is their version.
CREATE TABLE "console"."claim" (
    "verification_id" BIGINT NOT NULL,
    "holder_id" UUID NOT NULL,
    "holder_name" TEXT NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("verification_id")
);
CREATE INDEX "claim_holder_id_idx" ON "console"."claim"("holder_id");

-- A reviewer passed a case on; it is not offered to her again.
CREATE TABLE "console"."skip" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "skip_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "skip_verification_id_by_id_idx" ON "console"."skip"("verification_id", "by_id");

-- In the next four, `version` is the number of decisions there were: a later decision makes the row a thing of the past.
CREATE TABLE "console"."snooze" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snooze_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "snooze_verification_id_id_idx" ON "console"."snooze"("verification_id", "id");

-- Newest row counts; `lifted` takes an escalation back.
CREATE TABLE "console"."escalation" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "lifted" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "escalation_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "escalation_verification_id_id_idx" ON "console"."escalation"("verification_id", "id");

CREATE TABLE "console"."reopening" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reopening_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "reopening_verification_id_id_idx" ON "console"."reopening"("verification_id", "id");

-- Newest row counts; without an assignee the case is anybody's again.
CREATE TABLE "console"."assignment" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "assignee_id" UUID,
    "assignee_name" TEXT,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "assignment_names_its_assignee" CHECK ((assignee_id IS NULL) = (assignee_name IS NULL))
);
CREATE INDEX "assignment_verification_id_id_idx" ON "console"."assignment"("verification_id", "id");

-- A decision taken back within seconds by the one who made it. It stays readable and no longer counts.
CREATE TABLE "console"."withdrawal" (
    "decision_id" UUID NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "withdrawal_pkey" PRIMARY KEY ("decision_id")
);
CREATE INDEX "withdrawal_verification_id_idx" ON "console"."withdrawal"("verification_id");

-- A named address of the grid. Archived, never deleted: the audit trail names it.
CREATE TABLE "console"."saved_view" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "owner_name" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "default_for" TEXT,
    "sla_hours" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "saved_view_name_fits" CHECK (char_length(name) BETWEEN 1 AND 80),
    CONSTRAINT "saved_view_default_is_shared" CHECK (default_for IS NULL OR shared)
);
CREATE INDEX "saved_view_owner_id_idx" ON "console"."saved_view"("owner_id");

-- What one bulk act did to each case it was asked for.
CREATE TABLE "console"."batch" (
    "id" UUID NOT NULL,
    "verb" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "succeeded" BIGINT[],
    "refused" JSONB NOT NULL,
    "truncated" INTEGER NOT NULL,

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- Who has a case open right now; a row older than half a minute says nothing.
CREATE TABLE "console"."presence" (
    "verification_id" BIGINT NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("verification_id","user_id")
);

-- When the case of a decision was claimed, copied in.
ALTER TABLE "console"."decision" ADD COLUMN "claimed_at" TIMESTAMPTZ(3);

-- WHAT NEVER CHANGES ------------------------------------------------------------------------------------------------

CREATE TRIGGER skip_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.skip
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER snooze_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.snooze
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER escalation_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.escalation
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER reopening_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.reopening
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER assignment_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.assignment
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER withdrawal_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.withdrawal
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER batch_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.batch
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();

ALTER TABLE console.skip ENABLE ALWAYS TRIGGER skip_only_grows;
ALTER TABLE console.snooze ENABLE ALWAYS TRIGGER snooze_only_grows;
ALTER TABLE console.escalation ENABLE ALWAYS TRIGGER escalation_only_grows;
ALTER TABLE console.reopening ENABLE ALWAYS TRIGGER reopening_only_grows;
ALTER TABLE console.assignment ENABLE ALWAYS TRIGGER assignment_only_grows;
ALTER TABLE console.withdrawal ENABLE ALWAYS TRIGGER withdrawal_only_grows;
ALTER TABLE console.batch ENABLE ALWAYS TRIGGER batch_only_grows;

-- Only the one who decided may take it back, within ten seconds (two more for the way), and only her newest word.
CREATE FUNCTION console.withdrawal_is_in_time() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  taken console.decision;
BEGIN
  SELECT * INTO taken FROM console.decision WHERE id = NEW.decision_id;
  IF taken.id IS NULL OR taken.verification_id <> NEW.verification_id OR taken.proposer_id <> NEW.by_id
    OR taken.decided_at < clock_timestamp() - interval '12 seconds'
    OR EXISTS (SELECT FROM console.decision WHERE verification_id = NEW.verification_id AND version > taken.version) THEN
    RAISE EXCEPTION 'decision % can no longer be withdrawn', NEW.decision_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER withdrawal_is_in_time BEFORE INSERT ON console.withdrawal
  FOR EACH ROW EXECUTE FUNCTION console.withdrawal_is_in_time();
ALTER TABLE console.withdrawal ENABLE ALWAYS TRIGGER withdrawal_is_in_time;
