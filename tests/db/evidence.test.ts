import { createHash, randomUUID } from 'node:crypto';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GET as getFile } from '@/app/api/files/[name]/route';
import { POST as acknowledge } from '@/app/api/verifications/[id]/evidence/acknowledgement/route';
import { POST as checkNow } from '@/app/api/verifications/[id]/evidence/check/route';
import { GET as getEvidence } from '@/app/api/verifications/[id]/evidence/route';
import { reconcileStoredRows } from '@/lib/audit/reconcile-rows';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { auditSentence } from '@/lib/domain/audit-event';
import type { DecisionInput } from '@/lib/domain/decision';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { takeOver } from '@/lib/mirror/refresh-record';
import { changePolicy } from '@/lib/review/change-policy';
import { recheckLost } from '@/lib/review/evidence/recheck-lost';
import { currentPolicy } from '@/lib/review/policies';
import { timelineOf } from '@/lib/review/timeline';
import { closeUpstream } from '@/lib/upstream/connection';
import { getVerification } from '@/lib/upstream/get';
import { person, refusalOf } from '../helpers/desk';
import { clipOf, type FileAnswer, type FileUpstream, jpegOf, startFileUpstream } from '../helpers/file-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { approve, decide, reviewAgain } from '../helpers/verdicts';

const SECRET = 'a secret of more than thirty-two characters';
let database: TestDatabase;
let upstream: FileUpstream;
let ana: Actor;
let marek: Actor;
let audra: Actor;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startFileUpstream();
  Object.assign(process.env, {
    ...{ VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', NEXTAUTH_SECRET: SECRET, LOG_LEVEL: 'silent' },
    ...{ UPSTREAM_TIMEOUT_MS: '300' },
  });
  [ana, marek, audra] = [await person('Ana', 'analyst'), await person('Marek', 'manager'), await person('Audra', 'auditor')];
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

type Side = 'id' | 'face';
const [A, B] = [jpegOf('a'), jpegOf('b')];
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const FACE = sha(jpegOf('f'));
const decline: DecisionInput = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '' };
const decideOn = (id: number, shown?: DecisionInput['shown'], version = 0) =>
  decide(ana, id, { ...decline, version, ...(shown && { shown }) }, randomUUID());

type Handler<Params> = (request: NextRequest, context: { params: Promise<Params> }) => Promise<Response>;
async function call<Params>(
  actor: Actor,
  handler: Handler<Params>,
  params: Params,
  init: { headers?: object; body?: unknown; query?: string } = {},
) {
  const cookie = `next-auth.session-token=${await encode({ token: { sid: actor.sessionId }, secret: SECRET })}`;
  const request = new NextRequest(`http://localhost:3000/${init.query ?? ''}`, {
    ...(init.body !== undefined && { method: 'POST', body: JSON.stringify(init.body) }),
    headers: { cookie, 'content-type': 'application/json', ...init.headers },
  });
  return handler(request, { params: Promise.resolve(params) });
}

/** A case in the index whose two files hold these bytes. */
async function caseWith(id: number, face: Buffer = jpegOf('f')): Promise<void> {
  upstream.answer(id, 'id', A);
  upstream.answer(id, 'face', face);
  await takeOver(await getVerification(id), Date.now());
}

/** Opens a file as a page does, whole; the answer of the console, its body read or broken. */
async function open(id: number, side: Side, range?: string): Promise<{ status: number; bytes: Buffer | null; body: unknown }> {
  const response = await call(ana, getFile, { name: upstream.nameOf(id, side) }, { headers: range ? { range } : {} });
  const bytes = await response.arrayBuffer().then(Buffer.from, () => null);
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, bytes, body: isJson && bytes ? JSON.parse(bytes.toString()) : null };
}

async function stateOf(id: number, side: Side = 'id'): Promise<EvidenceState> {
  const { files } = await (await call(audra, getEvidence, { id: String(id) })).json();
  return files.find(({ name }: EvidenceState) => name === upstream.nameOf(id, side));
}

