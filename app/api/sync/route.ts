import { route } from '@/lib/http/route';
import { syncStatus } from '@/lib/mirror/sync-status';

/** How old the index of the records is, how far it has come, and what went wrong. */
export const GET = route({ permission: 'records.read' }, async () => Response.json(await syncStatus()));
