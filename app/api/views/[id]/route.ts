import { route } from '@/lib/http/route';
import { archiveView } from '@/lib/review/saved-views';

/** Takes a view out of every list. */
export const DELETE = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) => {
  await archiveView(actor, params.id);
  return new Response(null, { status: 204 });
});