const check = async (id: number) => (await (await call(audra, checkNow, { id: String(id) }, { body: {} })).json()).files as EvidenceState[];
const findings = async (id: number) => (await db().record.findUniqueOrThrow({ where: { verificationId: BigInt(id) } })).findings;
const sentences = async (id: number) => (await timelineOf(id)).map(auditSentence).join('\n');

describe('a file that changed between two openings', () => {
  test('differs at the second opening, is a finding, and cannot be decided on by who was shown the first bytes', async () => {
    await caseWith(101);
    expect(await stateOf(101)).toMatchObject({ state: 'not-checked', first: null });
    await open(101, 'id');
    await open(101, 'face');
    expect(await stateOf(101)).toMatchObject({
      state: 'same',
      sha256: sha(A),
      first: { sha256: sha(A), by: 'Ana' },
      checkedAt: expect.any(Number),
    });
    upstream.answer(101, 'id', B);
    await open(101, 'id');
    expect(await stateOf(101)).toMatchObject({
      state: 'differs',
      sha256: sha(B),
      first: { sha256: sha(A) },
      others: [{ sha256: sha(B), until: null }],
    });
    expect(await findings(101)).toContain('drift');
    const refused = await refusalOf(decideOn(101, { id: sha(A), face: FACE }));
    expect(refused).toMatchObject({ code: 'evidence-changed', details: { problems: [{ side: 'id', problem: 'other-bytes' }] } });
    // Who names null was not shown the difference; who names the new bytes was.
    expect((await refusalOf(decideOn(101, { id: null, face: FACE }))).code).toBe('evidence-changed');
    const { decision } = await decideOn(101, { id: sha(B), face: sha(jpegOf('f')) });
    expect(decision).toMatchObject({ idSha256: sha(B), selfieSha256: sha(jpegOf('f')) });
  });

  test('is noticed at the decision, when it changed after its only opening, and nothing is stored', async () => {
    await caseWith(102);
    await open(102, 'id');
    upstream.answer(102, 'id', B);
    const refused = await refusalOf(decideOn(102, { id: sha(A), face: FACE }));
    expect(refused).toMatchObject({ code: 'evidence-changed', details: { files: [{ state: 'differs', sha256: sha(B) }, {}] } });
    expect(await db().decision.count({ where: { verificationId: 102n } })).toBe(0);
    // Also when the record is replaced along with it, so that it states the other size.
    await caseWith(103);
    await open(103, 'id');
    upstream.answer(103, 'id', jpegOf('b', 9_000));
    expect((await refusalOf(decideOn(103, { id: sha(A), face: FACE }))).code).toBe('evidence-changed');
    expect(await stateOf(103)).toMatchObject({ state: 'differs' });
  });

  test('and is of another length than the record states is never shown, and cannot be decided on as if it were the first', async () => {
    await caseWith(104);
    await open(104, 'id');
    upstream.state(104, 'id', { fileSize: A.length });
    upstream.answer(104, 'id', jpegOf('b', 5_000));
    expect(await open(104, 'id')).toMatchObject({ status: 502, body: { error: { details: { problem: `length-5000-${A.length}` } } } });
    expect(await stateOf(104)).toMatchObject({ state: 'lost', problem: `length-5000-${A.length}`, sha256: sha(A) });
    expect((await refusalOf(decideOn(104, { id: sha(A), face: FACE }))).code).toBe('evidence-changed');
    expect((await decideOn(104, { id: null, face: FACE, unchecked: ['id'] })).decision.idSha256).toBeNull();
  });
});

