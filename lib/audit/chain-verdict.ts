import { db } from '@/lib/db/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import type { ChainVerdict, Head } from './chain';
import type { Checkpoint } from './signed-head';
import { verifyStoredChain } from './verify-stored-chain';
import { type WitnessState, witnessState } from './witness';

export interface AuditVerdict {
  verdict: ChainVerdict;
  /** When the whole of the chain was last walked, milliseconds since 1970; later links are walked each time. */
  walkedAt: number;
  /** The newest head that was signed. */
  checkpoint: Checkpoint | null;
  /** When the oldest event after it happened, milliseconds since 1970; null where there is none. Older than a minute or two: nobody signs. */
  unsignedSince: number | null;
  /** Null where no witness is set. */
  witness: WitnessState | null;
}

const WHOLE_AGAIN_MS = 3_600_000;

/** What this process walked last: a whole chain, from whose head the next look goes on. */
let walked: { at: number; head: Head; erased: number } | null = null;
let walking: Promise<ChainVerdict> | null = null;

/**
 * Whether the chain is whole, and the newest signed head. All of it is walked at the first look, once an hour, and whenever `again` asks for it; in
 * between only what came since. Looks at the same moment share one walk. Throws a Refusal `forbidden`.
 */
export async function chainVerdict(actor: Actor, { again = false } = {}): Promise<AuditVerdict> {
  requirePermission(actor, 'audit.read');
  if (again) walked = null;
  walking ??= walk().finally(() => {
    walking = null;
  });
  const verdict = await walking;
  const newest = await db().checkpoint.findFirst({ orderBy: { seq: 'desc' } });
  const checkpoint = newest && { ...newest, seq: Number(newest.seq), at: newest.at.toISOString() };
  const unsigned = await db().auditEvent.findFirst({
    where: { seq: { gt: newest?.seq ?? 0n } },
    orderBy: { seq: 'asc' },
    select: { at: true },
  });
  const unsignedSince = unsigned?.at.getTime() ?? null;
  return { verdict, walkedAt: walked?.at ?? Date.now(), checkpoint, unsignedSince, witness: await witnessState() };
}

async function walk(): Promise<ChainVerdict> {
  const now = Date.now();
  const known = walked && now - walked.at < WHOLE_AGAIN_MS ? walked : null;
  const verdict = await verifyStoredChain(known?.head);
  if (!verdict.whole) {
    walked = null;
    return verdict;
  }
  const erased = verdict.erased + (known?.erased ?? 0);
  walked = { at: known?.at ?? now, head: verdict.head, erased };
  return { ...verdict, erased };
}
