import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { storedStates } from './stored-states';

/** Returns what is known of the files of these names, in the order of the names. */
export function evidenceStatesOf(names: readonly string[], tx: Prisma.TransactionClient = db()): Promise<EvidenceState[]> {
  return storedStates(names, (sql, wanted) => tx.$queryRawUnsafe<unknown[]>(sql, wanted), Date.now());
}
