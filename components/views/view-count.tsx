import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { formatSearchQuery } from '@/lib/domain/search-query';
import { readGridUrl } from '../grid/grid-url';
import { ask } from '../review/post';

const FRESH_MS = 60_000;
const answered = z.object({ count: z.nullable(z.object({ value: z.int(), capped: z.boolean() })) });

/** How many a view of the index finds; nothing while that is unknown, and for views of the live list. */
export function ViewCount({ query }: { query: string }) {
  const search = searchOf(query);
  const { data } = useQuery({
    queryKey: ['view-count', search],
    queryFn: async () => {
      const result = await ask('GET', `/api/verifications/search?${search}`, answered);
      if (!result.ok) throw new Error(result.message);
      return result.value.count;
    },
    enabled: search !== null,
    staleTime: FRESH_MS,
  });
  if (!data) return null;
  return (
    <span className="font-normal text-faint">
      {data.value.toLocaleString('en-GB')}
      {data.capped && '+'}
    </span>
  );
}

function searchOf(query: string): string | null {
  const state = readGridUrl(new URLSearchParams(query));
  if ('field' in state || state.source === 'live') return null;
  return formatSearchQuery({ ...state.query, limit: 1 }).toString();
}
