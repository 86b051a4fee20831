import { execFileSync } from 'node:child_process';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAuditEvent } from '@/lib/audit/append';
import { GENESIS, hashLink, hashPayload, type Link } from '@/lib/audit/chain';
import { auditEventsOf } from '@/lib/audit/read';
import { storedLinks, verifyStoredChain } from '@/lib/audit/verify';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

// Everything JSON writers disagree about: quotes, backslash, control characters, DEL, line separators, astral and non-Latin text.
const AWKWARD = '"\\/\b\f\n\r\t\u0001\u001f\u007f\u0080\u2028\u2029 é ﬀ \u{1F9D1} <&>';
const actor: Actor = {
  id: '5f0c7c3e-8d0f-4a55-9a53-3d3f6f0a8f01',
  name: AWKWARD,
  email: 'ana@example.test',
  role: 'analyst',
  sessionId: null,
  origin: { requestId: 'r1', ip: '192.0.2.7', userAgent: AWKWARD },
};

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url, max: 8 });
});

afterAll(async () => {
  await pool.end();
  await db().$disconnect();
  await database.drop();
});

const note = (text: string, subject = 'verification:5') => ({ action: 'note.added', subject, data: { noteId: 'n', text } }) as const;
const append = (text: string, subject?: string) => db().$transaction((tx) => appendAuditEvent(tx, actor, note(text, subject)));

async function links(): Promise<Link[]> {
  const all: Link[] = [];
  for await (const link of storedLinks()) all.push(link);
  return all;
}

/** What the tables' owner can do, and nobody else: put the guards away, change rows, put the guards back. */
function tamper(sql: string) {
  const guards = (state: string) =>
    ['audit_event', 'audit_payload'].map((table) => `ALTER TABLE console.${table} ${state} TRIGGER USER;`).join(' ');
  return pool.query(`${guards('DISABLE')} ${sql}; ${guards('ENABLE')}`);
}

describe('the chain', () => {
  test('starts at 1, follows on without gaps, and reads back what was written', async () => {
    expect(await verifyStoredChain()).toEqual({ whole: true, head: GENESIS, erased: 0 });
    expect([await append(AWKWARD), await append('second')]).toEqual([1, 2]);
    const [first] = await auditEventsOf('verification:5');
    expect(first).toMatchObject({
      seq: 1,
      actorName: AWKWARD,
      actorRole: 'analyst',
      action: 'note.added',
      data: { noteId: 'n', text: AWKWARD },
    });
  });

  test('is hashed by TypeScript and SQL alike, whatever the text', async () => {
    const all = await links();
    expect(all.length).toBeGreaterThan(0);
    for (const link of all) {
      expect(hashLink(link)).toBe(link.hash);
      expect(link.payload && hashPayload(link.payload)).toBe(link.payloadHash);
    }
    expect(await verifyStoredChain()).toMatchObject({ whole: true, head: { seq: all.length } });
  });

  test('can be recomputed by the Python standard library from the stated format alone', async ({ skip }) => {
    const python = ['python3', 'python'].find((name) => works(name));
    if (!python) return skip('no Python on this machine');
    const script = `
import hashlib, json, sys
for line in sys.stdin:
    link = json.loads(line)
    payload, found = link.pop("payload"), link.pop("hash")
    body = json.dumps(link, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    assert hashlib.sha256(b"second-look/audit/event/v1\\0" + body).hexdigest() == found, link["seq"]
    committed = b"second-look/audit/payload/v1\\0" + bytes.fromhex(payload["salt"]) + payload["data"].encode()
    assert hashlib.sha256(committed).hexdigest() == link["payloadHash"], link["seq"]
print("agrees")`;
    const input = (await links()).map((link) => `${JSON.stringify(link)}\n`).join('');
    expect(execFileSync(python, ['-c', script], { input, encoding: 'utf8' }).trim()).toBe('agrees');
  });

  test('has one salt per event, so equal payloads do not look equal', async () => {
    await append('same');
    await append('same');
    const [a, b] = (await links()).slice(-2);
    expect(a?.payload?.data).toBe(b?.payload?.data);
    expect(a?.payloadHash).not.toBe(b?.payloadHash);
  });

  test('neither forks nor skips a number under eight concurrent writers', async () => {
    const before = (await links()).length;
    const write = async (writer: number) => {
      for (let i = 0; i < 40; i++)
        await pool.query('SELECT console.append_audit_event($1, $2, $3, $4, $5, $6)', [
          `w${writer}`,
          'W',
          'analyst',
          'note.added',
          'verification:6',
          '{"data":{}}',
        ]);
    };
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    const all = await links();
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: before + 320 }, (_, i) => i + 1));
    expect(new Set(all.map(({ prevHash }) => prevHash)).size).toBe(all.length);
    expect(await verifyStoredChain()).toMatchObject({ whole: true, head: { seq: before + 320 } });
  });
});