describe('a verdict', () => {
  test('says which files its reviewer was shown, and null only for a file that the console could not read', async () => {
    await caseWith(106);
    expect(await refusalOf(decideOn(106))).toMatchObject({ code: 'unprocessable', field: 'shown' });
    expect(await refusalOf(decideOn(106, { id: null, face: null }))).toMatchObject({
      code: 'evidence-changed',
      details: {
        problems: [
          { side: 'id', problem: 'not-shown' },
          { side: 'face', problem: 'not-shown' },
        ],
      },
    });
    expect(await db().decision.count({ where: { verificationId: 106n } })).toBe(0);
    upstream.state(106, 'face', { fileSize: 4_000 });
    upstream.answer(106, 'face', 404);
    // A lost file was not shown and cannot be compared either: the decision has to say so, and does.
    const refused = await refusalOf(decideOn(106, { id: sha(A), face: null }));
    expect(refused).toMatchObject({ code: 'evidence-unchecked', details: { problems: [{ side: 'face', problem: 'unchecked' }] } });
    expect((await decideOn(106, { id: sha(A), face: null, unchecked: ['face'] })).decision).toMatchObject({
      ...{ idSha256: sha(A), selfieSha256: null, unchecked: ['face'] },
    });
    expect(await db().decision.findFirst({ where: { verificationId: 106n } })).toMatchObject({ unchecked: ['face'] });
    expect(await sentences(106)).toContain('without a comparison of the selfie');
  });

  test('on a file that is still being read is recorded only for a reviewer who knows that it was not compared', async () => {
    await caseWith(107);
    for (const side of ['id', 'face'] as const) await open(107, side);
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Other bytes, which take longer than a verdict waits.
    upstream.answer(107, 'face', { bytes: jpegOf('x'), until, trickle: true });
    const shown = { id: sha(A), face: FACE };
    expect(await refusalOf(decideOn(107, shown))).toMatchObject({
      code: 'evidence-unchecked',
      details: { problems: [{ side: 'face', problem: 'unchecked' }] },
    });
    expect((await refusalOf(decideOn(107, { ...shown, unchecked: ['id'] }))).code).toBe('evidence-unchecked');
    expect(await db().decision.count({ where: { verificationId: 107n } })).toBe(0);
    // Only what was not compared is recorded as such.
    await decideOn(107, { ...shown, unchecked: ['id', 'face'] });
    const [made] = (await timelineOf(107)).filter(({ action }) => action === 'decision.made');
    expect(made?.data).toMatchObject({ shown: { ...shown, unchecked: expect.arrayContaining(['face']) } });
    expect(await sentences(107)).toMatch(/decided: .*; without a comparison of the .*selfie/);
    release();
    await expect.poll(() => findings(107)).toContain('drift');
  });
});

test('a download that began before a difference was found never takes the difference back, and the file is read again', async () => {
  await caseWith(105);
  await open(105, 'id');
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  upstream.answer(105, 'id', { bytes: A, until });
  const slow = await call(ana, getFile, { name: upstream.nameOf(105, 'id') });
  upstream.answer(105, 'id', B);
  await open(105, 'id');
  expect(await stateOf(105)).toMatchObject({ state: 'differs', sha256: sha(B) });
  release();
  expect(Buffer.from(await slow.arrayBuffer())).toEqual(A);
  expect(await stateOf(105)).toMatchObject({ state: 'differs', sha256: sha(B), others: [{ until: null }] });
  expect(await sentences(105)).not.toContain('holds its original bytes again');
  await expect.poll(() => upstream.reads(105, 'id')).toBe(4);
  // A reading that begins now does say that the original is back.
  upstream.answer(105, 'id', A);
  await check(105);
  expect(await stateOf(105)).toMatchObject({ state: 'same' });
});

