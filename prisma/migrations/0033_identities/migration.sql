-- Whose a row is never changes: a session, a remembered answer, a saved view, an export and a password that waits for its change belong to
-- whom they were made for. Without this, SQL as the console could hand a session to another user, and its holder would act in their name.
-- Where protection ends: whoever writes SQL as the console can still insert a session of anybody, or delete one that waits.

-- Refuses a change of the columns it is given. The first row that would change names itself.
CREATE FUNCTION console.identity_never_changes() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  changed text := (
    SELECT min(name) FROM unnest(TG_ARGV) AS own(name) WHERE to_jsonb(NEW) -> name IS DISTINCT FROM to_jsonb(OLD) -> name
  );
BEGIN
  IF changed IS NOT NULL THEN
    RAISE EXCEPTION 'console.%.% never changes: UPDATE refused', TG_TABLE_NAME, changed USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- A session that was revoked stays so.
CREATE FUNCTION console.revoked_session_stays_revoked() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL THEN
    RAISE EXCEPTION 'session % was revoked: UPDATE refused', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

DO $$
DECLARE
  kept text[][] := ARRAY[
    ['user', 'id', 'created_at', 'created_at', 'created_at'],
    ['session', 'id', 'user_id', 'provider', 'provider'],
    ['idempotency_key', 'user_id', 'key', 'request_hash', 'created_at'],
    ['saved_view', 'id', 'owner_id', 'owner_name', 'created_at'],
    ['export', 'id', 'by_id', 'by_name', 'created_at'],
    ['change_secret', 'change_id', 'password_hash', 'password_hash', 'password_hash']
  ];
  one text[];
  columns text;
BEGIN
  FOREACH one SLICE 1 IN ARRAY kept LOOP
    SELECT string_agg(DISTINCT quote_literal(name), ', ') INTO columns FROM unnest(one[2:]) AS name;
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON console.%I FOR EACH ROW EXECUTE FUNCTION console.identity_never_changes(%s)',
      one[1] || '_identity_never_changes', one[1], columns);
    EXECUTE format('ALTER TABLE console.%I ENABLE ALWAYS TRIGGER %I', one[1], one[1] || '_identity_never_changes');
  END LOOP;
END $$;

CREATE TRIGGER revoked_session_stays_revoked BEFORE UPDATE ON console.session
  FOR EACH ROW EXECUTE FUNCTION console.revoked_session_stays_revoked();
ALTER TABLE console.session ENABLE ALWAYS TRIGGER revoked_session_stays_revoked;

-- When a process that holds the folder of the signed heads last found that this database leads to them. A console without the folder cannot
-- see that a database was restored; it records nothing while nobody has confirmed it lately (lib/audit/confirmed-database.ts).
ALTER TABLE "console"."audit_log_state" ADD COLUMN "confirmed_at" TIMESTAMPTZ(3);
