import type { Actor } from '@/lib/domain/actor';
import { type ReviewSummary, versionOf } from '@/lib/domain/review';
import { actOnCase, authorOf } from './act-on-case';

/** Looks at a resolved case again, with a reason: its decision stays readable and no longer counts. Throws as `actOnCase`. */
export function reopenCase(actor: Actor, verificationId: number, reason: string): Promise<ReviewSummary> {
  return actOnCase(actor, verificationId, {
    permission: 'decisions.write',
    action: 'reopen',
    write: async (tx, { decisions }) => {
      const version = versionOf(decisions);
      const data = { verificationId: BigInt(verificationId), ...authorOf(actor), reason, version };
      const { id } = await tx.reopening.create({ data });
      return {
        event: { action: 'case.reopened', subject: `verification:${verificationId}`, data: { version, reason } },
        row: { table: 'reopening', id },
      };
    },
  });
}
