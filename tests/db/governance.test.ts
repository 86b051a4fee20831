import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, listUsers } from '@/lib/auth/list-users';
import { startSession } from '@/lib/auth/sessions';
import { addUser, changeRole, disableUser, endSessions } from '@/lib/auth/users';
import { submitEnabling } from '@/lib/changes/submit-user';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { DecisionInput } from '@/lib/domain/decision';
import { DEFAULT_POLICY, isDrawnForQa, policyAt } from '@/lib/domain/policy';
import { fileNames } from '@/lib/domain/verification';
import { takeOver } from '@/lib/mirror/refresh-record';
import { changePolicy } from '@/lib/review/change-policy';
import { keepEvidence, keptCopies, keptEvidence } from '@/lib/review/keep-evidence';
import { currentPolicy, policyHistory } from '@/lib/review/policies';
import { qaAgreement, qaCases } from '@/lib/review/qa';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { timelineOf } from '@/lib/review/timeline';
import { withdrawDecision } from '@/lib/review/withdraw-decision';
import { closeUpstream } from '@/lib/upstream/connection';
import { getVerification } from '@/lib/upstream/get';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, NOTHING_SHOWN, person, refusalOf } from '../helpers/desk';
import { jpegOf } from '../helpers/file-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { recorded } from '../helpers/recorded';
import { agree, publishPolicy } from '../helpers/second-person';
import { decide, reviewAgain } from '../helpers/verdicts';

let database: TestDatabase;
let ana: Actor;
let marek: Actor;
let admin: Actor;
/** What the upstream answers for a file by its name; what is not here it has lost. */
const files = new Map<string, Buffer>();
/** Files whose last byte comes only when this is kept. */
const held = new Map<string, Promise<unknown>>();

const server = createServer((request, response) => {
  const id = Number(/^\/v1\/verification\/(\d+)$/.exec(request.url ?? '')?.[1]);
  const name = /^\/v1\/files\/([^/?]+)$/.exec(request.url ?? '')?.[1];
  const bytes = name === undefined ? undefined : files.get(decodeURIComponent(name));
  const until = held.get(decodeURIComponent(name ?? ''));
  if (bytes && until) {
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': bytes.length }).write(bytes.subarray(0, -1));
    return void until.then(() => response.end(bytes.subarray(-1)));
  }
  if (bytes) return response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': bytes.length }).end(bytes);
  if (!Number.isSafeInteger(id)) return response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  const own = sample.result.files.map((file) => ({ ...file, url: file.url.replace('_5_', `_${id}_`) }));
  const result = { ...sample.result, verificationId: id, verified: id % 2 === 0, files: own };
  return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ result }));
});

beforeAll(async () => {
  database = await testDatabase();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    VERIFICATION_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    VERIFICATION_API_KEY: 'key',
    EVIDENCE_COPY_KEY: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'silent',
  });
  [ana, marek, admin] = [await person('Ana', 'analyst'), await person('Marek', 'manager'), await person('Adi', 'admin')];
});

afterAll(async () => {
  await closeUpstream();
  server.closeAllConnections();
  server.close();
  await db().$disconnect();
  await database.drop();
});

const decline: DecisionInput = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '', shown: NOTHING_SHOWN };
const filesOf = async (id: number) => (await getVerification(id)).verification.files.flatMap(({ name }) => name ?? []);

describe('the rules of the house', () => {
  test('hold from the moment they are written, and what the rule was at any moment has one answer', async () => {
    const before = await currentPolicy();
    const moments = [Date.now()];
    for (const days of [100, 200]) {
      const { version } = await currentPolicy();
      const settings = { ...DEFAULT_POLICY, qaSharePercent: 100, retentionDays: days };
      const policy = await publishPolicy({ first: marek, second: admin }, { version, settings, reason: 'A new contract asks for it.' });
      expect(policy).toMatchObject({ version: version + 1, validTo: null, byName: 'Marek' });
      moments.push(policy.validFrom);
    }
    const history = await policyHistory();
    expect(moments.map((at) => policyAt(history, at)?.version)).toEqual([before.version, before.version + 1, before.version + 2]);
    expect(policyAt(history, 0)?.version).toBe(0);
    // Without a gap and without an overlap.
    for (const [index, policy] of history.entries()) expect(policy.validTo).toBe(history[index - 1]?.validFrom ?? null);
  });

  test('cannot be dated back, skipped over or edited, not even with SQL', async () => {
    const { version } = await currentPolicy();
    const insert = (next: number) =>
      recorded('policy', async (tx) => {
        await tx.$executeRaw`INSERT INTO console.policy (version, valid_from, settings, reason, by_id, by_name)
          SELECT ${next}, '2020-01-01', settings, 'dated back by hand', by_id, by_name FROM console.policy WHERE version = ${version}`;
        return { version: next };
      });
    await expect(insert(version + 2)).rejects.toThrow(/does not continue/);
    const startedAt = Date.now() - 5;
    await insert(version + 1);
    expect((await currentPolicy()).validFrom).toBeGreaterThanOrEqual(startedAt);
    await expect(db().$executeRawUnsafe("UPDATE console.policy SET valid_from = '2020-01-01'")).rejects.toThrow(/only grows/);
  });

  test('are not overwritten by somebody who saw an older version, and are changed by those who may', async () => {
    const { version, settings } = await currentPolicy();
    const input = { version, settings, reason: 'Both of them at once.' };
    const results = await Promise.allSettled([changePolicy(marek, input), changePolicy(admin, input)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await refusalOf(changePolicy(ana, input))).code).toBe('forbidden');
    expect((await refusalOf(changePolicy(marek, input))).code).toBe('stale');
  });
});

