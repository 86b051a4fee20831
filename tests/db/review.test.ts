import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GET as getReviews } from '@/app/api/reviews/route';
import { POST as postDecision } from '@/app/api/verifications/[id]/decisions/route';
import { POST as postNote } from '@/app/api/verifications/[id]/notes/route';
import { GET as getReview } from '@/app/api/verifications/[id]/review/route';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { startSession } from '@/lib/auth/sessions';
import { addUser } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { DecisionInput } from '@/lib/domain/decision';
import { Refusal } from '@/lib/domain/refusal';
import type { Role } from '@/lib/domain/roles';
import { addNote } from '@/lib/review/add-note';
import { evidenceStatesOf } from '@/lib/review/evidence/states-of';
import { reviewOf } from '@/lib/review/read-review';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { reviewSummaries } from '@/lib/review/summaries';
import { timelineOf } from '@/lib/review/timeline';
import { closeUpstream } from '@/lib/upstream/connection';
import { getVerification } from '@/lib/upstream/get';
import sample from '../fixtures/upstream/sample.json';
import { NOTHING_SHOWN } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { decide } from '../helpers/verdicts';

const SECRET = 'a secret of more than thirty-two characters';
const origin = { requestId: 'test', ip: null, userAgent: null };
let database: TestDatabase;
let upstream: RecordUpstream;
let analyst: Actor;

// Even numbers were verified by the machine, odd ones were not, and from 9000 on there is no record.
const lost = new Set<number>();
const unreachable = new Set<number>();
const recordOf = (id: number) => {
  if (unreachable.has(id)) return 'away';
  return id < 9000 && !lost.has(id) ? { ...sample.result, verificationId: id, verified: id % 2 === 0, files: filesOf(id) } : null;
};
const filesOf = (id: number) => sample.result.files.map((file) => ({ ...file, url: file.url.replace('_5_', `_${id}_`) }));

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream(recordOf);
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    NEXTAUTH_SECRET: SECRET,
    LOG_LEVEL: 'silent',
  });
  analyst = await person('analyst@example.test', 'analyst');
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

async function person(email: string, role: Role): Promise<Actor> {
  await addUser(SYSTEM_ACTOR, { email, name: 'Ana Lindqvist', role, password: null });
  const { id, name } = await db().user.findUniqueOrThrow({ where: { email } });
  return { id, name, email, role, sessionId: await startSession(origin, id, 'password'), origin };
}

const decline: DecisionInput = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '', shown: NOTHING_SHOWN };
const approve: DecisionInput = {
  version: 0,
  outcome: 'APPROVED',
  reasonCodes: ['FALSE_REJECT_QUALITY'],
  rationale: 'Same ears and nose.',
  shown: NOTHING_SHOWN,
};
const refused = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (failure) => (failure instanceof Refusal ? failure : Promise.reject(failure)),
  );
const eventsOf = async (id: number) => (await timelineOf(id)).filter(({ action }) => action === 'decision.made');

