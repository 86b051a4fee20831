import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { ChangeOf } from '@/lib/domain/change/proposed-change';
import { Refusal } from '@/lib/domain/refusal';
import type { ErasureInput, HoldInput } from '@/lib/domain/retention';
import { type ErasureResult, eraseCases, requireTyped } from '@/lib/retention/erase-cases';
import { type HoldResult, placeHold } from '@/lib/retention/place-hold';
import { previewErasure } from '@/lib/retention/preview-erasure';
import { requireNameless } from '@/lib/retention/require-nameless';
import { retentionFacts } from '@/lib/retention/retention-facts';
import { requireReviewer } from '@/lib/review/require-reviewer';
import { proposeChange } from './propose-change';
import { changeViewOf } from './read-changes';

/** A change that waits, and the cases it leaves out. */
export interface ProposedForCases {
  change: ChangeView;
  refused: { id: number; message: string }[];
}

/**
 * Erases cases whose retention period is over; proposes their erasure where somebody asked for it. Throws a Refusal as `eraseCases`
 * and `proposeChange` do, `unprocessable` when none of them can be erased.
 */
export async function submitErasure(actor: Actor, input: ErasureInput): Promise<{ result: ErasureResult } | ProposedForCases> {
  if (input.rule === 'RETENTION') return { result: await eraseCases(actor, input) };
  requireReviewer(actor, 'retention.manage');
  const asked = [...new Set(input.ids)];
  requireTyped(input.confirm, asked.length);
  await requireNameless(db(), asked, { text: input.reason, field: 'reason' });
  const { cases } = await previewErasure(actor, asked, 'REQUEST');
  return propose(
    actor,
    input.reason,
    cases.map(({ verificationId, obstacle }) => ({ id: verificationId, obstacle })),
    (ids) => ({ kind: 'ERASURE', ids }),
  );
}

/** Puts cases under legal hold; proposes to lift it. Throws a Refusal as `placeHold` and `proposeChange` do. */
export async function submitHold(actor: Actor, input: HoldInput): Promise<{ result: HoldResult } | ProposedForCases> {
  if (input.held) return { result: await placeHold(actor, input) };
  requireReviewer(actor, 'retention.manage');
  const asked = [...new Set(input.ids)];
  requireTyped(input.confirm, asked.length);
  const facts = await retentionFacts(asked);
  return propose(
    actor,
    input.reason,
    facts.map(({ verificationId, holdId }) => ({ id: verificationId, obstacle: holdId === null ? 'It is not under legal hold.' : null })),
    (ids) => ({ kind: 'HOLD_LIFT', ids, holds: facts.flatMap(({ holdId }) => holdId ?? []) }),
  );
}

async function propose(
  actor: Actor,
  reason: string,
  cases: { id: number; obstacle: string | null }[],
  changeOf: (ids: number[]) => ChangeOf<'ERASURE' | 'HOLD_LIFT'>,
): Promise<ProposedForCases> {
  const refused = cases.flatMap(({ id, obstacle }) => (obstacle === null ? [] : [{ id, message: obstacle }]));
  const ids = cases.flatMap(({ id, obstacle }) => (obstacle === null ? [id] : []));
  if (ids.length === 0)
    throw new Refusal('unprocessable', `Nothing was proposed. ${refused[0]?.message ?? ''}`.trim(), { field: 'ids', details: { refused } });
  return { change: await changeViewOf(actor, await proposeChange(actor, changeOf(ids), { reason })), refused };
}
