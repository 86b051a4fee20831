import type { RecordSource, SourcePage } from './record-source';

/** Records a page asks for: the most the upstream gives at once. */
export const PAGE_LIMIT = 100;

/** Reads pages upwards by verificationId and asks for the ones after in advance. */
export class PageReader {
  readonly #source: RecordSource;
  readonly #ahead: number;
  readonly #signal: AbortSignal;
  #stride = PAGE_LIMIT - 1;
  #asked = new Map<number, Promise<SourcePage>>();
  #given = new AbortController();

  /** `ahead` is how many pages may be on their way beside the one that is waited for. */
  constructor(source: RecordSource, ahead: number, signal: AbortSignal) {
    this.#source = source;
    this.#ahead = ahead;
    this.#signal = signal;
  }

  /** The page whose first entry is the `offset`-th. Pages begin at the last entry of the one before, which proves they join. */
  async read(offset: number): Promise<SourcePage> {
    if (!this.#asked.has(offset)) this.forget();
    const page = await this.#ask(offset);
    this.#asked.delete(offset);
    this.#learnStride(page);
    this.#askAhead(offset, page.total);
    return page;
  }

  /** Gives up what is on its way. */
  forget(): void {
    this.#given.abort();
    this.#given = new AbortController();
    this.#asked.clear();
  }

  #askAhead(offset: number, total: number): void {
    for (let step = 1; step <= this.#ahead; step += 1) {
      const next = offset + step * this.#stride;
      if (next < total - 1) this.#ask(next);
    }
  }

  #ask(offset: number): Promise<SourcePage> {
    const running = this.#asked.get(offset);
    if (running) return running;
    const page = this.#source.page('asc', offset, PAGE_LIMIT, AbortSignal.any([this.#signal, this.#given.signal]));
    page.catch(() => undefined);
    this.#asked.set(offset, page);
    return page;
  }

  // An upstream may give fewer at once than it is asked for.
  #learnStride({ entries, limit, offset, total }: SourcePage): void {
    if (entries.length > 1 && entries.length < limit && offset + entries.length < total) this.#stride = entries.length - 1;
  }
}
