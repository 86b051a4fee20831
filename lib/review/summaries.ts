import { db } from '@/lib/db/client';
import type { ReviewSummary } from '@/lib/domain/review';
import { storedDecision } from './rows';
import { summarize } from './summarize';

/** What is known here about each of the records, in the order asked for, in two queries however many they are. */
export async function reviewSummaries(ids: readonly number[]): Promise<ReviewSummary[]> {
  const where = { verificationId: { in: ids.map(BigInt) } };
  const [decisionRows, counts] = await Promise.all([
    db().decision.findMany({ where }),
    db().note.groupBy({ by: ['verificationId'], where, _count: true }),
  ]);
  const decisions = storedDecision.array().parse(decisionRows);
  const notes = new Map(counts.map((count) => [Number(count.verificationId), count._count]));
  const decisionsOf = (id: number) => decisions.filter(({ verificationId }) => verificationId === id);
  return ids.map((id) => summarize(id, decisionsOf(id), notes.get(id) ?? 0));
}
