-- What the database holds to by itself, whoever asks. Values first, then what may never change, then the audit chain.
-- Where protection ends: the owner of these tables can drop a trigger. The chain makes that visible afterwards, no more.

-- VALUES ------------------------------------------------------------------------------------------------------------

-- A sha256 written as text: 64 lower-case hex digits.
CREATE FUNCTION console.is_sha256(value text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN value ~ '^[0-9a-f]{64}$';

ALTER TABLE console."user"
  -- One person, one spelling: two accounts cannot differ by capitals alone.
  ADD CONSTRAINT user_email_is_lower_case CHECK (email = lower(email) AND email LIKE '%_@_%'),
  ADD CONSTRAINT user_role_is_known CHECK (role IN ('analyst', 'manager', 'auditor', 'admin')),
  ADD CONSTRAINT user_failed_logins_counts_up CHECK (failed_logins >= 0);

ALTER TABLE console.session
  ADD CONSTRAINT session_ends_after_it_starts CHECK (expires_at > created_at);

ALTER TABLE console.note
  ADD CONSTRAINT note_has_text CHECK (char_length(text) BETWEEN 1 AND 4000);

ALTER TABLE console.decision
  ADD CONSTRAINT decision_outcome_is_known CHECK (outcome IN ('APPROVED', 'DECLINED', 'RESUBMISSION_REQUESTED')),
  ADD CONSTRAINT decision_machine_result_is_known CHECK (machine_result IN ('VERIFIED', 'NOT_VERIFIED')),
  -- An override is what contradicts the machine; nobody can call it otherwise.
  ADD CONSTRAINT decision_override_is_what_contradicts CHECK (is_override = ((outcome = 'APPROVED') <> (machine_result = 'VERIFIED'))),
  ADD CONSTRAINT decision_has_few_reasons CHECK (
    reason_codes IS NOT NULL AND cardinality(reason_codes) <= 5 AND array_position(reason_codes, NULL) IS NULL
  ),
  -- Against the machine, or against the customer, only with reasons; an override also says why in words.
  ADD CONSTRAINT decision_reasons_are_given CHECK (
    (outcome = 'APPROVED' AND NOT is_override) = (cardinality(reason_codes) = 0)
  ),
  ADD CONSTRAINT decision_override_says_why CHECK (NOT is_override OR char_length(rationale) >= 10),
  ADD CONSTRAINT decision_rationale_fits CHECK (char_length(rationale) <= 4000),
  ADD CONSTRAINT decision_versions_start_at_one CHECK (version >= 1),
  ADD CONSTRAINT decision_hashes_are_sha256 CHECK (
    console.is_sha256(snapshot_hash) AND console.is_sha256(id_sha256) AND console.is_sha256(selfie_sha256)
  );

ALTER TABLE console.evidence_hash
  ADD CONSTRAINT evidence_hash_is_sha256 CHECK (console.is_sha256(sha256)),
  ADD CONSTRAINT evidence_hash_size_is_bytes CHECK (size >= 0);

ALTER TABLE console.idempotency_key
  ADD CONSTRAINT idempotency_key_fits CHECK (char_length(key) BETWEEN 1 AND 200),
  ADD CONSTRAINT idempotency_key_request_is_sha256 CHECK (console.is_sha256(request_hash)),
  -- Only what was done is remembered; a refused write may be sent again.
  ADD CONSTRAINT idempotency_key_keeps_successes CHECK (status BETWEEN 200 AND 299);

-- Versions of a case have no holes: each needs the one before it.
-- That no version exists twice is the unique index on (verification_id, version).
CREATE FUNCTION console.decision_follows_its_predecessor() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version > 1 AND NOT EXISTS (
    SELECT FROM console.decision WHERE verification_id = NEW.verification_id AND version = NEW.version - 1
  ) THEN
    RAISE EXCEPTION 'decision % of case % has no predecessor', NEW.version, NEW.verification_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER decision_follows_its_predecessor BEFORE INSERT ON console.decision
  FOR EACH ROW EXECUTE FUNCTION console.decision_follows_its_predecessor();

-- WHAT NEVER CHANGES ------------------------------------------------------------------------------------------------

CREATE FUNCTION console.refuse_change() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'console.% only grows: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- Notes, decisions, hashes of evidence and the audit trail only grow. Once a statement, so that it is refused even when it
-- would touch no row; ENABLE ALWAYS, so that session_replication_role = replica does not slip past.
CREATE TRIGGER note_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.note
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER decision_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.decision
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER evidence_hash_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.evidence_hash
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
CREATE TRIGGER audit_payload_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.audit_payload
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();

ALTER TABLE console.note ENABLE ALWAYS TRIGGER note_only_grows;
ALTER TABLE console.decision
  ENABLE ALWAYS TRIGGER decision_only_grows,
  ENABLE ALWAYS TRIGGER decision_follows_its_predecessor;
ALTER TABLE console.evidence_hash ENABLE ALWAYS TRIGGER evidence_hash_only_grows;
ALTER TABLE console.audit_event ENABLE ALWAYS TRIGGER audit_event_only_grows;
ALTER TABLE console.audit_payload ENABLE ALWAYS TRIGGER audit_payload_only_grows;

-- THE CHAIN ---------------------------------------------------------------------------------------------------------
-- The format of both hashes is stated in lib/audit/chain.ts; these two functions are its second, independent writing.

ALTER TABLE console.audit_event
  ADD CONSTRAINT audit_event_starts_at_one CHECK (seq >= 1),
  ADD CONSTRAINT audit_event_role_is_known CHECK (actor_role IN ('analyst', 'manager', 'auditor', 'admin', 'system')),
  ADD CONSTRAINT audit_event_action_reads_noun_verb CHECK (action ~ '^[a-z-]+\.[a-z-]+$'),
  ADD CONSTRAINT audit_event_subject_reads_kind_id CHECK (subject ~ '^[a-z-]+:.'),
  ADD CONSTRAINT audit_event_hashes_are_sha256 CHECK (
    octet_length(payload_hash) = 32 AND octet_length(prev_hash) = 32 AND octet_length(hash) = 32
  );

ALTER TABLE console.audit_payload
  ADD CONSTRAINT audit_payload_salt_is_long CHECK (octet_length(salt) = 32),
  ADD CONSTRAINT audit_payload_is_an_object CHECK (json_typeof(data::json) = 'object');

-- The salted commitment to what an event says.
CREATE FUNCTION console.audit_payload_hash(salt bytea, data text) RETURNS bytea
  LANGUAGE sql IMMUTABLE
  RETURN sha256('second-look/audit/payload/v1'::bytea || '\x00'::bytea || salt || convert_to(data, 'UTF8'));

-- The hash of one link: over its fields as canonical JSON. to_json() escapes text exactly as RFC 8785 asks.
CREATE FUNCTION console.audit_event_hash(link console.audit_event) RETURNS bytea
  LANGUAGE sql STABLE
  RETURN sha256('second-look/audit/event/v1'::bytea || '\x00'::bytea || convert_to(
    '{"action":' || to_json(link.action)
    || ',"actorId":' || to_json(link.actor_id)
    || ',"actorName":' || to_json(link.actor_name)
    || ',"actorRole":' || to_json(link.actor_role)
    || ',"at":"' || to_char(link.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    || '","payloadHash":"' || encode(link.payload_hash, 'hex')
    || '","prevHash":"' || encode(link.prev_hash, 'hex')
    || '","seq":' || link.seq
    || ',"subject":' || to_json(link.subject) || '}', 'UTF8'));

-- Refuses a link that does not continue the chain, so that not even a plain INSERT can fork it, leave a gap or hash wrongly.
-- Two that both continue the same head meet at the primary key.
CREATE FUNCTION console.audit_event_continues_the_chain() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  head_seq bigint;
  head_hash bytea;
BEGIN
  SELECT link.seq, link.hash INTO head_seq, head_hash FROM console.audit_event AS link ORDER BY link.seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(head_seq, 0) + 1 THEN
    RAISE EXCEPTION 'audit event % does not follow %', NEW.seq, coalesce(head_seq, 0) USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.prev_hash <> coalesce(head_hash, decode(repeat('00', 32), 'hex')) THEN
    RAISE EXCEPTION 'audit event % does not name the hash before it', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.hash <> console.audit_event_hash(NEW) THEN
    RAISE EXCEPTION 'audit event % carries a wrong hash', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_event_continues_the_chain BEFORE INSERT ON console.audit_event
  FOR EACH ROW EXECUTE FUNCTION console.audit_event_continues_the_chain();
ALTER TABLE console.audit_event ENABLE ALWAYS TRIGGER audit_event_continues_the_chain;

-- Refuses a payload its event did not commit to.
CREATE FUNCTION console.audit_payload_is_what_was_hashed() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM console.audit_event AS link
    WHERE link.seq = NEW.seq AND link.payload_hash = console.audit_payload_hash(NEW.salt, NEW.data)
  ) THEN
    RAISE EXCEPTION 'audit event % did not commit to this payload', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_payload_is_what_was_hashed BEFORE INSERT ON console.audit_payload
  FOR EACH ROW EXECUTE FUNCTION console.audit_payload_is_what_was_hashed();
ALTER TABLE console.audit_payload ENABLE ALWAYS TRIGGER audit_payload_is_what_was_hashed;

-- The door to the chain: appends one event with its payload and answers its sequence number, gapless from 1.
-- The lock is held until the transaction ends, so call this last: appends then wait for commits only, never for each other's rows.
-- A rolled-back act gives its number back. The time is the database's own, so that no caller can date an event.
CREATE FUNCTION console.append_audit_event(
  actor_id text, actor_name text, actor_role text, action text, subject text, payload text
) RETURNS bigint
  LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  link console.audit_event;
  -- Two random uuids, 244 random bits: without them nobody can try whether a guessed payload has this hash.
  salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
BEGIN
  -- What needs no head is done before the lock: all appends of the house queue behind it.
  link.actor_id := actor_id;
  link.actor_name := actor_name;
  link.actor_role := actor_role;
  link.action := action;
  link.subject := subject;
  link.payload_hash := console.audit_payload_hash(salt, payload);

  PERFORM pg_advisory_xact_lock(7335652411);

  SELECT head.seq + 1, head.hash INTO link.seq, link.prev_hash FROM console.audit_event AS head ORDER BY head.seq DESC LIMIT 1;
  link.seq := coalesce(link.seq, 1);
  link.prev_hash := coalesce(link.prev_hash, decode(repeat('00', 32), 'hex'));
  link.at := date_trunc('milliseconds', clock_timestamp());
  link.hash := console.audit_event_hash(link);

  INSERT INTO console.audit_event SELECT link.*;
  INSERT INTO console.audit_payload (seq, salt, data) VALUES (link.seq, salt, payload);
  RETURN link.seq;
END $$;
