import { viewInput } from '@/lib/domain/desk-input';
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { savedViews, saveView } from '@/lib/review/saved-views';

/** The caller's own views and the shared ones. */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => Response.json({ views: await savedViews(actor) }));

/** Saves an address of the grid under a name. */
export const POST = route({ permission: 'records.read' }, async ({ request, actor }) =>
  Response.json(await saveView(actor, await readJson(request, viewInput), readIdempotencyKey(request.headers)), { status: 201 }),
);
