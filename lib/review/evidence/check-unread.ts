import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { checkFile } from './check-file';

/** A player fetches a clip in many parts: within this time they are one opening. */
const ONE_OPENING_MS = 30_000;
const OPENINGS_MAX = 10_000;

const openings = new Map<string, number>();

/**
 * Reads a file whole in the background that is looked at in parts, so that its state says whether it is still the same. Resolves once
 * the file counts as being checked; a page asks for a newer check itself when a case is opened again sooner.
 */
export async function checkUnread(actor: Actor, claim: FileClaim, onFault: (fault: unknown) => void): Promise<void> {
  const now = Date.now();
  const last = openings.get(claim.name);
  if (last !== undefined && now - last < ONE_OPENING_MS) return;
  openings.delete(claim.name);
  const [oldest] = openings.keys();
  if (openings.size >= OPENINGS_MAX && oldest !== undefined) openings.delete(oldest);
  openings.set(claim.name, now);
  await new Promise<void>((begun) => void checkFile(actor, claim, { onBegun: begun }).catch(onFault).finally(begun));
}