describe('deciding', () => {
  test('keeps the view a decision was made in, in its row and in its event, and answers without one when none was sent', async () => {
    const seen = {
      scale: 0.5,
      centre: { x: 310.5, y: 120 },
      canvas: { width: 640, height: 480 },
      turn: 1,
      mirrored: true,
      look: { brightness: 0, contrast: 40, gamma: 1.2, sharpen: 0, greyscale: false, invert: true },
      coordinates: { orientation: 6, space: 'stored', byHand: true },
    } as const;
    const view = { id: seen, face: null, paired: false, boxes: true, landmarks: true };
    const { decision } = await decide(analyst, 601, { ...decline, view }, 'k-601');
    expect(decision.view).toEqual(view);
    expect((await decide(analyst, 601, { ...decline, view }, 'k-601')).decision).toEqual(decision);
    expect((await reviewOf(601)).decisions[0]?.view).toEqual(view);
    expect((await eventsOf(601))[0]?.data).toMatchObject({ view });
    expect((await decide(analyst, 603, decline, 'k-603')).decision.view).toBeNull();
    expect((await eventsOf(603))[0]?.data).toMatchObject({ view: null });
  });

  test('keeps the decision with the machine’s result, the evidence as last seen and the record’s fingerprint', async () => {
    await recordEvidenceHash('v_id_11_passport.jpg', 'a'.repeat(64), 174112);
    const { decision, summary } = await decide(
      analyst,
      11,
      { ...approve, shown: { id: 'a'.repeat(64), face: null, unchecked: ['id', 'face'] } },
      'k-11',
    );
    expect(decision).toMatchObject({
      verificationId: 11,
      version: 1,
      outcome: 'APPROVED',
      machineResult: 'NOT_VERIFIED',
      isOverride: true,
      proposerName: 'Ana Lindqvist',
      idSha256: 'a'.repeat(64),
      selfieSha256: null,
      unchecked: ['id', 'face'],
    });
    expect(decision.snapshotHash).toMatch(/^[0-9a-f]{64}$/);
    expect(summary).toEqual((await reviewSummaries([11]))[0]);
    expect((await reviewOf(11)).decisions).toEqual([decision]);
  });

  test('writes one event that says the same as the decision', async () => {
    const { decision } = await decide(analyst, 13, decline, 'k-13');
    const {
      id: decisionId,
      verificationId: _,
      proposerId,
      proposerName,
      decidedAt: __,
      approval: ___,
      withdrawnAt: ____,
      unchecked,
      ...rest
    } = decision;
    const events = await eventsOf(13);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ action: 'decision.made', actorId: proposerId, actorName: proposerName, actorRole: 'analyst' });
    expect(events[0]?.data).toMatchObject({ decisionId, ...rest, shown: { id: null, face: null, unchecked } });
  });

  test('keeps what was compared feature by feature with the decision and in its event, and nothing where nothing was said', async () => {
    const features = { nose: 'different', ears: 'unclear' } as const;
    const { decision } = await decide(analyst, 35, { ...decline, features }, 'k-35');
    expect(decision.features).toEqual(features);
    expect((await reviewOf(35)).decisions).toEqual([decision]);
    expect((await eventsOf(35)).map(({ data }) => data)).toMatchObject([{ features }]);
    expect((await decide(analyst, 35, { ...decline, version: 1, features: {} }, 'k-35b')).decision.features).toBeNull();
    expect((await reviewOf(35)).decisions.map(({ features: said }) => said)).toEqual([features, null]);
  });

  test('refuses a version that is no longer the current one, says what changed, and writes nothing', async () => {
    const { decision } = await decide(analyst, 15, decline, 'k-15a');
    const refusal = await refused(decide(analyst, 15, approve, 'k-15b'));
    expect(refusal.code).toBe('stale');
    expect(refusal.details).toEqual({ current: { version: 1 }, changed: [decision.version] });
    expect(await eventsOf(15)).toHaveLength(1);
    expect((await refused(decide(analyst, 15, { ...approve, version: 7 }, 'k-15c'))).code).toBe('stale');
    expect((await decide(analyst, 15, { ...approve, version: 1 }, 'k-15b')).decision.version).toBe(2);
  });

  test('answers the same key with the first answer, even after the case moved on, and asks the upstream no more', async () => {
    const first = await decide(analyst, 17, decline, 'k-17');
    await decide(analyst, 17, { ...approve, version: 1 }, 'k-17-next');
    const asked = upstream.asked();
    expect(await decide(analyst, 17, decline, 'k-17')).toEqual(first);
    expect(upstream.asked()).toBe(asked);
    expect(await eventsOf(17)).toHaveLength(2);
  });

  test('answers a request sent ten times at once ten times alike, and does it once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => decide(analyst, 19, decline, 'k-19')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await eventsOf(19)).toHaveLength(1);
  });

  test('refuses a key that came with another request, but gives every user keys of her own', async () => {
    await decide(analyst, 21, decline, 'k-21');
    expect((await refused(decide(analyst, 21, { ...decline, rationale: 'other' }, 'k-21'))).code).toBe('key-reused');
    expect((await refused(decide(analyst, 23, decline, 'k-21'))).code).toBe('key-reused');
    const colleague = await person('colleague@example.test', 'manager');
    expect((await decide(colleague, 23, decline, 'k-21')).decision.proposerId).toBe(colleague.id);
  });

  test('does not spend a key on a refusal', async () => {
    expect((await refused(decide(analyst, 25, { ...approve, rationale: 'short' }, 'k-25'))).field).toBe('rationale');
    expect((await decide(analyst, 25, approve, 'k-25')).decision.version).toBe(1);
  });

  test('lets exactly one of fifty reviewers decide each version', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => decide(analyst, 27, decline, `k-27-${i}`)));
    const made = outcomes.filter(({ status }) => status === 'fulfilled');
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(made).toHaveLength(1);
    expect(reasons.map((reason) => (reason instanceof Refusal ? reason.code : String(reason)))).toEqual(Array(49).fill('stale'));

    const persist = async (name: string) => {
      for (let version = 1, tries = 0; version < 6; tries++)
        version = await decide(analyst, 27, { ...decline, version }, `${name}-${tries}`).then(
          ({ decision }) => decision.version,
          async () => (await reviewOf(27)).summary.version,
        );
    };
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(persist));
    const { decisions } = await reviewOf(27);
    expect(decisions.map(({ version }) => version)).toEqual(decisions.map((_, i) => i + 1));
    const recorded = (await eventsOf(27)).map(({ data }) => (data && 'decisionId' in data ? data.decisionId : null));
    expect(recorded.toSorted()).toEqual(decisions.map(({ id }) => id).toSorted());
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  });

  test('is for persons whose role judges, and for records the upstream has', async () => {
    const auditor = await person('auditor@example.test', 'auditor');
    expect((await refused(decide(auditor, 29, decline, 'k-29'))).code).toBe('forbidden');
    expect((await refused(decide(SYSTEM_ACTOR, 29, decline, 'k-29'))).code).toBe('forbidden');
    expect((await refused(decide(analyst, 9001, decline, 'k-9001'))).code).toBe('not-found');
    expect((await refused(addNote(analyst, 9001, { text: 'x' }))).code).toBe('not-found');
  });
});

