-- Extracts for auditors: who asked for what, how far it is, and what came of it. The bytes lie under DATA_DIR until they expire.

CREATE TABLE "console"."export" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'RUNNING',
    "rows" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "head_seq" BIGINT,
    "manifest_sha256" TEXT,
    "failure" TEXT,
    "alive_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "export_kind_is_known" CHECK (kind IN ('population', 'audit-log', 'case-pack')),
    CONSTRAINT "export_format_is_known" CHECK (format IN ('csv', 'jsonl', 'pack')),
    CONSTRAINT "export_state_is_known" CHECK (state IN ('RUNNING', 'READY', 'FAILED', 'CANCELLED', 'EXPIRED')),
    -- Half an export is never offered: what can be downloaded has its manifest's hash, its end and a date of removal.
    CONSTRAINT "export_ready_is_whole" CHECK (
      state NOT IN ('READY', 'EXPIRED')
      OR (console.is_sha256(manifest_sha256) AND manifest_sha256 IS NOT NULL AND finished_at IS NOT NULL AND expires_at IS NOT NULL)
    )
);
CREATE INDEX "export_created_at_idx" ON "console"."export"("created_at");

-- What was asked for stays as it was asked, and an export that came to its end stays at it; only a finished one may expire.
CREATE FUNCTION console.export_only_goes_on() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.kind, NEW.format, NEW.query, NEW.by_id, NEW.by_name, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.kind, OLD.format, OLD.query, OLD.by_id, OLD.by_name, OLD.created_at) THEN
    RAISE EXCEPTION 'export % stays what was asked for', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state <> 'RUNNING' AND NOT (
    OLD.state = 'READY' AND NEW.state = 'EXPIRED' AND NEW.bytes = OLD.bytes AND NEW.rows = OLD.rows
    AND NEW.manifest_sha256 = OLD.manifest_sha256 AND NEW.finished_at = OLD.finished_at
  ) THEN
    RAISE EXCEPTION 'export % has come to its end', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER export_only_goes_on BEFORE UPDATE ON console.export
  FOR EACH ROW EXECUTE FUNCTION console.export_only_goes_on();
CREATE TRIGGER export_is_never_deleted BEFORE DELETE OR TRUNCATE ON console.export
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.export ENABLE ALWAYS TRIGGER export_only_goes_on, ENABLE ALWAYS TRIGGER export_is_never_deleted;
