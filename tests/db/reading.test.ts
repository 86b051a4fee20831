import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readingReport } from '@/lib/audit/reading-report';
import { recordAuditRead } from '@/lib/audit/record-audit-read';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { READING_ACTIONS } from '@/lib/domain/reading';
import { RECORDED_READS } from '@/lib/http/recorded-reads';
import { claimCase } from '@/lib/review/claim-case';
import { recordCaseView } from '@/lib/review/record-case-view';
import { NOT_COUNTED, recordSearch } from '@/lib/review/record-search';
import { runBatch } from '@/lib/review/run-batch';
import { timelineOf } from '@/lib/review/timeline';
import { closeUpstream } from '@/lib/upstream/connection';
import { fillIndex, person } from '../helpers/desk';
import { sourceFiles } from '../helpers/imports';
import { type ListUpstream, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { eraseByRequest } from '../helpers/second-person';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SECRET = 'a secret of more than thirty-two characters';
const CASE = 5;

let database: TestDatabase;
let upstream: ListUpstream;
let pool: Pool;
const people = new Map<string, Actor>();
const cookies = new Map<string, string>();
let batchId = '';

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url, max: 2 });
  upstream = await startListUpstream();
  for (let id = CASE; id <= CASE + 20; id += 1) upstream.records.set(id, recordOf(id, { verified: false }));
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    NEXTAUTH_SECRET: SECRET,
    LOG_LEVEL: 'silent',
  });
  for (const role of ['analyst', 'manager', 'auditor', 'admin'] as const) {
    const actor = await person(role, role);
    people.set(role, actor);
    cookies.set(role, `next-auth.session-token=${await encode({ token: { sid: actor.sessionId ?? '' }, secret: SECRET })}`);
  }
  await fillIndex(CASE, CASE + 20);
  batchId = (await runBatch(one('manager'), { verb: 'claim', ids: [CASE + 19] }, 'batch')).batch.id;
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await pool.end();
  await db().$disconnect();
  await database.drop();
});

function one(role: string): Actor {
  const actor = people.get(role);
  if (!actor) throw new Error(`Nobody is ${role}.`);
  return actor;
}

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Calls a route by its address in `RECORDED_READS`, as the server does. */
async function call(address: string, role: string, { id = String(CASE), query = '', method = 'GET' } = {}): Promise<Response> {
  const file = `${root}/app${address.replaceAll('{', '[').replaceAll('}', ']')}/route.ts`;
  const handler = ((await import(/* @vite-ignore */ file)) as Record<string, Handler>)[method];
  if (!handler) throw new Error(`${address} has no ${method}.`);
  const url = new URL(`${address.replace(/\{\w+\}/, encodeURIComponent(id))}${query}`, 'http://localhost:3000');
  const headers = { cookie: cookies.get(role) ?? '', origin: url.origin, host: url.host };
  return handler(new NextRequest(url, { method, headers }), { params: Promise.resolve({ id, name: id }) });
}

const eventsOf = (action: string, where: Record<string, unknown> = {}) =>
  db().auditEvent.findMany({ where: { action, ...where }, orderBy: { seq: 'asc' }, include: { payload: true } });
const dataOf = (event: { payload: { data: string } | null } | undefined) => JSON.parse(event?.payload?.data ?? '{}').data;

