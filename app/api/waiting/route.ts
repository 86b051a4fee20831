import { route } from '@/lib/http/route';
import { waitingFor } from '@/lib/review/waiting-for';

/** How much waits for the caller: the numbers on the bar. */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => Response.json({ waiting: await waitingFor(actor) }));
