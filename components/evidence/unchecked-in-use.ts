import * as z from 'zod/mini';
import type { EvidenceCategory } from '@/lib/domain/verification';

/** Files that the server could not compare at a verdict, and whether its reviewer goes on all the same. */
export interface UncheckedFiles {
  sides: EvidenceCategory[];
  isAccepted: boolean;
}

const refused = z.object({ problems: z.array(z.object({ side: z.enum(['id', 'face']) })) });

// By case, as what is shown of it.
const byCase = new Map<number, UncheckedFiles>();
const listeners = new Set<() => void>();

/** Keeps what a refusal `evidence-unchecked` names, so that its reviewer can be asked. */
export function noteUnchecked(caseId: number, details: unknown): void {
  const problems = refused.safeParse(details).data?.problems ?? [];
  set(caseId, { sides: [...new Set(problems.map(({ side }) => side))], isAccepted: false });
}

/** Keeps whether the reviewer goes on without a comparison. */
export function acceptUnchecked(caseId: number, isAccepted: boolean): void {
  const known = byCase.get(caseId);
  if (known) set(caseId, { ...known, isAccepted });
}

/** Forgets what could not be compared, for the next verdict. */
export function forgetUnchecked(caseId: number): void {
  if (byCase.delete(caseId)) for (const listener of listeners) listener();
}

/** Returns what could not be compared; the same object while nothing changed, null when nothing is known of it. */
export function uncheckedOf(caseId: number): UncheckedFiles | null {
  return byCase.get(caseId) ?? null;
}

/** Calls back whenever that changed. Returns the way to stop. */
export function onUncheckedChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function set(caseId: number, files: UncheckedFiles): void {
  byCase.set(caseId, files);
  for (const listener of listeners) listener();
}