/** How each recorded read is asked for. What needs bytes of a file or an export is tested where those are. */
const ASKED: Record<string, { role: string; query?: string; id?: () => string; subject: string }> = {
  '/api/approvals': { role: 'auditor', subject: 'list:approvals' },
  '/api/audit': { role: 'auditor', query: '?action=note.added', subject: 'audit:log' },
  '/api/audit/reading': { role: 'auditor', query: `?verification=${CASE}`, subject: 'audit:reading' },
  '/api/batches/{id}': { role: 'auditor', id: () => batchId, subject: 'batch:' },
  '/api/exports': { role: 'auditor', subject: 'list:exports' },
  '/api/exports/count': { role: 'auditor', query: '?kind=population&customer=4711', subject: 'records:export' },
  '/api/retention': { role: 'auditor', subject: 'list:retention' },
  '/api/retention/preview': { role: 'manager', query: `?ids=${CASE}`, subject: 'list:retention' },
  '/api/reviews': { role: 'auditor', query: `?ids=${CASE},6`, subject: 'records:reviews' },
  '/api/tags/tally': { role: 'auditor', query: '?tag=customerId%3D9999', subject: 'records:tally' },
  '/api/users': { role: 'admin', subject: 'list:users' },
  '/api/verifications': { role: 'auditor', query: '?tagFilter=customerId%3D9999', subject: 'records:upstream' },
  '/api/verifications/search': { role: 'auditor', query: '?state=OPEN&limit=2&reviews=true', subject: 'records:index' },
  '/api/verifications/{id}': { role: 'auditor', subject: `verification:${CASE}` },
  '/api/verifications/{id}/evidence': { role: 'auditor', id: () => String(CASE + 6), subject: `verification:${CASE + 6}` },
  '/api/verifications/{id}/neighbours': { role: 'manager', subject: `verification:${CASE}` },
  '/api/verifications/{id}/review': { role: 'admin', subject: `verification:${CASE}` },
};
const TESTED_ELSEWHERE = ['/api/files/{name}', '/api/files/{name}/frame', '/api/exports/{id}/file'];

describe('the table of recorded reads', () => {
  test('lists every GET of the API, recorded or with a reason', () => {
    const served = sourceFiles(root, ['app/api'])
      .filter((file) => path.basename(file) === 'route.ts')
      .filter((file) => /export (?:const GET\b|(?:async )?function GET\b|\{[^}]*\bGET\b)/.test(readFileSync(path.join(root, file), 'utf8')))
      .map((file) => `/${path.dirname(file).slice('app/'.length)}`.replaceAll('[', '{').replaceAll(']', '}'));
    expect(Object.keys(RECORDED_READS).toSorted()).toEqual(served.toSorted());
  });

  test('is tested row by row', () => {
    const recorded = Object.entries(RECORDED_READS).flatMap(([address, rule]) => ('recorded' in rule ? [address] : []));
    expect([...Object.keys(ASKED), ...TESTED_ELSEWHERE].toSorted()).toEqual(recorded.toSorted());
  });

  test('counts the same kinds of events as the index behind the report', async () => {
    const { rows } = await pool.query(`SELECT indexdef FROM pg_indexes WHERE indexname = 'audit_event_reading_idx'`);
    expect([...rows[0].indexdef.matchAll(/'([a-z.-]+)'/g)].map(([, name]) => name).toSorted()).toEqual([...READING_ACTIONS].toSorted());
  });
});

describe('a recorded read', () => {
  test.each(Object.entries(ASKED))('%s is handed out with one event, and again without another', async (address, asked) => {
    const rule = RECORDED_READS[address];
    const action = rule && 'recorded' in rule ? rule.recorded : '';
    const options = { ...(asked.query && { query: asked.query }), ...(asked.id && { id: asked.id() }) };
    const mine = { actorId: one(asked.role).id, subject: { startsWith: asked.subject } };
    const before = await eventsOf(action, mine);
    for (let time = 0; time < 3; time += 1) expect((await call(address, asked.role, options)).status).toBe(200);
    const after = await eventsOf(action, mine);
    expect(after.length - before.length).toBe(1);
  });

  test.each(Object.entries(ASKED))('%s is refused while the log takes no event', async (address, asked) => {
    // Another person, who read nothing of it yet.
    const role = { auditor: 'manager', manager: 'auditor', admin: 'admin' }[asked.role] ?? 'auditor';
    const query = asked.query ?? (asked.role === 'admin' ? '?again=1' : '');
    await failing(async () => {
      const fresh = await freshPerson(role);
      const answer = await call(address, fresh, { query, ...(asked.id && { id: asked.id() }) });
      expect(answer.status).toBe(500);
      expect(await answer.json()).toMatchObject({ error: { code: 'internal' } });
    });
  });

  test('says what was asked and how much was found, whatever page of it', async () => {
    const [first] = await eventsOf('search.run', { subject: 'records:index' });
    expect(dataOf(first)).toEqual({ source: 'index', query: 'state=OPEN', rows: 2, count: 20, capped: false });
    await call('/api/verifications/search', 'auditor', { query: '?state=OPEN&limit=5&sortBy=verificationId' });
    expect(await eventsOf('search.run', { subject: 'records:index' })).toHaveLength(1);
    const [live] = await eventsOf('search.run', { subject: 'records:upstream', actorId: one('auditor').id });
    expect(dataOf(live)).toMatchObject({ source: 'upstream', query: 'tagFilter=customerId%3D9999', rows: 21, count: 21 });
  });
});

