import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { type DueState, dueAt, dueState } from '@/lib/domain/due-state';
import { currentPolicy } from './policies';
import { ANYBODYS, drawable, passedOnBy, queueOf, waiting } from './queue-of';
import { requireReviewer } from './require-reviewer';

/** Counting stops here. */
const CAP = 1_000;

/** What waits in a queue for somebody. Times in milliseconds since 1970. */
export interface QueueCount {
  view: { id: string; name: string } | null;
  /** Cases she could draw, up to a thousand. */
  waiting: number;
  /** Whether there are more than the number says. */
  capped: boolean;
  /** How many of those counted were given to her. */
  assigned: number;
  /** How many of those counted are past their time. */
  overdue: number;
  /** How many more wait for others because she passed them on, up to a thousand. */
  passedOn: number;
  /** When the oldest of those counted was received; null when nothing waits, or none has a time. */
  oldestAt: number | null;
  /** When that one is due, and how it stands; null likewise. */
  dueAt: number | null;
  due: DueState | null;
  slaHours: number;
}

/** How much waits for the actor under a view and how late it is. Throws as `queueOf`, or a Refusal `forbidden`. */
export async function queueCount(actor: Actor, viewId?: string): Promise<QueueCount> {
  requireReviewer(actor, 'queue.draw');
  const [{ view, conditions, order }, { settings }] = await Promise.all([queueOf(actor, viewId), currentPolicy()]);
  const slaHours = view?.slaHours ?? settings.slaHours;
  const hers = Prisma.sql`(r.assignee_id = ${actor.id}::uuid OR ${ANYBODYS})`;
  const where = Prisma.join([...conditions, ...drawable(actor), hers], ' AND ');
  const passed = Prisma.join([...conditions, ...waiting(actor), hers, passedOnBy(actor)], ' AND ');
  const counting = db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (SELECT FROM console.record r WHERE ${passed} LIMIT ${CAP}) passed`;
  const [row] = await db().$queryRaw<{ waiting: bigint; assigned: bigint; overdue: bigint; oldest: Date | null }[]>`
    SELECT count(*) AS waiting,
      count(*) FILTER (WHERE counted.place <= ${CAP} AND counted.assignee_id = ${actor.id}::uuid) AS assigned,
      count(*) FILTER (
        WHERE counted.place <= ${CAP} AND coalesce(counted.received_at, '-infinity') <= now() - make_interval(hours => ${slaHours}::int)
      ) AS overdue,
      min(counted.received_at) AS oldest
    FROM (
      SELECT r.received_at, r.assignee_id, row_number() OVER () AS place FROM (
        SELECT r.received_at, r.assignee_id FROM console.record r WHERE ${where} ORDER BY ${order} LIMIT ${CAP + 1}) r) counted`;
  const [passedOn] = await counting;
  const drawableCount = Number(row?.waiting ?? 0);
  const oldestAt = row?.oldest?.getTime() ?? null;
  return {
    view: view && { id: view.id, name: view.name },
    waiting: Math.min(drawableCount, CAP),
    capped: drawableCount > CAP,
    assigned: Number(row?.assigned ?? 0),
    overdue: Number(row?.overdue ?? 0),
    passedOn: Number(passedOn?.count ?? 0),
    oldestAt,
    dueAt: dueAt(oldestAt, slaHours),
    due: oldestAt === null ? null : dueState(oldestAt, slaHours, Date.now()),
    slaHours,
  };
}
