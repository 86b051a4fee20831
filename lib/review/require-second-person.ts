import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { PersonMarks } from '@/lib/domain/person';
import { Refusal } from '@/lib/domain/refusal';
import { type SecondPersonRefusal, secondPersonRefusal } from '@/lib/domain/second-person';
import { credentialBook } from './credential-book';

/** Who proposed something, by the marks their account bore then, and when (milliseconds since 1970). */
export interface Proposed {
  proposer: PersonMarks;
  proposedAt: number;
}

/**
 * Throws the Refusal `forbidden`, with the reason in its details, unless the account may be the second person to a proposal now. Call it
 * within the transaction that records the answer.
 */
export async function requireSecondPerson(tx: Prisma.TransactionClient, secondId: string, proposed: Proposed): Promise<void> {
  const [refusal] = await secondPersonRefusals(secondId, [proposed], tx);
  if (refusal) throw new Refusal('forbidden', refusal.message, { details: { reason: refusal.reason } });
}

/**
 * Returns for each proposal, in their order, why the account cannot be its second person now, or null: by the marks the proposer
 * bore when they proposed, and by those they bear now. Lists and counts use it, so they show what `requireSecondPerson` allows.
 */
export async function secondPersonRefusals(
  secondId: string,
  proposals: readonly Proposed[],
  tx: Prisma.TransactionClient = db(),
): Promise<(SecondPersonRefusal | null)[]> {
  const answeredAt = Date.now();
  const book = await credentialBook([secondId, ...proposals.map(({ proposer }) => proposer.id)], tx);
  const second = book.people.get(secondId);
  return proposals.map(({ proposer, proposedAt }) => {
    // An account the console does not know is never a second person.
    if (!second) return UNKNOWN;
    const between = { proposedAt, answeredAt };
    const now = book.people.get(proposer.id);
    return secondPersonRefusal(proposer, second, book, between) ?? (now ? secondPersonRefusal(now, second, book, between) : null);
  });
}

const UNKNOWN: SecondPersonRefusal = {
  reason: 'same-person',
  message: 'Your account is not known here. Sign in with an account of this console.',
};
