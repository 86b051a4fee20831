import { sessionsReadable } from '@/lib/auth/sessions';
import { publicRoute } from '@/lib/http/route';
import { systemHealth } from '@/lib/upstream/health';

/** Whether the console can be used: 200 when database, upstream and, where it comes along, the engine answer; 503 otherwise. */
export const GET = publicRoute(async () => {
  const [database, { upstream, engine }] = await Promise.all([sessionsReadable(), systemHealth()]);
  const ready = database && upstream === 'ok' && engine !== 'down';
  return Response.json({ ready, database: database ? 'ok' : 'down', upstream, engine }, { status: ready ? 200 : 503 });
});
