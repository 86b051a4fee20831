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

CREATE TABLE "console"."record_version" (
    "verification_id" BIGINT NOT NULL,
    "snapshot_hash" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "record_version_pkey" PRIMARY KEY ("verification_id","replaced_at")
);

CREATE TABLE "console"."sync_state" (
    "kind" TEXT NOT NULL,
    "cursor" BIGINT NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "synced_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "retry_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_state_pkey" PRIMARY KEY ("kind")
);
