-- What makes the index quick to search. Every list is read by keyset: from (sort key, verification_id) of the last row on, never
-- by counting rows off. A missing value sorts as the lowest there is, so that a key is never null and one comparison finds the place.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Both names in lower case, to be searched in.
ALTER TABLE "console"."record" ADD COLUMN "file_names" TEXT GENERATED ALWAYS AS (lower(id_file_name || ' ' || selfie_file_name)) STORED;

-- A tag's records in the order they were received, for the usual list under a tag.
ALTER TABLE "console"."record_tag" ADD COLUMN "received_at" TIMESTAMPTZ(3);
UPDATE console.record_tag AS t SET received_at = r.received_at FROM console.record AS r WHERE r.verification_id = t.verification_id;
CREATE INDEX "record_tag_received_idx" ON "console"."record_tag" (name, value, (coalesce(received_at, '-infinity'::timestamptz)), verification_id);

-- Without these the planner thinks a value independent of its name, and misjudges every tag.
CREATE STATISTICS console.record_tag_pairs (mcv, ndistinct, dependencies) ON name, value FROM console.record_tag;
ALTER TABLE console.record_tag ALTER COLUMN value SET STATISTICS 1000;
ALTER TABLE console.record ALTER COLUMN findings SET STATISTICS 1000;

-- One for each column the list sorts by.
-- The usual order carries the columns most filters look at, so that a page under any of them is read from this index alone.
CREATE INDEX record_received_sort ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id)
  INCLUDE (received_at, machine_result, state, snoozed_until, similarity, confidence, assignee_id);
CREATE INDEX record_id_file_name_sort ON console.record (id_file_name, verification_id);
CREATE INDEX record_id_file_size_sort ON console.record ((coalesce(id_file_size, -1)), verification_id);
CREATE INDEX record_selfie_file_name_sort ON console.record (selfie_file_name, verification_id);
CREATE INDEX record_selfie_file_size_sort ON console.record ((coalesce(selfie_file_size, -1)), verification_id);
CREATE INDEX record_id_file_type_sort ON console.record (id_file_type, verification_id);
CREATE INDEX record_selfie_file_type_sort ON console.record (selfie_file_type, verification_id);
CREATE INDEX record_similarity_sort ON console.record ((coalesce(similarity, '-infinity'::real)), verification_id) INCLUDE (similarity, received_at);
CREATE INDEX record_confidence_sort ON console.record ((coalesce(confidence, '-infinity'::real)), verification_id) INCLUDE (confidence, received_at);
CREATE INDEX record_decided_sort ON console.record ((coalesce(decided_at, '-infinity'::timestamptz)), verification_id);
CREATE INDEX record_model_version_sort ON console.record ((coalesce(model_version, '')), verification_id);
CREATE INDEX record_state_sort ON console.record (state, verification_id);
CREATE INDEX record_machine_result_sort ON console.record (machine_result, verification_id);

-- One for each thing the usual list is narrowed to, in the order that list has. Those of the findings hold only their own records:
-- a rare finding is then a short index, and the query names the finding as a constant, so that the planner sees it fits.
CREATE INDEX record_failed ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE machine_result = 'NOT_VERIFIED';
CREATE INDEX record_state ON console.record (state, (coalesce(received_at, '-infinity'::timestamptz)), verification_id)
  INCLUDE (snoozed_until, received_at, machine_result);
CREATE INDEX record_reviewer ON console.record (reviewer_id, (coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE reviewer_id IS NOT NULL;
CREATE INDEX record_assignee ON console.record (assignee_id, (coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX record_model_version ON console.record (model_version, (coalesce(received_at, '-infinity'::timestamptz)), verification_id);
CREATE INDEX record_snoozed ON console.record (snoozed_until, verification_id) WHERE snoozed_until IS NOT NULL;
CREATE INDEX record_missing ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE upstream_missing_at IS NOT NULL;
CREATE INDEX record_names ON console.record USING gin (file_names gin_trgm_ops);
-- For a piece of a name that most records share.
CREATE INDEX record_received_names ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) INCLUDE (received_at, file_names);
CREATE INDEX record_finding_contradiction ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['contradiction'];
CREATE INDEX record_finding_face_count_mismatch ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['face-count-mismatch'];
CREATE INDEX record_finding_no_face_on_id ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['no-face-on-id'];
CREATE INDEX record_finding_no_face_on_selfie ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['no-face-on-selfie'];
CREATE INDEX record_finding_several_selfie_faces ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['several-selfie-faces'];
CREATE INDEX record_finding_ghost_portrait ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['ghost-portrait'];
CREATE INDEX record_finding_low_confidence ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['low-confidence'];
CREATE INDEX record_finding_small_face ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['small-face'];
CREATE INDEX record_finding_box_unusable ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['box-unusable'];
CREATE INDEX record_finding_landmarks_missing ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['landmarks-missing'];
CREATE INDEX record_finding_several_tag_values ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['several-tag-values'];
CREATE INDEX record_finding_unknown_check ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['unknown-check'];
CREATE INDEX record_finding_timestamp_disagreement ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['timestamp-disagreement'];
CREATE INDEX record_finding_missing_file ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['missing-file'];
CREATE INDEX record_finding_drift ON console.record ((coalesce(received_at, '-infinity'::timestamptz)), verification_id) WHERE findings @> ARRAY['drift'];