describe('a second look', () => {
  test('is drawn by the share of the policy, the same in the program and in the database', async () => {
    const ids = Array.from({ length: 400 }, () => randomUUID());
    const rows = await db().$queryRaw<{ id: string; drawn: boolean }[]>`
      SELECT id::text, ('x' || left(id::text, 8))::bit(32)::bigint / 4294967296.0 < 7.5::float8 / 100 AS drawn FROM unnest(${ids}::uuid[]) AS id`;
    expect(rows.filter(({ drawn }) => drawn).map(({ id }) => id)).toEqual(ids.filter((id) => isDrawnForQa(id, 7.5)));
  });

  test('is offered to everybody but who decided or worked on the case, and says whether both agree', async () => {
    await decide(ana, 101, decline, randomUUID());
    await decide(ana, 103, decline, randomUUID());
    const ben = await person('Ben', 'analyst');
    await recorded('note', (tx) =>
      tx.note.create({ data: { verificationId: 101n, authorId: ben.id, authorName: 'Ben', text: 'I know this one.' } }),
    );
    expect(await qaCases(ana)).toEqual([]);
    expect(await qaCases(ben)).toEqual([103]);
    expect(await qaCases(marek)).toEqual([101, 103]);
    const input = { outcome: 'DECLINED' as const, reasonCodes: ['FACE_MISMATCH' as const], comment: '', shown: NOTHING_SHOWN };
    expect((await refusalOf(reviewAgain(ana, 101, input))).code).toBe('forbidden');
    expect((await refusalOf(reviewAgain(ben, 101, input))).code).toBe('forbidden');
    expect((await refusalOf(reviewAgain(admin, 101, input))).code).toBe('forbidden');
    expect(await reviewAgain(marek, 101, input)).toEqual({ agrees: true });
    const other = {
      outcome: 'APPROVED' as const,
      reasonCodes: ['FALSE_REJECT_QUALITY' as const],
      comment: 'The ears are the same.',
      shown: NOTHING_SHOWN,
    };
    expect(await reviewAgain(ben, 103, other)).toEqual({ agrees: false });
    expect((await refusalOf(reviewAgain(marek, 103, other))).code).toBe('not-found');
    expect(await qaAgreement()).toEqual({ reviewed: 2, agreed: 1, waiting: 0 });
  });

  test('is not of a decision that was taken back', async () => {
    await decide(ana, 105, decline, randomUUID());
    expect(await qaCases(marek)).toContain(105);
    await withdrawDecision(ana, 105);
    expect(await qaCases(marek)).not.toContain(105);
  });

  test('is refused by the database when its author is the one who decided, or it lies about agreeing', async () => {
    const { decision } = await decide(ana, 107, decline, randomUUID());
    const second = await person('Ana+second', 'analyst');
    const row = (reviewerId: string, agrees: boolean) =>
      db().qaReview.create({
        data: {
          id: randomUUID(),
          decisionId: decision.id,
          verificationId: 107n,
          outcome: 'DECLINED',
          reasonCodes: [],
          comment: '',
          agrees,
          reviewerId,
          reviewerName: 'x',
          proposerId: ana.id,
        },
      });
    await expect(row(second.id, true)).rejects.toThrow(/by the person who decided/);
    await expect(row(marek.id, false)).rejects.toThrow(/does not fit/);
  });
});

