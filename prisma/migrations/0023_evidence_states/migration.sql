-- What is known of an evidence file at any moment: every check of it, who first saw its bytes, and which differences were acknowledged.

-- CHECKS ----------------------------------------------------------------------------------------------------------

-- Each time the console read an evidence file, or tried to. A check that is `begun` and has no later row was never finished, and one
-- that ended `unread` says nothing about the file: it then counts as not checked since. Only `seen` read all bytes; `foreign` bytes cannot
-- be the file the record names.
CREATE TABLE "console"."evidence_check" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT,
    "name" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "sha256" TEXT,
    "size" BIGINT,
    "problem" TEXT,
    "by_id" UUID,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "evidence_check_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "evidence_check_result_is_known" CHECK (result IN ('begun', 'unread', 'seen', 'foreign', 'lost')),
    CONSTRAINT "evidence_check_seen_has_bytes" CHECK (
      CASE result WHEN 'seen' THEN console.is_sha256(sha256) IS TRUE AND (size >= 0) IS TRUE ELSE sha256 IS NULL AND size IS NULL END
    ),
    CONSTRAINT "evidence_check_problem_is_named" CHECK ((result IN ('foreign', 'lost')) = (problem IS NOT NULL))
);
CREATE INDEX "evidence_check_name_id_idx" ON "console"."evidence_check"("name", "id");
CREATE INDEX "evidence_check_verification_id_id_idx" ON "console"."evidence_check"("verification_id", "id");

-- Who saw bytes for the first time, or caused the console to read them.
ALTER TABLE "console"."evidence_hash" ADD COLUMN "by_id" UUID, ADD COLUMN "by_name" TEXT;

-- DIFFERENCES THAT WERE ACKNOWLEDGED -------------------------------------------------------------------------------

-- A reviewer says why a file held other bytes for a time. It covers the hashes of that file up to `up_to`, the last of which is the
-- original again; the program checks that, and the trigger below holds it to it.
CREATE TABLE "console"."evidence_acknowledgement" (
    "id" BIGSERIAL NOT NULL,
    "verification_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "up_to" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "evidence_acknowledgement_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "evidence_acknowledgement_has_a_reason" CHECK (length(btrim(reason)) >= 10)
);
CREATE INDEX "evidence_acknowledgement_name_id_idx" ON "console"."evidence_acknowledgement"("name", "id");
CREATE INDEX "evidence_acknowledgement_verification_id_idx" ON "console"."evidence_acknowledgement"("verification_id");

CREATE FUNCTION console.only_original_bytes_are_acknowledged() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT h.sha256 FROM console.evidence_hash AS h WHERE h.name = NEW.name ORDER BY h.id LIMIT 1)
    IS DISTINCT FROM (SELECT h.sha256 FROM console.evidence_hash AS h WHERE h.name = NEW.name ORDER BY h.id DESC LIMIT 1)
    OR NEW.up_to IS DISTINCT FROM (SELECT max(h.id) FROM console.evidence_hash AS h WHERE h.name = NEW.name) THEN
    RAISE EXCEPTION 'the original bytes of the file were not seen again' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_original_bytes_are_acknowledged BEFORE INSERT ON console.evidence_acknowledgement
  FOR EACH ROW EXECUTE FUNCTION console.only_original_bytes_are_acknowledged();
ALTER TABLE console.evidence_acknowledgement ENABLE ALWAYS TRIGGER only_original_bytes_are_acknowledged;

-- BOTH ONLY GROW, AND GO WITH AN ERASURE --------------------------------------------------------------------------

DO $$
DECLARE
  doors text[][] := ARRAY[['evidence_check', 'name', ''], ['evidence_acknowledgement', 'name', 'reason']];
  door text[];
  columns text;
BEGIN
  FOREACH door SLICE 1 IN ARRAY doors LOOP
    SELECT string_agg(quote_literal(name), ', ') INTO columns FROM unnest(door[2:]) AS name WHERE name <> '';
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON console.%I
      FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change()', door[1] || '_only_grows', door[1]);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON console.%I
      FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change_but_erasure()', door[1] || '_is_never_edited', door[1]);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON console.%I
      FOR EACH ROW EXECUTE FUNCTION console.refuse_change_but_erasure(%s)', door[1] || '_is_only_erased', door[1], columns);
    EXECUTE format('ALTER TABLE console.%1$I ENABLE ALWAYS TRIGGER %2$I, ENABLE ALWAYS TRIGGER %3$I, ENABLE ALWAYS TRIGGER %4$I',
      door[1], door[1] || '_only_grows', door[1] || '_is_never_edited', door[1] || '_is_only_erased');
  END LOOP;
END $$;

CREATE FUNCTION console.erasure_reaches_evidence_checks() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE console.evidence_check AS t SET name = console.erased_text() WHERE t.verification_id = NEW.verification_id;
  UPDATE console.evidence_acknowledgement AS t SET name = console.erased_text(), reason = console.erased_text()
    WHERE t.verification_id = NEW.verification_id;
  RETURN NULL;
END $$;
CREATE TRIGGER erasure_reaches_evidence_checks AFTER INSERT ON console.erasure
  FOR EACH ROW EXECUTE FUNCTION console.erasure_reaches_evidence_checks();
ALTER TABLE console.erasure ENABLE ALWAYS TRIGGER erasure_reaches_evidence_checks;

-- THE QUEUE OF LOST FILES ------------------------------------------------------------------------------------------

CREATE INDEX record_finding_file_missing ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id)
  WHERE findings @> ARRAY['file-missing'];
