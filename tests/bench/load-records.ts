import { Client } from 'pg';
import { z } from 'zod';
import type { WireVerification } from '@/lib/wire/record';

const CHUNK = 50_000;

/** Tags as SQL over the record's number `n`: a customer (few have many records), a country and a channel (one has most). */
const TAGS: Record<string, string> = {
  customerId: `(100000 + floor(power(${spread(1)}, 3) * 200000))::int::text`,
  country: `(ARRAY['DE','DE','DE','FR','FR','ES','IT','NL','PL','PT'])[1 + floor(${spread(2)} * 10)::int]`,
  channel: `CASE WHEN ${spread(3)} < 0.6 THEN 'web' WHEN ${spread(3)} < 0.9 THEN 'app' ELSE 'branch' END`,
};

/** The columns of a record as SQL over its number `n`. `verified` and the checks come from the template. */
const COLUMNS = {
  verification_id: 'n',
  id_file_name: `CASE WHEN ${spread(4)} < 0.3 THEN 'passport.' ELSE 'IMG_' || floor(${spread(4)} * 9999)::int || '.' END || idtype`,
  id_file_size: `200000 + floor(${spread(5)} * 6000000)::bigint`,
  id_file_type: 'idtype',
  selfie_file_name: `'selfie-' || floor(${spread(6)} * 500000)::int || '.jpeg'`,
  selfie_file_size: `150000 + floor(${spread(7)} * 4000000)::bigint`,
  selfie_file_type: `'jpeg'`,
  verified: 't.verified',
  timestamp: '1700000000 + n * 31 + floor(60 * random())::bigint',
};

/**
 * Fills an engine's store up to `count` records, made after `templates`: records the service itself has written, in all but
 * their numbers, names, sizes, times and tags. The rows of `engine.file` are left out, which no list reads.
 * Indexes are dropped and built again, because filling them row by row takes ten times as long.
 */
export async function loadRecords(
  databaseUrl: string,
  count: number,
  templates: readonly WireVerification[],
  log: (line: string) => void,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'");
    const rebuild = await dropIndexes(client);
    await client.query('CREATE TEMP TABLE template (at serial, verified boolean, text text)');
    for (const template of templates) {
      await client.query('INSERT INTO template (verified, text) VALUES ($1, $2)', [template.verified, formatOf(template)]);
    }
    const { rows } = await client.query('SELECT max(verification_id) AS last FROM engine.verification');
    const first = Number(rows[0]?.last ?? 0) + 1;
    for (let from = first; from <= count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK - 1);
      await client.query(insertRecords(from, to, templates.length));
      log(`${to} of ${count} records`);
    }
    log('tags');
    for (const [name, value] of Object.entries(TAGS)) await client.query(insertTagged(name, value, first, count));
    for (const [index, sql] of rebuild.entries()) {
      log(`index ${index + 1} of ${rebuild.length}`);
      await client.query(sql);
    }
    await client.query("SELECT setval('engine.verification_id', $1)", [count]);
    log('vacuum');
    await client.query('VACUUM ANALYZE engine.verification');
    await client.query('VACUUM ANALYZE engine.verification_tag');
    await client.query('VACUUM ANALYZE engine.tag');
  } finally {
    await client.end();
  }
}

