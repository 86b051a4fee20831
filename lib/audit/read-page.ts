import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import type { AuditFilter } from '@/lib/domain/audit-query';
import { Refusal } from '@/lib/domain/refusal';
import { filterConditions } from './filter-conditions';

export const AUDIT_PAGE_ROWS = 100;

/**
 * One event with everything the chain holds of it. `data` and `origin` are null where they were erased. `at` is milliseconds since
 * 1970, hashes are hex.
 */
export interface AuditEntry {
  seq: number;
  at: number;
  actorId: string;
  actorName: string;
  actorRole: string;
  action: string;
  subject: string;
  data: unknown;
  origin: unknown;
  payloadHash: string;
  prevHash: string;
  hash: string;
}

export interface AuditPage {
  events: AuditEntry[];
  /** Where the older ones begin; null at the end. */
  nextCursor: string | null;
}

interface Row extends Omit<AuditEntry, 'seq' | 'at' | 'data' | 'origin'> {
  seq: bigint;
  at: Date;
  payload: string | null;
}

/** One page of the log under a filter, of one person's events when their id is given, newest first. Throws a Refusal `forbidden`, or `bad-request` for a cursor no page gave. */
export async function readAuditPage(
  actor: Actor,
  filter: AuditFilter,
  cursor: string | null,
  { person = null }: { person?: string | null } = {},
): Promise<AuditPage> {
  requirePermission(actor, 'audit.read');
  if (cursor !== null && !/^\d{1,15}$/.test(cursor))
    throw new Refusal('bad-request', 'This place in the log does not exist. Begin again at the newest event.', { field: 'cursor' });
  const older = cursor === null ? Prisma.empty : Prisma.sql`AND e.seq < ${BigInt(cursor)}`;
  const whose = person === null ? Prisma.empty : Prisma.sql`AND e.actor_id = ${person}`;
  const rows = await db().$queryRaw<Row[]>`
    SELECT e.seq, e.at, e.actor_id AS "actorId", e.actor_name AS "actorName", e.actor_role AS "actorRole", e.action, e.subject,
      encode(e.payload_hash, 'hex') AS "payloadHash", encode(e.prev_hash, 'hex') AS "prevHash", encode(e.hash, 'hex') AS hash, p.data AS payload
    FROM console.audit_event e LEFT JOIN console.audit_payload p ON p.seq = e.seq
    WHERE ${filterConditions(filter)} ${whose} ${older}
    ORDER BY e.seq DESC LIMIT ${AUDIT_PAGE_ROWS + 1}`;
  const events = rows.slice(0, AUDIT_PAGE_ROWS).map(entryOf);
  return { events, nextCursor: rows.length > AUDIT_PAGE_ROWS ? String(events.at(-1)?.seq) : null };
}

function entryOf({ seq, at, payload, ...row }: Row): AuditEntry {
  const { data = null, origin = null } = payload === null ? {} : JSON.parse(payload);
  return { seq: Number(seq), at: at.getTime(), ...row, data, origin };
}
