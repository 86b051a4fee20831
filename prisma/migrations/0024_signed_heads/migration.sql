-- Signed heads after a restore, and whether the log is signed and written at all.

-- A head may declare that events were lost in a restore. Their numbers are then given again, so a number can have two heads.
ALTER TABLE "console"."checkpoint"
  ADD COLUMN "restored_from" BIGINT,
  ADD COLUMN "restored_to" BIGINT,
  ADD CONSTRAINT "checkpoint_restored_is_a_range" CHECK ((restored_from IS NULL) = (restored_to IS NULL) AND restored_from <= restored_to),
  DROP CONSTRAINT "checkpoint_pkey",
  ADD CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("seq","key_id","hash");

-- One row: why the signer stopped and why appends are refused, for consoles that cannot read the folder of the signed heads. The folder is what
-- the signer believes; a change of this row can only raise an alarm or refuse appends, never make the signer sign.
CREATE TABLE "console"."audit_log_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "stopped_at" TIMESTAMPTZ(3),
    "stopped_kind" TEXT,
    "stopped_reason" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_log_state_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "audit_log_state_is_one_row" CHECK (id = 1),
    CONSTRAINT "audit_log_state_says_why" CHECK ((stopped_at IS NULL) = (stopped_reason IS NULL) AND (stopped_at IS NULL) = (stopped_kind IS NULL))
);
INSERT INTO console.audit_log_state DEFAULT VALUES;

-- Refuses every append while the log is closed. Its name sorts behind the trigger that takes the lock, so an append that waited for
-- the lock sees what was decided meanwhile.
CREATE FUNCTION console.audit_event_needs_an_open_log() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM console.audit_log_state WHERE closed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the audit log is closed until a restore is declared with npm run audit:restored' USING ERRCODE = 'SL001';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_event_needs_an_open_log BEFORE INSERT ON console.audit_event
  FOR EACH ROW EXECUTE FUNCTION console.audit_event_needs_an_open_log();
ALTER TABLE console.audit_event ENABLE ALWAYS TRIGGER audit_event_needs_an_open_log;
