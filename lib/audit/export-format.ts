import { z } from 'zod';

/**
 * What an export that can be verified consists of. `lib/audit/verify.mjs` and `lib/audit/verify.py` read it by this description alone.
 *
 * `audit-log.jsonl`, UTF-8, one `ExportedEvent` a line in the order of `seq`, each line ended by one LF, no blank lines. `data` is the
 * payload's text as it was hashed, as one JSON string, never JSON within JSON: so it stays exact to the byte. `salt` and `data` are
 * both null where the payload was erased; the log then holds the `payload.erased` that names the event, and the `case.erased` of that case after it.
 * A line is exactly `JSON.stringify` of its members in the order below.
 *
 * `audit-links.jsonl`, there only where it is needed: one `ExportedLink` a line, an event without its payload. Both files are read
 * together by `seq`; no number is in both. What they hold together must follow on without a gap, from `firstSeq` to `lastSeq` of the
 * manifest. So
 * - a whole log, or the log of a month, needs no links of its own but those up to the signed head, if that lies behind it;
 * - a log filtered by actor or action carries the bare links of everything between that the filter left out, and as events those that explain a payload which is gone. Without them
 *   (`complete: false`) each event is still verified by itself, but nothing shows that none was left out.
 *
 * `checkpoints.jsonl`: one `SignedHead` a line, every head that was signed up to the manifest's, in the order they were signed. Each says which key signed it.
 * A head that names a `restored` range declares those events lost; heads of them signed before it may differ from the log.
 *
 * `manifest.json`: `manifest` below, as JSON in UTF-8. Its `head` is the head that was signed for this export; log and links together lead
 * up to it where the export is `complete`: `lastSeq` is then `head.seq`, and all events are bound to that signature. It names every other file of
 * the export but the two verifiers that come along and `manifest.sig`.
 *
 * `manifest.sig`: `manifestSignature` below, over the bytes of `manifest.json` (`signManifest` of lib/audit/signed-head.ts). It shows that the holder of
 * the key made this export, whatever its kind.
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
  signature: 'manifest.sig',
  verifier: 'verify.mjs',
  secondVerifier: 'verify.py',
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
  restored: z.object({ from: z.number().int().positive(), to: z.number().int().positive() }).optional(),
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
  /** Every key that signed one of the heads, with how many of them and up to which event. */
  keys: z.array(
    z.object({ keyId: signedHead.shape.keyId, publicKey: sha256, heads: z.number().int().positive(), lastSeq: z.number().int() }),
  ),
});
export type Manifest = z.infer<typeof manifest>;

export const manifestSignature = z.object({ keyId: signedHead.shape.keyId, publicKey: sha256, signature: signedHead.shape.signature });
export type ManifestSignature = z.infer<typeof manifestSignature>;
