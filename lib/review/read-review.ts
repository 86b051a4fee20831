import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Review } from '@/lib/domain/review';
import { caseFacts } from './case-facts';
import { storedNote } from './rows';
import { summarize } from './summarize';

/** All that is known here about one record; a record nobody touched has an empty review. Pass `tx` to read within a transaction. */
export async function reviewOf(verificationId: number, tx: Prisma.TransactionClient = db()): Promise<Review> {
  const where = { verificationId: BigInt(verificationId) };
  const facts = await caseFacts(verificationId, tx);
  const notes = storedNote.array().parse(await tx.note.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }));
  return { ...facts, summary: summarize(verificationId, facts, notes.length, Date.now()), notes };
}
