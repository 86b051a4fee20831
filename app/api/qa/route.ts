import { route } from '@/lib/http/route';
import { qaAgreement, qaCases } from '@/lib/review/qa';

/** The cases drawn for a blind second look that the caller may take, and how often two people judged alike so far. */
export const GET = route({ permission: 'decisions.approve' }, async ({ actor }) => {
  const [cases, agreement] = await Promise.all([qaCases(actor), qaAgreement()]);
  return Response.json({ cases, agreement });
});
