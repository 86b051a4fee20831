import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import { type Actor, isProgram } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { rolesWith } from '@/lib/domain/roles';
import { emailKey } from './sign-in';

/**
 * Records that somebody who could agree to changes has left for good, so that changes wait for them no longer. Only the command line may:
 * who removed them in the console must not be able to confirm it as well. Throws a Refusal `forbidden`, `not-found`, or `conflict` while
 * the account can still agree.
 */
export async function approverLeft(actor: Actor, address: string): Promise<void> {
  if (!isProgram(actor.role)) throw new Refusal('forbidden', 'Only the command line confirms that a second reviewer left.');
  const email = emailKey(address);
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM console."user" WHERE email = ${email} FOR UPDATE`;
    const user = await tx.user.findUnique({ where: { email } });
    if (!user) throw new Refusal('not-found', `There is no user ${email}.`, { field: 'email' });
    if (!user.disabledAt && rolesWith('policies.approve').some((role) => role === user.role))
      throw new Refusal('conflict', `${email} can still agree to changes. Disable the account or change its role first.`);
    await appendAuditEvent(tx, actor, { action: 'user.approver-left', subject: `user:${user.id}`, data: { email, via: 'command-line' } });
  });
}
