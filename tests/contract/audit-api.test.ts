import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getKey } from '@/app/api/audit/key/route';
import { GET as getAudit } from '@/app/api/audit/route';
import { GET as getVerdict } from '@/app/api/audit/verdict/route';
import { wireAuditPage } from '@/components/audit/audit-events-wire';
import { appendAuditEvent } from '@/lib/audit/append';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { NewAuditEvent } from '@/lib/domain/audit-event';
import { person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const SECRET = 'a secret of more than thirty-two characters';
let database: TestDatabase;
let ana: Actor;
const cookies = new Map<string, string>();

beforeAll(async () => {
  database = await testDatabase();
  Object.assign(process.env, { NEXTAUTH_SECRET: SECRET, LOG_LEVEL: 'silent' });
  for (const [name, role] of [
    ['Ana', 'analyst'],
    ['Marek', 'manager'],
    ['Audra', 'auditor'],
  ] as const) {
    const actor = await person(name, role);
    if (name === 'Ana') ana = { ...actor, origin: { requestId: 'r-7', ip: '192.0.2.7', userAgent: 'Browser 1' } };
    cookies.set(name, `next-auth.session-token=${await encode({ token: { sid: actor.sessionId ?? '' }, secret: SECRET })}`);
  }
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

type Handler = (request: NextRequest, context: { params: Promise<Record<string, never>> }) => Promise<Response>;

const as = (name: string, handler: Handler, address: string): Promise<Response> =>
  handler(new NextRequest(new URL(address, 'http://localhost:3000'), { headers: { cookie: cookies.get(name) ?? '' } }), {
    params: Promise.resolve({}),
  });
const record = (event: NewAuditEvent, actor = ana) => db().$transaction((tx) => appendAuditEvent(tx, actor, event));
const note = (id: number, text: string): NewAuditEvent => ({
  action: 'note.added',
  subject: `verification:${id}`,
  data: { noteId: 'n', text },
});
const page = async (query: string) => wireAuditPage.parse(await (await as('Audra', getAudit, `/api/audit?${query}`)).json());

describe('the audit log', () => {
  it.each([
    ['the log', getAudit, '/api/audit'],
    ['the verdict', getVerdict, '/api/audit/verdict'],
    ['the keys', getKey, '/api/audit/key'],
  ] as [string, Handler, string][])('is for auditors, managers and admins: %s', async (_name, handler, address) => {
    expect((await as('nobody', handler, address)).status).toBe(401);
    expect((await as('Ana', handler, address)).status).toBe(403);
    expect((await as('Marek', handler, address)).status).toBe(200);
    expect((await as('Audra', handler, address)).status).toBe(200);
  });

  it('says who did what, from where, and how it is linked', async () => {
    const seq = await record(note(5, 'Look again.'));
    const { events } = await page('verification=5');
    expect(events).toMatchObject([
      {
        seq,
        actorName: 'Ana',
        actorRole: 'analyst',
        action: 'note.added',
        subject: 'verification:5',
        data: { text: 'Look again.' },
        origin: { requestId: 'r-7', ip: '192.0.2.7', userAgent: 'Browser 1' },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('is narrowed by case, kind, part of a name and days, all of them together', async () => {
    await record({ action: 'claim.taken', subject: 'verification:5', data: { expiresAt: 1, fromQueue: false } });
    await record(note(55, 'Another case.'), { ...ana, name: 'Anna_Belle 100%' });
    const today = new Date().toISOString().slice(0, 10);
    const found = async (query: string) => (await page(query)).events.map(({ action, subject }) => `${action} ${subject}`);
    expect(await found('verification=5')).toEqual(['claim.taken verification:5', 'note.added verification:5']);
    expect(await found('verification=5&action=note.added')).toEqual(['note.added verification:5']);
    expect(await found('actor=belle')).toEqual(['note.added verification:55']);
    expect(await found('actor=%25&action=note.added')).toEqual(['note.added verification:55']);
    expect(await found(`verification=5&from=${today}&to=${today}`)).toHaveLength(2);
    expect(await found('verification=5&to=2020-01-01')).toEqual([]);
    expect(await found('verification=5&from=2999-01-01')).toEqual([]);
  });

  it.each([
    ['verification=x', 'verification'],
    ['action=note.burnt', 'action'],
    ['actor=%00', 'actor'],
    ['from=2026-02-30', 'from'],
    ['to=tomorrow', 'to'],
    ['from=2026-02-02&to=2026-02-01', 'to'],
    ['cursor=-1', 'cursor'],
  ])('refuses %s and names it', async (query, field) => {
    const answer = await as('Audra', getAudit, `/api/audit?${query}`);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toMatchObject({ code: 'bad-request', field });
  });

  it('is read to its end page by page, each event once, whatever comes in meanwhile', async () => {
    for (let n = 0; n < 230; n += 1) await record(note(6, `${n}`));
    const seen: number[] = [];
    let query: string | null = 'verification=6';
    while (query !== null) {
      const { events, nextCursor } = await page(query);
      seen.push(...events.map(({ seq }) => seq));
      query = nextCursor === null ? null : `verification=6&cursor=${nextCursor}`;
      await record(note(6, 'meanwhile'));
    }
    expect(seen).toHaveLength(230);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a));
  });
});

describe('the verdict on the chain', () => {
  const verdict = async (query = '') => (await as('Audra', getVerdict, `/api/audit/verdict${query}`)).json();

  it('says how far it is whole and up to where it was signed', async () => {
    const signed = await checkpointNow();
    const newest = await record(note(7, 'after the signature'));
    const { publicKey, ...checkpoint } = signed ?? {};
    expect(await verdict()).toMatchObject({
      verdict: { whole: true, head: { seq: newest }, erased: 0 },
      checkpoint,
      unsignedSince: expect.any(Number),
      witness: null,
    });
    const { keys } = await (await as('Audra', getKey, '/api/audit/key')).json();
    expect(keys).toEqual([{ keyId: signed?.keyId, publicKey, current: true }]);
  });

  it('names the first event that is not as it was, at the latest when all is walked again', async () => {
    await db().$executeRawUnsafe('ALTER TABLE console.audit_event DISABLE TRIGGER USER');
    await db().$executeRawUnsafe(`UPDATE console.audit_event SET subject = 'verification:9' WHERE seq = 3`);
    await db().$executeRawUnsafe('ALTER TABLE console.audit_event ENABLE ALWAYS TRIGGER audit_event_only_grows');
    await db().$executeRawUnsafe('ALTER TABLE console.audit_event ENABLE ALWAYS TRIGGER audit_event_continues_the_chain');
    expect(await verdict('?again=true')).toMatchObject({ verdict: { whole: false, broken: { seq: 3, field: 'hash' }, head: { seq: 2 } } });
    expect(await verdict()).toMatchObject({ verdict: { whole: false, broken: { seq: 3 } } });
  });
});