describe('a view of a case', () => {
  test('is one event however many ask at once, in however many consoles, and another one after its time', async () => {
    const ana = one('analyst');
    await Promise.all(Array.from({ length: 8 }, () => recordCaseView(ana, 101)));
    // What another console does, whose memory is empty.
    const elsewhere = () =>
      pool.query(
        `SELECT console.record_reading($1, $2, $3, 'case.viewed', 'verification:101', '{"data":{},"origin":null}', '{}', $4, '[]', 0)`,
        [ana.id, ana.name, ana.role, 900_000],
      );
    await Promise.all([elsewhere(), elsewhere()]);
    expect(await eventsOf('case.viewed', { subject: 'verification:101' })).toHaveLength(1);
    await pool.query(`SELECT console.record_reading($1, $2, $3, 'case.viewed', 'verification:101', '{"data":{}}', '{}', 0, '[]', 0)`, [
      ana.id,
      ana.name,
      ana.role,
    ]);
    expect(await eventsOf('case.viewed', { subject: 'verification:101' })).toHaveLength(2);
    await recordCaseView(one('manager'), 101);
    expect(await eventsOf('case.viewed', { subject: 'verification:101' })).toHaveLength(3);
  });

  test('does not crowd what was done out of the timeline', async () => {
    expect(await timelineOf(101)).toEqual([]);
  });

  test('of a case fetched ahead is recorded once it is shown, and only its claimant may fetch it ahead', async () => {
    const ana = one('analyst');
    const views = (id: number) => eventsOf('case.viewed', { subject: `verification:${id}`, actorId: ana.id });
    await claimCase(ana, CASE + 3);
    expect((await call('/api/verifications/{id}', 'analyst', { id: String(CASE + 3), query: '?ahead=true' })).status).toBe(200);
    expect(await views(CASE + 3)).toEqual([]);
    expect((await call('/api/verifications/{id}/views', 'analyst', { id: String(CASE + 3), method: 'POST' })).status).toBe(204);
    expect(await views(CASE + 3)).toHaveLength(1);
    await call('/api/verifications/{id}', 'analyst', { id: String(CASE + 4), query: '?ahead=true' });
    expect(await views(CASE + 4)).toHaveLength(1);
  });

  test('goes on being recorded while the case stays open', async () => {
    await call('/api/verifications/{id}/presence', 'analyst', { id: String(CASE + 5), method: 'PUT' });
    expect(await eventsOf('case.viewed', { subject: `verification:${CASE + 5}` })).toHaveLength(1);
  });
});

describe('the reading report', () => {
  test('counts who looked at a record, and what a person looked at', async () => {
    const all = { person: null, verification: null, from: null, to: null };
    const ofCase = await readingReport(one('auditor'), { ...all, verification: 101 }, null);
    expect(ofCase.counts?.people.map(({ name, events }) => [name, events])).toEqual([
      ['manager', 1],
      ['analyst', 2],
    ]);
    expect(ofCase.events.map(({ action }) => action)).toEqual(['case.viewed', 'case.viewed', 'case.viewed']);
    const ofAna = await readingReport(one('auditor'), { ...all, person: one('analyst').id }, null);
    expect(ofAna.counts?.people).toMatchObject([{ name: 'analyst', events: 5, records: 4 }]);
    expect(ofAna.counts?.records.map(({ id }) => id)).toEqual([CASE + 5, CASE + 4, CASE + 3, 101]);
    const never = await readingReport(one('auditor'), { ...all, to: '1970-01-01' }, null);
    expect(never).toMatchObject({ events: [], counts: { events: 0, people: [], records: [] } });
  });

  test('is for those who may read the log, and says which parameter cannot be used', async () => {
    expect((await call('/api/audit/reading', 'analyst')).status).toBe(403);
    for (const [query, field] of [
      ['?person=ana', 'person'],
      ['?verification=12,13', 'verification'],
      ['?from=2026-02-31', 'from'],
    ] as const) {
      const answer = await call('/api/audit/reading', 'auditor', { query });
      expect(answer.status).toBe(400);
      expect((await answer.json()).error.field).toBe(field);
    }
  });

  test('leaves viewing out of the log where that is asked', async () => {
    const actions = async (query: string) =>
      ((await (await call('/api/audit', 'auditor', { query })).json()).events as { action: string }[]).map(({ action }) => action);
    expect(await actions('?group=acts')).not.toContain('case.viewed');
    expect(await actions('?group=acts')).toContain('claim.taken');
    expect(new Set(await actions('?group=reading'))).toEqual(new Set(['case.viewed', 'search.run', 'audit.read', 'list.viewed']));
  });
});