test('a difference can be acknowledged only after the original bytes are seen again; A, B, A stays told', async () => {
  await caseWith(111);
  await open(111, 'id');
  upstream.answer(111, 'id', B);
  await open(111, 'id');
  const file = upstream.nameOf(111, 'id');
  const say = (actor: Actor, reason = 'The service restored it from its backup.') =>
    call(actor, acknowledge, { id: '111' }, { body: { file, reason } });
  expect((await say(ana)).status).toBe(409);
  upstream.answer(111, 'id', A);
  await open(111, 'id');
  expect(await stateOf(111)).toMatchObject({ state: 'same', others: [{ sha256: sha(B), until: expect.any(Number), acknowledged: null }] });
  expect(await findings(111)).toContain('drift');
  expect((await say(audra)).status).toBe(403);
  expect((await say(ana, 'short')).status).toBe(422);
  expect((await say(ana)).status).toBe(201);
  expect(await findings(111)).not.toContain('drift');
  expect(await stateOf(111)).toMatchObject({
    state: 'same',
    others: [{ acknowledged: { by: 'Ana', reason: 'The service restored it from its backup.' } }],
  });
  expect((await say(ana)).status).toBe(409);
  expect(await sentences(111)).toMatch(/holds its original bytes again[\s\S]*acknowledged that .* held other bytes for a time/);
  // Not with SQL either, and what was acknowledged does not cover what comes later.
  upstream.answer(111, 'id', B);
  await open(111, 'id');
  expect(await findings(111)).toContain('drift');
  await expect(db().$executeRaw`INSERT INTO console.evidence_acknowledgement (verification_id, name, up_to, reason, by_id, by_name)
    SELECT 111, ${file}, max(id), 'it is all right', ${ana.id}::uuid, 'Ana' FROM console.evidence_hash WHERE name = ${file}`).rejects.toThrow(
    /not seen again/,
  );
});

test('a large clip that is played in parts is read whole in the background, and never called unchanged before', async () => {
  const size = 9 * 1024 * 1024;
  const [first, second] = [clipOf('c', size), clipOf('c', size, 'd')];
  await caseWith(121, first);
  upstream.state(121, 'face', { contentType: 'video/mp4' });
  await takeOver(await getVerification(121), Date.now() + 1_000);
  expect((await open(121, 'face', 'bytes=0-1023')).status).toBe(206);
  await expect.poll(async () => (await stateOf(121, 'face')).state).toBe('same');
  expect(await stateOf(121, 'face')).toMatchObject({ sha256: sha(first), size });
  upstream.answer(121, 'face', second);
  // A part at the beginning holds nothing of the change.
  expect((await open(121, 'face', 'bytes=0-1023')).bytes).toEqual(first.subarray(0, 1024));
  expect((await check(121)).find(({ size: bytes }) => bytes === size)).toMatchObject({ state: 'differs', sha256: sha(second) });
  expect(await findings(121)).toContain('drift');
});

test('a clip whose player asks for everything and leaves is read whole as well, and leaving is no fault of the service', async () => {
  const clip = clipOf('l', 12 * 1024 * 1024);
  await caseWith(122, clip);
  upstream.state(122, 'face', { contentType: 'video/mp4' });
  await takeOver(await getVerification(122), Date.now() + 1_000);
  const name = upstream.nameOf(122, 'face');
  const response = await call(ana, getFile, { name }, { headers: { range: 'bytes=0-' } });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await expect.poll(async () => (await stateOf(122, 'face')).state).toBe('same');
  const results = (await db().evidenceCheck.findMany({ where: { name }, orderBy: { id: 'asc' } })).map(({ result }) => result);
  expect(results).toEqual(['begun', 'seen']);
});

