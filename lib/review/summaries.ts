import { db } from '@/lib/db/client';
import { NO_FACTS, type ReviewSummary } from '@/lib/domain/review';
import { factsOf } from './case-facts';
import { summarize } from './summarize';

/** What is known here about each of the records, in the order asked for, in a handful of queries however many they are. */
export async function reviewSummaries(ids: readonly number[]): Promise<ReviewSummary[]> {
  const where = { verificationId: { in: ids.map(BigInt) } };
  const [facts, counts] = await Promise.all([factsOf(ids), db().note.groupBy({ by: ['verificationId'], where, _count: true })]);
  const notes = new Map(counts.map((count) => [Number(count.verificationId), count._count]));
  const now = Date.now();
  return ids.map((id) => summarize(id, facts.get(id) ?? NO_FACTS, notes.get(id) ?? 0, now));
}
