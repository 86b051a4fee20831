import { collectNotices } from '@/app/notices/collect-notices';
import { route } from '@/lib/http/route';
import { waitingFor } from '@/lib/review/waiting-for';

/** How much waits for the caller (the numbers on the bar) and the notices every screen shows. */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => {
  const [waiting, notices] = await Promise.all([waitingFor(actor), collectNotices(actor)]);
  return Response.json({ waiting, notices });
});
