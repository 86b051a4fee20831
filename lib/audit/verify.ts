import { db } from '@/lib/db/client';
import { type ChainVerdict, type Link, verifyLinks } from './chain';

const ROWS = 5_000;

/** Verifies the whole chain as the database holds it, oldest link first. Memory stays that of a few thousand rows. */
export function verifyStoredChain(): Promise<ChainVerdict> {
  return verifyLinks(storedLinks());
}

interface LinkRow extends Omit<Link, 'seq' | 'payload'> {
  seq: bigint;
  salt: string | null;
  data: string | null;
}

/** Every link in order. Rows only ever come behind, so reading them in parts sees one chain. */
export async function* storedLinks(): AsyncGenerator<Link> {
  // From below every number, so that a link forged before the first is met as well.
  let last: bigint | null = null;
  for (;;) {
    const rows: LinkRow[] = await readRows(last);
    for (const { seq, salt, data, ...link } of rows)
      yield { ...link, seq: Number(seq), payload: salt === null || data === null ? null : { salt, data } };
    last = rows.at(-1)?.seq ?? null;
    if (rows.length < ROWS) return;
  }
}

function readRows(after: bigint | null): Promise<LinkRow[]> {
  return db().$queryRaw<LinkRow[]>`
    SELECT e.seq, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
      e.actor_id AS "actorId", e.actor_name AS "actorName", e.actor_role AS "actorRole", e.action, e.subject,
      encode(e.payload_hash, 'hex') AS "payloadHash", encode(e.prev_hash, 'hex') AS "prevHash", encode(e.hash, 'hex') AS hash,
      encode(p.salt, 'hex') AS salt, p.data
    FROM console.audit_event e LEFT JOIN console.audit_payload p ON p.seq = e.seq
    WHERE e.seq > ${after ?? -(2n ** 63n) + 1n}
    ORDER BY e.seq LIMIT ${ROWS}`;
}
