import type { Prisma } from '@/lib/db/generated/client';
import type { ProposedChange } from '@/lib/domain/change/proposed-change';
import type { Proposed } from '@/lib/review/require-second-person';
import { answerable, opennessOf } from './answerable';

/** Somebody who holds the right to agree, or held it until one person removed them. */
export interface Awaited {
  name: string;
  wasRemoved: boolean;
}

/**
 * Returns the people whom a change waits for before it takes effect; where there is nobody it takes effect by time. The one rule
 * is `console.change_waits_for`, which the database itself follows: who removes the second reviewer, or takes over their account, does not
 * thereby get rid of the second reviewer, however long they wait.
 */
export function waitsFor(tx: Prisma.TransactionClient, change: ProposedChange, { proposer }: Proposed): Promise<Awaited[]> {
  const { kind, ...payload } = change;
  const row = { kind, payload, proposer_id: proposer.id, proposer_email: proposer.email, proposer_subject: proposer.oidcSubject };
  return tx.$queryRaw<Awaited[]>`
    SELECT u.name, w.was_removed AS "wasRemoved"
    FROM console.change_waits_for(jsonb_populate_record(NULL::console.proposed_change, ${JSON.stringify(row)}::jsonb)) AS w
    JOIN console."user" AS u ON u.id = w.account_id ORDER BY u.name`;
}

/** Returns why a change waits although nobody can agree to it now, and what to do; null while somebody can, or it takes effect by time. */
export async function stuckSentence(tx: Prisma.TransactionClient, change: ProposedChange, proposed: Proposed): Promise<string | null> {
  const awaited = await waitsFor(tx, change, proposed);
  if (awaited.length === 0)
    return 'Somebody could have agreed to this change after it was proposed, and nobody can now, so it does not take effect by time. Withdraw it and propose it again: it is then announced for 72 hours.';
  const { whole, cases } = await opennessOf(tx, await answerable(tx, change, proposed));
  if (whole || cases.length > 0) return null;
  const [removed, present] = [awaited.filter(({ wasRemoved }) => wasRemoved), awaited.filter(({ wasRemoved }) => !wasRemoved)];
  const why = [
    removed.length > 0 &&
      `${named(removed)} could have agreed, but ${removed.length === 1 ? 'was' : 'were'} disabled or lost the right to agree. If ${removed.length === 1 ? 'that person has' : 'these people have'} left, confirm it on the server (npm run user -- left EMAIL), and propose the change again.`,
    present.length > 0 && `${named(present)} may agree to changes, but not to this one. Propose it again once they can answer.`,
  ].filter((sentence) => sentence !== false);
  return `Nobody can agree to this change now, and it does not take effect by time. ${why.join(' ')} Or add another second reviewer on the server (npm run user -- add).`;
}

const named = (people: readonly Awaited[]) => people.map(({ name }) => name).join(', ');
