import { z } from 'zod';

/**
 * What an export that can be verified consists of. `lib/audit/verify.mjs` and `lib/audit/verify.py` read it by this description alone.
 *
 * `audit-log.jsonl`, UTF-8, one `ExportedEvent` a line in the order of `seq`, each line ended by one LF, no blank lines. `data` is the
 * payload's text as it was hashed, as one JSON string, never JSON within JSON: so it stays exact to the byte. `salt` and `data` are
 * both null where the payload was erased.
 *
 * `audit-links.jsonl`, there only where it is needed: one `ExportedLink` a line, an event without its payload. Both files are read
 * together by `seq`; no number is in both. What they hold together must follow on without a gap, from `firstSeq` to `lastSeq` of the
 * manifest. So
 * - a whole log, or the log of a month, needs no links of its own but those up to the signed head, if that lies behind it;
 * - a log filtered by actor or action carries the bare links of everything between that the filter left out. Without them
 *   (`complete: false`) each event is still verified by itself, but nothing shows that none was left out.
 *
 * `checkpoints.jsonl`, there only where it is wanted: one `SignedHead` a line, those signed between `firstSeq` and `lastSeq`.
 *
 * `manifest.json`: `manifest` below, as JSON in UTF-8. Its `head` is a head that was signed (`headAtOrAfter` of the last event); log and
 * links together lead up to it, unless the export is no complete one: `lastSeq` is then `head.seq`, and all of the export is bound to
 * that signature. It names every other file of the export but the verifiers that come along.
 *
 * Hashes and `salt` are lower-case hex, `at` is UTC with exactly three decimals ("2026-01-31T12:00:00.000Z"). The two hashes of an event are stated in
 * lib/audit/chain.ts, what is signed in lib/audit/signed-head.ts.
 */
export const EXPORT_FORMAT = 'second-look/export/v1';

export const EXPORTED_FILES = {
  manifest: 'manifest.json',
  log: 'audit-log.jsonl',
  links: 'audit-links.jsonl',
  checkpoints: 'checkpoints.jsonl',
  verifier: 'verify.mjs',
} as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const at = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

/** A link of the chain without what its event says. */
export const exportedLink = z.strictObject({
  seq: z.number().int().positive(),
  at,
  actorId: z.string(),
  actorName: z.string(),
  actorRole: z.string(),
  action: z.string(),
  subject: z.string(),
  payloadHash: sha256,
  prevHash: sha256,
  hash: sha256,
});
export type ExportedLink = z.infer<typeof exportedLink>;

export const exportedEvent = z.strictObject({ ...exportedLink.shape, salt: sha256.nullable(), data: z.string().nullable() });
export type ExportedEvent = z.infer<typeof exportedEvent>;

/** A head of the chain and who vouches for it. `publicKey` (32 bytes) and `signature` (64 bytes) are hex; `keyId` is the first 16 hex digits of the key's sha256. */
export const signedHead = z.strictObject({
  seq: z.number().int().nonnegative(),
  hash: sha256,
  at,
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
  publicKey: sha256,
});
export type SignedHead = z.infer<typeof signedHead>;

export const manifest = z.object({
  format: z.literal(EXPORT_FORMAT),
  /** `audit-log`, `population` or `case-pack`. */
  kind: z.string(),
  /** As it was asked for. */
  filter: z.record(z.string(), z.unknown()),
  /** Rows by the name of what they are, e.g. `{ "events": 1200 }`. */
  counts: z.record(z.string(), z.number().int().nonnegative()),
  /** Of log and links together; null where the export holds no events. */
  firstSeq: z.number().int().positive().nullable(),
  lastSeq: z.number().int().positive().nullable(),
  /** Whether log and links together follow on without a gap. */
  complete: z.boolean(),
  files: z.array(
    z.object({
      /** In the archive: ASCII letters, digits, dots, dashes and underscores, unique whatever their case. */
      name: z.string(),
      /** What the file is called at its source, where that is another name. Invisible characters stand as JSON escapes. */
      originalName: z.string().optional(),
      sha256,
      bytes: z.number().int().nonnegative(),
    }),
  ),
  /** Null only for a chain nothing was ever written to. */
  head: signedHead.nullable(),
});
export type Manifest = z.infer<typeof manifest>;
