import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAuditEvent } from '@/lib/audit/append';
import { GENESIS, hashLink, hashPayload, type Link } from '@/lib/audit/chain';
import { checkpointFolder, readCheckpoints } from '@/lib/audit/checkpoint-files';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import { erasePayloads } from '@/lib/audit/erase-payloads';
import { auditEventsOf } from '@/lib/audit/read';
import { isSignedBy } from '@/lib/audit/signed-head';
import { storedLinks } from '@/lib/audit/stored-links';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { recorded } from '../helpers/recorded';

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
const released = (subject: string) =>
  db().$transaction((tx) => appendAuditEvent(tx, actor, { action: 'claim.released', subject, data: {} }));

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
    expect(await verifyStoredChain()).toEqual({ whole: true, head: GENESIS, erased: 0, gaps: [], torn: [] });
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
  const tables = ['note', 'decision', 'evidence_hash', 'audit_event', 'audit_payload', 'checkpoint'];

  test.each(tables)('UPDATE, DELETE and TRUNCATE of %s', async (table) => {
    const column = table.startsWith('audit') || table === 'checkpoint' ? 'seq' : 'id';
    for (const sql of [
      `UPDATE console.${table} SET ${column} = ${column} WHERE false`,
      table === 'audit_payload' ? 'DELETE FROM console.audit_payload' : `DELETE FROM console.${table} WHERE false`,
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
      second_person: "'An approval against the machine needs a second person.'",
      proposer_email: "'ana@example.test'",
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
      ...["repeat('A', 64)", "repeat('a', 63)", "repeat('a', 65)", "repeat('g', 64)", "repeat('é', 32)", "repeat('a', 63) || chr(10)"].map(
        (snapshot_hash) => ({ snapshot_hash }),
      ),
      { version: '0' },
      { version: '2' },
    ])
      await expect(insert(change), JSON.stringify(change)).rejects.toMatchObject({ code: '23514' });
    await expect(insert({})).rejects.toThrow(/decision has no audit event/);
    const recordedInsert = (version: number) =>
      recorded('decision', async (tx) => {
        const all = { ...row, version };
        const [inserted] = await tx.$queryRawUnsafe<{ id: string }[]>(
          `INSERT INTO console.decision (${Object.keys(all).join(', ')}) VALUES (${Object.values(all).join(', ')}) RETURNING id::text`,
        );
        return inserted ?? { id: '' };
      });
    await recordedInsert(1);
    await expect(insert({})).rejects.toMatchObject({ code: '23505' });
    await recordedInsert(2);
  });

  test('an e-mail address in capitals and a role nobody knows', async () => {
    const insert = (email: string, role: string) =>
      pool.query('INSERT INTO console."user" (id, email, name, role) VALUES (gen_random_uuid(), $1, $2, $3)', [email, 'A', role]);
    await expect(insert('Ana@example.test', 'analyst')).rejects.toMatchObject({ code: '23514' });
    await expect(insert('ana@example.test', 'root')).rejects.toMatchObject({ code: '23514' });
  });
});

describe('erasing what events say', () => {
  const erase = (seqs: number[], reason = 'the person asked for it') =>
    db().$transaction((tx) => erasePayloads(tx, actor, { subject: 'verification:7', seqs, reason }));

  test('leaves the events, an event that names them, and a chain that verifies', async () => {
    const [first, second] = [await released('verification:7'), await released('verification:7')];
    const seq = await erase([first, second, 999_999]);
    expect(await auditEventsOf('verification:7')).toMatchObject([
      { seq: first, actorName: AWKWARD, action: 'claim.released', data: null },
      { seq: second, data: null },
      { seq, action: 'payload.erased', data: { events: [first, second], reason: 'the person asked for it' } },
    ]);
    // Until the erasure of the case is recorded, which its transaction does next, nothing explains them.
    expect(await verifyStoredChain()).toMatchObject({ whole: false, broken: { seq: first, field: 'payload' } });
    await pool.query(`SELECT console.append_audit_event('a', 'A', 'admin', 'case.erased', 'verification:7',
      '{"data":{"runId":"7f0c7c3e-8d0f-4a55-9a53-3d3f6f0a8f01","rule":"RETENTION","reason":"","policyVersion":0,"retentionDays":1826,"counts":{}},"origin":null,"rows":[{"id":"e7","sha256":"${'0'.repeat(64)}","table":"erasure"}]}')`);
    expect(await verifyStoredChain()).toMatchObject({ whole: true, erased: 2 });
    expect(await erase([first, second])).toBeNull();
  });

  test('never takes away what says that something was erased', async () => {
    const erasure = (await auditEventsOf('verification:7')).find(({ action }) => action === 'payload.erased');
    expect(await erase([erasure?.seq ?? 0])).toBeNull();
    await expect(
      pool.query(`SELECT console.erase_audit_payloads(ARRAY[${erasure?.seq}]::bigint[], 'a', 'A', 'admin', 'verification:7',
        '{"data":{"events":[${erasure?.seq}]}}')`),
    ).rejects.toThrow(/nothing to erase/);
  });

  test('is refused under legal hold, all of it, also past the program', async () => {
    const [held, free] = [await append('kept for the court', 'verification:8'), await append('other', 'verification:9')];
    await pool.query(`CREATE OR REPLACE FUNCTION console.is_on_legal_hold(subject text) RETURNS boolean LANGUAGE sql STABLE
      RETURN subject = 'verification:8'`);
    const before = (await links()).length;
    expect(await refusalOf(erase([free, held]))).toMatchObject({ code: 'conflict', message: expect.stringContaining('legal hold') });
    await expect(
      pool.query(`SELECT console.erase_audit_payloads(ARRAY[${held}]::bigint[], 'a', 'A', 'admin', 'verification:8',
        '{"data":{"events":[${held}]}}')`),
    ).rejects.toMatchObject({ code: '23001', message: expect.stringContaining('legal hold') });
    expect((await links()).length).toBe(before);
    expect((await links()).filter(({ payload }) => !payload).length).toBe(2);
  });

  test('is refused without an event that names what goes', async () => {
    const kept = await append('stays');
    await expect(pool.query(`DELETE FROM console.audit_payload WHERE seq = ${kept}`)).rejects.toMatchObject({ code: '23001' });
    await expect(pool.query(`INSERT INTO console.audit_erasure VALUES (${kept}, ${kept})`)).rejects.toThrow(/no event says/);
    await expect(
      pool.query(
        `SELECT console.erase_audit_payloads(ARRAY[${kept}]::bigint[], 'a', 'A', 'admin', 'verification:5', '{"data":{"events":[1]}}')`,
      ),
    ).rejects.toThrow(/no event says/);
  });
});

