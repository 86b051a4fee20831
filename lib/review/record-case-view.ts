import { recordReading } from '@/lib/audit/record-reading';
import { db } from '@/lib/db/client';
import { type Actor, isProgram } from '@/lib/domain/actor';

/** Records that the actor saw a case: its page, its record, or what was written about it. */
export function recordCaseView(actor: Actor, verificationId: number): Promise<void> {
  const subject = `verification:${verificationId}`;
  const event = () => ({ action: 'case.viewed', subject, data: {} }) as const;
  return recordReading(actor, { action: 'case.viewed', subject, same: {}, event });
}

/**
 * Resolves to true when the actor may have a case sent ahead without having seen it: they hold the claim on it, whose event names them
 * and the case already. The view is recorded when the case comes on their screen.
 */
export async function mayFetchAhead(actor: Actor, verificationId: number): Promise<boolean> {
  if (isProgram(actor.role)) return false;
  const where = { verificationId: BigInt(verificationId), holderId: actor.id, expiresAt: { gt: new Date() } };
  return (await db().claim.count({ where })) > 0;
}
