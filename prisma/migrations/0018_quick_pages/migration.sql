-- What makes filling the index quicker, and reading a page of it.

-- A record's tags lie together, so that those of new records all go to the key's end, where writing is cheapest. Records of a tag are
-- found by record_tag_received_idx, which begins with name and value as the old key did; the third index says nothing more.
ALTER TABLE "console"."record_tag" DROP CONSTRAINT "record_tag_pkey";
ALTER TABLE "console"."record_tag" ADD CONSTRAINT "record_tag_pkey" PRIMARY KEY ("verification_id","name","value");
DROP INDEX "console"."record_tag_verification_id_idx";

-- What a page of the index shows of the records it found. A function because its plan is kept: the table has so many indexes that
-- planning this anew costs more than reading the rows. The state is that of the moment, as STATE_NOW in lib/mirror tells it.
CREATE FUNCTION console.found_records(ids bigint[])
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
      r.reviewer_id, reviewer.name, r.decided_at::timestamptz, r.assignee_id, assignee.name, r.upstream_missing_at IS NOT NULL
    FROM console.record AS r
      LEFT JOIN console."user" AS reviewer ON reviewer.id = r.reviewer_id
      LEFT JOIN console."user" AS assignee ON assignee.id = r.assignee_id
    WHERE r.verification_id = ANY(ids);
END $$;
