import { db } from '@/lib/db/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import type { Head } from './chain';
import { readLastCheckpoint } from './checkpoint-files';
import type { Gap } from './heads-of-chain';
import { type LogState, logState, unsignedSince } from './log-state';
import { type AuditKey, auditKeys } from './public-keys';
import { heedVerdict } from './resume-if-whole';
import type { Checkpoint } from './signed-head';
import { checkpointOf } from './stored-checkpoint';
import { type StoredVerdict, verifyStoredChain } from './verify-stored-chain';
import { type WitnessState, witnessState } from './witness';

export interface AuditVerdict {
  verdict: StoredVerdict;
  /** When the whole of the chain was last walked, milliseconds since 1970; later links are walked each time. */
  walkedAt: number;
  /** Whether the log is signed and written, and why not. */
  state: LogState;
  /** The head that was signed last. */
  checkpoint: Checkpoint | null;
  /** When the oldest event after it happened, milliseconds since 1970; null where there is none. Older than a minute or two: nobody signs. */
  unsignedSince: number | null;
  /** Every key that signed heads, the one in use first. */
  keys: AuditKey[];
  /** Null where no witness is set. */
  witness: WitnessState | null;
}

const WHOLE_AGAIN_MS = 3_600_000;

/** What this process walked last: a whole chain, from whose head the next look goes on. */
let walked: { at: number; head: Head; erased: number; gaps: Gap[] } | null = null;
let walking: Promise<StoredVerdict> | null = null;

/**
 * Returns whether the chain is whole, with the newest signed head. All of it is walked at the first look, once an hour, and whenever `again` asks for it;
 * in between only what came since. Looks at the same moment share one walk. A broken chain stops the signer. Throws a Refusal `forbidden`.
 */
export async function chainVerdict(actor: Actor, { again = false } = {}): Promise<AuditVerdict> {
  requirePermission(actor, 'audit.read');
  if (again) walked = null;
  walking ??= walk().finally(() => {
    walking = null;
  });
  const verdict = await walking;
  return {
    verdict,
    walkedAt: walked?.at ?? Date.now(),
    state: await logState(),
    checkpoint: readLastCheckpoint() ?? (await shownCheckpoint()),
    unsignedSince: await unsignedSince(),
    keys: auditKeys(),
    witness: await witnessState(),
  };
}

async function walk(): Promise<StoredVerdict> {
  const now = Date.now();
  const known = walked && now - walked.at < WHOLE_AGAIN_MS ? walked : null;
  const verdict = await verifyStoredChain(known?.head);
  if (!known || !verdict.whole) await heedVerdict(verdict);
  if (!verdict.whole) {
    walked = null;
    return verdict;
  }
  const erased = verdict.erased + (known?.erased ?? 0);
  const gaps = known ? [...known.gaps, ...verdict.gaps.filter(({ seq }) => seq > known.head.seq)] : verdict.gaps;
  walked = { at: known?.at ?? now, head: verdict.head, erased, gaps };
  return { ...verdict, erased, gaps };
}

async function shownCheckpoint(): Promise<Checkpoint | null> {
  const newest = await db().checkpoint.findFirst({ orderBy: { seq: 'desc' } });
  return newest && checkpointOf(newest);
}