describe('a signed head', () => {
  test('lies in the folder and in the table, and the same head is signed once', async () => {
    const first = await checkpointNow();
    expect(first).toMatchObject({ seq: (await links()).length, hash: (await links()).at(-1)?.hash });
    expect(await checkpointNow()).toEqual(first);
    await append('after it');
    const second = await checkpointNow();
    expect(readCheckpoints().heads.map(({ seq }) => seq)).toEqual([first?.seq, second?.seq]);
    expect(await db().checkpoint.count()).toBe(2);
    expect(first && isSignedBy(first.publicKey, first)).toBe(true);
    expect(first && isSignedBy(first.publicKey, { ...first, seq: 1 })).toBe(false);
  });

  test('is signed by one of many who ask at the same moment', async () => {
    await append('for all');
    const signed = await Promise.all(Array.from({ length: 5 }, checkpointNow));
    expect(new Set(signed.map((head) => head?.signature)).size).toBe(1);
  });

  test('is not there while its folder cannot be written', async () => {
    await append('cannot be signed');
    const file = join(checkpointFolder(), `${new Date().toISOString().slice(0, 7)}.jsonl`);
    renameSync(file, `${file}.kept`);
    mkdirSync(file);
    await expect(checkpointNow()).rejects.toThrow(/EISDIR/);
    rmdirSync(file);
    renameSync(`${file}.kept`, file);
    expect(await db().checkpoint.count()).toBe(3);
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  });
});

// Last in this file: it leaves the chain broken.
describe('a change behind the guards', () => {
  test('is found at its first link', async () => {
    const [changed] = [await append('to be changed'), await append('untouched')];
    await tamper(`UPDATE console.audit_payload SET data = replace(data, 'changed', 'hidden') WHERE seq = ${changed}`);
    expect(await verifyStoredChain()).toMatchObject({
      whole: false,
      broken: { seq: changed, field: 'payloadHash' },
      head: { seq: changed - 1 },
    });
    await tamper(`UPDATE console.audit_payload SET data = replace(data, 'hidden', 'changed') WHERE seq = ${changed}`);
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  });

  test('is found where a payload went without a word', async () => {
    const gone = await append('gone');
    const kept = (await links()).at(-1)?.payload;
    await tamper(`DELETE FROM console.audit_payload WHERE seq = ${gone}`);
    expect(await verifyStoredChain()).toMatchObject({ whole: false, broken: { seq: gone, field: 'payload' } });
    await expect(pool.query(`INSERT INTO console.audit_payload VALUES (${gone}, decode(repeat('ab', 32), 'hex'), '{}')`)).rejects.toThrow(
      /did not commit/,
    );
    await pool.query(`INSERT INTO console.audit_payload VALUES ($1, decode($2, 'hex'), $3)`, [gone, kept?.salt, kept?.data]);
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  });

  test('is found where the newest links were cut off, and where they were written anew in full', async () => {
    await append('signed');
    const head = await checkpointNow();
    const newest = head?.seq ?? 0;
    const cut = `DELETE FROM console.audit_payload WHERE seq = ${newest}; DELETE FROM console.audit_event WHERE seq = ${newest}`;
    await tamper(cut);
    expect(await verifyStoredChain()).toMatchObject({ broken: { seq: newest, field: 'checkpoint', found: 'the end of the log' } });
    // Past the program, which takes no number that was signed before.
    const inItsPlace = `SELECT console.append_audit_event('u', 'U', 'analyst', 'note.added', 'verification:6', '{"data":{}}')`;
    await pool.query(`${inItsPlace}; ${inItsPlace}`);
    expect(await verifyStoredChain()).toMatchObject({ broken: { seq: newest, field: 'checkpoint' }, head: { seq: newest - 1 } });
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
