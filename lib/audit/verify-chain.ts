import * as z from 'zod/mini';
import { type Break, type ChainVerdict, findBreak, GENESIS, type Head, type Link } from './chain';
import type { Checkpoint } from './signed-head';

/** What a chain is held against. */
export interface ChainCheck {
  /** Heads that were signed, in any order. */
  checkpoints?: readonly Checkpoint[];
  /** Whether a known key signed this head. */
  isSigned?: (checkpoint: Checkpoint) => boolean;
  /** The link before the first one given; what was signed up to it is passed over. */
  from?: Head;
  /** Whether the links reach the newest one there is: only then does a payload that is gone need an event that says so. */
  toTheEnd?: boolean;
}

const erasure = z.object({ data: z.object({ events: z.array(z.int()) }) });

/**
 * Walks links in their order and stops at the first thing that is wrong. `head` of a broken chain is the last link that was right.
 * A checkpoint beyond the last link says that the newest links were cut off.
 */
export async function verifyChain(links: Iterable<Link> | AsyncIterable<Link>, check: ChainCheck = {}): Promise<ChainVerdict> {
  const { from = GENESIS, isSigned = () => true, toTheEnd = false } = check;
  const checkpoints = (check.checkpoints ?? []).filter(({ seq }) => seq > from.seq).toSorted((a, b) => a.seq - b.seq);
  let head = from;
  let erased = 0;
  let next = 0;
  /** Payloads that are gone and of which no event has said so yet. */
  const unexplained = new Set<number>();
  for await (const link of links) {
    const broken = findBreak(head, link);
    if (broken) return { whole: false, broken, head };
    if (!link.payload) {
      erased += 1;
      unexplained.add(link.seq);
    } else if (link.action === 'payload.erased') {
      for (const seq of erasedBy(link.payload.data)) unexplained.delete(seq);
    }
    const before = head;
    head = { seq: link.seq, hash: link.hash };
    for (let checkpoint = checkpoints[next]; checkpoint && checkpoint.seq <= head.seq; checkpoint = checkpoints[next]) {
      const contradiction = contradictionOf(checkpoint, head, isSigned);
      if (contradiction) return { whole: false, broken: contradiction, head: before };
      next += 1;
    }
  }
  const beyond = checkpoints[next];
  if (beyond) return { whole: false, broken: cutOff(head, beyond, checkpoints, isSigned), head };
  const [seq] = unexplained;
  if (toTheEnd && seq !== undefined) return { whole: false, broken: lostPayload(seq), head: { ...head } };
  return { whole: true, head, erased };
}

function contradictionOf(checkpoint: Checkpoint, head: Head, isSigned: (checkpoint: Checkpoint) => boolean): Break | null {
  const { seq, keyId } = checkpoint;
  if (!isSigned(checkpoint))
    return { seq, field: 'signature', expected: 'a signature of a known key over this head', found: `none (${keyId})` };
  if (checkpoint.hash === head.hash) return null;
  return { seq, field: 'checkpoint', expected: `${checkpoint.hash}, as signed at ${checkpoint.at}`, found: head.hash };
}

// Of those nobody signed none counts: whoever could add one would otherwise make any chain look cut off.
function cutOff(head: Head, beyond: Checkpoint, all: readonly Checkpoint[], isSigned: (checkpoint: Checkpoint) => boolean): Break {
  const last = all.findLast((checkpoint) => checkpoint.seq > head.seq && isSigned(checkpoint));
  if (!last)
    return { seq: beyond.seq, field: 'signature', expected: 'a signature of a known key over this head', found: `none (${beyond.keyId})` };
  return {
    seq: head.seq + 1,
    field: 'checkpoint',
    expected: `events up to ${last.seq}, as signed at ${last.at}`,
    found: 'the end of the log',
  };
}

function lostPayload(seq: number): Break {
  return { seq, field: 'payload', expected: 'a payload, or an event that says it was erased', found: 'neither' };
}

function erasedBy(data: string): number[] {
  try {
    return erasure.parse(JSON.parse(data)).data.events;
  } catch {
    return [];
  }
}
