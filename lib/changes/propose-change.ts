import { appendAuditEvent } from '@/lib/audit/append';
import { canonicalJson } from '@/lib/audit/canonical-json';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { changeCases, changeDifferences, changeSentence } from '@/lib/domain/change/change-sentence';
import { policyDifferences } from '@/lib/domain/change/policy-differences';
import { CHANGE_PERMISSION, CHANGE_WAIT_HOURS, type ProposedChange } from '@/lib/domain/change/proposed-change';
import { checkReason } from '@/lib/domain/change/verdict';
import { Refusal } from '@/lib/domain/refusal';
import { retentionFacts } from '@/lib/retention/retention-facts';
import { besideErasures } from '@/lib/review/beside-erasures';
import { requireReviewer } from '@/lib/review/require-reviewer';
import { answerable, marksOf, type Openness, opennessOf } from './answerable';
import { outdated } from './outdated';
import { findChange, readProposed, type StoredChange } from './stored-change';
import { waitsFor } from './waits-for';

/** Cases one message names before it only counts. */
const CASES_NAMED = 10;
const WAIT_MS = CHANGE_WAIT_HOURS * 3_600_000;

/**
 * Writes down a change for a second reviewer to answer. Where nobody else holds the right to agree, nor held it until one
 * person removed them, it takes effect by itself after 72 hours. `secret` is the hash of a password it sets. Throws a Refusal `forbidden`,
 * `unprocessable` without a reason or for cases that only different people could agree to, `stale` when it does not fit the
 * state, or `conflict` when the same change waits already.
 */
export async function proposeChange(
  actor: Actor,
  change: ProposedChange,
  { reason, secret = null }: { reason: string; secret?: string | null },
): Promise<StoredChange> {
  requireReviewer(actor, CHANGE_PERMISSION[change.kind]);
  checkReason(reason);
  return db().$transaction(async (tx) => {
    // One proposal at a time, so that the same one sent twice is seen.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('second-look/proposed-change', 0))`;
    // Between erasures: why a hold is to be lifted must not be written about a case that is being erased.
    await besideErasures(tx);
    const moved = (await outdated(tx, change)) ?? (await leavesOut(tx, change));
    if (moved !== null) throw new Refusal('stale', moved);
    await refuseTwin(tx, change);
    const proposer = marksOf(await tx.user.findUniqueOrThrow({ where: { id: actor.id } }));
    const asked = await answerable(tx, change, { proposer, proposedAt: Date.now() });
    requireOneReviewer(await opennessOf(tx, asked));
    const waitsForSomebody = (await waitsFor(tx, change, asked.proposed)).length > 0;
    const { kind, ...payload } = change;
    const { id, takesEffectAt } = await tx.proposedChange.create({
      data: {
        kind,
        payload,
        reason: reason.trim(),
        proposerId: actor.id,
        proposerName: actor.name,
        proposerEmail: proposer.email,
        proposerSubject: proposer.oidcSubject,
        ...(secret !== null && { secret: { create: { passwordHash: secret } } }),
        // Dated anew by the database, with its own clock.
        takesEffectAt: waitsForSomebody ? null : new Date(Date.now() + WAIT_MS),
      },
    });
    const data = {
      kind,
      what: changeSentence(change),
      differences: changeDifferences(change),
      ids: changeCases(change),
      reason: reason.trim(),
      takesEffectAt: takesEffectAt?.getTime() ?? null,
    };
    await appendAuditEvent(tx, actor, { action: 'change.proposed', subject: `change:${id}`, data }, [{ table: 'proposed_change', id }]);
    return findChange(tx, id);
  });
}

async function leavesOut(tx: Prisma.TransactionClient, change: ProposedChange): Promise<string | null> {
  if (change.kind !== 'HOLD_LIFT') return null;
  const free = (await retentionFacts(change.ids, tx)).find(({ holdId }) => holdId === null || !change.holds.includes(holdId));
  return free ? `Case ${free.verificationId} is not under the same legal hold any more. Leave it out and send the others again.` : null;
}

// Otherwise one case that nobody can answer would carry all the others past their second reviewers.
function requireOneReviewer({ whole, cases }: Openness): void {
  if (whole || cases.length === 0) return;
  const named = `${cases.slice(0, CASES_NAMED).join(', ')}${cases.length > CASES_NAMED ? ` and ${cases.length - CASES_NAMED} more` : ''}`;
  throw new Refusal(
    'unprocessable',
    `Nothing was proposed. Nobody can agree to all of these cases together, but somebody can agree to these: ${named}. Propose each of them apart.`,
    { field: 'ids', details: { apart: cases } },
  );
}

async function refuseTwin(tx: Prisma.TransactionClient, change: ProposedChange): Promise<void> {
  const { kind } = change;
  const waiting = await tx.proposedChange.findMany({
    where: { kind, verdict: null, effect: null },
    select: { kind: true, payload: true },
  });
  const twin = canonicalJson(essence(change));
  if (waiting.some((other) => canonicalJson(essence(readProposed(other))) === twin))
    throw new Refusal('conflict', 'The same change waits for a second reviewer already. Open Approvals to see it.');
}

// The same settings changed to the same values are the same change, whichever version they were proposed on.
const essence = (change: ProposedChange) => (change.kind === 'POLICY' ? policyDifferences(change.before, change.settings) : change);
