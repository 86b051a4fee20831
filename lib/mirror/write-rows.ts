import type { RecordRow } from './row-of-record';

/** Parts the records in one parameter. JSON never holds it as it is. */
const SEPARATOR = '\u0001';

/** The first four parameters of `writeRows`. The records go apart from the rest, so that nobody has to quote and unquote them. */
export function writeValues(rows: readonly RecordRow[], askedAt: number): [string, string, string, number] {
  const tags = rows.flatMap(({ verification_id, received_at, tags: given }) =>
    given.map(({ name, value }) => ({ name, value, verification_id, received_at })),
  );
  return [JSON.stringify(rows.map(columnsOf)), rows.map(({ raw }) => raw).join(SEPARATOR), JSON.stringify(tags), askedAt];
}

// Named one by one: an object made by leaving members out is slow to make and slow to write.
function columnsOf(row: RecordRow): Omit<RecordRow, 'raw' | 'tags'> {
  return {
    verification_id: row.verification_id,
    machine_result: row.machine_result,
    received_at: row.received_at,
    model: row.model,
    model_version: row.model_version,
    id_file_name: row.id_file_name,
    id_file_size: row.id_file_size,
    id_file_type: row.id_file_type,
    selfie_file_name: row.selfie_file_name,
    selfie_file_size: row.selfie_file_size,
    selfie_file_type: row.selfie_file_type,
    similarity: row.similarity,
    confidence: row.confidence,
    findings: row.findings,
    snapshot_hash: row.snapshot_hash,
  };
}

/**
 * SQL that takes over records, whole, in one statement, given `writeValues` of the rows and when they were asked for, in
 * milliseconds. A record already known as it is stays untouched; one that differs is replaced, with its tags, unless it was
 * asked for later than this. `more` are further common table expressions to go with it. A trigger keeps what was replaced.
 * The columns under "desk" are not named here: they are the review tables' own.
 */
export function writeRows(more = ''): string {
  return `
WITH incoming AS MATERIALIZED (
  SELECT *
    FROM ROWS FROM (json_to_recordset($1::json) AS (
      verification_id bigint, machine_result text, received_at float8, model text, model_version text,
      id_file_name text, id_file_size bigint, id_file_type text, selfie_file_name text, selfie_file_size bigint, selfie_file_type text,
      similarity real, confidence real, findings text[], snapshot_hash text),
      string_to_table($2::text, chr(1))) AS given(
      verification_id, machine_result, received_at, model, model_version,
      id_file_name, id_file_size, id_file_type, selfie_file_name, selfie_file_size, selfie_file_type,
      similarity, confidence, findings, snapshot_hash, raw)
), tagged AS MATERIALIZED (
  SELECT * FROM json_to_recordset($3::json) AS tag(name text, value text, verification_id bigint, received_at float8)
), written AS (
  INSERT INTO console.record AS kept (
    verification_id, machine_result, received_at, model, model_version, id_file_name, id_file_size, id_file_type,
    selfie_file_name, selfie_file_size, selfie_file_type, similarity, confidence, findings, raw, snapshot_hash, seen_at)
  SELECT verification_id, machine_result, to_timestamp(received_at / 1000), model, model_version, id_file_name, id_file_size, id_file_type,
         selfie_file_name, selfie_file_size, selfie_file_type, similarity, confidence, findings, raw, snapshot_hash,
         to_timestamp($4::float8 / 1000)
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
  -- As an array, not a join: for a join the planner would guess how many were written, and guess wrong.
  DELETE FROM console.record_tag AS old
   WHERE old.verification_id = ANY(ARRAY(SELECT verification_id FROM written))
     AND NOT EXISTS (SELECT FROM tagged
       WHERE tagged.verification_id = old.verification_id AND tagged.name = old.name AND tagged.value = old.value)
), retagged AS (
  -- With the record's time, by which the records of a tag are listed.
  INSERT INTO console.record_tag AS kept (name, value, verification_id, received_at)
  SELECT name, value, verification_id, to_timestamp(received_at / 1000) FROM tagged
   WHERE verification_id = ANY(ARRAY(SELECT verification_id FROM written)) ORDER BY name, value, verification_id
  ON CONFLICT (name, value, verification_id) DO UPDATE SET received_at = excluded.received_at
    WHERE kept.received_at IS DISTINCT FROM excluded.received_at
)${more}
SELECT count(*)::int AS written FROM written`;
}
