import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import type { Extract } from '@/lib/domain/export';
import { ask } from '../review/post';

const answer = z.object({ rows: z.int() });
const PAUSE_MS = 250;

export type RowCount = { status: 'counting' } | { status: 'known'; rows: number } | { status: 'refused'; message: string };

/** How many rows an export would have now; asked again a moment after the filter came to rest. */
export function useRowCount(kind: Extract, filter: URLSearchParams): RowCount {
  const query = `${new URLSearchParams({ kind })}&${filter}`;
  const [count, setCount] = useState<RowCount & { query?: string }>({ status: 'counting' });
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(async () => {
      const result = await ask('GET', `/api/exports/count?${query}`, answer);
      if (gone) return;
      setCount(result.ok ? { status: 'known', rows: result.value.rows, query } : { status: 'refused', message: result.message, query });
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [query]);
  return count.query === query ? count : { status: 'counting' };
}
