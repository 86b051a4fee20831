-- Changes that take two people: proposed, answered, and what came of them. The database refuses by itself a policy that weakens a
-- control, an erasure by request, the end of a legal hold and an account that gains a right unless such a change stands behind it.
-- Where protection ends: the owner of the tables can drop a trigger, and whoever writes SQL as the console can write a verdict in
-- another person's name. Each leaves its event in the chain.

CREATE TABLE "console"."proposed_change" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "proposer_id" UUID NOT NULL,
    "proposer_name" TEXT NOT NULL,
    "proposer_email" TEXT NOT NULL,
    "proposer_subject" TEXT,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "takes_effect_at" TIMESTAMPTZ(3),

    CONSTRAINT "proposed_change_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "proposed_change_kind_is_known" CHECK (
      kind IN ('POLICY', 'ERASURE', 'HOLD_LIFT', 'ROLE', 'PASSWORD', 'USER_ADD', 'USER_ENABLE')
    ),
    CONSTRAINT "proposed_change_payload_is_an_object" CHECK (jsonb_typeof(payload) = 'object'),
    CONSTRAINT "proposed_change_says_why" CHECK (char_length(reason) BETWEEN 10 AND 2000)
);

-- The hash of a password that a change is to set. It stands beside the log, which must not hold it, and goes once the change is settled.
CREATE TABLE "console"."change_secret" (
    "change_id" UUID NOT NULL,
    "password_hash" TEXT NOT NULL,

    CONSTRAINT "change_secret_pkey" PRIMARY KEY ("change_id"),
    CONSTRAINT "change_secret_is_a_hash" CHECK (password_hash LIKE '$2%')
);

CREATE TABLE "console"."change_verdict" (
    "change_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "by_email" TEXT NOT NULL,
    "by_subject" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_verdict_pkey" PRIMARY KEY ("change_id"),
    CONSTRAINT "change_verdict_is_known" CHECK (verdict IN ('AGREED', 'REFUSED', 'WITHDRAWN')),
    CONSTRAINT "change_verdict_refusal_says_why" CHECK (verdict <> 'REFUSED' OR char_length(comment) >= 10),
    CONSTRAINT "change_verdict_comment_fits" CHECK (char_length(comment) <= 2000)
);

CREATE TABLE "console"."change_effect" (
    "change_id" UUID NOT NULL,
    "took_effect" BOOLEAN NOT NULL,
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_effect_pkey" PRIMARY KEY ("change_id")
);

ALTER TABLE "console"."change_secret" ADD CONSTRAINT "change_secret_change_id_fkey" FOREIGN KEY ("change_id")
  REFERENCES "console"."proposed_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "console"."change_verdict" ADD CONSTRAINT "change_verdict_change_id_fkey" FOREIGN KEY ("change_id")
  REFERENCES "console"."proposed_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "console"."change_effect" ADD CONSTRAINT "change_effect_change_id_fkey" FOREIGN KEY ("change_id")
  REFERENCES "console"."proposed_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The change behind a row; null where a row needs none.
ALTER TABLE "console"."policy" ADD COLUMN "change_id" UUID;
ALTER TABLE "console"."legal_hold" ADD COLUMN "change_id" UUID;
ALTER TABLE "console"."erasure" ADD COLUMN "change_id" UUID;
CREATE INDEX "legal_hold_change_id_idx" ON "console"."legal_hold"("change_id");
CREATE INDEX "erasure_change_id_idx" ON "console"."erasure"("change_id");

-- A change is dated by the database, and waits its full time from then, whatever its writer says.
CREATE FUNCTION console.change_is_proposed_now() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  proposer console."user";
BEGIN
  SELECT * INTO proposer FROM console."user" WHERE id = NEW.proposer_id;
  IF proposer.id IS NULL OR proposer.disabled_at IS NOT NULL OR proposer.email <> NEW.proposer_email
    OR proposer.oidc_subject IS DISTINCT FROM NEW.proposer_subject THEN
    RAISE EXCEPTION 'change % does not bear the marks of its proposer', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  NEW.proposed_at := date_trunc('milliseconds', clock_timestamp());
  IF NEW.takes_effect_at IS NOT NULL THEN NEW.takes_effect_at := NEW.proposed_at + interval '72 hours'; END IF;
  RETURN NEW;
