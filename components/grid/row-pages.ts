import type { SearchQuery } from '@/lib/domain/search-query';
import type { GridRecord, RowSource } from './grid-record';
import { describeFailure, type LoadFailure } from './load-failure';

/** How many match; `capped` when there are more than the number says. */
export interface MatchCount {
  value: number;
  capped: boolean;
}

/** A page of the index as it was answered. `count` is null where it was not asked for; times in milliseconds since 1970. */
export interface IndexPage {
  rows: GridRecord[];
  nextCursor: string | null;
  count: MatchCount | null;
  syncedAt: number | null;
}

export interface IndexPlace {
  cursor: string | null;
  limit: number;
  count: 'capped' | 'exact' | 'none';
}

/** Asks for a page of the index. Throws a LoadFailure. */
export type LoadIndexPage = (query: SearchQuery, place: IndexPlace, signal: AbortSignal) => Promise<IndexPage>;

/** Rows a page: one answer fills more than a screen. */
export const PAGE_ROWS = 100;
/** Pages kept on each side of what is on the screen; those further away are forgotten and asked for again when needed. */
const KEPT_PAGES = 12;
/** The next page is asked for this many rows before it is needed. */
const AHEAD_ROWS = 300;

/**
 * The rows of a search as far as they were walked through, read page by page by keyset. There is no way to the middle of such a
 * list, so it is as long as its pages so far; however far one goes, only the pages around the screen stay in memory.
 */
export class RowPages implements RowSource {
  count: MatchCount | null = null;
  syncedAt: number | null = null;
  /** When a page last came, milliseconds since 1970; 0 before the first. */
  loadedAt = 0;
  /** Why the last try failed; null once one succeeded. */
  failure: LoadFailure | null = null;
  /** Goes up with every change. */
  version = 0;

  readonly #query: SearchQuery;
  readonly #load: LoadIndexPage;
  readonly #pages = new Map<number, GridRecord[]>();
  /** Where each page begins; one more than pages walked, until the end is reached. */
  #starts: (string | null)[] = [null];
  #ended = false;
  #lastLength = 0;
  readonly #loading = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #wanted = { first: 0, last: 0 };

  constructor(query: SearchQuery, load: LoadIndexPage) {
    this.#query = query;
    this.#load = load;
  }

  get length(): number {
    return Math.max(0, this.#walked - 1) * PAGE_ROWS + (this.#walked > 0 ? this.#lastLength : 0);
  }

  get hasMore(): boolean {
    return this.#starts.length > this.#walked;
  }

  get isLoading(): boolean {
    return this.#loading.size > 0;
  }

  at(index: number): GridRecord | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  indexOf(id: number): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return page * PAGE_ROWS + at;
    }
    return -1;
  }

  /** The numbers of all rows at hand. */
  ids(): number[] {
    return [...this.#pages.values()].flatMap((rows) => rows.map(({ id }) => id));
  }

  /** Tells which places are on the screen, so that they and those ahead are fetched. */
  want(first: number, last: number): void {
    this.#wanted = { first, last };
    if (this.failure) return;
    const [from, to] = [pageOf(Math.max(0, first)), pageOf(last + AHEAD_ROWS)];
    for (let page = from; page <= to; page += 1) if (!this.#pages.has(page)) this.#fetch(page);
    for (const page of this.#pages.keys()) if (page < from - KEPT_PAGES || page > to + KEPT_PAGES) this.#pages.delete(page);
  }

  /** Asks again for what is on the screen, how many there are included; what is shown stays until the answer is there. */
  refresh(): void {
    this.failure = null;
    const { first, last } = this.#wanted;
    const [from, to] = [pageOf(first), pageOf(last)];
    for (const page of this.#pages.keys()) if (page < from || page > to) this.#pages.delete(page);
    for (let page = from; page <= to; page += 1) this.#fetch(page, true);
    if (from > 0) this.recount('capped').catch((error: unknown) => this.#failed(error));
    this.#changed();
  }

  /** Counts again; `exact` goes beyond the cap. Throws a LoadFailure. */
  async recount(count: 'capped' | 'exact'): Promise<void> {
    const answer = await this.#load(this.#query, { cursor: null, limit: 1, count }, new AbortController().signal);
    this.count = answer.count ?? this.count;
    this.#changed();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  get #walked(): number {
    return this.#ended ? this.#starts.length : this.#starts.length - 1;
  }

  #fetch(page: number, again = false): void {
    const start = this.#starts[page];
    if (start === undefined || (this.#loading.has(page) && !again)) return;
    this.#loading.get(page)?.abort();
    const leaving = new AbortController();
    this.#loading.set(page, leaving);
    const counting = page === 0 && (again || this.count === null);
    this.#load(this.#query, { cursor: start, limit: PAGE_ROWS, count: counting ? 'capped' : 'none' }, leaving.signal)
      .then((answer) => leaving.signal.aborted || this.#keep(page, answer))
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) this.#failed(error);
      })
      .finally(() => {
        if (this.#loading.get(page) !== leaving) return;
        this.#loading.delete(page);
        this.#changed();
      });
  }

  #keep(page: number, { rows, nextCursor, count, syncedAt }: IndexPage): void {
    this.failure = null;
    this.loadedAt = Date.now();
    this.syncedAt = syncedAt;
    this.count = count ?? this.count;
    this.#pages.set(page, rows);
    // What came or went meanwhile moves the border to the next page: what was walked beyond it is walked again.
    const known = page + 1 < this.#starts.length ? this.#starts[page + 1] : this.#ended ? null : undefined;
    if (known !== nextCursor) this.#endAt(page, rows.length, nextCursor);
    else if (this.#ended && page === this.#starts.length - 1) this.#lastLength = rows.length;
    this.want(this.#wanted.first, this.#wanted.last);
  }

  #endAt(page: number, length: number, nextCursor: string | null): void {
    for (const later of [...this.#pages.keys()]) if (later > page) this.#pages.delete(later);
    for (const [later, controller] of [...this.#loading]) {
      if (later <= page) continue;
      controller.abort();
      this.#loading.delete(later);
    }
    this.#starts = this.#starts.slice(0, page + 1);
    this.#ended = nextCursor === null;
    if (nextCursor !== null) this.#starts.push(nextCursor);
    this.#lastLength = length;
  }

  #failed(error: unknown): void {
    this.failure = describeFailure(error);
    this.#changed();
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const pageOf = (index: number) => Math.floor(index / PAGE_ROWS);
