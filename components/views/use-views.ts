import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import * as z from 'zod/mini';
import type { SavedView } from '@/lib/domain/desk-input';
import { ROLES } from '@/lib/domain/roles';
import { ask, send } from '../review/post';

const view = z.object({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  shared: z.boolean(),
  defaultFor: z.nullable(z.enum(ROLES)),
  slaHours: z.nullable(z.int()),
});
const answered = z.object({ views: z.array(view) });
const KEY = ['views'];

/** The views the viewer may open, begun with those the page came with. */
export function useViews(initial: readonly SavedView[]) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async (): Promise<readonly SavedView[]> => {
      const result = await ask('GET', '/api/views', answered);
      if (!result.ok) throw new Error(result.message);
      return result.value.views;
    },
    initialData: initial,
    staleTime: 60_000,
  });
  const reload = useCallback(() => client.invalidateQueries({ queryKey: KEY }), [client]);
  const archive = useCallback(
    async (id: string) => {
      const result = await send('DELETE', `/api/views/${id}`);
      await reload();
      return result;
    },
    [reload],
  );
  return { views: data, reload, archive };
}
