import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { checkFiles } from './check-files';
import { filesOfCase } from './claims';
import { claimsOf } from './files-in-index';

const CASES = 50;
const PATIENCE_MS = 60_000;

/**
 * Reads the files of cases with a lost file again, those first that were tried longest ago, so that an outage of the verification
 * service leaves no findings behind. `triedBefore` in milliseconds since 1970. Returns how many cases it looked at.
 */
export async function recheckLost(triedBefore: number, signal: AbortSignal): Promise<number> {
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    SELECT f.verification_id AS id FROM console.noticed_finding AS f
    CROSS JOIN LATERAL (
      SELECT max(c.at) AS at FROM console.evidence_check AS c WHERE c.verification_id = f.verification_id
    ) AS tried
    WHERE f.kind = 'file-missing' AND tried.at < ${new Date(triedBefore)}
    ORDER BY tried.at LIMIT ${CASES}`;
  let looked = 0;
  for (const { id } of rows) {
    if (signal.aborted) break;
    const verificationId = Number(id);
    const files = await filesOfCase(verificationId);
    await checkFiles(SYSTEM_ACTOR, claimsOf({ id: verificationId, files }), PATIENCE_MS);
    looked += 1;
  }
  return looked;
}
