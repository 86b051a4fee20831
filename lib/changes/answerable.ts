import type { Prisma, User } from '@/lib/db/generated/client';
import { changeCases } from '@/lib/domain/change/change-sentence';
import type { ProposedChange } from '@/lib/domain/change/proposed-change';
import { type AnswerableChange, verdictObstacle } from '@/lib/domain/change/verdict';
import type { PersonMarks } from '@/lib/domain/person';
import { rolesWith } from '@/lib/domain/roles';
import type { SecondPersonRefusal } from '@/lib/domain/second-person';
import { decidersOf } from '@/lib/retention/deciders';
import { type Proposed, secondPersonRefusals } from '@/lib/review/require-second-person';

/** A change with everything that decides over who may answer it. */
export interface Answerable extends AnswerableChange {
  proposed: Proposed;
}

/** Why one account may not answer a change. */
export interface Obstacle {
  message: string | null;
  notSecond: SecondPersonRefusal | null;
}

/** Returns what an account is known by as a person's. */
export const marksOf = ({ id, email, oidcSubject }: Pick<User, 'id' | 'email' | 'oidcSubject'>): PersonMarks => ({
  id,
  email,
  oidcSubject,
});

/** Reads what decides over who may answer a change: who proposed it and when, the account it is about, who decided its cases. */
export async function answerable(
  tx: Prisma.TransactionClient,
  change: ProposedChange,
  proposed: Proposed,
  settled = false,
): Promise<Answerable> {
  const [about, deciders] = await Promise.all([
    'userId' in change ? tx.user.findUnique({ where: { id: change.userId } }) : null,
    change.kind === 'ERASURE' ? decidersOf(changeCases(change), tx) : new Map<number, PersonMarks[]>(),
  ]);
  // An account that is to be added is nobody's yet, but its mailbox is somebody's.
  const added = change.kind === 'USER_ADD' ? { id: '', email: change.email, oidcSubject: null } : null;
  return { proposed, concerns: about ? marksOf(about) : added, deciders: [...deciders.values()].flat(), settled };
}

/** Returns why an account may not be the second reviewer behind a change; `message` is null when it may. */
export async function obstacleFor(tx: Prisma.TransactionClient, change: Answerable, person: PersonMarks): Promise<Obstacle> {
  const [notSecond = null] = await secondPersonRefusals(person.id, [change.proposed], tx);
  return { message: verdictObstacle(change, person, notSecond), notSecond };
}

/** Resolves to true when somebody else could answer a change: an enabled account that may agree and is a second reviewer's. */
export async function couldBeAnswered(tx: Prisma.TransactionClient, change: Answerable): Promise<boolean> {
  const accounts = await tx.user.findMany({ where: { disabledAt: null, role: { in: rolesWith('policies.approve') } } });
  const obstacles = await Promise.all(accounts.map((account) => obstacleFor(tx, change, marksOf(account))));
  return obstacles.some(({ message }) => message === null);
}

/**
 * Resolves to true when an account that may agree, other than the proposer's, was disabled or lost its role since the proposal. A
 * change does not take effect by time alone after that: who removes the other approver does not thereby get rid of the second reviewer.
 */
export async function approverLeftSince(tx: Prisma.TransactionClient, { proposer, proposedAt }: Proposed): Promise<boolean> {
  const roles = rolesWith('policies.approve');
  const since = new Date(proposedAt);
  const [row] = await tx.$queryRaw<{ left: boolean }[]>`
    SELECT EXISTS (SELECT FROM console."user" AS u WHERE u.disabled_at >= ${since} AND u.role = ANY(${roles}) AND u.id <> ${proposer.id}::uuid)
      OR EXISTS (
        SELECT FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
        WHERE e.at >= ${since} AND e.action = 'user.role-changed' AND e.subject <> ${`user:${proposer.id}`} AND p.data::jsonb #>> '{data,from}' = ANY(${roles})
      ) AS left`;
  return row?.left ?? true;
}
