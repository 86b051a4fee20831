import type { Prisma, User } from '@/lib/db/generated/client';
import type { ProposedChange } from '@/lib/domain/change/proposed-change';
import { type AnswerableChange, casesAnswerable, verdictObstacle } from '@/lib/domain/change/verdict';
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
  const [about, decided] = await Promise.all([
    'userId' in change ? tx.user.findUnique({ where: { id: change.userId } }) : null,
    change.kind === 'ERASURE' ? decidersOf(change.ids, tx) : new Map<number, PersonMarks[]>(),
  ]);
  const deciders = change.kind === 'ERASURE' ? new Map(change.ids.map((id) => [id, decided.get(id) ?? []])) : decided;
  // An account that is to be added is nobody's yet, but its mailbox is somebody's.
  const added = change.kind === 'USER_ADD' ? { id: '', email: change.email, oidcSubject: null } : null;
  return { proposed, concerns: about ? marksOf(about) : added, deciders, settled };
}

/** Returns why an account may not be the second reviewer behind a change; `message` is null when it may. */
export async function obstacleFor(tx: Prisma.TransactionClient, change: Answerable, person: PersonMarks): Promise<Obstacle> {
  const [notSecond = null] = await secondPersonRefusals(person.id, [change.proposed], tx);
  return { message: verdictObstacle(change, person, notSecond), notSecond };
}

/** What somebody else could agree to now: a change as a whole, or single cases of it. */
export interface Openness {
  whole: boolean;
  cases: number[];
}

/** Finds out what of a change an enabled account could answer that may agree and is a second reviewer's. */
export async function opennessOf(tx: Prisma.TransactionClient, change: Answerable): Promise<Openness> {
  const open: Openness = { whole: false, cases: [] };
  for (const account of await approvers(tx)) {
    const { message, notSecond } = await obstacleFor(tx, change, marksOf(account));
    if (message === null) open.whole = true;
    open.cases.push(...casesAnswerable(change, marksOf(account), notSecond));
  }
  return { ...open, cases: [...new Set(open.cases)].toSorted((a, b) => a - b) };
}

function approvers(tx: Prisma.TransactionClient): Promise<User[]> {
  return tx.user.findMany({ where: { disabledAt: null, role: { in: rolesWith('policies.approve') } } });
}
