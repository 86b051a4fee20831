import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import type { ReviewSummary } from '@/lib/domain/review';
import { type Role, rolesWith } from '@/lib/domain/roles';
import { actOnCase, authorOf } from './act-on-case';

/**
 * Gives a case to a reviewer, or with null back to everybody. Throws as `actOnCase`, and a Refusal `unprocessable` for somebody
 * who cannot work on cases.
 */
export async function assignCase(
  actor: Actor,
  verificationId: number,
  assigneeId: string | null,
  { batchId }: { batchId?: string } = {},
): Promise<ReviewSummary> {
  const assignee = assigneeId === null ? null : await reviewerOf(assigneeId);
  return actOnCase(actor, verificationId, {
    permission: 'cases.assign',
    action: 'assign',
    write: async (tx) => {
      const given = { assigneeId: assignee?.id ?? null, assigneeName: assignee?.name ?? null };
      const { id } = await tx.assignment.create({ data: { verificationId: BigInt(verificationId), ...authorOf(actor), ...given } });
      return {
        event: { action: 'case.assigned', subject: `verification:${verificationId}`, data: { ...given, ...(batchId && { batchId }) } },
        row: { table: 'assignment', id },
      };
    },
  });
}

/** Who may be given cases, by name. */
export async function listReviewers(): Promise<{ id: string; name: string; role: Role }[]> {
  const working = rolesWith('queue.draw');
  const select = { id: true, name: true, role: true };
  const users = await db().user.findMany({ where: { disabledAt: null, role: { in: working } }, orderBy: { name: 'asc' }, select });
  return users.flatMap(({ role, ...user }) => working.filter((known) => known === role).map((known) => ({ ...user, role: known })));
}

async function reviewerOf(id: string): Promise<{ id: string; name: string }> {
  const reviewer = (await listReviewers()).find((candidate) => candidate.id === id);
  if (!reviewer) throw new Refusal('unprocessable', 'This user cannot be given cases. Choose a reviewer.', { field: 'assigneeId' });
  return reviewer;
}
