import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ask } from '../review/post';
import type { IndexAge } from './grid-page';

const POLL_MS = 15_000;

const status = z.object({
  syncedAt: z.nullable(z.number()),
  backfill: z.object({ isDone: z.boolean(), done: z.int(), total: z.nullable(z.int()) }),
  failure: z.nullable(z.string()),
});

/** How the index fares, as the page found it and asked again while it is looked at. What cannot be found out stays as it was. */
export function useIndexAge(initial: IndexAge): IndexAge {
  const { data } = useQuery({
    queryKey: ['index-age'],
    queryFn: async (): Promise<IndexAge> => {
      const result = await ask('GET', '/api/sync', status);
      if (!result.ok) throw new Error(result.message);
      const { syncedAt, backfill, failure } = result.value;
      return { isFilled: backfill.isDone, done: backfill.done, total: backfill.total, syncedAt, failure };
    },
    initialData: initial,
    staleTime: POLL_MS,
    refetchInterval: POLL_MS,
  });
  return data;
}
