import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { GENESIS, type Head, hashLink, hashPayload } from '@/lib/audit/chain';
import { EXPORT_FORMAT, type Manifest } from '@/lib/audit/export-format';
import { isSignedBy, signHead, signingKeyOf } from '@/lib/audit/signed-head';

const KINDS = ['evidence.viewed', 'claim.taken', 'note.added', 'decision.made', 'approval.given'];

/**
 * Fills an empty log with `count` events as the house writes them, behind the guards for the sake of time, and writes the same ones as
 * an export into `folder`. Answers the head.
 */
export async function loadLongChain(
  databaseUrl: string,
  folder: string,
  seed: string,
  count: number,
  log: (line: string) => void,
): Promise<Head> {
  const clients = [new Client({ connectionString: databaseUrl }), new Client({ connectionString: databaseUrl })];
  const [first, second] = clients;
  if (!first || !second) throw new Error('There are two.');
  for (const client of clients) await client.connect();
  await guards(first, 'DISABLE');
  const file = createWriteStream(join(folder, 'audit-log.jsonl'));
  const sum = createHash('sha256');
  let bytes = 0;
  const events = first.query(copyFrom('COPY console.audit_event FROM STDIN'));
  const payloads = second.query(copyFrom('COPY console.audit_payload FROM STDIN'));
  let head = GENESIS;
  let texts = ['', '', ''];
  for (let seq = 1; seq <= count; seq += 1) {
    const { event, salt, data } = eventAt(seq, head);
    const hash = hashLink(event);
    head = { seq, hash };
    const { at, actorId, actorName, actorRole, action, subject, payloadHash, prevHash } = event;
    const bytea = [payloadHash, prevHash, hash].map((hex) => `\\\\x${hex}`).join('\t');
    texts[0] += `${seq}\t${at}\t${actorId}\t${actorName}\t${actorRole}\t${action}\t${subject}\t${bytea}\n`;
    texts[1] += `${seq}\t\\\\x${salt}\t${data.replaceAll('\\', '\\\\')}\n`;
    texts[2] += `${JSON.stringify({ ...event, hash, salt, data })}\n`;
    if (seq % 2_000 === 0 || seq === count) {
      const [eventText = '', payloadText = '', line = ''] = texts;
      sum.update(line);
      bytes += Buffer.byteLength(line);
      await Promise.all([written(events, eventText), written(payloads, payloadText), written(file, line)]);
      texts = ['', '', ''];
    }
    if (seq % 250_000 === 0) log(`${seq} of ${count} events`);
  }
  for (const stream of [events, payloads, file]) {
    stream.end();
    await finished(stream);
  }
  await guards(first, 'ENABLE ALWAYS');
  for (const client of clients) await client.query('ANALYZE console.audit_event, console.audit_payload');
  for (const client of clients) await client.end();
  const key = signingKeyOf(seed);
  const signed = signHead(key, head, new Date());
  if (!isSignedBy(key.publicKey, signed)) throw new Error('The head was not signed.');
  const manifest: Manifest = {
    format: EXPORT_FORMAT,
    kind: 'audit-log',
    filter: {},
    counts: { events: count },
    firstSeq: 1,
    lastSeq: count,
    complete: true,
    files: [{ name: 'audit-log.jsonl', sha256: sum.digest('hex'), bytes }],
    head: { ...signed, publicKey: key.publicKey },
    keys: [{ keyId: key.keyId, publicKey: key.publicKey, heads: 1, lastSeq: count }],
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return head;
}

function eventAt(seq: number, head: Head) {
  const action = KINDS[seq % KINDS.length] ?? 'note.added';
  const said = {
    decisionId: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
    rationale: `The "faces" are not those of one person, says number ${seq}.`,
    snapshotHash: 'c'.repeat(64),
    version: 1,
  };
  const origin = {
    ip: '192.0.2.7',
    requestId: `r${seq}`,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0',
  };
  const data = JSON.stringify({ data: said, origin });
  const salt = createHash('sha256').update(`${seq}`).digest('hex');
  const event = {
    seq,
    at: new Date(1_770_000_000_000 + seq * 250).toISOString(),
    actorId: `u${seq % 40}`,
    actorName: seq % 3 === 0 ? 'Zoë Håkansson' : 'Ana Lindqvist',
    actorRole: 'analyst',
    action,
    subject: `verification:${seq % 100_000}`,
    payloadHash: hashPayload({ salt, data }),
    prevHash: head.hash,
  };
  return { event, salt, data };
}

async function guards(client: Client, change: 'DISABLE' | 'ENABLE ALWAYS'): Promise<void> {
  const { rows } = await client.query(
    `SELECT tgrelid::regclass AS "table", quote_ident(tgname) AS name FROM pg_trigger
     WHERE tgrelid IN ('console.audit_event'::regclass, 'console.audit_payload'::regclass) AND NOT tgisinternal`,
  );
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} ${change} TRIGGER ${name}`);
}

async function written(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
