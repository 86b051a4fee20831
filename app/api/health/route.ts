import { logHealth } from '@/lib/audit/log-health';
import { sessionsReadable } from '@/lib/auth/sessions';
import { publicRoute } from '@/lib/http/route';
import { systemHealth } from '@/lib/upstream/health';

/**
 * Whether the console can be used: 200 when database, upstream and, where it comes along, the engine answer; 503 otherwise. A log that is not signed
 * or takes no events is named in `audit` and stays a 200: it is so for every console alike, and one that a load balancer took away could not say why.
 */
export const GET = publicRoute(async () => {
  const [database, { upstream, engine }, audit] = await Promise.all([sessionsReadable(), systemHealth(), logHealth()]);
  const ready = database && upstream === 'ok' && engine !== 'down';
  return Response.json({ ready, database: database ? 'ok' : 'down', upstream, engine, audit }, { status: ready ? 200 : 503 });
});
