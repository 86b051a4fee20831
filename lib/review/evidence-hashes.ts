import { db } from '@/lib/db/client';
import { type SeenEvidence, seenEvidence } from './seen-evidence';

/** The files of these names that were ever seen whole, in the order of the names. */
export async function evidenceHashesOf(names: readonly string[]): Promise<SeenEvidence[]> {
  return seenEvidence(names, await db().evidenceHash.findMany({ where: { name: { in: [...names] } }, orderBy: { id: 'asc' } }));
}