describe('the name of a customer in a search', () => {
  const search = (value: string, name = 'customerId') =>
    recordSearch(one('manager'), {
      source: 'index',
      filter: new URLSearchParams({ tag: `${name}=${value}` }),
      tags: [{ name, value }],
      found: () => NOT_COUNTED,
    });

  test('goes with the erasure of the case it names, and a word many records share stays', async () => {
    const [id, other] = [CASE + 10, CASE + 11];
    await pool.query(
      `INSERT INTO console.record_tag (verification_id, name, value) VALUES ($1, 'customerId', '777'), ($1, 'branch', '7'), ($2, 'branch', '7')`,
      [id, other],
    );
    await pool.query(`UPDATE console.record SET id_file_name = 'Jane_Doe.jpg' WHERE verification_id = $1`, [id]);
    await search('777');
    await search('778');
    await search('7', 'branch');
    const text = new URLSearchParams({ text: 'jane_doe' });
    await recordSearch(one('manager'), { source: 'index', filter: text, text: 'jane_doe', found: () => NOT_COUNTED });
    const pair = { first: one('manager'), second: await person('Second', 'admin') };
    const result = await eraseByRequest(pair, [id], 'Request 17 of the officer.');
    expect(result.erased).toEqual([id]);
    const { rows } = await pool.query(`SELECT data::jsonb #>> '{data,query}' AS query FROM console.audit_payload ORDER BY seq`);
    const left = rows.map(({ query }) => query).filter((query) => typeof query === 'string');
    expect(left).toEqual(expect.arrayContaining(['tag=customerId%3D778', 'tag=branch%3D7']));
    for (const gone of ['tag=customerId%3D777', 'text=jane_doe']) expect(left).not.toContain(gone);
    const names = await pool.query('SELECT value FROM console.searched_name');
    expect(names.rows.map(({ value }) => value)).not.toEqual(expect.arrayContaining(['777']));
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  });
});

let strangers = 0;

/** Somebody of a role who has read nothing; their name is that of their cookie. */
async function freshPerson(role: string): Promise<string> {
  strangers += 1;
  const known = `${role}-${strangers}`;
  const actor = await person(known, role as 'auditor');
  people.set(known, actor);
  cookies.set(known, `next-auth.session-token=${await encode({ token: { sid: actor.sessionId ?? '' }, secret: SECRET })}`);
  return known;
}

/** Runs the work while the log takes no event of reading. */
async function failing(work: () => Promise<void>): Promise<void> {
  const kinds = READING_ACTIONS.map((action) => `'${action}'`).join(', ');
  await pool.query(`
    CREATE FUNCTION console.log_is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.action IN (${kinds}) THEN RAISE EXCEPTION 'the log is full'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER log_is_full BEFORE INSERT ON console.audit_event FOR EACH ROW EXECUTE FUNCTION console.log_is_full()`);
  try {
    await work();
  } finally {
    await pool.query('DROP FUNCTION console.log_is_full CASCADE');
  }
}

test('an event whose details differ in nothing but the page is one reading', async () => {
  const auditor = one('auditor');
  await recordAuditRead(auditor, 'log', 'actor=ana', 100);
  await recordAuditRead(auditor, 'log', 'actor=ana', 3);
  await recordAuditRead(auditor, 'log', 'actor=marek', 3);
  expect((await eventsOf('audit.read', { actorId: auditor.id })).map(dataOf).filter(({ query }) => query.startsWith('actor='))).toEqual([
    { source: 'log', query: 'actor=ana', rows: 100 },
    { source: 'log', query: 'actor=marek', rows: 3 },
  ]);
});
