import { viewingPreference } from '@/lib/domain/viewing';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { changePreference } from '@/lib/review/change-preference';
import { viewingNow } from '@/lib/review/viewing';

/** How pictures are shown to the caller. */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => Response.json(await viewingNow(actor)));

/** Keeps what the caller chose, and answers how pictures are shown from now on. */
export const PUT = route({ permission: 'records.read' }, async ({ request, actor }) => {
  await changePreference(actor, await readJson(request, viewingPreference));
  return Response.json(await viewingNow(actor));
});
