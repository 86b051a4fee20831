import type { EvidenceShown } from '@/lib/domain/evidence-shown';
import { forgetUnchecked, uncheckedOf } from './unchecked-in-use';

/** What a page that shows the files of a case offers to whatever records a verdict on it. */
export interface ShownEvidence {
  /** The hashes of the record and the files on the screen. */
  read: () => EvidenceShown;
  /** Sentences a reviewer must have read before a verdict; the same array while nothing changed. */
  warnings: readonly string[];
  /** What is not checked yet, as one sentence; null when everything is. */
  note: string | null;
  /** Asks what is known now, and loads a file again that is another than the one on the screen. */
  lookAgain: () => void;
}

// By case, so that a verdict can never name the files of another one.
const inUse = new Map<number, ShownEvidence>();
const listeners = new Set<() => void>();

/** Offers what is shown of a case for as long as it is shown. Returns the way to take it back. */
export function offerShown(caseId: number, shown: ShownEvidence): () => void {
  inUse.set(caseId, shown);
  for (const listener of listeners) listener();
  return () => {
    if (inUse.get(caseId) === shown) inUse.delete(caseId);
  };
}

/**
 * Returns the hashes of what is on the screen of a case, all null when neither its record nor its files are shown; with the files that its reviewer goes on
 * without.
 */
export function shownInUse(caseId: number): EvidenceShown {
  const unchecked = uncheckedOf(caseId);
  const shown = inUse.get(caseId)?.read() ?? { record: null, id: null, face: null };
  return { ...shown, ...(unchecked?.isAccepted && { unchecked: unchecked.sides }) };
}

const CHANGED = new Set(['evidence-changed', 'record-changed']);

/** Asks again what is known of the files of a case when a verdict was refused because they, or the record, are others now. */
export function lookAgainAfter(code: string, caseId: number): void {
  if (CHANGED.has(code)) lookAgain(caseId);
}

/** Asks again what is known of the files of a case. */
function lookAgain(caseId: number): void {
  forgetUnchecked(caseId);
  inUse.get(caseId)?.lookAgain();
}

/** Returns what is shown of a case at this moment; the same object while nothing changed, null when its files are not shown. */
export function shownOf(caseId: number): ShownEvidence | null {
  return inUse.get(caseId) ?? null;
}

/** Calls back whenever what is shown of a case changed. Returns the way to stop. */
export function onShownChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