describe('evidence', () => {
  test('that changed is a finding of its case in the index, an event in its timeline, and survives the next sync', async () => {
    await takeOver(await getVerification(201), Date.now());
    const [idFile = ''] = await filesOf(201);
    await recordEvidenceHash(idFile, 'a'.repeat(64), 10);
    await Promise.all([1, 2, 3].map(() => recordEvidenceHash(idFile, 'b'.repeat(64), 10)));
    const findings = async () => (await db().record.findUniqueOrThrow({ where: { verificationId: 201n } })).findings;
    expect((await findings()).filter((kind) => kind === 'drift')).toHaveLength(1);
    const events = (await timelineOf(201)).filter(({ action }) => action === 'evidence.changed');
    expect(events).toHaveLength(1);
    expect(events[0]?.data).toEqual({ file: idFile, beforeSha256: 'a'.repeat(64), afterSha256: 'b'.repeat(64) });
    // The upstream's record changes and is taken over whole: what was noticed here stays.
    const found = await getVerification(201);
    await takeOver({ ...found, snapshotHash: 'c'.repeat(64) }, Date.now() + 120_000);
    expect(await findings()).toContain('drift');
    // Noticed before the index knew the record.
    await recordEvidenceHash('v_id_203_a.jpg', 'a'.repeat(64), 1);
    await recordEvidenceHash('v_id_203_a.jpg', 'b'.repeat(64), 1);
    await takeOver(await getVerification(203), Date.now());
    expect((await db().record.findUniqueOrThrow({ where: { verificationId: 203n } })).findings).toContain('drift');
  });

  test('findings noticed beside a record come and go with their rows, each kind once, and outlast the next sync', async () => {
    await takeOver(await getVerification(204), Date.now());
    const own = async () => (await db().record.findUniqueOrThrow({ where: { verificationId: 204n } })).findings;
    const before = await own();
    await db().$executeRaw`SELECT console.notice_finding(204, 'file-missing'), console.notice_finding(204, 'record-changed')`;
    await db().$executeRaw`SELECT console.notice_finding(204, 'file-missing')`;
    expect(await own()).toEqual([...before, 'file-missing', 'record-changed']);
    const found = await getVerification(204);
    await takeOver({ ...found, snapshotHash: 'd'.repeat(64) }, Date.now() + 120_000);
    expect(await own()).toEqual([...before, 'file-missing', 'record-changed']);
    await db().$executeRaw`SELECT console.withdraw_finding(204, 'file-missing')`;
    expect(await own()).toEqual([...before, 'record-changed']);
  });

  test('is kept at the decision encrypted, so that a lost file can still be shown', async () => {
    const names = await filesOf(205);
    const bytesOf = (name: string) => jpegOf(`the bytes of ${name}`, sample.result.files[names.indexOf(name)]?.fileSize);
    for (const name of names) files.set(name, bytesOf(name));
    const shaOf = (name = '') => createHash('sha256').update(bytesOf(name)).digest('hex');
    const { id, face } = fileNames((await getVerification(205)).verification);
    const shown = { id: shaOf(id ?? ''), face: shaOf(face ?? '') };
    const { decision } = await decide(ana, 205, { ...decline, shown }, randomUUID());
    expect([decision.idSha256, decision.selfieSha256]).toEqual([shown.id, shown.face]);
    const copies = await keptCopies(205);
    expect(copies.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(copies.map(({ sha256 }) => sha256)).toContain(decision.idSha256);
    const [name = ''] = names;
    files.delete(name);
    const kept = await keptEvidence(name);
    expect(Buffer.from(kept?.bytes ?? []).equals(bytesOf(name))).toBe(true);
    const [row] = await db().$queryRaw<{ plain: boolean }[]>`
      SELECT position(convert_to('the bytes of', 'UTF8') IN sealed) > 0 AS plain FROM console.evidence_copy WHERE name = ${name}`;
    expect(row?.plain).toBe(false);
  });

  test('that takes long keeps no decision waiting: it says that it was not compared, and the copy is kept once the file is there', async () => {
    const names = await filesOf(209);
    for (const name of names) files.set(name, jpegOf(`the bytes of ${name}`, sample.result.files[names.indexOf(name)]?.fileSize));
    const { id, face } = fileNames((await getVerification(209)).verification);
    let release = () => {};
    held.set(
      face ?? '',
      new Promise<void>((resolve) => {
        release = resolve;
      }),
    );
    const shown = {
      id: createHash('sha256')
        .update(files.get(id ?? '') ?? '')
        .digest('hex'),
      face: null,
    };
    expect(await refusalOf(decide(ana, 209, { ...decline, shown }, randomUUID()))).toMatchObject({ code: 'evidence-unchecked' });
    const { decision } = await decide(ana, 209, { ...decline, shown: { ...shown, unchecked: ['id', 'face'] } }, randomUUID());
    expect(decision.unchecked).toContain('face');
    release();
    await expect.poll(async () => (await keptCopies(209)).length).toBe(names.length);
  });

  test('kept cannot be exchanged or taken away, and a copy that was tampered with is not shown', async () => {
    await expect(db().$executeRawUnsafe("UPDATE console.evidence_copy SET sealed = ''")).rejects.toThrow(/never edited/);
    await expect(db().$executeRawUnsafe('DELETE FROM console.evidence_copy')).rejects.toThrow(/only by erasure/);
    const [name = ''] = await filesOf(205);
    await db().$executeRawUnsafe('ALTER TABLE console.evidence_copy DISABLE TRIGGER USER');
    await db().$executeRaw`UPDATE console.evidence_copy SET sealed = set_byte(sealed, 0, 255 - get_byte(sealed, 0)) WHERE name = ${name}`;
    await db().$executeRawUnsafe('ALTER TABLE console.evidence_copy ENABLE TRIGGER USER');
    await expect(keptEvidence(name)).rejects.toThrow();
  });

  test('that does not come does not keep a decision from being made', async () => {
    const { verification } = await getVerification(207);
    expect([...(await keepEvidence(ana, verification))]).toEqual((await filesOf(207)).map((name) => [name, 'lost']));
    expect((await decide(ana, 207, decline, randomUUID())).decision).toMatchObject({ idSha256: null, selfieSha256: null });
  });
});

describe('users', () => {
  test('are listed with their sessions, to administrators only', async () => {
    const users = await listUsers(admin);
    expect(users.find(({ email }) => email === 'ana@example.test')).toMatchObject({
      name: 'Ana',
      role: 'analyst',
      sessions: 1,
      disabledAt: null,
    });
    for (const other of [ana, marek]) expect((await refusalOf(listUsers(other))).code).toBe('forbidden');
    expect(JSON.stringify(users)).not.toMatch(/password_?hash|\$2[aby]\$/i);
  });

  test('lose their open sessions when an administrator ends them, and may sign in again', async () => {
    const cleo = await person('Cleo', 'analyst');
    await startSession(cleo.origin, cleo.id, 'password');
    expect(await endSessions(admin, cleo.email)).toBe(2);
    expect(await endSessions(admin, cleo.email)).toBe(0);
    const [event] = await db().auditEvent.findMany({ where: { action: 'user.sessions-ended' }, include: { payload: true } });
    expect(event?.payload?.data).toContain('"sessions":2');
  });

  test('are shut out and let in again, each written down', async () => {
    const dora = await person('Dora', 'analyst');
    await disableUser(admin, dora.email);
    expect((await listUsers(admin)).find(({ id }) => id === dora.id)).toMatchObject({ disabledAt: expect.any(Number), sessions: 0 });
    await agree(marek, await submitEnabling(admin, dora.id, 'Back from parental leave.'));
    expect(await addressOf(admin, dora.id)).toBe(dora.email);
    const actions = await db().auditEvent.findMany({ where: { subject: `user:${dora.id}` }, orderBy: { seq: 'asc' } });
    expect(actions.map(({ action }) => action)).toEqual(['user.added', 'user.disabled', 'user.enabled']);
  });

  test('keep one administrator, also when two shut each other out at the same moment', async () => {
    const second = await person('Second', 'admin');
    const results = await Promise.allSettled([disableUser(admin, second.email), disableUser(second, admin.email)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const left = await db().user.findMany({ where: { role: 'admin', disabledAt: null } });
    expect(left).toHaveLength(1);
    const [last] = left;
    const email = last?.email ?? '';
    for (const removal of [() => changeRole(SYSTEM_ACTOR, email, 'manager'), () => disableUser(SYSTEM_ACTOR, email)])
      expect(await refusalOf(removal())).toMatchObject({ code: 'conflict', message: expect.stringContaining('last administrator') });
    await expect(db().$executeRawUnsafe(`UPDATE console."user" SET role = 'analyst'`)).rejects.toThrow(/last administrator stays/);
    await addUser(SYSTEM_ACTOR, { email: 'third@example.test', name: 'Third', role: 'admin', password: null });
    await changeRole(SYSTEM_ACTOR, email, 'manager');
  });
});

test('the index is filled as before', async () => {
  await fillIndex(900, 905);
  expect(await db().record.count({ where: { verificationId: { gte: 900n, lte: 905n } } })).toBe(6);
});
