import * as z from 'zod/mini';
import { ask } from '../review/post';
import type { Place } from './palette-entries';

const answered = z.object({ views: z.array(z.object({ name: z.string(), query: z.string() })) });

/** The saved views the viewer may open; none when they cannot be read, for the palette leads on without them. */
export async function savedViews(): Promise<readonly Place[]> {
  const result = await ask('GET', '/api/views', answered);
  return result.ok ? result.value.views.map(({ name, query }) => ({ label: name, href: `/verifications?${query}` })) : [];
}
