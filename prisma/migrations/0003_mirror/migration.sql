-- The index of the upstream's records. Its rows can always be fetched again; what people did about a record lies elsewhere.

CREATE TABLE "console"."record" (
    "verification_id" BIGINT NOT NULL,
    "machine_result" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3),
    "model" TEXT NOT NULL,
    "model_version" TEXT,
    "id_file_name" TEXT NOT NULL,
    "id_file_size" BIGINT,
    "id_file_type" TEXT NOT NULL,
    "selfie_file_name" TEXT NOT NULL,
    "selfie_file_size" BIGINT,
    "selfie_file_type" TEXT NOT NULL,
    "similarity" REAL,
    "confidence" REAL,
    "findings" TEXT[],
    "raw" TEXT NOT NULL,
    "snapshot_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "upstream_missing_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'OPEN',
    "reviewer_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "assignee_id" UUID,

    CONSTRAINT "record_pkey" PRIMARY KEY ("verification_id"),
    CONSTRAINT "record_machine_result_is_known" CHECK (machine_result IN ('VERIFIED', 'NOT_VERIFIED')),
    CONSTRAINT "record_snapshot_is_sha256" CHECK (console.is_sha256(snapshot_hash)),
    -- CLAIMED and SNOOZED pass with time, so they are read from their own tables.
    CONSTRAINT "record_state_is_lasting" CHECK (state IN ('OPEN', 'ESCALATED', 'PENDING_SECOND_REVIEW', 'RESOLVED', 'REOPENED'))
);

-- In this order, so that one tag's records lie together, newest last. A name may have several values on one record.
CREATE TABLE "console"."record_tag" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "verification_id" BIGINT NOT NULL,

    CONSTRAINT "record_tag_pkey" PRIMARY KEY ("name","value","verification_id")
);

-- What a record that changed no longer carries is taken away by the record's number.
CREATE INDEX "record_tag_verification_id_idx" ON "console"."record_tag"("verification_id");

CREATE TABLE "console"."record_version" (
    "verification_id" BIGINT NOT NULL,
    "snapshot_hash" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "record_version_pkey" PRIMARY KEY ("verification_id","replaced_at")
);

-- One row a kind of pass. The cursor is the highest record taken over; the position only says where in the list it was found.
CREATE TABLE "console"."sync_state" (
    "kind" TEXT NOT NULL,
    "cursor" BIGINT NOT NULL DEFAULT -1,
    "position" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT,
    "unreadable" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "synced_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_state_pkey" PRIMARY KEY ("kind"),
    CONSTRAINT "sync_state_kind_is_known" CHECK (kind IN ('backfill', 'follow', 'sweep'))
);

-- Whoever replaces a record, what it was before stays. Two writers at once each leave exactly what they replaced.
CREATE FUNCTION console.record_keeps_its_past() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO console.record_version (verification_id, snapshot_hash, raw, replaced_at)
    VALUES (OLD.verification_id, OLD.snapshot_hash, OLD.raw, clock_timestamp());
  RETURN NULL;
END $$;

CREATE TRIGGER record_keeps_its_past AFTER UPDATE ON console.record
  FOR EACH ROW WHEN (OLD.snapshot_hash IS DISTINCT FROM NEW.snapshot_hash) EXECUTE FUNCTION console.record_keeps_its_past();

-- The records are most of what is stored. A server built without lz4 packs them its own, slower way.
DO $$
BEGIN
  ALTER TABLE console.record ALTER COLUMN raw SET COMPRESSION lz4;
  ALTER TABLE console.record_version ALTER COLUMN raw SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  NULL;
END $$;
