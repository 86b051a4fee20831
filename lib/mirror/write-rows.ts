import { arrayText } from './array-text';
import { type RecordRow, ROW_RULES } from './row-of-record';

/** Parts the records in one parameter. JSON never holds it as it is. */
const SEPARATOR = Buffer.from([1]);

/** The columns that go as they are, each as an array of its type. */
const COLUMNS = {
  verification_id: 'bigint',
  machine_result: 'text',
  received_at: 'float8',
  model: 'text',
  model_version: 'text',
  id_file_name: 'text',
  id_file_size: 'bigint',
  id_file_type: 'text',
  selfie_file_name: 'text',
  selfie_file_size: 'bigint',
  selfie_file_type: 'text',
  similarity: 'real',
  confidence: 'real',
  warnings: 'integer',
  customer: 'text',
  tag_text: 'text',
  faces: 'text',
  snapshot_hash: 'text',
} as const satisfies Partial<Record<keyof RecordRow, string>>;

const isColumn = (name: string): name is keyof typeof COLUMNS => Object.hasOwn(COLUMNS, name);
const NAMES = Object.keys(COLUMNS).filter(isColumn);

/** How many parameters `writeRows` takes; those of `more` come behind. */
export const WRITE_PARAMETERS = NAMES.length + 7;

/**
 * The parameters of `writeRows`: arrays as text, column by column, the records' JSON, and at last when they were asked for, in
 * milliseconds.
 */
export function writeValues(rows: readonly RecordRow[], askedAt: number): (string | number | Buffer)[] {
  const tags = rows.flatMap((row) => row.tags.map((tag) => ({ ...tag, row })));
  return [
    ...NAMES.map((name) => arrayText(rows.map((row) => row[name]))),
    // Kinds of findings are words of a closed list, without commas.
    arrayText(rows.map(({ findings }) => findings.join(','))),
    // The records go apart from the rest, as the bytes they came in, so that nobody has to quote and unquote them.
    Buffer.concat(rows.flatMap(({ raw }, index) => (index === 0 ? [raw] : [SEPARATOR, raw]))),
    arrayText(tags.map(({ name }) => name)),
    arrayText(tags.map(({ value }) => value)),
    arrayText(tags.map(({ row }) => row.verification_id)),
    arrayText(tags.map(({ row }) => row.received_at)),
    askedAt,
  ];
}

/**
 * SQL that takes over records, whole, in one statement, given `writeValues` of the rows. A record already known as it is stays
 * untouched; one that differs, or whose columns were made by other rules, is replaced, with its tags, unless it was asked for later
 * than this. `more` are further common table expressions to go with it. A trigger keeps what was replaced. The columns under "desk"
 * are not named here: they are the review tables' own.
 */
export function writeRows(more = ''): string {
  const arrays = NAMES.map((name, index) => `$${index + 1}::${COLUMNS[name]}[]`);
  const [findings, raws, tagNames, tagValues, tagIds, tagTimes, askedAt] = Array.from(
    { length: 7 },
    (_, index) => `$${NAMES.length + index + 1}`,
  );
  return `
WITH incoming AS MATERIALIZED (
  SELECT *
    FROM ROWS FROM (unnest(${arrays}, ${findings}::text[]), string_to_table(${raws}::text, chr(1))) AS given(${NAMES}, findings, raw)
), tagged AS MATERIALIZED (
  SELECT * FROM unnest(${tagNames}::text[], ${tagValues}::text[], ${tagIds}::bigint[], ${tagTimes}::float8[])
    AS tag(name, value, verification_id, received_at)
), written AS (
  INSERT INTO console.record AS kept (
    verification_id, machine_result, received_at, model, model_version, id_file_name, id_file_size, id_file_type,
    selfie_file_name, selfie_file_size, selfie_file_type, similarity, confidence, findings, warnings, customer, tag_text, faces,
    raw, snapshot_hash, seen_at, made_by)
  SELECT verification_id, machine_result, to_timestamp(received_at / 1000), model, model_version, id_file_name, id_file_size, id_file_type,
         selfie_file_name, selfie_file_size, selfie_file_type, similarity, confidence, string_to_array(findings, ','), warnings, customer, tag_text,
         faces::bigint[], raw, snapshot_hash, to_timestamp(${askedAt}::float8 / 1000), ${ROW_RULES}
    FROM incoming ORDER BY verification_id
  ON CONFLICT (verification_id) DO UPDATE SET
    machine_result = excluded.machine_result, received_at = excluded.received_at,
    model = excluded.model, model_version = excluded.model_version,
    id_file_name = excluded.id_file_name, id_file_size = excluded.id_file_size, id_file_type = excluded.id_file_type,
    selfie_file_name = excluded.selfie_file_name, selfie_file_size = excluded.selfie_file_size,
    selfie_file_type = excluded.selfie_file_type,
    similarity = excluded.similarity, confidence = excluded.confidence, findings = excluded.findings,
    warnings = excluded.warnings, customer = excluded.customer, tag_text = excluded.tag_text, faces = excluded.faces,
    made_by = excluded.made_by, raw = excluded.raw, snapshot_hash = excluded.snapshot_hash, seen_at = excluded.seen_at, upstream_missing_at = NULL,
    changed_at = CASE WHEN kept.snapshot_hash = excluded.snapshot_hash THEN kept.changed_at ELSE clock_timestamp() END
  WHERE (kept.snapshot_hash <> excluded.snapshot_hash OR kept.upstream_missing_at IS NOT NULL OR kept.made_by <> excluded.made_by)
    -- Within a minute the later question wins; beyond, a clock was wrong and must not keep a change out.
    AND kept.seen_at NOT BETWEEN excluded.seen_at + interval '1 millisecond' AND excluded.seen_at + interval '1 minute'
  -- A row that was there carries who locked it to replace it.
  RETURNING verification_id, xmax = 0 AS is_new
), untagged AS (
  -- As an array, not a join: for a join the planner would guess how many were written, and guess wrong.
  DELETE FROM console.record_tag AS old
   WHERE old.verification_id = ANY(ARRAY(SELECT verification_id FROM written WHERE NOT is_new))
     AND NOT EXISTS (SELECT FROM tagged
       WHERE tagged.verification_id = old.verification_id AND tagged.name = old.name AND tagged.value = old.value)
), tagged_first AS (
  -- A record that was not there has no tags either (the database sees to that): nothing to look for before each of them is written.
  INSERT INTO console.record_tag (name, value, verification_id, received_at)
  SELECT name, value, verification_id, to_timestamp(received_at / 1000) FROM tagged
   WHERE verification_id = ANY(ARRAY(SELECT verification_id FROM written WHERE is_new)) ORDER BY verification_id, name, value
), retagged AS (
  -- With the record's time, by which the records of a tag are listed.
  INSERT INTO console.record_tag AS kept (name, value, verification_id, received_at)
  SELECT name, value, verification_id, to_timestamp(received_at / 1000) FROM tagged
   WHERE verification_id = ANY(ARRAY(SELECT verification_id FROM written WHERE NOT is_new)) ORDER BY name, value, verification_id
  ON CONFLICT (verification_id, name, value) DO UPDATE SET received_at = excluded.received_at
    WHERE kept.received_at IS DISTINCT FROM excluded.received_at
)${more}
SELECT count(*)::int AS written FROM written`;
}
