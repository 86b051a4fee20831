-- Two people, tightened: a policy proposal names the settings it changes and applies onto the policy in force; who removes the second
-- reviewer gains nothing by it; a password set by nobody known, or with nobody's agreement, makes no second person; and an erasure reaches
-- the reasons of policies and changes.

-- POLICIES ----------------------------------------------------------------------------------------------------------
-- policyOn() of lib/domain/change/policy-on.ts in SQL; a model test holds both together.

-- One setting of a policy. The order of a list means nothing.
CREATE FUNCTION console.policy_setting(settings jsonb, path text[]) RETURNS jsonb
  LANGUAGE sql IMMUTABLE
  RETURN CASE jsonb_typeof(settings #> path)
    WHEN 'array' THEN (SELECT coalesce(jsonb_agg(one ORDER BY one), '[]') FROM jsonb_array_elements(settings #> path) AS all_of_them(one))
    ELSE settings #> path
  END;

-- The settings that hold once a proposed policy takes effect on another one: those it changes, and the rest as they are. Null when one
-- it changes, or one that its judgement rests on, was changed since.
CREATE FUNCTION console.policy_on(change jsonb, current jsonb) RETURNS jsonb
  LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  complete CONSTANT jsonb := jsonb_build_object('masking', console.default_policy() -> 'masking');
  before CONSTANT jsonb := complete || (change -> 'before');
  after CONSTANT jsonb := complete || (change -> 'settings');
  result jsonb := complete || current;
  path text[];
  part text;
BEGIN
  FOREACH part IN ARRAY ARRAY['fourEyes.overridesToApproved', 'fourEyes.overridesToDeclined', 'fourEyes.tags', 'qaSharePercent', 'claimMinutes',
    'slaHours', 'retentionDays', 'masking.roles', 'masking.blurPx', 'masking.greyscale', 'masking.watermark'] LOOP
    path := string_to_array(part, '.');
    CONTINUE WHEN console.policy_setting(before, path) IS NOT DISTINCT FROM console.policy_setting(after, path);
    IF console.policy_setting(complete || current, path) IS DISTINCT FROM console.policy_setting(before, path) THEN RETURN NULL; END IF;
    -- How weak a blur is depends on for whom pictures are blurred.
    IF part IN ('masking.blurPx', 'masking.greyscale')
      AND console.policy_setting(complete || current, '{masking,roles}') IS DISTINCT FROM console.policy_setting(before, '{masking,roles}') THEN
      RETURN NULL;
    END IF;
    result := jsonb_set(result, path, after #> path);
  END LOOP;
  RETURN result;
END $$;

CREATE OR REPLACE FUNCTION console.policy_needs_two() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  change console.proposed_change;
  before jsonb := coalesce(
    (SELECT p.settings FROM console.policy AS p WHERE p.version < NEW.version ORDER BY p.version DESC LIMIT 1), console.default_policy()
  );
BEGIN
  IF cardinality(console.policy_weakens(before, NEW.settings)) = 0 THEN RETURN NEW; END IF;
  SELECT * INTO change FROM console.proposed_change AS c WHERE c.id = NEW.change_id;
  IF change.id IS NULL OR change.kind <> 'POLICY' OR console.policy_on(change.payload, before) IS DISTINCT FROM NEW.settings
    OR change.proposer_id <> NEW.by_id OR NOT console.change_stands(change.id) THEN
    RAISE EXCEPTION 'policy % weakens a control, and no second person agreed', NEW.version USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- CREDENTIALS -----------------------------------------------------------------------------------------------------

-- `mark` changes with the password and says nothing about it. `unagreed`: nobody agreed when it was set, as nobody else could; ADDED with
-- the account, or RESET later. UNKNOWN: changed in the database itself, by nobody known.
ALTER TABLE "console"."credential_event" ADD COLUMN "mark" TEXT, ADD COLUMN "unagreed" TEXT;
ALTER TABLE "console"."credential_event"
  DROP CONSTRAINT "credential_event_way_is_known",
  DROP CONSTRAINT "credential_event_of_nobody",
  ADD CONSTRAINT "credential_event_way_is_known" CHECK (way IN ('GIVEN', 'OWN', 'SETUP', 'PROVIDER', 'UNKNOWN')),
  ADD CONSTRAINT "credential_event_of_nobody" CHECK (way NOT IN ('SETUP', 'PROVIDER', 'UNKNOWN') OR by_id IS NULL),
  ADD CONSTRAINT "credential_event_unagreed_is_known" CHECK (unagreed IS NULL OR (unagreed IN ('ADDED', 'RESET') AND way = 'GIVEN'));
SELECT console.bind_rows('credential_event');

-- passwordMark() of lib/auth/credentials.ts.
CREATE FUNCTION console.password_mark(stored text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN left(encode(sha256(convert_to(coalesce(stored, ''), 'UTF8')), 'hex'), 16);

-- Whether an account has a password that its newest recorded change did not set: it was overwritten past every trigger.
CREATE FUNCTION console.password_is_unexplained(account uuid) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN coalesce((
    SELECT console.password_mark(u.password_hash) IS DISTINCT FROM (
      SELECT e.mark FROM console.credential_event AS e WHERE e.user_id = account AND e.kind = 'PASSWORD' ORDER BY e.id DESC LIMIT 1
    ) FROM console."user" AS u WHERE u.id = account AND u.password_hash IS NOT NULL
  ), false);

CREATE OR REPLACE FUNCTION console.must_change_password(account uuid) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN coalesce((
    SELECT e.way IN ('GIVEN', 'UNKNOWN') FROM console.credential_event AS e WHERE e.user_id = account AND e.kind = 'PASSWORD' ORDER BY e.id DESC LIMIT 1
  ), false) OR console.password_is_unexplained(account);

CREATE OR REPLACE FUNCTION console.credential_has_a_source() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  is_new boolean := TG_OP = 'INSERT';
  unexplained text;
  row_id bigint;
BEGIN
  FOR unexplained IN
    SELECT changed.kind FROM (VALUES
      ('PASSWORD', NEW.password_hash IS NOT NULL AND (is_new OR NEW.password_hash IS DISTINCT FROM OLD.password_hash)),
      ('SUBJECT', NEW.oidc_subject IS NOT NULL AND (is_new OR NEW.oidc_subject IS DISTINCT FROM OLD.oidc_subject)),
      ('EMAIL', NOT is_new AND NEW.email IS DISTINCT FROM OLD.email)
    ) AS changed(kind, is_so)
    WHERE changed.is_so AND NOT EXISTS (
      SELECT FROM console.credential_event AS known
      WHERE known.user_id = NEW.id AND known.kind = changed.kind AND known.xact = pg_current_xact_id()::text
        AND (changed.kind <> 'PASSWORD' OR known.mark = console.password_mark(NEW.password_hash))
    )
  LOOP
    INSERT INTO console.credential_event (user_id, kind, way, mark)
      VALUES (NEW.id, unexplained, 'UNKNOWN', CASE unexplained WHEN 'PASSWORD' THEN console.password_mark(NEW.password_hash) END) RETURNING id INTO row_id;
    PERFORM console.append_audit_event_on_rows('database', 'Database', 'system', 'user.credential-changed', 'user:' || NEW.id,
      format('{"data":{"kind":%s},"origin":{"ip":null,"requestId":"database","userAgent":null}}', to_json(unexplained)),
      ARRAY['credential_event'], ARRAY[row_id::text]);
  END LOOP;
  RETURN NULL;
END $$;

-- A credential that nobody agreed to ends only when somebody else or the program sets another one, or the sign-in provider proves the
-- person: whoever set it could have made the forced change as well.
CREATE OR REPLACE FUNCTION console.credentials_given(account uuid, OUT giver uuid, OUT given_at timestamptz, OUT changed_at timestamptz, OUT was_in_use boolean)
  RETURNS SETOF record LANGUAGE sql STABLE AS $$
  SELECT gift.by_id, gift.at,
    min(later.at) FILTER (WHERE later.at >= gift.at AND CASE WHEN gift.unagreed IS NULL THEN later.way IN ('OWN', 'PROVIDER')
      ELSE later.way IN ('PROVIDER', 'SETUP') OR (later.way = 'GIVEN' AND later.by_id IS DISTINCT FROM gift.by_id) END),
    coalesce(bool_or(later.way IN ('OWN', 'PROVIDER') AND later.at < gift.at), false)
  FROM console.credential_event AS gift
  LEFT JOIN console.credential_event AS later ON later.user_id = gift.user_id AND later.id <> gift.id
  WHERE gift.user_id = account AND gift.way = 'GIVEN' AND gift.by_id IS NOT NULL AND gift.by_id <> account
  GROUP BY gift.id, gift.by_id, gift.at;
$$;

-- Whether what opens an account was set by nobody known at any moment of a time, and 24 hours more.
CREATE FUNCTION console.has_unknown_credential(account uuid, proposed_at timestamptz, answered_at timestamptz) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT console.password_is_unexplained(account) OR EXISTS (
    SELECT FROM console.credential_event AS e
    WHERE e.user_id = account AND e.way = 'UNKNOWN' AND e.at <= answered_at AND coalesce((
      SELECT min(own.at) FROM console.credential_event AS own
      WHERE own.user_id = account AND own.at >= e.at AND (own.way = 'PROVIDER' OR (own.way = 'OWN' AND e.kind <> 'SUBJECT'))
    ) + interval '24 hours' > proposed_at, true)
  );
$$;

CREATE OR REPLACE FUNCTION console.second_person_refusal(
  proposer_id uuid, proposer_email text, proposer_subject text, second_id uuid, second_email text, second_subject text,
  proposed_at timestamptz, answered_at timestamptz
) RETURNS text
  LANGUAGE sql STABLE AS $$
  WITH
    of_proposer AS MATERIALIZED (
      SELECT u.id, u.email, u.oidc_subject, h.is_shared FROM console.hands_on(proposer_id, proposed_at, answered_at) AS h
      JOIN console."user" AS u ON u.id = h.hand
    ),
    of_second AS MATERIALIZED (
      SELECT u.id, u.email, u.oidc_subject, h.is_shared FROM console.hands_on(second_id, proposed_at, answered_at) AS h
      JOIN console."user" AS u ON u.id = h.hand
    )
  SELECT CASE
    WHEN console.is_same_person(proposer_id, proposer_email, proposer_subject, second_id, second_email, second_subject) THEN 'same-person'
    WHEN console.has_unknown_credential(proposer_id, proposed_at, answered_at)
      OR console.has_unknown_credential(second_id, proposed_at, answered_at) THEN 'unknown-credentials'
    WHEN EXISTS (SELECT FROM of_second AS s WHERE console.is_same_person(s.id, s.email, s.oidc_subject, proposer_id, proposer_email, proposer_subject))
      OR EXISTS (SELECT FROM of_proposer AS p WHERE console.is_same_person(p.id, p.email, p.oidc_subject, second_id, second_email, second_subject))
      THEN 'gave-credentials'
    WHEN EXISTS (
      SELECT FROM of_second AS s JOIN of_proposer AS p
        ON s.is_shared AND p.is_shared AND console.is_same_person(s.id, s.email, s.oidc_subject, p.id, p.email, p.oidc_subject)
    ) THEN 'one-administrator'
  END;
$$;

-- WHO IS WAITED FOR -------------------------------------------------------------------------------------------------

-- Whether an account that could agree to changes was removed by one person: disabled, or given a role that cannot agree. The log says
-- who did it. A removal from the command line does not count, nor one that the command line confirmed since. One that the log knows
-- nothing of was made in the database itself, and counts.
CREATE FUNCTION console.approver_was_removed(account console."user") RETURNS boolean
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  event record;
  may_agree boolean := false;
  is_enabled boolean := false;
  could boolean;
  removed boolean := false;
  confirmed boolean := false;
  known boolean := false;
BEGIN
  IF account.disabled_at IS NULL AND console.role_approves_changes(account.role) THEN RETURN false; END IF;
  FOR event IN
    SELECT e.action, e.actor_role, p.data::jsonb -> 'data' AS data
    FROM console.audit_event AS e LEFT JOIN console.audit_payload AS p ON p.seq = e.seq
    WHERE e.subject = 'user:' || account.id
      AND e.action IN ('user.added', 'user.role-changed', 'user.enabled', 'user.disabled', 'user.approver-left')
    ORDER BY e.seq
  LOOP
    known := true;
    could := may_agree AND is_enabled;
    CASE event.action
      WHEN 'user.added' THEN
        may_agree := coalesce(console.role_approves_changes(event.data ->> 'role'), true);
        is_enabled := true;
      WHEN 'user.role-changed' THEN may_agree := coalesce(console.role_approves_changes(event.data ->> 'to'), true);
      WHEN 'user.enabled' THEN is_enabled := true;
      WHEN 'user.disabled' THEN is_enabled := false;
      ELSE removed := false;
    END CASE;
    confirmed := event.action = 'user.approver-left';
    IF may_agree AND is_enabled THEN
      removed := false;
    ELSIF could THEN
      removed := event.actor_role <> 'system';
    END IF;
  END LOOP;
  RETURN removed OR (may_agree AND is_enabled AND NOT confirmed) OR (NOT known AND console.role_approves_changes(account.role));
END $$;

-- Who is waited for before a change takes effect: who holds the right to agree, also when the credentials of their account keep them from
-- answering this proposal, and who was removed by one person. Not waited for are other accounts of the proposer, an account that the
-- proposer added with nobody's agreement, the person whose account is to be let in, to get another role or another password, and who
-- decided every case that would be erased.
CREATE FUNCTION console.change_waits_for(change console.proposed_change, OUT account_id uuid, OUT was_removed boolean)
  RETURNS SETOF record LANGUAGE plpgsql STABLE AS $$
DECLARE
  person console."user";
  proposer console."user";
BEGIN
  SELECT * INTO proposer FROM console."user" WHERE id = change.proposer_id;
  FOR person IN SELECT u.* FROM console."user" AS u LOOP
    was_removed := console.approver_was_removed(person);
    CONTINUE WHEN NOT was_removed AND (person.disabled_at IS NOT NULL OR NOT console.role_approves_changes(person.role));
    CONTINUE WHEN console.is_same_person(change.proposer_id, change.proposer_email, change.proposer_subject, person.id, person.email, person.oidc_subject)
      OR console.is_same_person(proposer.id, proposer.email, proposer.oidc_subject, person.id, person.email, person.oidc_subject);
    CONTINUE WHEN EXISTS (
      SELECT FROM console.credential_event AS e JOIN console."user" AS giver ON giver.id = e.by_id
      WHERE e.user_id = person.id AND e.unagreed = 'ADDED'
        AND console.is_same_person(giver.id, giver.email, giver.oidc_subject, proposer.id, proposer.email, proposer.oidc_subject)
    );
    CONTINUE WHEN change.kind IN ('ROLE', 'USER_ENABLE', 'PASSWORD') AND console.change_concerns(change, person);
    CONTINUE WHEN change.kind = 'ERASURE' AND NOT EXISTS (
      SELECT FROM jsonb_array_elements_text(change.payload -> 'ids') AS one(id)
      WHERE NOT console.is_behind_decision(one.id::bigint, person.id, person.email, person.oidc_subject)
    );
    account_id := person.id;
    RETURN NEXT;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION console.change_finds_approver(change console.proposed_change) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM console.change_waits_for(change));
$$;

-- ERASURE -----------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION console.erasable_columns(bound text) RETURNS text[]
  LANGUAGE sql IMMUTABLE
  RETURN CASE
    WHEN bound = 'note' THEN ARRAY['text']
    WHEN bound = 'decision' THEN ARRAY['rationale', 'view', 'features']
    WHEN bound IN ('approval', 'qa_review', 'change_verdict') THEN ARRAY['comment']
    WHEN bound IN ('skip', 'snooze', 'escalation', 'reopening', 'legal_hold', 'proposed_change', 'policy') THEN ARRAY['reason']
    WHEN bound IN ('evidence_drift', 'evidence_hash', 'evidence_loss') THEN ARRAY['name']
    WHEN bound = 'evidence_acknowledgement' THEN ARRAY['name', 'reason']
    WHEN bound = 'batch' THEN ARRAY['query', 'detail']
    ELSE '{}'::text[]
  END;
SELECT console.bind_rows('policy');

-- Whether this transaction erases a case: what it then takes out of reasons and comments may be about any of their people.
CREATE FUNCTION console.erases_now() RETURNS boolean
  LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM console.erasure AS e WHERE e.xact = pg_current_xact_id()::text);

CREATE OR REPLACE FUNCTION console.change_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'reason' <> to_jsonb(NEW) - 'reason' OR NEW.reason <> console.erased_text() OR NOT console.erases_now() THEN
    RAISE EXCEPTION 'console.proposed_change only grows: UPDATE refused' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION console.verdict_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'comment' <> to_jsonb(NEW) - 'comment' OR NEW.comment <> console.erased_text() OR NOT console.erases_now() THEN
    RAISE EXCEPTION 'console.change_verdict only grows: UPDATE refused' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION console.policy_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'reason' <> to_jsonb(NEW) - 'reason' OR NEW.reason <> console.erased_text() OR NOT console.erases_now() THEN
    RAISE EXCEPTION 'console.policy only grows: UPDATE refused' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER policy_only_grows ON console.policy;
CREATE TRIGGER policy_only_grows BEFORE DELETE OR TRUNCATE ON console.policy FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER policy_is_only_erased BEFORE UPDATE ON console.policy FOR EACH ROW EXECUTE FUNCTION console.policy_is_only_erased();
ALTER TABLE console.policy ENABLE ALWAYS TRIGGER policy_only_grows, ENABLE ALWAYS TRIGGER policy_is_only_erased;
DROP FUNCTION console.is_erased_now(text, jsonb);

-- THE LIST ----------------------------------------------------------------------------------------------------------

-- As in 0018, but with the names people bore when they decided or were assigned, which is what the list is sorted by.
CREATE OR REPLACE FUNCTION console.found_records(ids bigint[])
  RETURNS TABLE (id bigint, raw text, state text, reviewer_id uuid, reviewer_name text, decided_at timestamptz, assignee_id uuid,
    assignee_name text, missing boolean)
  LANGUAGE plpgsql STABLE ROWS 50 AS $$
BEGIN
  RETURN QUERY
    SELECT r.verification_id, r.raw,
      CASE
        WHEN r.state NOT IN ('OPEN', 'REOPENED') THEN r.state
        WHEN r.snoozed_until IS NOT NULL AND r.snoozed_until > now() THEN 'SNOOZED'
        WHEN EXISTS (SELECT FROM console.claim AS c WHERE c.verification_id = r.verification_id AND c.expires_at > now()) THEN 'CLAIMED'
        ELSE r.state
      END,
      r.reviewer_id, r.reviewer_name, r.decided_at::timestamptz, r.assignee_id, r.assignee_name, r.upstream_missing_at IS NOT NULL
    FROM console.record AS r
    WHERE r.verification_id = ANY(ids);
END $$;
