import { hash as digest } from 'node:crypto';
import { canonicalText } from './canonical-json';

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
 * What the chain alone cannot show, that its newest links were cut off or that its end was computed anew, signed heads show (signed-head.ts).
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

/**
 * The first thing that is not as it must be. Beyond a link's own members: `payload`, one that is gone without an event that says it
 * was erased; `checkpoint`, a signed head the chain does not lead to; `signature`, a head nobody known signed;
 * `rows`, an event that binds a row again with other content and is no erasure.
 */
export interface Break {
  seq: number;
  field: 'seq' | 'prevHash' | 'payloadHash' | 'hash' | 'payload' | 'checkpoint' | 'signature' | 'rows';
  expected: string;
  found: string;
}

/** What the first link follows. */
export const GENESIS: Head = { seq: 0, hash: '0'.repeat(64) };

/** What is wrong with a link that comes after `head`, or null. */
export function findBreak(head: Head, link: Link): Break | null {
  const must = (field: 'seq' | 'prevHash' | 'payloadHash' | 'hash', expected: string | number): Break | null =>
    link[field] === expected ? null : { seq: head.seq + 1, field, expected: String(expected), found: String(link[field]) };
  return (
    must('seq', head.seq + 1) ??
    must('prevHash', head.hash) ??
    (link.payload && must('payloadHash', hashPayload(link.payload))) ??
    must('hash', hashLink(link))
  );
}

/** The hash of a link, hex. Run over a million of them: the nine members are written out in their order. */
export function hashLink({ seq, at, actorId, actorName, actorRole, action, subject, payloadHash, prevHash }: LinkBody): string {
  const body =
    `{"action":${canonicalText(action)},"actorId":${canonicalText(actorId)},"actorName":${canonicalText(actorName)},` +
    `"actorRole":${canonicalText(actorRole)},"at":${canonicalText(at)},"payloadHash":${canonicalText(payloadHash)},` +
    `"prevHash":${canonicalText(prevHash)},"seq":${seq},"subject":${canonicalText(subject)}}`;
  return digest('sha256', `second-look/audit/event/v1\0${body}`);
}

const PAYLOAD_PREFIX = Buffer.from('second-look/audit/payload/v1\0');

/** The salted commitment to a payload, hex. */
export function hashPayload({ salt, data }: LinkPayload): string {
  return digest('sha256', Buffer.concat([PAYLOAD_PREFIX, Buffer.from(salt, 'hex'), Buffer.from(data)]));
}
