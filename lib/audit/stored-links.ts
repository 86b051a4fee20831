import { StringDecoder } from 'node:string_decoder';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { env } from '@/lib/env';
import type { Link } from './chain';

/**
 * Every link after `after` in order, as one snapshot of the database holds them, over a connection of its own. Memory stays that of a few hundred rows. Throws
 * when the database cannot be read.
 */
export async function* storedLinks(after = Number.MIN_SAFE_INTEGER): AsyncGenerator<Link> {
  const client = new Client({ connectionString: env().DATABASE_URL });
  // A connection that breaks is told by the stream.
  client.on('error', () => {});
  await client.connect();
  try {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for await (const chunk of client.query(copyTo(copyText(after)))) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield linkOf(line);
    }
  } finally {
    await client.end().catch(() => {});
  }
}

// Text of COPY costs a third of what rows of the driver do. From below every number, so that a link forged before the first is met as well.
function copyText(after: number): string {
  return `COPY (
    SELECT e.seq, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), e.actor_id, e.actor_name, e.actor_role, e.action,
      e.subject, encode(e.payload_hash, 'hex'), encode(e.prev_hash, 'hex'), encode(e.hash, 'hex'), encode(p.salt, 'hex'), p.data
    FROM console.audit_event e LEFT JOIN console.audit_payload p ON p.seq = e.seq
    WHERE e.seq > ${BigInt(after)} ORDER BY e.seq
  ) TO STDOUT`;
}

function linkOf(line: string): Link {
  const fields = line.includes('\\') ? line.split('\t').map(unescaped) : line.split('\t');
  const [seq, at = '', actorId = '', actorName = '', actorRole = '', action = '', subject = '', payloadHash = '', prevHash = ''] = fields;
  const [, , , , , , , , , hash = '', salt = '\\N', data = ''] = fields;
  const payload = salt === '\\N' ? null : { salt, data };
  return { seq: Number(seq), at, actorId, actorName, actorRole, action, subject, payloadHash, prevHash, hash, payload };
}

const ESCAPED: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function unescaped(field: string): string {
  if (field === '\\N' || !field.includes('\\')) return field;
  return field.replace(/\\(.)/g, (_, letter: string) => ESCAPED[letter] ?? letter);
}