describe('the machine’s result', () => {
  test('stays as it is whatever people decide', async () => {
    const { decision: confirmed } = await decide(analyst, 30, { ...approve, reasonCodes: [] }, 'k-30a');
    expect(confirmed).toMatchObject({ machineResult: 'VERIFIED', isOverride: false });
    const { decision: overridden } = await decide(analyst, 30, { ...decline, version: 1, rationale: 'Different people.' }, 'k-30b');
    expect(overridden).toMatchObject({ machineResult: 'VERIFIED', isOverride: true });
    const { decisions } = await reviewOf(30);
    expect(decisions.map(({ machineResult }) => machineResult)).toEqual(['VERIFIED', 'VERIFIED']);
  });
});

describe('a note', () => {
  test('can still be added to a case known here when the upstream lost its record, or does not answer', async () => {
    await addNote(analyst, 47, { text: 'Before the record went.' });
    lost.add(47);
    await addNote(analyst, 47, { text: 'The record is gone.' });
    unreachable.add(48);
    await addNote(analyst, 48, { text: 'Nothing answers.' });
    const texts = async (id: number) => (await reviewOf(id)).notes.map(({ text }) => text);
    expect(await texts(47)).toEqual(['Before the record went.', 'The record is gone.']);
    expect(await texts(48)).toEqual(['Nothing answers.']);
  });
});

describe('evidence hashes', () => {
  test('notice bytes that changed, also when they changed back', async () => {
    const name = 'v_id_31_passport.jpg';
    const see = (sha: string) => recordEvidenceHash(name, sha.repeat(64), 10);
    await see('a');
    await see('a');
    expect(await evidenceStatesOf([name, 'never-seen.jpg'])).toMatchObject([
      { name, sha256: 'a'.repeat(64), size: 10, state: 'same' },
      { state: 'not-checked' },
    ]);
    await see('b');
    expect(await evidenceStatesOf([name])).toMatchObject([{ sha256: 'b'.repeat(64), state: 'differs' }]);
    await see('a');
    expect(await evidenceStatesOf([name])).toMatchObject([{ sha256: 'a'.repeat(64), state: 'same', others: [{ sha256: 'b'.repeat(64) }] }]);
  });
});

