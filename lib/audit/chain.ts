import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

/**
 * The chain's format, version 1. It is written three times on purpose, so that each can be checked against the others:
 * here, in prisma/migrations (console.audit_event_hash), and in whatever an auditor brings along.
 *
 * - `payloadHash` = sha256( "second-look/audit/payload/v1" 00 salt data )
 * - `hash`        = sha256( "second-look/audit/event/v1" 00 body )
 *
 * Both prefixes are ASCII, `00` is one zero byte. `salt` is 32 random bytes; `data` is the payload's text as stored, in UTF-8.
 * `body` is the UTF-8 of the RFC 8785 canonical JSON of the nine fields of `LinkBody`:
 *
 *     {"action":"note.added","actorId":"…","actorName":"…","actorRole":"analyst","at":"2026-01-31T12:00:00.000Z",
 *      "payloadHash":"…","prevHash":"…","seq":1,"subject":"verification:5"}        (one line, no blanks)
 *
 * `at` is UTC with exactly three decimals. Hashes are lower-case hex. `seq` counts from 1 without gaps. `prevHash` is the
 * `hash` of the link before; for the first link 64 zeros. In Python the body is
 * `json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()`.
 *
 * A payload may be erased; its event then still proves that, when and by whom something was done, and the chain stays whole.
 * What the chain alone cannot show: that its newest links were cut off, or that all of it was computed anew.
 */
export interface LinkBody {
  seq: number;
  at: string;
  actorId: string;
  actorName: string;
  actorRole: string;
  action: string;
  subject: string;
  payloadHash: string;
  prevHash: string;
}

/** What an event says, with the salt that hides it in its hash. `salt` is hex. */
export interface LinkPayload {
  salt: string;
  data: string;
}

/** One event as it is verified. `payload` is null when it was erased. */
export interface Link extends LinkBody {
  hash: string;
  payload: LinkPayload | null;
}

/** The end of a chain, or of the part of it that was looked at. */
export interface Head {
  seq: number;
  hash: string;
}

/** The first link that is not as it must be. */
export interface Break {
  seq: number;
  field: 'seq' | 'prevHash' | 'payloadHash' | 'hash';
  expected: string;
  found: string;
}

export type ChainVerdict = { whole: true; head: Head; erased: number } | { whole: false; broken: Break; head: Head };

/** What the first link follows. */
export const GENESIS: Head = { seq: 0, hash: '0'.repeat(64) };

/**
 * Walks links in their order and stops at the first that is wrong. `from` is the link before the first one given.
 * `head` of a broken chain is the last link that was right.
 */
export async function verifyLinks(links: Iterable<Link> | AsyncIterable<Link>, from: Head = GENESIS): Promise<ChainVerdict> {
  let head = from;
  let erased = 0;
  for await (const link of links) {
    const broken = findBreak(head, link);
    if (broken) return { whole: false, broken, head };
    if (!link.payload) erased += 1;
    head = { seq: link.seq, hash: link.hash };
  }
  return { whole: true, head, erased };
}

/** What is wrong with a link that comes after `head`, or null. */
export function findBreak(head: Head, link: Link): Break | null {
  const must = (field: Break['field'], expected: string | number): Break | null =>
    link[field] === expected ? null : { seq: head.seq + 1, field, expected: String(expected), found: String(link[field]) };
  return (
    must('seq', head.seq + 1) ??
    must('prevHash', head.hash) ??
    (link.payload && must('payloadHash', hashPayload(link.payload))) ??
    must('hash', hashLink(link))
  );
}

/** The hash of a link, hex. */
export function hashLink({ seq, at, actorId, actorName, actorRole, action, subject, payloadHash, prevHash }: LinkBody): string {
  const body = canonicalJson({ seq, at, actorId, actorName, actorRole, action, subject, payloadHash, prevHash });
  return createHash('sha256').update('second-look/audit/event/v1\0').update(body).digest('hex');
}

/** The salted commitment to a payload, hex. */
export function hashPayload({ salt, data }: LinkPayload): string {
  return createHash('sha256').update('second-look/audit/payload/v1\0').update(Buffer.from(salt, 'hex')).update(data).digest('hex');
}
