-- One form for every spelling of an address, the source of every credential, two people who are two people also where one administrator
-- made both accounts, and what an erasure finds of a person outside of their cases.

-- ADDRESSES -------------------------------------------------------------------------------------------------------
-- The second writing of lib/domain/punycode.ts, lib/domain/address-key.ts and lib/domain/person.ts; tests/db/mailbox.test.ts holds both
-- together.

CREATE FUNCTION console.punycode_decoded(label text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  delimiter integer := length(label) - position('-' IN reverse(label)) + 1;
  points integer[] := '{}';
  place integer := 1;
  code bigint := 128;
  index bigint := 0;
  bias integer := 72;
  before bigint;
  weight bigint;
  step integer;
  digit integer;
  threshold integer;
  size integer;
  rest bigint;
BEGIN
  IF position('-' IN label) > 0 AND delimiter > 1 THEN
    SELECT array_agg(ascii(piece) ORDER BY nr) INTO points FROM regexp_split_to_table(left(label, delimiter - 1), '') WITH ORDINALITY AS basic(piece, nr);
    place := delimiter + 1;
  END IF;
  WHILE place <= length(label) LOOP
    before := index;
    weight := 1;
    step := 36;
    LOOP
      digit := position(substr(label, place, 1) IN 'abcdefghijklmnopqrstuvwxyz0123456789') - 1;
      IF place > length(label) OR digit < 0 THEN RETURN NULL; END IF;
      place := place + 1;
      index := index + digit * weight;
      IF index > 2147483647 THEN RETURN NULL; END IF;
      threshold := least(greatest(step - bias, 1), 26);
      EXIT WHEN digit < threshold;
      weight := weight * (36 - threshold);
      IF weight > 2147483647 THEN RETURN NULL; END IF;
      step := step + 36;
    END LOOP;
    size := cardinality(points) + 1;
    rest := (index - before) / CASE before WHEN 0 THEN 700 ELSE 2 END;
    rest := rest + rest / size;
    bias := 0;
    WHILE rest > 455 LOOP
      rest := rest / 35;
      bias := bias + 36;
    END LOOP;
    bias := bias + (36 * rest / (rest + 38))::integer;
    code := code + index / size;
    index := index % size;
    IF code > 1114111 OR code BETWEEN 55296 AND 57343 THEN RETURN NULL; END IF;
    points := points[1:index] || code::integer || points[index + 1:];
    index := index + 1;
  END LOOP;
  RETURN (SELECT string_agg(chr(point), '' ORDER BY nr) FROM unnest(points) WITH ORDINALITY AS decoded(point, nr));
END $$;

-- Lower case by Unicode's own table, whatever the locale of the database is.
DO $$
DECLARE
  unicode text;
BEGIN
  SELECT format('%I.%I', space.nspname, c.collname) INTO unicode FROM pg_collation AS c JOIN pg_namespace AS space ON space.oid = c.collnamespace
    WHERE c.collname IN ('pg_c_utf8', 'C.utf8', 'C.UTF-8', 'und-x-icu')
    ORDER BY array_position(ARRAY['pg_c_utf8', 'C.utf8', 'C.UTF-8', 'und-x-icu'], c.collname::text) LIMIT 1;
  IF unicode IS NULL THEN RAISE EXCEPTION 'this PostgreSQL has no collation that knows Unicode''s lower case'; END IF;
  EXECUTE format($function$
    CREATE FUNCTION console.address_folded(given text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN replace(normalize(regexp_replace(lower(normalize(given, NFKD) COLLATE %s),
        '[\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U00013430-\U00013442\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
        '', 'g'), NFKC), U&'\3002', '.')
  $function$, unicode);
END $$;

CREATE FUNCTION console.unicode_label(label text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  decoded text;
BEGIN
  IF label !~ '^xn--[a-z0-9-]{1,59}$' THEN RETURN label; END IF;
  decoded := console.punycode_decoded(substr(label, 5));
  IF decoded IS NULL OR octet_length(decoded) = length(decoded) OR console.address_folded(decoded) <> decoded THEN RETURN label; END IF;
  RETURN decoded;
END $$;

-- The one form in which an address is stored, looked up and compared.
CREATE FUNCTION console.address_key(email text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  folded text := console.address_folded(email);
  domain text := substring(folded FROM '@([^@]*)$');
BEGIN
  IF domain IS NULL THEN RETURN folded; END IF;
  RETURN left(folded, length(folded) - length(domain))
    || rtrim(coalesce((SELECT string_agg(console.unicode_label(label), '.' ORDER BY nr)
      FROM string_to_table(domain, '.') WITH ORDINALITY AS labels(label, nr)), ''), '.');
END $$;

CREATE OR REPLACE FUNCTION console.mailbox(email text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN regexp_replace(console.address_key(email), '\+[^@]*@', '@');

-- With the uniqueness of `email`: two spellings of one address never become two accounts.
ALTER TABLE console."user" ADD CONSTRAINT user_email_is_normal CHECK (email = console.address_key(email));

-- CREDENTIALS -----------------------------------------------------------------------------------------------------

-- How a session began: only one that began with a password can be asked to change it.
ALTER TABLE "console"."session" ADD COLUMN "provider" TEXT NOT NULL DEFAULT 'password';

-- Who set what opens an account, and when. GIVEN: somebody else, so the user has to change it at the next sign-in. OWN: the user.
-- SETUP: the program, for demo users and automation. PROVIDER: proved by the sign-in provider. `by_id` is null for the command line,
-- the program, and a change made in the database itself. Nothing of it is about a case, so nothing of it is ever erased.
CREATE TABLE "console"."credential_event" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "xact" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "credential_event_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "credential_event_kind_is_known" CHECK (kind IN ('PASSWORD', 'SUBJECT', 'EMAIL')),
    CONSTRAINT "credential_event_way_is_known" CHECK (way IN ('GIVEN', 'OWN', 'SETUP', 'PROVIDER')),
    CONSTRAINT "credential_event_own_is_by_the_user" CHECK (way <> 'OWN' OR (by_id IS NOT NULL AND by_id = user_id)),
    -- Only the program sets up, and only the provider proves: an account that claims to is giving.
    CONSTRAINT "credential_event_of_nobody" CHECK (way NOT IN ('SETUP', 'PROVIDER') OR by_id IS NULL)
);
CREATE INDEX "credential_event_user_id_id_idx" ON "console"."credential_event"("user_id", "id");

-- Dated by the database itself, so that nobody dates a change back.
CREATE FUNCTION console.credential_event_is_now() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  NEW.xact := pg_current_xact_id()::text;
  RETURN NEW;
END $$;

CREATE TRIGGER credential_event_is_now BEFORE INSERT ON console.credential_event
  FOR EACH ROW EXECUTE FUNCTION console.credential_event_is_now();
CREATE TRIGGER credential_event_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.credential_event
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.credential_event
  ENABLE ALWAYS TRIGGER credential_event_is_now,
  ENABLE ALWAYS TRIGGER credential_event_only_grows;

SELECT console.bind_rows('credential_event');

-- A credential that changed without saying by whom was given by nobody known: its user has to change it, and the log says so.
CREATE FUNCTION console.credential_has_a_source() RETURNS trigger
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
    )
  LOOP
    INSERT INTO console.credential_event (user_id, kind, way) VALUES (NEW.id, unexplained, 'GIVEN') RETURNING id INTO row_id;
    PERFORM console.append_audit_event_on_rows('database', 'Database', 'system', 'user.credential-changed', 'user:' || NEW.id,
      format('{"data":{"kind":%s},"origin":{"ip":null,"requestId":"database","userAgent":null}}', to_json(unexplained)),
      ARRAY['credential_event'], ARRAY[row_id::text]);
  END LOOP;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER credential_has_a_source AFTER INSERT OR UPDATE OF password_hash, oidc_subject, email ON console."user"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION console.credential_has_a_source();
ALTER TABLE console."user" ENABLE ALWAYS TRIGGER credential_has_a_source;

-- Whether the password of an account was given by somebody else and not changed since.
CREATE FUNCTION console.must_change_password(account uuid) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN coalesce((
    SELECT e.way = 'GIVEN' FROM console.credential_event AS e WHERE e.user_id = account AND e.kind = 'PASSWORD' ORDER BY e.id DESC LIMIT 1
  ), false);

-- TWO PEOPLE ------------------------------------------------------------------------------------------------------
-- The second writing of lib/domain/second-person.ts; tests/db/second-person.test.ts holds both together.

CREATE FUNCTION console.is_same_person(a_id uuid, a_email text, a_subject text, b_id uuid, b_email text, b_subject text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN a_id = b_id OR coalesce(a_subject = b_subject, false)
    OR coalesce(console.mailbox(a_email) <> '' AND console.mailbox(a_email) = console.mailbox(b_email), false);

-- The credentials that others gave an account, when its user replaced each, and whether the user had credentials of their own before.
CREATE FUNCTION console.credentials_given(account uuid, OUT giver uuid, OUT given_at timestamptz, OUT changed_at timestamptz, OUT was_in_use boolean)
  RETURNS SETOF record LANGUAGE sql STABLE AS $$
  SELECT gift.by_id, gift.at, min(own.at) FILTER (WHERE own.at >= gift.at), coalesce(bool_or(own.at < gift.at), false)
  FROM console.credential_event AS gift
  LEFT JOIN console.credential_event AS own ON own.user_id = gift.user_id AND own.way IN ('OWN', 'PROVIDER')
  WHERE gift.user_id = account AND gift.way = 'GIVEN' AND gift.by_id IS NOT NULL AND gift.by_id <> account
  GROUP BY gift.id, gift.by_id, gift.at;
$$;

-- Everyone who could act as an account at any moment of a time, and whether it also counts between two accounts of theirs.
CREATE FUNCTION console.hands_on(account uuid, proposed_at timestamptz, answered_at timestamptz, OUT hand uuid, OUT is_shared boolean)
  RETURNS SETOF record LANGUAGE sql STABLE AS $$
  WITH RECURSIVE hands(hand, then_at, is_shared) AS (
    SELECT g.giver, g.given_at, g.was_in_use OR g.changed_at IS NULL OR g.changed_at > proposed_at
    FROM console.credentials_given(account) AS g
    WHERE g.given_at <= answered_at AND coalesce(g.changed_at + interval '24 hours' > proposed_at, true)
    UNION
    SELECT g.giver, g.given_at, hands.is_shared AND (g.was_in_use OR g.changed_at IS NULL OR g.changed_at > hands.then_at)
    FROM hands CROSS JOIN LATERAL console.credentials_given(hands.hand) AS g
    WHERE g.given_at <= hands.then_at AND coalesce(g.changed_at + interval '24 hours' > hands.then_at, true)
  )
  SELECT hands.hand, bool_or(hands.is_shared) FROM hands GROUP BY hands.hand;
$$;

-- Why somebody cannot be the second person to a proposal, null when they can.
CREATE FUNCTION console.second_person_refusal(
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
    WHEN EXISTS (SELECT FROM of_second AS s WHERE console.is_same_person(s.id, s.email, s.oidc_subject, proposer_id, proposer_email, proposer_subject))
      OR EXISTS (SELECT FROM of_proposer AS p WHERE console.is_same_person(p.id, p.email, p.oidc_subject, second_id, second_email, second_subject))
      THEN 'gave-credentials'
    WHEN EXISTS (
      SELECT FROM of_second AS s JOIN of_proposer AS p
        ON s.is_shared AND p.is_shared AND console.is_same_person(s.id, s.email, s.oidc_subject, p.id, p.email, p.oidc_subject)
    ) THEN 'one-administrator'
  END;
$$;

-- Beside approval_fits_its_decision and qa_review_fits_its_decision: by the marks the proposer bore then, and by those they bear now.
CREATE FUNCTION console.answer_is_by_a_second_person() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  proposal console.decision;
  second console."user";
  refusal text;
BEGIN
  SELECT * INTO proposal FROM console.decision WHERE id = NEW.decision_id;
  SELECT * INTO second FROM console."user" WHERE id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
  SELECT coalesce(
    console.second_person_refusal(proposal.proposer_id, proposal.proposer_email, proposal.proposer_subject, second.id, second.email,
      second.oidc_subject, proposal.decided_at, clock_timestamp()),
    (SELECT console.second_person_refusal(u.id, u.email, u.oidc_subject, second.id, second.email, second.oidc_subject, proposal.decided_at,
      clock_timestamp()) FROM console."user" AS u WHERE u.id = proposal.proposer_id)
  ) INTO refusal;
  IF refusal IS NOT NULL THEN
    RAISE EXCEPTION '% % is not by a second person: %', TG_TABLE_NAME, NEW.id, refusal USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER approval_is_by_a_second_person AFTER INSERT ON console.approval
  FOR EACH ROW EXECUTE FUNCTION console.answer_is_by_a_second_person('approver_id');
CREATE TRIGGER qa_review_is_by_a_second_person AFTER INSERT ON console.qa_review
  FOR EACH ROW EXECUTE FUNCTION console.answer_is_by_a_second_person('reviewer_id');
ALTER TABLE console.approval ENABLE ALWAYS TRIGGER approval_is_by_a_second_person;
ALTER TABLE console.qa_review ENABLE ALWAYS TRIGGER qa_review_is_by_a_second_person;

-- NAMES OUTSIDE OF A CASE -------------------------------------------------------------------------------------------

-- The events that repeat a filter or the name of a view, apart from those of reading: what lib/retention/named-elsewhere.ts looks
-- through at an erasure.
CREATE FUNCTION console.holds_a_filter(action text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN action IN ('view.saved', 'view.archived', 'queue.granted', 'batch.run', 'export.created', 'export.finished', 'export.cancelled',
    'export.downloaded', 'export.removed');
-- A search is found by what it looked for, however that was spelled.
DROP INDEX "console"."searched_name_value_idx";
CREATE INDEX "searched_name_folded_idx" ON "console"."searched_name" USING hash (console.address_folded(value));
CREATE INDEX "audit_event_with_filter_idx" ON "console"."audit_event"("seq") WHERE console.holds_a_filter(action);

-- As in 0012, and: in the transaction of a tombstone the filter of an export may become the mark of what was erased, and nothing else.
CREATE OR REPLACE FUNCTION console.export_only_goes_on() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.kind, NEW.format, NEW.by_id, NEW.by_name, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.kind, OLD.format, OLD.by_id, OLD.by_name, OLD.created_at) THEN
    RAISE EXCEPTION 'export % stays what was asked for', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.query <> OLD.query THEN
    IF NEW.query <> console.erased_text() OR to_jsonb(NEW) - 'query' <> to_jsonb(OLD) - 'query'
      OR NOT EXISTS (SELECT FROM console.erasure AS e WHERE e.xact = pg_current_xact_id()::text) THEN
      RAISE EXCEPTION 'export % stays what was asked for', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'RUNNING' AND NOT (
    OLD.state = 'READY' AND NEW.state = 'EXPIRED' AND NEW.bytes = OLD.bytes AND NEW.rows = OLD.rows
    AND NEW.manifest_sha256 = OLD.manifest_sha256 AND NEW.finished_at = OLD.finished_at
  ) THEN
    RAISE EXCEPTION 'export % has come to its end', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- As in 0016, and: the search of a bulk act that touched none of the cases may name their people too, so any erasure may take it.
CREATE OR REPLACE FUNCTION console.batch_is_only_erased() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - '{detail,query}'::text[] <> to_jsonb(NEW) - '{detail,query}'::text[]
    OR NEW.detail NOT IN (OLD.detail, console.erased_text()) OR NEW.query IS NOT NULL
    OR NOT EXISTS (
      SELECT FROM console.erasure AS e
      WHERE e.xact = pg_current_xact_id()::text AND (NEW.detail = OLD.detail OR console.touched_by_batch(OLD, e.verification_id))
    ) THEN
    RAISE EXCEPTION 'console.batch only grows: this is no erasure' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
