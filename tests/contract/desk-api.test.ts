import { randomUUID } from 'node:crypto';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getBatch } from '@/app/api/batches/[id]/route';
import { POST as postBatch } from '@/app/api/batches/route';
import { POST as postDraw } from '@/app/api/queue/next/route';
import { GET as getQueue } from '@/app/api/queue/route';
import { GET as getReviews } from '@/app/api/reviews/route';
import { POST as postAssignment } from '@/app/api/verifications/[id]/assignment/route';
import { DELETE as deleteClaim, PUT as putClaim } from '@/app/api/verifications/[id]/claim/route';
import { POST as postTakeover } from '@/app/api/verifications/[id]/claim/takeover/route';
import { POST as postDecision } from '@/app/api/verifications/[id]/decisions/route';
import { POST as postWithdrawal } from '@/app/api/verifications/[id]/decisions/withdrawal/route';
import { DELETE as deleteEscalation, POST as postEscalation } from '@/app/api/verifications/[id]/escalation/route';
import { GET as getPresence, PUT as putPresence } from '@/app/api/verifications/[id]/presence/route';
import { POST as postReopening } from '@/app/api/verifications/[id]/reopening/route';
import { POST as postSkip } from '@/app/api/verifications/[id]/skip/route';
import { POST as postSnooze } from '@/app/api/verifications/[id]/snooze/route';
import { DELETE as deleteView } from '@/app/api/views/[id]/route';
import { GET as getViews, POST as postView } from '@/app/api/views/route';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { closeUpstream } from '@/lib/upstream/connection';
import { getVerification } from '@/lib/upstream/get';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, NOTHING_SHOWN, person } from '../helpers/desk';
import { answers, type HostileUpstream, startHostileUpstream } from '../helpers/hostile-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const SECRET = 'a secret of more than thirty-two characters';
let database: TestDatabase;
let upstream: HostileUpstream;
const actors = new Map<string, Actor>();
const cookies = new Map<string, string>();

beforeAll(async () => {
  upstream = await startHostileUpstream();
  database = await testDatabase();
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    NEXTAUTH_SECRET: SECRET,
    UPSTREAM_TIMEOUT_MS: '5000',
    LOG_LEVEL: 'silent',
  });
  for (const [name, role] of [
    ['Ana', 'analyst'],
    ['Marek', 'manager'],
    ['Audra', 'auditor'],
  ] as const) {
    const actor = await person(name, role);
    actors.set(name, actor);
    cookies.set(name, `next-auth.session-token=${await encode({ token: { sid: actor.sessionId ?? '' }, secret: SECRET })}`);
  }
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

type Handler = (request: NextRequest, context: { params: Promise<{ id: string }> }) => Promise<Response>;

interface Sent {
  as?: string;
  id?: number | string;
  body?: unknown;
  query?: string;
  headers?: Record<string, string>;
}

