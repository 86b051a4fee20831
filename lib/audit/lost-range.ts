import { GENESIS, type Head } from './chain';
import { type Declaration, explains, isDeclaration } from './heads-of-chain';
import type { Checkpoint, LostRange } from './signed-head';

/** What signed heads are held against. */
export interface ComparedEvents {
  /** The events of the chain whose numbers were signed. */
  events: ReadonlyMap<number, SignedEvent>;
  /** The newest event of the chain. */
  end: Pick<Head, 'seq'>;
  isSigned: (head: Checkpoint) => boolean;
}

/** What is compared of an event whose number was signed. */
export interface SignedEvent {
  hash: string;
  action: string;
}

/** A range of lost events, and what tells how far back it goes. */
export interface FoundRange extends LostRange {
  /** The newest event before it that a head shows to be there; 0 for none. */
  kept: number;
  /** The first head that is lost. What was written later than it was signed cannot have been in the log it signed. */
  first: Checkpoint;
}

/**
 * Returns the range of events that were signed and are not in the chain; null when the chain holds every signed event, or declares the lost ones. Only
 * heads that differ are checked for their signature.
 */
export function lostRange(heads: readonly Checkpoint[], { events, end, isSigned }: ComparedEvents): FoundRange | null {
  const matches = (head: Checkpoint) => events.get(head.seq)?.hash === head.hash;
  const held: Declaration[] = heads.filter(isDeclaration).filter((one) => matches(one) && events.get(one.seq)?.action === 'log.restored');
  const lost = heads.filter((head) => !matches(head) && !held.some((one) => isSigned(one) && explains(one, head)) && isSigned(head));
  if (lost.length === 0) return null;
  const first = lost.reduce((least, head) => (head.seq < least.seq ? head : least));
  const kept = heads.reduce((most, head) => (head.seq < first.seq && matches(head) ? Math.max(most, head.seq) : most), GENESIS.seq);
  const from = first.seq > end.seq ? end.seq + 1 : kept + 1;
  return { from, to: lost.reduce((most, { seq }) => Math.max(most, seq), 0), kept, first };
}