END $$;

-- Which roles may agree; lib/domain/roles.ts grants them policies.approve, and a test holds both together.
CREATE FUNCTION console.role_approves_changes(role text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN role IN ('manager', 'admin');

-- Whether an account is a person's who proposed or approved a decision of a case, by the marks of then and of now.
CREATE FUNCTION console.is_behind_decision(case_id bigint, who_id uuid, who_email text, who_subject text) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM (
      SELECT d.proposer_id AS id, d.proposer_email AS email, d.proposer_subject AS subject FROM console.decision AS d WHERE d.verification_id = case_id
      UNION ALL
      SELECT a.approver_id, a.approver_email, a.approver_subject FROM console.approval AS a WHERE a.verification_id = case_id
    ) AS person LEFT JOIN console."user" AS account ON account.id = person.id
    WHERE person.id = who_id
      OR console.mailbox(who_email) IN (console.mailbox(person.email), console.mailbox(account.email))
      OR who_subject IN (person.subject, account.oidc_subject)
  );
$$;

-- The second person is one by the rule of 0028, is not the one the change is about, and bears the marks of their account.
CREATE FUNCTION console.verdict_fits_its_change() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  change console.proposed_change;
  person console."user";
  refusal text;
BEGIN
  SELECT * INTO change FROM console.proposed_change AS c WHERE c.id = NEW.change_id FOR UPDATE;
  SELECT * INTO person FROM console."user" WHERE id = NEW.by_id;
  IF person.id IS NULL OR person.disabled_at IS NOT NULL OR person.email <> NEW.by_email
    OR person.oidc_subject IS DISTINCT FROM NEW.by_subject OR NOT console.role_approves_changes(person.role) THEN
    RAISE EXCEPTION 'verdict on change % does not bear the marks of somebody who may give it', NEW.change_id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM console.change_effect WHERE change_id = NEW.change_id) THEN
    RAISE EXCEPTION 'change % was settled before', NEW.change_id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.verdict <> 'WITHDRAWN' THEN
    refusal := console.change_refuses(change, person);
    IF refusal IS NOT NULL THEN
      RAISE EXCEPTION 'verdict on change % is not by a second person: %', NEW.change_id, refusal USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  RETURN NEW;
END $$;

-- The person a change is about: the account it names, or the mailbox of one that it adds.
CREATE FUNCTION console.change_concerns(change console.proposed_change, person console."user") RETURNS boolean
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM console."user" AS u WHERE u.id::text = change.payload ->> 'userId'
      AND console.is_same_person(u.id, u.email, u.oidc_subject, person.id, person.email, person.oidc_subject))
    OR (change.kind = 'USER_ADD' AND coalesce(
      console.is_same_person(NULL, change.payload ->> 'email', NULL, person.id, person.email, person.oidc_subject), false));
END $$;

-- Why a person is not the second one to a change: by the marks the proposer bore then, and by those they bear now.
CREATE FUNCTION console.change_refuses(change console.proposed_change, person console."user") RETURNS text
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN coalesce(
    console.second_person_refusal(change.proposer_id, change.proposer_email, change.proposer_subject, person.id, person.email,
      person.oidc_subject, change.proposed_at, clock_timestamp()),
    (SELECT console.second_person_refusal(u.id, u.email, u.oidc_subject, person.id, person.email, person.oidc_subject, change.proposed_at,
      clock_timestamp()) FROM console."user" AS u WHERE u.id = change.proposer_id),
    CASE WHEN console.change_concerns(change, person) THEN 'concerned' END
  );
END $$;

-- Whether somebody could answer a change, or one case of it: who may agree now, and who could have and was disabled or lost the right
-- since 14 days before the proposal. findsApprover() of lib/changes/answerable.ts in SQL.
CREATE FUNCTION console.change_finds_approver(change console.proposed_change) RETURNS boolean
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  since timestamptz := change.proposed_at - interval '14 days';
  person console."user";
