'use client';

import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { request } from '../api/request';
import { type GridState, gridSearch } from '../grid/grid-url';

const neighbour = z.nullable(z.object({ id: z.int(), offset: z.int() }));
const neighbours = z.object({ previous: neighbour, next: neighbour, position: z.nullable(z.int()), total: z.nullable(z.int()) });

/** Who stands before and after a case in the grid it was opened from, and the case's own place from 1, which the index does not know. */
export type Neighbours = z.infer<typeof neighbours>;

/** Asked for after the first paint, so that no picture waits for it. Null while unknown or without a grid. */
export function useNeighbours(id: number, grid: GridState | null): Neighbours | null {
  const [found, setFound] = useState<Neighbours | null>(null);
  const search = grid ? gridSearch(grid) : null;
  useEffect(() => {
    if (search === null) return;
    const leaving = new AbortController();
    request(`/api/verifications/${id}/neighbours?${search}`, { signal: leaving.signal })
      .then((response) => (response.ok ? response.json() : null))
      .then((body) => {
        const parsed = neighbours.safeParse(body);
        if (parsed.success) setFound(parsed.data);
      })
      // Without neighbours the case itself is whole; the way back to the grid stays.
      .catch(() => {});
    return () => leaving.abort();
  }, [id, search]);
  return found;
}
