/**
 * SQL that takes over records, whole, in one statement: `$1` is a JSON array of `RecordRow`, `$2` when they were asked for, in
 * milliseconds. A record already known as it is stays untouched; one that differs is replaced, with its tags, unless it was
 * asked for later than this. `more` are further common table expressions to go with it. A trigger keeps what was replaced.
 * The columns under "desk" are not named here: they are the review tables' own.
 */
export function writeRows(more = ''): string {
  return `
WITH incoming AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS given(
    verification_id bigint, machine_result text, received_at float8, model text, model_version text,
    id_file_name text, id_file_size bigint, id_file_type text, selfie_file_name text, selfie_file_size bigint, selfie_file_type text,
    similarity real, confidence real, findings text[], raw text, snapshot_hash text, tags json)
), tagged AS MATERIALIZED (
  SELECT tag.name, tag.value, incoming.verification_id
    FROM incoming, json_to_recordset(incoming.tags) AS tag(name text, value text)
), written AS (
  INSERT INTO console.record AS kept (
    verification_id, machine_result, received_at, model, model_version, id_file_name, id_file_size, id_file_type,
    selfie_file_name, selfie_file_size, selfie_file_type, similarity, confidence, findings, raw, snapshot_hash, seen_at)
  SELECT verification_id, machine_result, to_timestamp(received_at / 1000), model, model_version, id_file_name, id_file_size, id_file_type,
         selfie_file_name, selfie_file_size, selfie_file_type, similarity, confidence, findings, raw, snapshot_hash,
         to_timestamp($2::float8 / 1000)
    FROM incoming ORDER BY verification_id
  ON CONFLICT (verification_id) DO UPDATE SET
    machine_result = excluded.machine_result, received_at = excluded.received_at,
    model = excluded.model, model_version = excluded.model_version,
    id_file_name = excluded.id_file_name, id_file_size = excluded.id_file_size, id_file_type = excluded.id_file_type,
    selfie_file_name = excluded.selfie_file_name, selfie_file_size = excluded.selfie_file_size,
    selfie_file_type = excluded.selfie_file_type,
    similarity = excluded.similarity, confidence = excluded.confidence, findings = excluded.findings,
    raw = excluded.raw, snapshot_hash = excluded.snapshot_hash, seen_at = excluded.seen_at, upstream_missing_at = NULL,
    changed_at = CASE WHEN kept.snapshot_hash = excluded.snapshot_hash THEN kept.changed_at ELSE clock_timestamp() END
  WHERE (kept.snapshot_hash <> excluded.snapshot_hash OR kept.upstream_missing_at IS NOT NULL)
    -- Within a minute the later question wins; beyond, a clock was wrong and must not keep a change out.
    AND kept.seen_at NOT BETWEEN excluded.seen_at + interval '1 millisecond' AND excluded.seen_at + interval '1 minute'
  RETURNING verification_id
), untagged AS (
  DELETE FROM console.record_tag AS old USING written
   WHERE old.verification_id = written.verification_id
     AND NOT EXISTS (SELECT FROM tagged
       WHERE tagged.verification_id = old.verification_id AND tagged.name = old.name AND tagged.value = old.value)
), retagged AS (
  INSERT INTO console.record_tag (name, value, verification_id)
  SELECT tagged.name, tagged.value, tagged.verification_id FROM tagged JOIN written USING (verification_id) ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING
)${more}
SELECT count(*)::int AS written FROM written`;
}