BEGIN
  FOR person IN
    SELECT u.* FROM console."user" AS u WHERE u.id <> change.proposer_id AND (
      (console.role_approves_changes(u.role) AND coalesce(u.disabled_at >= since, true))
      OR (NOT console.role_approves_changes(u.role) AND coalesce(u.disabled_at >= since, true) AND EXISTS (
        SELECT FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
        WHERE e.subject = 'user:' || u.id AND e.at >= since AND e.action = 'user.role-changed'
          AND console.role_approves_changes(p.data::jsonb #>> '{data,from}')
      ))
    )
  LOOP
    CONTINUE WHEN console.change_refuses(change, person) IS NOT NULL;
    IF change.kind <> 'ERASURE' OR EXISTS (
      SELECT FROM jsonb_array_elements_text(change.payload -> 'ids') AS one(id)
      WHERE NOT console.is_behind_decision(one.id::bigint, person.id, person.email, person.oidc_subject)
    ) THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;

-- Whether a change may be put into effect now: a second person agreed, or nobody else could and its time passed without an answer.
-- One that took effect in this transaction stands until its end, when accounts are looked at. Waits for a verdict that is being
-- written, and makes the next one wait.
CREATE FUNCTION console.change_stands(change uuid) RETURNS boolean
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM console.proposed_change AS c WHERE c.id = change FOR UPDATE;
  RETURN EXISTS (
    SELECT FROM console.proposed_change AS c LEFT JOIN console.change_verdict AS v ON v.change_id = c.id
    WHERE c.id = change
      AND NOT EXISTS (SELECT FROM console.change_effect AS e WHERE e.change_id = c.id AND e.xmin <> pg_current_xact_id()::xid)
      AND (v.verdict = 'AGREED' OR (
        v.change_id IS NULL AND c.takes_effect_at <= clock_timestamp() AND NOT console.change_finds_approver(c)
      ))
  );
END $$;

CREATE FUNCTION console.effect_fits_its_change() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NOT console.change_stands(NEW.change_id) THEN
    RAISE EXCEPTION 'change % may not take effect', NEW.change_id USING ERRCODE = 'check_violation';
  END IF;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  RETURN NEW;
END $$;

-- With a case that is erased goes the reason why its hold was to be lifted, and nothing else of a change.
CREATE FUNCTION console.change_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'reason' <> to_jsonb(NEW) - 'reason' OR NEW.reason <> console.erased_text()
    OR NOT console.is_erased_now(OLD.kind, OLD.payload) THEN
    RAISE EXCEPTION 'console.proposed_change only grows: UPDATE refused' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION console.verdict_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'comment' <> to_jsonb(NEW) - 'comment' OR NEW.comment <> console.erased_text() OR NOT EXISTS (
    SELECT FROM console.proposed_change AS c WHERE c.id = OLD.change_id AND console.is_erased_now(c.kind, c.payload)
  ) THEN
    RAISE EXCEPTION 'console.change_verdict only grows: UPDATE refused' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- Whether this transaction erases a case whose hold the change was to lift.
CREATE FUNCTION console.is_erased_now(kind text, payload jsonb) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT kind = 'HOLD_LIFT' AND EXISTS (
    SELECT FROM console.erasure AS e WHERE e.xact = pg_current_xact_id()::text AND payload -> 'ids' @> to_jsonb(e.verification_id)
  );
$$;

-- Why a hold was to be lifted goes with the case. Why a case was erased, and why somebody agreed, stays beside the tombstone as
-- its own reason does: neither may name the person.
CREATE FUNCTION console.erasure_empties_changes() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE console.proposed_change AS c SET reason = console.erased_text()
    WHERE c.kind = 'HOLD_LIFT' AND c.payload -> 'ids' @> to_jsonb(NEW.verification_id) AND c.reason <> console.erased_text();
  UPDATE console.change_verdict AS v SET comment = console.erased_text()
    FROM console.proposed_change AS c
    WHERE c.id = v.change_id AND c.kind = 'HOLD_LIFT' AND c.payload -> 'ids' @> to_jsonb(NEW.verification_id)
      AND v.comment NOT IN ('', console.erased_text());
  RETURN NULL;
END $$;

-- POLICIES ----------------------------------------------------------------------------------------------------------

-- Version 0 as lib/domain/policy.ts has it; a test holds both together.
CREATE FUNCTION console.default_policy() RETURNS jsonb
  LANGUAGE sql IMMUTABLE
  RETURN '{
    "fourEyes": {"overridesToApproved": true, "overridesToDeclined": false, "tags": []},
    "qaSharePercent": 5, "claimMinutes": 10, "slaHours": 24, "retentionDays": 1826,
    "masking": {"roles": ["auditor", "admin"], "blurPx": 24, "greyscale": false, "watermark": false}
  }'::jsonb;

