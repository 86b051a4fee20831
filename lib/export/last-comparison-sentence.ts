import type { Client } from 'pg';
import { z } from 'zod';

const compared = z.array(z.object({ at: z.date(), differences: z.number() }));

/** Returns when the console last compared everything it holds, and whether it found a difference, as a sentence for a manifest. `did` is what it did then. */
export async function lastComparisonSentence(client: Client, did: string): Promise<string> {
  const { rows } = await client.query('SELECT at, differences FROM console.reconciliation WHERE id = 1');
  const [last] = compared.parse(rows);
  if (!last) return `The console has not ${did} yet.`;
  return `The console last ${did} on ${last.at.toISOString()} and found ${last.differences === 0 ? 'no difference' : 'a difference'}.`;
}