/** Drops what slows loading down, and answers the statements that bring it back, in order. */
async function dropIndexes(client: Client): Promise<string[]> {
  const pair = z.array(z.object({ remove: z.string(), restore: z.string() }));
  const indexes = await client.query(
    `SELECT format('DROP INDEX engine.%I', indexname) AS remove, indexdef AS restore FROM pg_indexes
      WHERE schemaname = 'engine' AND tablename IN ('verification', 'verification_tag')
        AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
  );
  const constraints = await client.query(
    `SELECT format('ALTER TABLE engine.verification_tag DROP CONSTRAINT %I', conname) AS remove,
            format('ALTER TABLE engine.verification_tag ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)) AS restore
       FROM pg_constraint WHERE conrelid = 'engine.verification_tag'::regclass AND contype IN ('p', 'f') ORDER BY contype DESC`,
  );
  const all = [...pair.parse(indexes.rows), ...pair.parse(constraints.rows)];
  for (const { remove } of all) await client.query(remove);
  return all.map(({ restore }) => restore);
}

function insertRecords(from: number, to: number, templates: number): string {
  const values = Object.entries(COLUMNS).map(([name, sql]) => `${sql} AS "${name}"`);
  const tags = Object.entries(TAGS).map(([name, sql]) => `${sql} AS "tag_${name}"`);
  const names = Object.keys(COLUMNS).map((name) => `"${name}"`);
  const holes = [...names.filter((name) => name !== '"verified"'), ...Object.keys(TAGS).map((name) => `"tag_${name}"`)];
  const iso = `to_char(to_timestamp("timestamp") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
  return `
    INSERT INTO engine.verification (${names}, record)
    SELECT ${names}, format(text, ${[...holes, iso]})
      FROM (SELECT ${[...values, ...tags]}, t.text
              FROM (SELECT n, (ARRAY['jpeg','jpeg','jpeg','png','webp'])[1 + floor(${spread(8)} * 5)::int] AS idtype
                      FROM generate_series(${from}::bigint, ${to}) AS n) AS numbers
              JOIN template AS t ON t.at = 1 + n % ${templates}) AS made
     ORDER BY verification_id`;
}

function insertTagged(name: string, value: string, first: number, last: number): string {
  const columns = Object.keys(COLUMNS).map((column) => `"${column}"`);
  return `
    WITH each AS MATERIALIZED (SELECT n, ${value} AS value FROM generate_series(${first}::bigint, ${last}) AS n),
    tags AS (
      INSERT INTO engine.tag (name, value) SELECT DISTINCT '${name}', value FROM each
      ON CONFLICT (name, value) DO UPDATE SET name = EXCLUDED.name RETURNING tag_id, value
    )
    INSERT INTO engine.verification_tag (tag_id, ${columns})
    SELECT tags.tag_id, ${columns.map((column) => `v.${column}`)}
      FROM each JOIN tags USING (value) JOIN engine.verification AS v ON v.verification_id = each.n
     ORDER BY tag_id, verification_id`;
}

/** The record as a format string: holes for the columns in their order (but `verified`), the tags, and the time as text. */
function formatOf(template: WireVerification): string {
  const holes = [...Object.keys(COLUMNS).filter((name) => name !== 'verified'), ...Object.keys(TAGS).map((name) => `tag_${name}`), 'iso'];
  const hole = (name: string) => `\u0001${holes.indexOf(name) + 1}\u0002`;
  const record = {
    ...template,
    ...{ verificationId: hole('verification_id'), timestamp: hole('timestamp'), timestampISO: hole('iso') },
    ...{ idFileName: hole('id_file_name'), idFileSize: hole('id_file_size'), idFileType: hole('id_file_type') },
    ...{ selfieFileName: hole('selfie_file_name'), selfieFileSize: hole('selfie_file_size'), selfieFileType: hole('selfie_file_type') },
    tags: Object.keys(TAGS).map((name) => ({ name, value: hole(`tag_${name}`) })),
    files: template.files.map((file) => {
      const column = file.category === 'id' ? 'id_file' : 'selfie_file';
      const fileName = hole(`${column}_name`);
      const url = `/v1/files/v_${file.category}_${hole('verification_id')}_${fileName}`;
      return { ...file, fileName, fileSize: hole(`${column}_size`), timestamp: hole('timestamp'), timestampISO: hole('iso'), url };
    }),
  };
  const numbers = ['verification_id', 'timestamp', 'id_file_size', 'selfie_file_size'].map((name) => holes.indexOf(name) + 1);
  return JSON.stringify(record)
    .replaceAll('%', '%%')
    .replace(/"\\u0001(\d+)\\u0002"/g, (whole, number) => (numbers.includes(Number(number)) ? `%${number}$s` : whole))
    .replace(/\\u0001(\d+)\\u0002/g, '%$1$$s');
}

/** A number in [0, 1) that looks random and depends on `n` alone. */
function spread(salt: number): string {
  return `((hashint8extended(n, ${salt}) & 2147483647)::float8 / 2147483648)`;
}