describe('an act and its event', () => {
  test('a rolled-back act leaves no event and gives its number back', async () => {
    const before = (await links()).length;
    await expect(
      db().$transaction(async (tx) => {
        await appendAuditEvent(tx, actor, note('never'));
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await append('next')).toBe(before + 1);
  });

  test('an event that cannot be written undoes the act', async () => {
    const id = '6a0c7c3e-8d0f-4a55-9a53-3d3f6f0a8f02';
    await expect(
      db().$transaction(async (tx) => {
        await tx.note.create({ data: { id, verificationId: 5n, authorId: actor.id, authorName: 'Ana', text: 'x' } });
        await appendAuditEvent(tx, { ...actor, name: 'a\0b' }, note('x'));
      }),
    ).rejects.toThrow();
    expect(await db().note.findUnique({ where: { id } })).toBeNull();
  });

  test('data that is not what the action says is never recorded', async () => {
    const wrong = { ...note('x'), data: { noteId: 'n', text: 'x', extra: 1 } };
    await expect(db().$transaction((tx) => appendAuditEvent(tx, SYSTEM_ACTOR, wrong))).rejects.toThrow(/extra/);
  });
});

describe('the database refuses', () => {
  const tables = ['note', 'decision', 'evidence_hash', 'audit_event', 'audit_payload'];

  test.each(tables)('UPDATE, DELETE and TRUNCATE of %s, even where no row is touched', async (table) => {
    const column = table.startsWith('audit') ? 'seq' : 'id';
    for (const sql of [
      `UPDATE console.${table} SET ${column} = ${column} WHERE false`,
      `DELETE FROM console.${table} WHERE false`,
      `TRUNCATE console.${table} CASCADE`,
    ])
      await expect(pool.query(sql)).rejects.toMatchObject({ code: '23001' });
  });

  test('all of this also while it replays a replica', async () => {
    const { rows } = await pool.query(
      `SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
       WHERE relnamespace = 'console'::regnamespace AND NOT tgisinternal AND tgenabled <> 'A'`,
    );
    expect(rows).toEqual([]);
  });

  test('a plain INSERT that forks the chain, leaves a gap or carries a wrong hash', async () => {
    const columns = 'seq, at, actor_id, actor_name, actor_role, action, subject, payload_hash, prev_hash, hash';
    const forged = (change: string) =>
      pool.query(
        `INSERT INTO console.audit_event (${columns}) SELECT ${change} FROM console.audit_event ORDER BY audit_event.seq DESC LIMIT 1`,
      );
    const fields = 'at, actor_id, actor_name, actor_role, action, subject, payload_hash';
    await expect(forged(`seq + 2, ${fields}, hash, hash`)).rejects.toThrow(/does not follow/);
    await expect(forged(`seq, ${fields}, prev_hash, hash`)).rejects.toThrow(/does not follow/);
    await expect(forged(`seq + 1, ${fields}, prev_hash, hash`)).rejects.toThrow(/does not name the hash before it/);
    await expect(forged(`seq + 1, ${fields}, hash, hash`)).rejects.toThrow(/wrong hash/);
  });

  test('a decision against its own rules', async () => {
    const row = {
      id: 'gen_random_uuid()',
      verification_id: '900',
      version: '1',
      outcome: "'APPROVED'",
      machine_result: "'NOT_VERIFIED'",
      is_override: 'true',
      reason_codes: "ARRAY['OTHER']",
      rationale: "'because I looked twice'",
      proposer_id: 'gen_random_uuid()',
      proposer_name: "'Ana'",
      snapshot_hash: "repeat('a', 64)",
    };
    const insert = (change: Partial<typeof row>) => {
      const all = { ...row, ...change };
      return pool.query(`INSERT INTO console.decision (${Object.keys(all).join(', ')}) VALUES (${Object.values(all).join(', ')})`);
    };
    for (const change of [
      { outcome: "'MAYBE'" },
      { is_override: 'false' },
      { reason_codes: "'{}'" },
      { rationale: "'short'" },
      { snapshot_hash: "repeat('A', 64)" },
      { version: '0' },
      { version: '2' },
    ])
      await expect(insert(change), JSON.stringify(change)).rejects.toMatchObject({ code: '23514' });
    await insert({});
    await expect(insert({})).rejects.toMatchObject({ code: '23505' });
    await insert({ version: '2' });
  });

  test('an e-mail address in capitals and a role nobody knows', async () => {
    const insert = (email: string, role: string) =>
      pool.query('INSERT INTO console."user" (id, email, name, role) VALUES (gen_random_uuid(), $1, $2, $3)', [email, 'A', role]);
    await expect(insert('Ana@example.test', 'analyst')).rejects.toMatchObject({ code: '23514' });
    await expect(insert('ana@example.test', 'root')).rejects.toMatchObject({ code: '23514' });
  });
});

// Last in this file: it leaves the chain broken.
describe('a change behind the guards', () => {
  test('is found at its first link, and erased payloads are not mistaken for one', async () => {
    const [erased, changed] = [await append('to be erased'), await append('to be changed'), await append('untouched')];
    await tamper(`DELETE FROM console.audit_payload WHERE seq = ${erased}`);
    expect(await verifyStoredChain()).toMatchObject({ whole: true, erased: 1 });
    expect((await auditEventsOf('verification:5')).find(({ seq }) => seq === erased)).toMatchObject({ action: 'note.added', data: null });
    await expect(pool.query(`INSERT INTO console.audit_payload VALUES (${erased}, decode(repeat('ab', 32), 'hex'), '{}')`)).rejects.toThrow(
      /did not commit/,
    );
    await tamper(`UPDATE console.audit_payload SET data = replace(data, 'changed', 'hidden') WHERE seq = ${changed}`);
    expect(await verifyStoredChain()).toMatchObject({
      whole: false,
      broken: { seq: changed, field: 'payloadHash' },
      head: { seq: erased },
    });
    await tamper(`UPDATE console.audit_event SET actor_name = 'Somebody else' WHERE seq = 1`);
    expect(await verifyStoredChain()).toMatchObject({ whole: false, broken: { seq: 1, field: 'hash' }, head: GENESIS });
  });
});

function works(command: string): boolean {
  try {
    execFileSync(command, ['-c', 'pass'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
