import type { Client } from 'pg';
import { z } from 'zod';
import { readComparison } from '@/lib/audit/folder-marks';

const compared = z.array(z.object({ at: z.date(), differences: z.number() }));

/** Returns when the console last compared everything it holds, and whether it found a difference, as a sentence for a manifest. `did` is what it did then. */
export async function lastComparisonSentence(client: Client, did: string): Promise<string> {
  const { rows } = await client.query('SELECT at, differences FROM console.reconciliation WHERE id = 1');
  const [row] = compared.parse(rows);
  const kept = readComparison();
  const at = kept?.at ?? row?.at.toISOString();
  if (at === undefined) return `The console has not ${did} yet.`;
  const differs = (kept?.differences ?? 0) + (row?.differences ?? 0) > 0;
  return `The console last ${did} on ${at} and found ${differs ? 'a difference' : 'no difference'}.`;
}
