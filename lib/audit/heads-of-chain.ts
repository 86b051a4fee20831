import type { Break, Head, Link } from './chain';
import type { Checkpoint, LostRange } from './signed-head';

/** Events that were signed and then lost in a restore, as event `seq` declares. */
export interface Gap extends LostRange {
  seq: number;
  /** When the declaration was signed. */
  at: string;
}

/** A signed head that declares a loss. */
export type Declaration = Checkpoint & { restored: LostRange };

/** Returns whether a head declares a loss. */
export function isDeclaration(head: Checkpoint): head is Declaration {
  return head.restored !== undefined;
}

/** The heads that were signed, held against a chain as it is walked. */
export class HeadsOfChain {
  readonly #heads: Checkpoint[];
  readonly #declared: Declaration[];
  /** Declarations the chain leads to, or that lie before the part of it that is walked. */
  readonly #held: Declaration[];
  /** Heads of another event, waiting for the declaration that explains them. */
  readonly #open: { head: Checkpoint; broken: Break; before: Head }[] = [];
  #next = 0;

  constructor(
    checkpoints: readonly Checkpoint[],
    from: Head,
    readonly isSigned: (checkpoint: Checkpoint) => boolean,
  ) {
    const declared = checkpoints.filter(isDeclaration).filter(isSigned);
    this.#heads = checkpoints.filter(({ seq }) => seq > from.seq).toSorted((a, b) => a.seq - b.seq || (a.at < b.at ? -1 : 1));
    this.#declared = declared.filter(({ seq }) => seq > from.seq);
    this.#held = declared.filter(({ seq }) => seq <= from.seq);
  }

  /** Compares the heads of one link with it; `before` is the link before. Returns the first contradiction nothing can explain, or null. */
  pass(link: Link, before: Head): Break | null {
    for (let head = this.#heads[this.#next]; head && head.seq <= link.seq; head = this.#heads[this.#next]) {
      this.#next += 1;
      if (!this.isSigned(head)) return unsigned(head);
      const declaration = this.#declared.find((one) => one === head);
      if (head.hash === link.hash) {
        if (declaration && link.action === 'log.restored') this.#held.push(declaration);
        continue;
      }
      const broken: Break = { seq: head.seq, field: 'checkpoint', expected: `${head.hash}, as signed at ${head.at}`, found: link.hash };
      if (![...this.#held, ...this.#declared].some((one) => explains(one, head))) return broken;
      this.#open.push({ head, broken, before });
    }
    return null;
  }

  /** Returns what contradicts a chain that ends with `last`, and the last link that is right; null when nothing does. */
  end(last: Head): { broken: Break; head: Head } | null {
    const open = this.#open.find(({ head }) => !this.#isExplained(head));
    if (open) return { broken: open.broken, head: open.before };
    const beyond = this.#heads.slice(this.#next).filter((head) => !this.isSigned(head) || !this.#isExplained(head));
    const [first] = beyond;
    if (!first) return null;
    // Heads nobody known signed do not count: anyone who can add one could otherwise make any chain look cut off.
    const newest = beyond.findLast((head) => this.isSigned(head));
    return { broken: newest ? cutOff(last, newest) : unsigned(first), head: last };
  }

  /** Returns the losses the walked chain declares, oldest declaration first. */
  gaps(): Gap[] {
    return this.#held.map(({ seq, at, restored: { from, to } }) => ({ from, to, seq, at })).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  }

  #isExplained(head: Checkpoint): boolean {
    return this.#held.some((one) => explains(one, head));
  }
}

/** Returns whether a head is one of the lost. A head signed later than the declaration belongs to the chain that went on from there. */
export function explains({ restored, at }: Declaration, head: Checkpoint): boolean {
  return restored.from <= head.seq && head.seq <= restored.to && head.at < at;
}

function unsigned({ seq, keyId }: Checkpoint): Break {
  return { seq, field: 'signature', expected: 'a signature of a known key over this head', found: `none (${keyId})` };
}

function cutOff({ seq }: Head, newest: Checkpoint): Break {
  return {
    seq: seq + 1,
    field: 'checkpoint',
    expected: `events up to ${newest.seq}, as signed at ${newest.at}`,
    found: 'the end of the log',
  };
}