-- The controls that get weaker from one policy to another: lib/domain/change/weakens.ts in SQL, held to it by a model test. What a
-- policy does not state counts as off.
CREATE FUNCTION console.policy_weakens(before jsonb, after jsonb) RETURNS text[]
  LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  masking_before jsonb := coalesce(before -> 'masking', console.default_policy() -> 'masking');
  masking_after jsonb := coalesce(after -> 'masking', console.default_policy() -> 'masking');
BEGIN
  RETURN array_remove(ARRAY[
    CASE WHEN (before #>> '{fourEyes,overridesToApproved}')::boolean AND NOT coalesce((after #>> '{fourEyes,overridesToApproved}')::boolean, false)
      THEN 'overrides-to-approved' END,
    CASE WHEN (before #>> '{fourEyes,overridesToDeclined}')::boolean AND NOT coalesce((after #>> '{fourEyes,overridesToDeclined}')::boolean, false)
      THEN 'overrides-to-declined' END,
    CASE WHEN NOT coalesce(after #> '{fourEyes,tags}', '[]') @> (before #> '{fourEyes,tags}') THEN 'tags' END,
    CASE WHEN coalesce((after ->> 'qaSharePercent')::numeric, 0) < (before ->> 'qaSharePercent')::numeric THEN 'qa-share' END,
    CASE WHEN (after ->> 'retentionDays')::numeric IS DISTINCT FROM (before ->> 'retentionDays')::numeric THEN 'retention' END,
    CASE WHEN NOT coalesce(masking_after -> 'roles', '[]') @> (masking_before -> 'roles') THEN 'blurred-roles' END,
    CASE WHEN coalesce((masking_after ->> 'blurPx')::numeric, 0) < (masking_before ->> 'blurPx')::numeric THEN 'blur' END,
    CASE WHEN (masking_before ->> 'greyscale')::boolean AND NOT coalesce((masking_after ->> 'greyscale')::boolean, false) THEN 'greyscale' END,
    CASE WHEN (masking_before ->> 'watermark')::boolean AND NOT coalesce((masking_after ->> 'watermark')::boolean, false) THEN 'watermark' END
  ], NULL);
END $$;

CREATE FUNCTION console.policy_needs_two() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  change console.proposed_change;
  before jsonb := coalesce(
    (SELECT p.settings FROM console.policy AS p WHERE p.version < NEW.version ORDER BY p.version DESC LIMIT 1), console.default_policy()
  );
BEGIN
  IF cardinality(console.policy_weakens(before, NEW.settings)) = 0 THEN RETURN NEW; END IF;
  SELECT * INTO change FROM console.proposed_change AS c WHERE c.id = NEW.change_id;
  IF change.id IS NULL OR change.kind <> 'POLICY' OR change.payload -> 'settings' <> NEW.settings
    OR (change.payload ->> 'version')::integer <> NEW.version - 1 OR change.proposer_id <> NEW.by_id
    OR NOT console.change_stands(change.id) THEN
    RAISE EXCEPTION 'policy % weakens a control, and no second person agreed', NEW.version USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- HOLDS AND ERASURES ------------------------------------------------------------------------------------------------

-- A change lifts the holds it names. A case that is held anew keeps that hold.
CREATE FUNCTION console.hold_lift_needs_two() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  change console.proposed_change;
  lifted console.legal_hold;
BEGIN
  IF NEW.held THEN RETURN NEW; END IF;
  SELECT * INTO lifted FROM console.legal_hold AS h WHERE h.verification_id = NEW.verification_id ORDER BY h.id DESC LIMIT 1;
  SELECT * INTO change FROM console.proposed_change AS c WHERE c.id = NEW.change_id;
  IF change.id IS NULL OR change.kind <> 'HOLD_LIFT' OR NOT change.payload -> 'ids' @> to_jsonb(NEW.verification_id)
    OR (lifted.held AND NOT coalesce(change.payload -> 'holds' @> to_jsonb(lifted.id), false))
    OR change.proposer_id <> NEW.by_id OR NOT console.change_stands(change.id) THEN
    RAISE EXCEPTION 'the hold on case % is lifted, and no second person agreed', NEW.verification_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- The tombstone is written by console.erase_case, so the change behind it is named by the transaction: second_look.change_id.
-- Neither of the two people proposed or approved a decision that goes with the case.
CREATE FUNCTION console.erasure_needs_two() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  change console.proposed_change;
  verdict console.change_verdict;
BEGIN
  NEW.change_id := nullif(current_setting('second_look.change_id', true), '')::uuid;
  IF NEW.rule <> 'REQUEST' THEN RETURN NEW; END IF;
  SELECT * INTO change FROM console.proposed_change AS c WHERE c.id = NEW.change_id;
  IF change.id IS NULL OR change.kind <> 'ERASURE' OR NOT change.payload -> 'ids' @> to_jsonb(NEW.verification_id)
    OR change.proposer_id <> NEW.by_id OR change.reason <> NEW.reason OR NOT console.change_stands(change.id) THEN
    RAISE EXCEPTION 'case % is erased by request, and no second person agreed', NEW.verification_id USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO verdict FROM console.change_verdict AS v WHERE v.change_id = change.id;
  IF console.is_behind_decision(NEW.verification_id, change.proposer_id, change.proposer_email, change.proposer_subject)
    OR console.is_behind_decision(NEW.verification_id, verdict.by_id, verdict.by_email, verdict.by_subject) THEN
    RAISE EXCEPTION 'case % is erased by a person who decided it', NEW.verification_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- ACCOUNTS ----------------------------------------------------------------------------------------------------------

-- Whether one role allows anything the other does not: gains() of lib/domain/roles.ts, and a test holds both together.
CREATE FUNCTION console.role_gains(before text, after text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN before <> after AND NOT (before = 'manager' AND after IN ('analyst', 'auditor'));

-- Whether an account of this role can be somebody's second person, make one, or do what the administrator who adds it may not:
-- newAccountTakesTwo() there.
CREATE FUNCTION console.new_account_takes_two(role text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN role IN ('analyst', 'manager', 'auditor', 'admin');

-- Looked at when the transaction ends: an account that gained a right did so by an event of this transaction, which either comes from
-- the command line or names the change that two people stand behind. So a plain UPDATE gives nobody a right, and one that brings its
-- own event shows in the log.
CREATE FUNCTION console.account_gain_takes_two() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  wanted text;
  gained text[] := CASE TG_OP
    WHEN 'INSERT' THEN CASE WHEN NEW.disabled_at IS NULL AND console.new_account_takes_two(NEW.role) THEN ARRAY['user.added'] END
    ELSE array_remove(ARRAY[
      CASE WHEN console.role_gains(OLD.role, NEW.role) THEN 'user.role-changed' END,
      CASE WHEN OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL AND console.new_account_takes_two(NEW.role) THEN 'user.enabled' END
    ], NULL)
  END;
BEGIN
  FOREACH wanted IN ARRAY coalesce(gained, '{}') LOOP
    IF NOT EXISTS (
      SELECT FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
      LEFT JOIN console.proposed_change AS c ON c.id::text = p.data::jsonb #>> '{data,change,id}'
      WHERE e.subject = 'user:' || NEW.id AND e.action = wanted AND e.xmin = pg_current_xact_id()::xid AND (
        e.actor_role = 'system' OR (
          c.kind = CASE wanted WHEN 'user.added' THEN 'USER_ADD' WHEN 'user.enabled' THEN 'USER_ENABLE' ELSE 'ROLE' END
          AND coalesce(c.payload ->> 'userId' = NEW.id::text, c.payload ->> 'email' = NEW.email)
          AND coalesce(c.payload ->> 'to', c.payload ->> 'role') = NEW.role
          AND console.change_stands(c.id)
        )
      )
    ) THEN
      RAISE EXCEPTION 'account % gained a right (%), and no second person agreed', NEW.id, wanted USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- TRIGGERS ----------------------------------------------------------------------------------------------------------

CREATE TRIGGER change_is_proposed_now BEFORE INSERT ON console.proposed_change
  FOR EACH ROW EXECUTE FUNCTION console.change_is_proposed_now();
CREATE TRIGGER change_is_only_erased BEFORE UPDATE ON console.proposed_change
  FOR EACH ROW EXECUTE FUNCTION console.change_is_only_erased();
CREATE TRIGGER proposed_change_only_grows BEFORE DELETE OR TRUNCATE ON console.proposed_change
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER verdict_fits_its_change BEFORE INSERT ON console.change_verdict
  FOR EACH ROW EXECUTE FUNCTION console.verdict_fits_its_change();
CREATE TRIGGER verdict_is_only_erased BEFORE UPDATE ON console.change_verdict
  FOR EACH ROW EXECUTE FUNCTION console.verdict_is_only_erased();
CREATE TRIGGER change_verdict_only_grows BEFORE DELETE OR TRUNCATE ON console.change_verdict
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER effect_fits_its_change BEFORE INSERT ON console.change_effect
  FOR EACH ROW EXECUTE FUNCTION console.effect_fits_its_change();
CREATE TRIGGER change_effect_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.change_effect
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE CONSTRAINT TRIGGER account_gain_takes_two AFTER INSERT OR UPDATE OF role, disabled_at ON console."user"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION console.account_gain_takes_two();
CREATE TRIGGER policy_needs_two BEFORE INSERT ON console.policy FOR EACH ROW EXECUTE FUNCTION console.policy_needs_two();
CREATE TRIGGER hold_lift_needs_two BEFORE INSERT ON console.legal_hold FOR EACH ROW EXECUTE FUNCTION console.hold_lift_needs_two();
CREATE TRIGGER erasure_needs_two BEFORE INSERT ON console.erasure FOR EACH ROW EXECUTE FUNCTION console.erasure_needs_two();
CREATE TRIGGER erasure_empties_changes AFTER INSERT ON console.erasure FOR EACH ROW EXECUTE FUNCTION console.erasure_empties_changes();

ALTER TABLE console.proposed_change
  ENABLE ALWAYS TRIGGER change_is_proposed_now,
  ENABLE ALWAYS TRIGGER change_is_only_erased,
  ENABLE ALWAYS TRIGGER proposed_change_only_grows;
ALTER TABLE console.change_verdict
  ENABLE ALWAYS TRIGGER verdict_fits_its_change,
  ENABLE ALWAYS TRIGGER verdict_is_only_erased,
  ENABLE ALWAYS TRIGGER change_verdict_only_grows;
ALTER TABLE console.change_effect
  ENABLE ALWAYS TRIGGER effect_fits_its_change,
  ENABLE ALWAYS TRIGGER change_effect_only_grows;
-- Each row is bound to its event, and those of the tables that got a column are bound with it.
SELECT console.bind_rows('proposed_change');
SELECT console.bind_rows('change_verdict');
SELECT console.bind_rows('change_effect');
SELECT console.bind_rows('policy');
SELECT console.bind_rows('legal_hold');
SELECT console.bind_rows('erasure');

ALTER TABLE console."user" ENABLE ALWAYS TRIGGER account_gain_takes_two;
ALTER TABLE console.policy ENABLE ALWAYS TRIGGER policy_needs_two;
ALTER TABLE console.legal_hold ENABLE ALWAYS TRIGGER hold_lift_needs_two;
ALTER TABLE console.erasure ENABLE ALWAYS TRIGGER erasure_needs_two, ENABLE ALWAYS TRIGGER erasure_empties_changes;
