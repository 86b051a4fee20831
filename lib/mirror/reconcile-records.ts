import { Client } from 'pg';
import { z } from 'zod';
import type { RowDifference, RowsVerdict } from '@/lib/domain/row-difference';
import { env } from '@/lib/env';
import { isAsItsFingerprint, isAsItsText, STORED_RECORD_COLUMNS, storedRecord } from './record-fault';

type Reader = Pick<Client, 'query'>;

/** Records read at a time: some 2 MB. */
const BATCH = 500;

const DIFFERING: Pick<RowDifference, 'seq' | 'fault'> = { seq: null, fault: 'not-as-sent' };

/** Returns those of these records whose row in the index is not what its own text comes to, as `client` sees them. */
export async function recordsThatDiffer(client: Reader, ids: readonly number[]): Promise<RowDifference[]> {
  const { rows } = await client.query(
    `SELECT ${STORED_RECORD_COLUMNS} FROM console.record AS r WHERE r.verification_id = ANY($1::bigint[]) ORDER BY r.verification_id`,
    [ids],
  );
  return rows
    .map((row) => storedRecord.parse(row))
    .filter((record) => !isAsItsText(record))
    .map(({ verification_id: id }) => ({ ...DIFFERING, table: 'record', id: String(id) }));
}

/**
 * Compares every record of the index with its own text, and every earlier version with its fingerprint, over a connection of its own. What
 * the upstream says now is not asked: whoever changes text, fingerprint and columns alike is found by the next pass of the sync, and, where
 * a decision was made on the record, by reconcileRows. Throws when the database cannot be read.
 */
export async function reconcileRecords(): Promise<RowsVerdict> {
  const client = new Client({ connectionString: env().DATABASE_URL });
  client.on('error', () => {});
  await client.connect();
  try {
    return await firstOf(differences(client));
  } finally {
    await client.end().catch(() => {});
  }
}

async function firstOf(found: AsyncIterable<RowDifference>): Promise<RowsVerdict> {
  const verdict: RowsVerdict = { first: null, differences: 0 };
  for await (const one of found) {
    verdict.first ??= one;
    verdict.differences += 1;
  }
  return verdict;
}

async function* differences(client: Reader): AsyncGenerator<RowDifference> {
  for await (const ids of recordNumbers(client)) yield* await recordsThatDiffer(client, ids);
  yield* await versionsThatDiffer(client);
}

const numbered = z.array(z.object({ id: z.coerce.number() }));

/** Every number of the index as `client` sees it, in batches, lowest first. */
export async function* recordNumbers(client: Reader): AsyncGenerator<number[]> {
  for (let last = -1; ; ) {
    const { rows } = await client.query(
      'SELECT verification_id AS id FROM console.record WHERE verification_id > $1 ORDER BY verification_id LIMIT $2',
      [last, BATCH],
    );
    const ids = numbered.parse(rows).map(({ id }) => id);
    const newest = ids.at(-1);
    if (newest === undefined) return;
    yield ids;
    last = newest;
  }
}

const version = z.object({ id: z.string(), at: z.string(), raw: z.string(), snapshot_hash: z.string(), erased: z.boolean() });

async function* eachVersion(client: Reader): AsyncGenerator<z.infer<typeof version>[]> {
  for (let [id, at] = ['-1', '-infinity']; ; ) {
    const { rows } = await client.query(
      `SELECT v.verification_id::text AS id, v.replaced_at::text AS at, v.raw, v.snapshot_hash,
         EXISTS (SELECT FROM console.erasure AS e WHERE e.verification_id = v.verification_id) AS erased
       FROM console.record_version AS v WHERE (v.verification_id, v.replaced_at) > ($1::bigint, $2::timestamptz)
       ORDER BY v.verification_id, v.replaced_at LIMIT $3`,
      [id, at, BATCH],
    );
    const versions = version.array().parse(rows);
    const newest = versions.at(-1);
    if (!newest) return;
    yield versions;
    [id, at] = [newest.id, newest.at];
  }
}

async function versionsThatDiffer(client: Reader): Promise<RowDifference[]> {
  const found: RowDifference[] = [];
  for await (const versions of eachVersion(client))
    for (const one of versions)
      if (!isAsItsFingerprint(one)) found.push({ ...DIFFERING, table: 'record_version', id: `${one.id} of ${one.at}` });
  return found;
}
