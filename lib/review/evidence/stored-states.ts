import { z } from 'zod';
import { type EvidenceState, evidenceStates } from '@/lib/domain/evidence-state';
import { ACKNOWLEDGEMENTS_SQL, CHECKS_SQL, HASHES_SQL, LOSSES_SQL } from './state-sql';

const storedHash = z.object({
  id: z.coerce.bigint(),
  name: z.string(),
  sha256: z.string(),
  size: z.coerce.bigint(),
  seenAt: z.date(),
  byName: z.string().nullable(),
});
const storedCheck = z.object({
  id: z.coerce.bigint(),
  name: z.string(),
  result: z.string(),
  problem: z.string().nullable(),
  at: z.date(),
});
const storedLoss = z.object({ name: z.string(), lost: z.boolean(), problem: z.string().nullable() });
const storedAcknowledgement = z.object({
  name: z.string(),
  upTo: z.coerce.bigint(),
  reason: z.string(),
  byName: z.string(),
  at: z.date(),
});

/** Runs a query with one parameter, a list of names. */
export type QueryByNames = (sql: string, names: string[]) => Promise<unknown[]>;

/**
 * Reads what is known of the files of these names, in the order of the names. Takes the way to ask, because exports are written by a
 * process without the database's client. Queries run one after another: they may share one connection.
 */
export async function storedStates(names: readonly string[], query: QueryByNames, now: number): Promise<EvidenceState[]> {
  if (names.length === 0) return [];
  const wanted = [...new Set(names)];
  const hashes = storedHash.array().parse(await query(HASHES_SQL, wanted));
  const checks = storedCheck.array().parse(await query(CHECKS_SQL, wanted));
  const losses = storedLoss.array().parse(await query(LOSSES_SQL, wanted));
  const acknowledgements = storedAcknowledgement.array().parse(await query(ACKNOWLEDGEMENTS_SQL, wanted));
  return evidenceStates(names, { hashes, checks, losses, acknowledgements }, now);
}
