import { route } from '@/lib/http/route';
import { testConnection } from '@/lib/upstream/test-connection';

/** Asks the verification API for one record, with the key, and says how that went. */
export const POST = route({ permission: 'policies.write' }, async () => Response.json({ test: await testConnection() }));
