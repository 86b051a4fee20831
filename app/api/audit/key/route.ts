import { auditKeys } from '@/lib/audit/public-keys';
import { route } from '@/lib/http/route';

/** The public keys that signed heads of the log. */
export const GET = route({ permission: 'audit.read' }, () => Response.json({ keys: auditKeys() }));