describe('bytes that cannot be the file', () => {
  const FAULTS: [FileAnswer, string, string][] = [
    ['html', 'foreign', 'kind-html'],
    ['json', 'foreign', 'kind-text'],
    ['chunked-cut', 'foreign', `length-${A.length / 2}-${A.length}`],
    ['cut', 'lost', 'broke-off'],
    [Buffer.alloc(0), 'foreign', 'kind-empty'],
  ];
  test.each(FAULTS)(
    '%s: is a fault of the service, never shown, never a hash, and no difference once the file is back',
    async (answer, result, problem) => {
      const id = 200 + FAULTS.findIndex(([known]) => known === answer);
      await caseWith(id);
      upstream.state(id, 'id', { fileSize: A.length });
      upstream.answer(id, 'id', answer);
      const { status, bytes, body } = await open(id, 'id');
      // Said before the first byte where it can be; else the stream breaks, and no browser takes it for whole.
      expect(status === 200 ? bytes : (body as { error: { code: string } }).error.code).toBe(status === 200 ? null : 'upstream-unreadable');
      expect(await db().evidenceHash.count({ where: { name: upstream.nameOf(id, 'id') } })).toBe(0);
      const [row] = await db().evidenceCheck.findMany({ where: { name: upstream.nameOf(id, 'id') } });
      expect(row).toMatchObject({ result, problem, sha256: null, byName: 'Ana' });
      expect(await stateOf(id)).toMatchObject({ state: 'lost', problem, sha256: null });
      upstream.answer(id, 'id', A);
      expect((await open(id, 'id')).bytes).toEqual(A);
      expect(await stateOf(id)).toMatchObject({ state: 'same', others: [] });
      expect(await findings(id)).not.toContain('drift');
    },
  );

  test('a picture of another format than its name says is still the picture that was submitted', async () => {
    await caseWith(211);
    const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(2_000, 'p')]);
    upstream.answer(211, 'id', png);
    await takeOver(await getVerification(211), Date.now() + 1_000);
    expect((await open(211, 'id')).bytes).toEqual(png);
    expect(await stateOf(211)).toMatchObject({ state: 'same' });
  });
});

describe('a lost file', () => {
  test.each([404, 410, 403, 500, 503, 'silence' as const])(
    '%s: is a finding of its case with the time of the last check, until it is back',
    async (answer) => {
      const id = 300 + (typeof answer === 'number' ? answer : 999);
      await caseWith(id);
      await open(id, 'id');
      upstream.state(id, 'id', { fileSize: A.length });
      upstream.answer(id, 'id', answer);
      const before = Date.now();
      const lost = (await check(id)).find(({ name }) => name === upstream.nameOf(id, 'id'));
      expect(lost).toMatchObject({
        state: 'lost',
        problem: answer === 'silence' ? 'timeout' : `http-${answer}`,
        first: { sha256: sha(A) },
      });
      expect(lost?.checkedAt).toBeGreaterThanOrEqual(before);
      expect(await findings(id)).toContain('file-missing');
      // What its reviewer saw before it was lost can still be decided on, by who knows that it was not compared.
      expect((await refusalOf(decideOn(id, { id: sha(A), face: FACE }))).code).toBe('evidence-unchecked');
      expect((await decideOn(id, { id: sha(A), face: FACE, unchecked: ['id'] })).decision.idSha256).toBe(sha(A));
      upstream.answer(id, 'id', A);
      expect((await check(id))[0]).toMatchObject({ state: 'same', others: [] });
      expect(await findings(id)).not.toContain('file-missing');
      expect(await sentences(id)).toMatch(/could not read .*\n[\s\S]*read .* again after it was lost/);
    },
  );

  test('is tried again by itself after an outage, and then leaves no finding behind', async () => {
    await caseWith(312);
    upstream.answer(312, 'id', 503);
    await check(312);
    expect(await findings(312)).toContain('file-missing');
    upstream.answer(312, 'id', A);
    await takeOver(await getVerification(312), Date.now() + 1_000);
    const { signal } = new AbortController();
    expect(await recheckLost(0, signal)).toBe(0);
    await recheckLost(Date.now() + 1_000, signal);
    expect(await findings(312)).not.toContain('file-missing');
  });

  test('says nothing about the file when the service refuses the key or asks to wait', async () => {
    await caseWith(311);
    await open(311, 'id');
    for (const status of [401, 402, 429]) {
      upstream.answer(311, 'id', status);
      const { checkedAt } = await stateOf(311);
      await open(311, 'id');
      expect(await stateOf(311)).toMatchObject({ state: 'not-checked', problem: null, checkedAt });
      expect((await check(311))[0]).toMatchObject({ state: 'not-checked', problem: null, readAt: expect.any(Number) });
      upstream.answer(311, 'id', A);
      await check(311);
    }
    expect(await findings(311)).not.toContain('file-missing');
  });
});

