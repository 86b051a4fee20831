import { drawGrantInput } from '@/lib/domain/desk-input';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { drawGrants, grantQueues } from '@/lib/review/draw-grants';

/** What each reviewer may draw from. */
export const GET = route({ permission: 'cases.assign' }, async ({ actor }) => Response.json({ grants: await drawGrants(actor) }));

/** Says from which queues a reviewer may draw. */
export const PUT = route({ permission: 'cases.assign' }, async ({ request, actor }) =>
  Response.json({ grant: await grantQueues(actor, await readJson(request, drawGrantInput)) }),
);
