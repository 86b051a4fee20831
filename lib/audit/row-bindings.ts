import * as z from 'zod/mini';
import { SHARED_TABLES } from './bound-rows';
import type { Break, Link } from './chain';

const binding = z.object({ table: z.string(), id: z.string(), lasting: z.optional(z.string()), sha256: z.string() });
const said = z.object({ rows: z._default(z.array(binding), []) });
const shared: readonly string[] = SHARED_TABLES;

/** The rows that a `case.erased` event binds which binds a new row of `erasure`. */
export interface Erasing {
  rows: readonly { table: string }[];
}

interface Known {
  sha256: string;
  /** The hash of what an erasure leaves alone; the whole row's where it leaves everything alone. */
  lasting: string;
  /** What the event was about that bound the row first. */
  about: string;
}

/**
 * The rows that events bind (bound-rows.ts), as a chain is walked. Of all rows only the newest hashes are kept, some 300 bytes each: 100 MB
 * for 300,000 decisions.
 */
export class RowBindings {
  readonly #known = new Map<string, Known>();

  /** Takes the rows an event binds. Returns the break of one that binds a row again with other content and is no erasure of it, and what an erasure binds. */
  take({ seq, action, subject, payload }: Link): { broken: Break | null; erasing: Erasing | null } {
    if (!payload?.data.includes('"rows":[{')) return { broken: null, erasing: null };
    const rows = rowsOf(payload.data);
    const erases = action === 'case.erased' && rows.some(({ table, id }) => table === 'erasure' && !this.#known.has(`erasure ${id}`));
    for (const { table, id, sha256, lasting = sha256 } of rows) {
      const row = `${table} ${id}`;
      const before = this.#known.get(row);
      const about = before?.about ?? subject;
      const own = about === subject || !about.startsWith('verification:') || shared.includes(table);
      if (before && before.sha256 !== sha256 && !(erases && own && before.lasting === lasting))
        return { broken: { seq, field: 'rows', expected: `${row} with the hash ${before.sha256}`, found: sha256 }, erasing: null };
      this.#known.set(row, { sha256, lasting, about });
    }
    return { broken: null, erasing: erases ? { rows } : null };
  }
}

function rowsOf(data: string): z.infer<typeof said>['rows'] {
  try {
    return said.parse(JSON.parse(data)).rows;
  } catch {
    return [];
  }
}