describe('a second reviewer', () => {
  const override: DecisionInput = {
    version: 0,
    outcome: 'APPROVED',
    reasonCodes: ['FALSE_REJECT_QUALITY'],
    rationale: 'The same ears and nose.',
  };
  const shownNow = { id: sha(A), face: sha(jpegOf('f')) };

  test('cannot agree on other files than the decision was made on, and may disagree', async () => {
    await caseWith(401);
    for (const side of ['id', 'face'] as const) await open(401, side);
    const { decision } = await decide(ana, 401, { ...override, shown: shownNow }, randomUUID());
    const answer = (agrees: boolean, shown: DecisionInput['shown']) =>
      approve(marek, 401, { decisionId: decision.id, agrees, comment: 'I looked at both.', ...(shown && { shown }) }, randomUUID());
    upstream.answer(401, 'id', B);
    expect((await refusalOf(answer(true, shownNow))).code).toBe('evidence-changed');
    expect((await refusalOf(answer(true, { ...shownNow, id: sha(B) }))).details).toMatchObject({
      problems: [{ problem: 'not-the-decided' }],
    });
    expect(await refusalOf(answer(true, undefined))).toMatchObject({ code: 'unprocessable', field: 'shown' });
    expect((await answer(false, { ...shownNow, id: sha(B) })).approval.agrees).toBe(false);
  });

  test('who reviews again, blind, judges the files that were decided on, or is refused', async () => {
    await caseWith(403);
    for (const side of ['id', 'face'] as const) await open(403, side);
    const { version } = await currentPolicy();
    await changePolicy(marek, { version, settings: { ...DEFAULT_POLICY, qaSharePercent: 100 }, reason: 'All of them, for a day.' });
    await decide(ana, 403, { ...decline, shown: shownNow }, randomUUID());
    upstream.answer(403, 'id', B);
    const again = {
      outcome: 'DECLINED' as const,
      reasonCodes: ['FACE_MISMATCH' as const],
      comment: '',
      shown: { ...shownNow, id: sha(B) },
    };
    const refusal = await refusalOf(reviewAgain(marek, 403, again));
    expect(refusal.code).toBe('evidence-changed');
    expect(JSON.stringify(refusal.details)).not.toContain('Ana');
    upstream.answer(403, 'id', A);
    expect(await reviewAgain(marek, 403, { ...again, shown: shownNow })).toEqual({ agrees: true });
    // A blind reviewer learns nothing about colleagues from the files.
    const blind = await (await call(marek, getEvidence, { id: '403' }, { query: '?blind=1' })).json();
    expect(JSON.stringify(blind)).not.toContain('Ana');
  });
});

test('a slow reading says how the file was from its beginning on, not how it was at its end', async () => {
  await caseWith(131);
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  upstream.answer(131, 'id', { bytes: A, until, trickle: true });
  const reads = upstream.reads(131, 'id');
  const ended = check(131);
  await expect.poll(() => upstream.reads(131, 'id')).toBeGreaterThan(reads);
  const [moment] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  release();
  await ended;
  await expect.poll(async () => (await stateOf(131)).state).toBe('same');
  const { checkedAt, readAt } = await stateOf(131);
  expect(checkedAt).toBe(readAt);
  expect(checkedAt).toBeLessThanOrEqual(moment?.now.getTime() ?? 0);
});

test('all of it is in the log: every hash, loss and finding is what the events come to', async () => {
  expect((await reconcileStoredRows()).first).toBeNull();
});
