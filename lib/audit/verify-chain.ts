import { type Break, findBreak, GENESIS, type Head, type Link } from './chain';
import { type Gap, HeadsOfChain } from './heads-of-chain';
import { LostPayloads } from './lost-payloads';
import { RowBindings } from './row-bindings';
import type { Checkpoint } from './signed-head';

/** What a chain is held against. */
export interface ChainCheck {
  /** Heads that were signed, in any order. */
  checkpoints?: readonly Checkpoint[];
  /** Whether a known key signed this head. */
  isSigned?: (checkpoint: Checkpoint) => boolean;
  /** The link before the first one given; what was signed up to it is passed over. */
  from?: Head;
  /** Whether the links reach the newest one there is: only then does a payload that is gone need an erasure that took it. */
  toTheEnd?: boolean;
}

/** `gaps`: events that were signed and lost in a restore which a signed head declares. */
export type ChainVerdict = { whole: true; head: Head; erased: number; gaps: Gap[] } | { whole: false; broken: Break; head: Head };

/**
 * Walks links in their order and stops at the first thing that is wrong. `head` of a broken chain is the last link that was right.
 * A checkpoint beyond the last link says that the newest links were cut off, unless a signed head the chain leads to declares them lost.
 */
export async function verifyChain(links: Iterable<Link> | AsyncIterable<Link>, check: ChainCheck = {}): Promise<ChainVerdict> {
  const { from = GENESIS, isSigned = () => true, toTheEnd = false } = check;
  const rows = new RowBindings();
  const heads = new HeadsOfChain(check.checkpoints ?? [], from, isSigned);
  let head = from;
  const lost = new LostPayloads();
  for await (const link of links) {
    const unlinked = findBreak(head, link);
    if (unlinked) return { whole: false, broken: unlinked, head };
    const { broken, erasing } = rows.take(link);
    if (broken) return { whole: false, broken, head };
    lost.pass(link, erasing);
    const contradiction = heads.pass(link, head);
    if (contradiction) return { whole: false, broken: contradiction, head };
    head = { seq: link.seq, hash: link.hash };
  }
  const contradiction = heads.end(head);
  if (contradiction) return { whole: false, ...contradiction };
  const broken = toTheEnd ? lost.end() : null;
  if (broken) return { whole: false, broken, head: { ...head } };
  return { whole: true, head, erased: lost.erased, gaps: heads.gaps() };
}
