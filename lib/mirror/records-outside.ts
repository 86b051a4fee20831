import type { Client } from 'pg';
import { z } from 'zod';
import type { RowDifference } from '@/lib/domain/row-difference';
import { recordNumbers, recordsThatDiffer } from './reconcile-records';
import { ROW_RULES } from './row-of-record';

type Reader = Pick<Client, 'query'>;

/** Records outside a filter that an export compares: some 20 seconds of them. */
export const OUTSIDE_MAX = 200_000;

const counted = z.array(z.object({ count: z.coerce.number() })).length(1);

async function countOf(client: Reader, sql: string, values: unknown[] = []): Promise<number> {
  return counted.parse((await client.query(sql, values)).rows)[0]?.count ?? 0;
}

export interface OutsideVerdict {
  found: RowDifference[];
  /** How many records were too many to compare; 0 when all were. */
  notCompared: number;
  /** How many records earlier rules of the index made, so that only their text and automated result were compared. */
  madeBefore: number;
}

/**
 * Compares every record of the index that is not in `inside` with its own text, as `client` sees them: a forged column or tag keeps a record
 * out of a filter, where nobody looks at it. Of more than `most` it compares none and returns their number. It stops at the first batch that differs.
 */
export async function recordsOutside(client: Reader, inside: ReadonlySet<number>, most = OUTSIDE_MAX): Promise<OutsideVerdict> {
  const outside = (await countOf(client, 'SELECT count(*) AS count FROM console.record')) - inside.size;
  const madeBefore = await countOf(client, 'SELECT count(*) AS count FROM console.record WHERE made_by <> $1', [ROW_RULES]);
  if (outside > most) return { found: [], notCompared: outside, madeBefore };
  for await (const ids of recordNumbers(client)) {
    const found = await recordsThatDiffer(
      client,
      ids.filter((id) => !inside.has(id)),
    );
    if (found.length > 0) return { found, notCompared: 0, madeBefore };
  }
  return { found: [], notCompared: 0, madeBefore };
}
