import { route } from '@/lib/http/route';
import { queueCount } from '@/lib/review/queue-count';

/** How many cases wait for the caller under a view. */
export const GET = route({ permission: 'queue.draw' }, async ({ request, actor }) =>
  Response.json({ queue: await queueCount(actor, request.nextUrl.searchParams.get('viewId') ?? undefined) }),
);
