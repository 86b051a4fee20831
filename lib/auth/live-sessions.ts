import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { log } from './log';

/** How often the sessions of open streams are read: one query for all streams of the process. */
const INTERVAL_MS = 2000;

interface Watch {
  sessionId: string;
  role: string;
  end: () => void;
}

const watches = new Set<Watch>();
let timer: NodeJS.Timeout | null = null;
let failures = 0;

/**
 * Calls `end` once the actor's session is over, revoked or of another role, at most 4 seconds afterwards. When the sessions
 * cannot be read twice in a row, every watched one counts as over. Returns the function that stops watching.
 */
export function watchSession({ sessionId, role }: Pick<Actor, 'sessionId' | 'role'>, end: () => void): () => void {
  if (sessionId === null) return () => undefined;
  const watch: Watch = { sessionId, role, end };
  watches.add(watch);
  schedule();
  return () => {
    watches.delete(watch);
  };
}

function schedule(): void {
  if (timer !== null || watches.size === 0) return;
  timer = setTimeout(() => void check(), INTERVAL_MS);
  timer.unref();
}

async function check(): Promise<void> {
  try {
    const roles = await liveRoles([...new Set([...watches].map(({ sessionId }) => sessionId))]);
    failures = 0;
    endThose(({ sessionId, role }) => roles.get(sessionId) !== role);
  } catch (err) {
    failures += 1;
    log().warn({ err, streams: watches.size }, 'the sessions of open streams cannot be read');
    if (failures > 1) endThose(() => true);
  }
  timer = null;
  schedule();
}

function endThose(isOver: (watch: Watch) => boolean): void {
  for (const watch of watches) {
    if (!isOver(watch)) continue;
    watches.delete(watch);
    watch.end();
  }
}

async function liveRoles(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db().$queryRaw<{ id: string; role: string }[]>`
    SELECT s.id::text, u.role FROM console.session s JOIN console."user" u ON u.id = s.user_id
    WHERE s.id = ANY(${ids}::uuid[]) AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL`;
  return new Map(rows.map(({ id, role }) => [id, role]));
}
