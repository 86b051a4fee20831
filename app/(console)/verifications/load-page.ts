import type { GridPage } from '@/components/grid/grid-page';
import { LoadFailure } from '@/components/grid/load-failure';
import { formatGridQuery, type GridQuery } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import type { Verification } from '@/lib/domain/verification';
import { adaptList } from '@/lib/upstream/adapt-list';
import { listOf, member } from '@/lib/upstream/read-value';
import { ask } from './ask';

/** One page of the upstream's list, through `GET /api/verifications`. Throws a LoadFailure. */
export async function loadPage(query: GridQuery, signal: AbortSignal): Promise<GridPage> {
  const path = `/api/verifications?${formatGridQuery(query)}`;
  const body = await ask(path, signal).catch((failure: unknown) => {
    // The page came through unparsed, and one record may make all of it unreadable: the server can take it apart.
    if (failure instanceof LoadFailure && failure.code === 'unreadable') return ask(`${path}&readable=true`, signal);
    throw failure;
  });
  try {
    const page = adaptList(body);
    return { query, ...page, unreadableIds: page.unreadable > 0 ? strayIds(body, page.verifications) : [] };
  } catch (error) {
    // The page came through unparsed, so a list nobody can read is noticed only here.
    if (error instanceof Refusal) throw new LoadFailure(error.code, error.message);
    throw error;
  }
}

// What the entries that are no records call themselves, as far as that can be shown on one line.
function strayIds(body: unknown, readable: Verification[]): string[] {
  const known = new Set<unknown>(readable.map(({ id }) => id));
  return listOf(member(body, 'data'))
    .map((entry) => member(entry, 'verificationId'))
    .filter((id) => (typeof id === 'string' || typeof id === 'number') && !known.has(id))
    .map((id) => String(id).slice(0, 40));
}