/** Calls a route the way the server does, signed in as somebody. */
function call(handler: unknown, method: string, { as = 'Ana', id = '', body, query = '', headers = {} }: Sent = {}): Promise<Response> {
  const cookie = cookies.get(as);
  const request = new NextRequest(new URL(`/api/x?${query}`, 'http://localhost:3000'), {
    method,
    headers: {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (handler as Handler)(request, { params: Promise.resolve({ id: String(id) }) });
}

const codeOf = async (answer: Response) => [answer.status, (await answer.json()).error.code];
const record = (id: number) => answers.json({ result: { ...sample.result, verificationId: id, verified: false } });
const WHY = 'because it has to be looked at';
const idOf = (name: string) => actors.get(name)?.id;

describe('every route of the desk', () => {
  const routes: [string, unknown, string, unknown?][] = [
    ['the queue', getQueue, 'GET'],
    ['a draw', postDraw, 'POST', {}],
    ['a claim', putClaim, 'PUT'],
    ['a release', deleteClaim, 'DELETE'],
    ['a takeover', postTakeover, 'POST'],
    ['a skip', postSkip, 'POST', {}],
    ['a snooze', postSnooze, 'POST', { until: Date.now() + 60_000 }],
    ['an escalation', postEscalation, 'POST', { reason: WHY }],
    ['its end', deleteEscalation, 'DELETE'],
    ['a reopening', postReopening, 'POST', { reason: WHY }],
    ['an assignment', postAssignment, 'POST', { assigneeId: null }],
    ['a withdrawal', postWithdrawal, 'POST', {}],
    ['a bulk act', postBatch, 'POST', { verb: 'claim', ids: [1] }],
  ];

  it.each(routes)('asks who is there, and is not for auditors: %s', async (_name, handler, method, body) => {
    expect(await codeOf(await call(handler, method, { as: 'nobody', id: 5, body }))).toEqual([401, 'not-signed-in']);
    expect(await codeOf(await call(handler, method, { as: 'Audra', id: 5, body, headers: { 'idempotency-key': 'k' } }))).toEqual([
      403,
      'forbidden',
    ]);
  });

  it('does not let another site write', async () => {
    expect((await call(postDraw, 'POST', { body: {}, headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });
});

describe('a day at the desk', () => {
  it('draws a case, shows who has it, and hands it from one to the other', async () => {
    await fillIndex(5);
    upstream.answerWith(record(5));
    expect(await (await call(getQueue, 'GET')).json()).toMatchObject({ queue: { waiting: 1, capped: false, due: 'overdue' } });
    const drawn = await call(postDraw, 'POST', { body: {}, headers: { 'idempotency-key': 'draw-1' } });
    expect(drawn.status).toBe(200);
    const body = await drawn.json();
    expect(body).toMatchObject({ verificationId: 5, claim: { holderId: idOf('Ana'), holderName: 'Ana' } });
    expect(await (await call(postDraw, 'POST', { body: {}, headers: { 'idempotency-key': 'draw-1' } })).json()).toEqual(body);
    expect(await (await call(postDraw, 'POST', { body: {} })).json()).toEqual({ verificationId: null, claim: null });

    const { reviews } = await (await call(getReviews, 'GET', { query: 'ids=5' })).json();
    expect(reviews[0]).toMatchObject({ state: 'CLAIMED', claim: { holderName: 'Ana' }, escalated: null, withdrawable: null });
    const refused = await call(putClaim, 'PUT', { as: 'Marek', id: 5 });
    expect(refused.status).toBe(409);
    expect((await refused.json()).error).toMatchObject({ code: 'claimed', details: { holderName: 'Ana' } });
    expect((await call(postTakeover, 'POST', { as: 'Marek', id: 5 })).status).toBe(201);
    expect(await codeOf(await call(postSkip, 'POST', { id: 5, body: {} }))).toEqual([409, 'claimed']);
    expect((await call(deleteClaim, 'DELETE', { as: 'Marek', id: 5 })).status).toBe(204);
  });

  it('puts off, escalates, gives away, reopens', async () => {
    await fillIndex(6);
    upstream.answerWith(record(6));
    const acts: [unknown, string, string, unknown, object][] = [
      [postAssignment, 'POST', 'Marek', { assigneeId: idOf('Ana') }, { assignee: { name: 'Ana' } }],
      [postSnooze, 'POST', 'Ana', { until: Date.now() + 60_000 }, { state: 'SNOOZED' }],
      [postEscalation, 'POST', 'Ana', { reason: WHY }, { state: 'ESCALATED', escalated: { by: 'Ana', reason: WHY } }],
    ];
    for (const [handler, method, as, body, expected] of acts) {
      const answer = await call(handler, method, { as, id: 6, body });
      expect(answer.status).toBe(201);
      expect((await answer.json()).summary).toMatchObject(expected);
    }
    const lifted = await call(deleteEscalation, 'DELETE', { as: 'Marek', id: 6 });
    expect((await lifted.json()).summary.state).toBe('SNOOZED');
    expect(await codeOf(await call(postReopening, 'POST', { id: 6, body: { reason: WHY } }))).toEqual([409, 'conflict']);
  });

  it('takes a decision back, and only that one', async () => {
    await fillIndex(7);
    upstream.answerWith(record(7));
    const { snapshotHash } = await getVerification(7);
    const input = {
      version: 0,
      outcome: 'DECLINED',
      reasonCodes: ['FACE_MISMATCH'],
      rationale: '',
      shown: { ...NOTHING_SHOWN, record: snapshotHash },
    };
    const made = await call(postDecision, 'POST', { id: 7, body: input, headers: { 'idempotency-key': 'd-7' } });
    const { decision, summary } = await made.json();
    expect(summary.withdrawable).toMatchObject({ decisionId: decision.id, byId: idOf('Ana') });
    expect(await codeOf(await call(postWithdrawal, 'POST', { as: 'Marek', id: 7, body: {} }))).toEqual([409, 'conflict']);
    expect(await codeOf(await call(postWithdrawal, 'POST', { id: 7, body: { decisionId: randomUUID() } }))).toEqual([409, 'conflict']);
    const back = await call(postWithdrawal, 'POST', { id: 7, body: { decisionId: decision.id } });
    expect(back.status).toBe(201);
    expect((await back.json()).summary).toMatchObject({ state: 'OPEN', version: 1, decision: null });
  });

  it('claims a case although the upstream says nothing', async () => {
    await fillIndex(8);
    upstream.answerWith(answers.silence);
    expect((await call(putClaim, 'PUT', { id: 8 })).status).toBe(200);
  });

  it('says who else has the case open, and who holds it', async () => {
    await call(putPresence, 'PUT', { id: 5 });
    expect(await (await call(putPresence, 'PUT', { as: 'Marek', id: 5 })).json()).toEqual({ others: ['Ana'], claim: null });
    const { claim } = await (await call(putClaim, 'PUT', { id: 5 })).json();
    const held = { holderId: claim.holderId, holderName: 'Ana', expiresAt: claim.expiresAt };
    expect(await (await call(getPresence, 'GET', { as: 'Audra', id: 5 })).json()).toEqual({ others: ['Ana', 'Marek'], claim: held });
    await call(deleteClaim, 'DELETE', { id: 5 });
  });

  it('acts in bulk once a key is sent, and keeps the result under its id', async () => {
    await fillIndex(21, 22);
    upstream.answerWith(answers.status(404));
    const input = { verb: 'escalate', reason: WHY, ids: [21, 22, 4711] };
    expect(await codeOf(await call(postBatch, 'POST', { body: input }))).toEqual([400, 'bad-request']);
    const answer = await call(postBatch, 'POST', { body: input, headers: { 'idempotency-key': 'b-1' } });
    expect(answer.status).toBe(201);
    const { batch } = await answer.json();
    expect(batch).toMatchObject({ succeeded: [21, 22], refused: [{ id: 4711, code: 'not-found' }], truncated: 0 });
    expect(await (await call(getBatch, 'GET', { as: 'Audra', id: batch.id })).json()).toEqual({ batch });
    expect(await codeOf(await call(getBatch, 'GET', { id: 'x' }))).toEqual([404, 'not-found']);
  });

  it('keeps views: her own for herself, shared ones for all', async () => {
    const saved = await call(postView, 'POST', { body: { name: 'Mine', query: '?result=VERIFIED' } });
    expect(saved.status).toBe(201);
    const { view } = await saved.json();
    expect(view).toMatchObject({ name: 'Mine', query: 'result=VERIFIED', shared: false, defaultFor: null, slaHours: null });
    expect(await codeOf(await call(postView, 'POST', { body: { name: 'Ours', query: '', shared: true } }))).toEqual([403, 'forbidden']);
    const ours = { name: 'Ours', query: '', shared: true, defaultFor: 'analyst', slaHours: 4 };
    expect((await call(postView, 'POST', { as: 'Marek', body: ours })).status).toBe(201);
    const names = async (as: string) =>
      (await (await call(getViews, 'GET', { as })).json()).views.map(({ name }: { name: string }) => name);
    expect(await names('Ana')).toEqual(['Mine', 'Ours']);
    expect(await names('Audra')).toEqual(['Ours']);
    expect(await codeOf(await call(postDraw, 'POST', { as: 'Marek', body: { viewId: view.id } }))).toEqual([404, 'not-found']);
    expect((await call(deleteView, 'DELETE', { id: view.id })).status).toBe(204);
    expect(await codeOf(await call(deleteView, 'DELETE', { id: view.id }))).toEqual([404, 'not-found']);
  });
});

describe('what does not fit', () => {
  it.each<[string, unknown, unknown, string]>([
    ['an escalation without a reason', postEscalation, { reason: 'short' }, 'reason'],
    ['a snooze into the past', postSnooze, { until: 1 }, 'until'],
    ['a snooze of a year', postSnooze, { until: Date.now() + 365 * 86_400_000 }, 'until'],
    ['an assignment to a word', postAssignment, { assigneeId: 'Ana' }, 'assigneeId'],
    ['a draw under a word', postDraw, { viewId: 'mine' }, 'viewId'],
    ['a view without a name', postView, { name: ' ', query: '' }, 'name'],
    ['a bulk act over nothing', postBatch, { verb: 'claim' }, 'ids'],
    ['a bulk act named twice', postBatch, { verb: 'claim', ids: [1], query: 'result=VERIFIED' }, 'ids'],
    ['a bulk act nobody knows', postBatch, { verb: 'decide', ids: [1] }, 'verb'],
    ['a member nobody knows', postSkip, { why: 'x' }, 'why'],
  ])('is refused with its field: %s', async (_name, handler, body, field) => {
    const answer = await call(handler, 'POST', { as: 'Marek', id: 5, body, headers: { 'idempotency-key': randomUUID() } });
    expect(answer.status).toBe(422);
    expect((await answer.json()).error).toMatchObject({ code: 'unprocessable', field });
  });
});