describe('the routes', () => {
  type Handler = (request: NextRequest, context: { params: Promise<{ id: string }> }) => Promise<Response>;
  const send = async (handler: Handler, id: string, init: { body?: unknown; headers?: Record<string, string> } = {}) => {
    const cookie = `next-auth.session-token=${await encode({ token: { sid: analyst.sessionId }, secret: SECRET })}`;
    const request = new NextRequest('http://localhost:3000/', {
      ...(init.body !== undefined && { method: 'POST', body: JSON.stringify(init.body) }),
      headers: { cookie, 'content-type': 'application/json', ...init.headers },
    });
    const response = await handler(request, { params: Promise.resolve({ id }) });
    return { status: response.status, body: await response.json() };
  };
  const reviewsOf = async (query: string) => {
    const cookie = `next-auth.session-token=${await encode({ token: { sid: analyst.sessionId }, secret: SECRET })}`;
    const request = new NextRequest(`http://localhost:3000/api/reviews${query}`, { headers: { cookie } });
    const response = await getReviews(request, { params: Promise.resolve({}) });
    return { status: response.status, body: await response.json() };
  };

  test('a decision needs a key, answers 201, and 409 with what changed', async () => {
    const body = { ...decline, shown: { ...NOTHING_SHOWN, record: (await getVerification(41)).snapshotHash } };
    expect(await send(postDecision, '41', { body })).toMatchObject({ status: 400, body: { error: { field: 'Idempotency-Key' } } });
    const made = await send(postDecision, '41', { body, headers: { 'idempotency-key': 'r-41' } });
    expect(made).toMatchObject({ status: 201, body: { decision: { version: 1 }, summary: { state: 'RESOLVED', version: 1 } } });
    expect(await send(postDecision, '41', { body, headers: { 'idempotency-key': 'r-41' } })).toEqual(made);
    const late = await send(postDecision, '41', { body, headers: { 'idempotency-key': 'r-41b' } });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'stale', details: { current: { version: 1 }, changed: [1] } } } });
    // What the others wrote is read with the case, which is recorded; the refusal says none of it.
    expect(JSON.stringify(late.body)).not.toContain(analyst.name);
  });

  test('a note answers 201, and once per key where it has one', async () => {
    const headers = { 'idempotency-key': 'n-43' };
    const first = await send(postNote, '43', { body: { text: '  Ask for the back side.  ' }, headers });
    expect(first).toMatchObject({ status: 201, body: { note: { text: 'Ask for the back side.', verificationId: 43 } } });
    expect(await send(postNote, '43', { body: { text: 'Ask for the back side.' }, headers })).toEqual(first);
    await send(postNote, '43', { body: { text: 'Again, without a key.' } });
    const { body } = await send(getReview, '43');
    expect(body.review.notes.map(({ text }: { text: string }) => text)).toEqual(['Ask for the back side.', 'Again, without a key.']);
    expect(body.timeline.map(({ action }: { action: string }) => action)).toEqual(['note.added', 'note.added']);
    expect(body.evidence).toMatchObject([{ state: 'not-checked' }, { state: 'not-checked' }]);
  });

  test.each([
    ['empty', '   '],
    ['with a zero', 'a\0b'],
    ['with half a character', 'a\ud800b'],
    ['too long', 'x'.repeat(4001)],
  ])('a note that is %s is refused by name and leaves nothing', async (_, text) => {
    expect(await send(postNote, '45', { body: { text } })).toMatchObject({ status: 422, body: { error: { field: 'text' } } });
    expect(await timelineOf(45)).toEqual([]);
  });

  test('a case whose record the upstream lost still shows what is known here, and says that the files are not', async () => {
    expect(await send(getReview, '9100')).toMatchObject({ status: 200, body: { review: { decisions: [] }, evidence: null } });
  });

  test('summaries come for each number asked for, known or not', async () => {
    const { body } = await reviewsOf('?ids=41,43,8888');
    expect(body.reviews).toMatchObject([
      { verificationId: 41, state: 'RESOLVED', version: 1, notes: 0, decision: { outcome: 'DECLINED', by: 'Ana Lindqvist' } },
      { verificationId: 43, state: 'OPEN', version: 0, notes: 2, decision: null },
      { verificationId: 8888, state: 'OPEN', version: 0, notes: 0, decision: null },
    ]);
  });

  test.each(['', '?ids=', '?ids=1,x', '?ids=-1', '?ids=1&ids=2', `?ids=${Array.from({ length: 101 }, (_, i) => i).join(',')}`])(
    'summaries for "%s" are refused by name',
    async (query) => {
      expect(await reviewsOf(query)).toMatchObject({ status: 400, body: { error: { code: 'bad-request', field: 'ids' } } });
    },
  );
});
