import type { EvidenceState } from './evidence-state';

/** What a page knows of a file it shows. */
export interface ViewedFile {
  /** Its bytes are on their way. */
  isLoading: boolean;
  /** Hex sha256 of the bytes on the screen; null for a clip that is played in parts, and for nothing. */
  shown: string | null;
  /** What is shown is a copy that was kept, not the file itself. */
  isCopy: boolean;
  /** The console was asked again since the file came, or did not. */
  isConfirmed: boolean;
}

/**
 * Returns the state of a file as its reviewer must see it: what the console knew, corrected by the bytes that just came. Other bytes than
 * first seen differ at once, before any answer of the console; the same bytes are `same` only once it confirmed that. `now` in
 * milliseconds since 1970. Pure.
 */
export function viewedState(known: EvidenceState, { isLoading, shown, isCopy, isConfirmed }: ViewedFile, now: number): EvidenceState {
  const { first, state } = known;
  if (shown !== null && !isCopy && first && shown !== first.sha256) return differing(known, shown, now);
  // What was known before says nothing about what comes now.
  const isOpen = isLoading || !isConfirmed;
  return isOpen && state !== 'differs' && !(isLoading && state === 'lost') ? { ...known, state: 'checking', problem: null } : known;
}

function differing(known: EvidenceState, shown: string, now: number): EvidenceState {
  const open = known.others.findLast(({ until }) => until === null);
  const others = open ? known.others : [...known.others, { sha256: shown, from: now, until: null, acknowledged: null }];
  return { ...known, state: 'differs', problem: null, sha256: shown, others };
}

/**
 * Returns the hash a verdict names for a file: of the bytes on the screen, else of the check that ended since the case was opened; null
 * when neither is there. `openedAt` in milliseconds since 1970 by the server's clock. Pure.
 */
export function namedHash(known: EvidenceState | undefined, { shown, isCopy }: ViewedFile, openedAt: number | null): string | null {
  if (shown !== null) return isCopy && shown !== known?.sha256 ? null : shown;
  if (!known || openedAt === null || known.readAt === null || known.readAt < openedAt) return null;
  return known.state === 'same' || known.state === 'differs' ? known.sha256 : null;
}
