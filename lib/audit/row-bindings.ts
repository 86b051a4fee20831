import * as z from 'zod/mini';
import type { Break, Link } from './chain';

const said = z.object({ rows: z._default(z.array(z.object({ table: z.string(), id: z.string(), sha256: z.string() })), []) });

/**
 * The rows that events bind (bound-rows.ts), as a chain is walked. Of all rows only the newest hash is kept, some 150 bytes each: 50 MB for
 * 300,000 decisions.
 */
export class RowBindings {
  readonly #known = new Map<string, string>();

  /** Takes the rows an event binds, and returns the break of one that binds a row again with other content and is no erasure, else null. */
  take({ seq, action, payload }: Link): Break | null {
    if (!payload?.data.includes('"rows":[{')) return null;
    for (const { table, id, sha256 } of rowsOf(payload.data)) {
      const row = `${table} ${id}`;
      const before = this.#known.get(row);
      if (before !== undefined && before !== sha256 && action !== 'case.erased')
        return { seq, field: 'rows', expected: `${row} with the hash ${before}`, found: sha256 };
      this.#known.set(row, sha256);
    }
    return null;
  }
}

function rowsOf(data: string): z.infer<typeof said>['rows'] {
  try {
    return said.parse(JSON.parse(data)).rows;
  } catch {
    return [];
  }
}
