-- Every table of schema.prisma, as Prisma itself writes them. What the tables refuse stands in 0002_rules.

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "console";

-- CreateTable
CREATE TABLE "console"."user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT,
    "oidc_subject" TEXT,
    "failed_logins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console"."session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console"."note" (
    "id" UUID NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "author_id" UUID NOT NULL,
    "author_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console"."decision" (
    "id" UUID NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "machine_result" TEXT NOT NULL,
    "is_override" BOOLEAN NOT NULL,
    "reason_codes" TEXT[],
    "rationale" TEXT NOT NULL,
    "proposer_id" UUID NOT NULL,
    "proposer_name" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "id_sha256" TEXT,
    "selfie_sha256" TEXT,
    "snapshot_hash" TEXT NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console"."evidence_hash" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_hash_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console"."idempotency_key" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "console"."audit_event" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "payload_hash" BYTEA NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "console"."audit_payload" (
    "seq" BIGINT NOT NULL,
    "salt" BYTEA NOT NULL,
    "data" TEXT NOT NULL,

    CONSTRAINT "audit_payload_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "console"."user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_oidc_subject_key" ON "console"."user"("oidc_subject");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "console"."session"("user_id");

-- CreateIndex
CREATE INDEX "note_verification_id_created_at_idx" ON "console"."note"("verification_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "decision_verification_id_version_key" ON "console"."decision"("verification_id", "version");

-- CreateIndex
CREATE INDEX "evidence_hash_name_id_idx" ON "console"."evidence_hash"("name", "id");

-- CreateIndex
CREATE INDEX "audit_event_subject_seq_idx" ON "console"."audit_event"("subject", "seq");

-- AddForeignKey
ALTER TABLE "console"."session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "console"."user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console"."audit_payload" ADD CONSTRAINT "audit_payload_seq_fkey" FOREIGN KEY ("seq") REFERENCES "console"."audit_event"("seq") ON DELETE RESTRICT ON UPDATE CASCADE;
