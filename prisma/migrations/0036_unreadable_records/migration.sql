-- Entries of the upstream's list that cannot be read. The sync writes and withdraws them with each page it stores; they hold none of the
-- record's own words beyond its number.
CREATE TABLE console.unreadable_record (
  -- `id 7` when the number is known, else `after 6 + 1`: the first entry behind verification 6.
  place text PRIMARY KEY,
  verification_id bigint,
  -- The number as the upstream writes it, when it can be seen.
  given_id text,
  -- Place in the list by verificationId, from 0, as last seen.
  position bigint NOT NULL,
  flaw text NOT NULL,
  first_seen_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  last_seen_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX unreadable_record_position_idx ON console.unreadable_record (position);
CREATE INDEX unreadable_record_verification ON console.unreadable_record (verification_id);

-- Requests to sync at once. At most one is open.
CREATE TABLE console.sync_request (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  requested_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  requested_by uuid NOT NULL,
  requested_by_name text NOT NULL,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  -- One sentence; null when it came to the newest record.
  failure text
);
CREATE UNIQUE INDEX sync_request_open ON console.sync_request ((true)) WHERE finished_at IS NULL;
CREATE INDEX sync_request_newest ON console.sync_request (requested_at DESC);
