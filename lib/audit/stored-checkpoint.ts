import type { Checkpoint as Row } from '@/lib/db/generated/client';
import type { Checkpoint } from './signed-head';

/** Reads a signed head from its row. */
export function checkpointOf({ seq, hash, at, keyId, signature, restoredFrom, restoredTo }: Row): Checkpoint {
  const restored = restoredFrom !== null && restoredTo !== null && { restored: { from: Number(restoredFrom), to: Number(restoredTo) } };
  return { seq: Number(seq), hash, at: at.toISOString(), keyId, signature, ...restored };
}
