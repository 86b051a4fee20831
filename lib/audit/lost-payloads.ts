import * as z from 'zod/mini';
import { ROW_KINDS } from './bound-rows';
import type { Break, Link } from './chain';
import type { Erasing } from './row-bindings';

const erased = z.object({ data: z.object({ events: z.array(z.unknown()) }) });
const { ofAction, ofTable } = ROW_KINDS;

type Gone = Pick<Link, 'action' | 'subject'>;

/**
 * The payloads that are gone as a chain is walked, and of which no erasure of a case has said so yet. A payload may go only where an event
 * `payload.erased` names its event, and a later `case.erased` about the same subject, which binds a new row of `erasure`, binds as many rows of its
 * kind again as went. An event about a case goes with that case alone. LOST_PAYLOADS_SQL, verify.mjs and verify.py hold the same rule.
 */
export class LostPayloads {
  readonly #gone = new Map<number, Gone>();
  /** Numbers that an event said are gone. */
  readonly #said = new Set<number>();
  /** Those of them that wait for the erasure of this subject. */
  readonly #waiting = new Map<string, number[]>();
  /** How many payloads are gone, also those that an erasure took. */
  erased = 0;

  /** Takes a link after RowBindings did; `erasing` is what that found. */
  pass(link: Link, erasing: Erasing | null): void {
    const { seq, action, subject, payload } = link;
    if (!payload) {
      this.erased += 1;
      this.#gone.set(seq, { action, subject });
    } else if (action === 'payload.erased' && this.#gone.size > 0) {
      for (const one of eventsIn(payload.data)) this.#say(one, subject);
    } else if (erasing) this.#settle(subject, erasing);
  }

  #say(seq: number, subject: string): void {
    const gone = this.#gone.get(seq);
    if (!gone || this.#said.has(seq) || (gone.subject !== subject && gone.subject.startsWith('verification:'))) return;
    this.#said.add(seq);
    const waiting = this.#waiting.get(subject);
    if (waiting) waiting.push(seq);
    else this.#waiting.set(subject, [seq]);
  }

  #settle(subject: string, { rows }: Erasing): void {
    const left = new Map<string, number>();
    for (const { table } of rows) {
      const kind = ofTable[table];
      if (kind !== undefined) left.set(kind, (left.get(kind) ?? 0) + 1);
    }
    for (const seq of (this.#waiting.get(subject) ?? []).toSorted((a, b) => a - b)) {
      const kind = ofAction[this.#gone.get(seq)?.action ?? ''];
      const amount = kind === undefined ? 1 : (left.get(kind) ?? 0);
      if (kind !== undefined) left.set(kind, amount - 1);
      if (amount <= 0) continue;
      this.#gone.delete(seq);
      this.#said.delete(seq);
    }
    this.#waiting.delete(subject);
  }

  /** Returns the break of the first payload that nothing explains, null when every one is explained. */
  end(): Break | null {
    const [seq] = this.#gone.keys();
    if (seq === undefined) return null;
    return { seq, field: 'payload', expected: 'a payload, or the erasure of a case that took it', found: 'neither' };
  }
}

function eventsIn(data: string): number[] {
  try {
    return erased.parse(JSON.parse(data)).data.events.filter((one) => typeof one === 'number');
  } catch {
    return [];
  }
}
