import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { SEARCH_SORTS } from '@/lib/domain/search-query';
import { openApiDocument } from '@/lib/http/openapi/document';
import { UPSTREAM as source } from '@/lib/mirror/record-source';
import { runStretch } from '@/lib/mirror/run-stretch';
import { closeUpstream } from '@/lib/upstream/connection';
import { person } from '../helpers/desk';
import { sourceFiles } from '../helpers/imports';
import { type ListUpstream, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SECRET = 'a secret of more than thirty-two characters';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Values nobody should send: wrong dates, numbers out of range, texts a database has no room for, cursors that lead nowhere. */
const VALUES = [
  '',
  '-1',
  '-999999999999999',
  '1e999',
  '0000-01-01',
  '2026-02-30',
  '\u0000',
  '\ufffe\u202e',
  'a=b=c',
  "'; DROP TABLE console.record; --",
  '[]',
  '00000000-0000-0000-0000-000000000000',
  Buffer.from('["receivedAt",["x"],1,0]').toString('base64url'),
  'x'.repeat(20_000),
];
const BODIES = [
  '',
  'null',
  '[]',
  '{}',
  '"text"',
  '{"a":',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  '{"ids":["x"],"reason":7,"until":1e999,"__proto__":{}}',
];

const MEMBERS = [null, [], {}, '', -1, 1e300, '\u0000', '\ud800', ['\u0000', null]];

let database: TestDatabase;
let upstream: ListUpstream;
let cookies: string[];

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startListUpstream();
  for (let id = 1; id <= 12; id += 1)
    upstream.records.set(id, recordOf(id, { tags: [{ name: 'long', value: `${id}${'é'.repeat(9000)}` }] }));
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    NEXTAUTH_SECRET: SECRET,
    LOG_LEVEL: 'silent',
  });
  await runStretch('backfill', { signal: new AbortController().signal, until: Number.POSITIVE_INFINITY, source });
  cookies = await Promise.all(
    [person('Marek', 'manager'), person('Ada', 'admin'), person('Otto', 'auditor')].map(async (one) => cookieOf(await one)),
  );
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const cookieOf = async ({ sessionId }: Actor) => `next-auth.session-token=${await encode({ token: { sid: sessionId }, secret: SECRET })}`;

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string | string[]>> }) => Promise<Response>;

interface Route {
  file: string;
  method: (typeof METHODS)[number];
  handler: Handler;
  /** The dynamic parts of its path. */
  parts: string[];
  /** The parameters its description names. */
  parameters: string[];
  /** The members of its body, by its description, each with a value that fits; null without a JSON body. */
  body: Record<string, unknown> | null;
}

async function routes(): Promise<Route[]> {
  const files = sourceFiles(root, ['app/api']).filter((file) => path.basename(file) === 'route.ts' && !file.includes('[...'));
  const all = await Promise.all(
    files.map(async (file) => {
      const module = (await import(path.join(root, file))) as Record<string, unknown>;
      return METHODS.flatMap((method) => (module[method] ? [routeOf(file, method, module[method] as Handler)] : []));
    }),
  );
  return all.flat();
}

function routeOf(file: string, method: Route['method'], handler: Handler): Route {
  const address = `/${path.dirname(file).replace(/^app\//, '')}`;
  const operation = described().paths[address.replace(/\[(\w+)\]/g, '{$1}')]?.[method.toLowerCase()];
  const parameters: { name: string; in: string }[] = operation?.parameters ?? [];
  return {
    file,
    method,
    handler,
    parts: [...address.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name),
    parameters: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
    body: bodyOf(operation?.requestBody?.content?.['application/json']?.schema),
  };
}

interface Described {
  $ref?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Described[];
  oneOf?: Described[];
  type?: string;
  format?: string;
  minimum?: number;
  minLength?: number;
  items?: Described;
  properties?: Record<string, Described>;
}

function bodyOf(schema: Described | undefined): Record<string, unknown> | null {
  const sample = schema && sampleOf(schema);
  return typeof sample === 'object' && sample !== null ? (sample as Record<string, unknown>) : null;
}

/** A value that a schema lets through. */
function sampleOf(given: Described): unknown {
  const name = given.$ref?.split('/').at(-1);
  const schema: Described = name === undefined ? given : (described().components.schemas[name] ?? {});
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return sampleOf(first);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([key, one]) => [key, sampleOf(one)]));
  if (schema.type === 'array') return schema.items ? [sampleOf(schema.items)] : [];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000';
  return schema.type === 'string' ? 'A text that is long enough.'.padEnd(schema.minLength ?? 0, '.') : null;
}

/** Made when it is first used: it reads the settings. */
let made: ReturnType<typeof JSON.parse> = null;
function described() {
  made ??= JSON.parse(JSON.stringify(openApiDocument()));
  return made;
}

interface Asked {
  query?: [string, string][];
  part?: string;
  body?: string;
}

/** The answer's status, asked as whoever is let in. */
async function statusOf({ method, handler, parts }: Route, { query = [], part = '5', body }: Asked): Promise<number> {
  let status = 0;
  for (const cookie of cookies) {
    const address = `http://localhost:3000/api/x?${new URLSearchParams(query)}`;
    const headers = { cookie, 'content-type': 'application/json', 'idempotency-key': 'k'.repeat(20) };
    const request = new NextRequest(address, { method, headers, ...(method !== 'GET' && { body: body ?? '{}' }) });
    const answer = await handler(request, { params: Promise.resolve(Object.fromEntries(parts.map((name) => [name, part]))) });
    await answer.body?.cancel();
    status = answer.status;
    if (status !== 403) return status;
  }
  return status;
}

describe('requests nobody should send', () => {
  it('are answered by every route of the API, whatever stands in its query, its path or its body, without a fault', {
    timeout: 300_000,
  }, async () => {
    const all = await routes();
    expect(all.length).toBeGreaterThan(65);
    const faults: string[] = [];
    const look = async (route: Route, asked: Asked) => {
      const status = await statusOf(route, asked);
      if (status >= 500 && status !== 502)
        faults.push(`${route.method} ${route.file}: ${status} for ${JSON.stringify(asked).slice(0, 90)}`);
    };
    for (const route of all) {
      for (const name of route.method === 'GET' ? [...route.parameters, 'unknown'] : [])
        for (const value of VALUES)
          await look(route, { query: [[name, value], ...(name === 'unknown' ? [] : ([] as [string, string][]))] });
      for (const value of route.parts.length > 0 ? VALUES : []) await look(route, { part: value });
      for (const body of route.method === 'GET' ? [] : BODIES) await look(route, { body });
      for (const part of route.body ? VALUES.slice(0, 8) : []) await look(route, { part, body: JSON.stringify(route.body) });
      for (const member of Object.keys(route.body ?? {}))
        for (const value of MEMBERS) await look(route, { body: JSON.stringify({ ...route.body, [member]: value }) });
    }
    expect(faults).toEqual([]);
  });

  it('with a cursor of the console’s own, in every order and at any length, lead on; with one that was tampered with, they are 400', async () => {
    const search = (await routes()).find(({ file }) => file === 'app/api/verifications/search/route.ts');
    if (!search) throw new Error('There is no search.');
    const ask = async (query: Record<string, string>) => {
      const request = new NextRequest(`http://localhost:3000/api/x?${new URLSearchParams(query)}`, {
        headers: { cookie: cookies[0] ?? '' },
      });
      return search.handler(request, { params: Promise.resolve({}) });
    };
    for (const sortBy of SEARCH_SORTS) {
      const seen: number[] = [];
      let cursor = '';
      do {
        const answer = await ask({ sortBy, direction: 'desc', limit: '5', ...(cursor && { cursor }) });
        expect(answer.status, sortBy).toBe(200);
        const page = await answer.json();
        seen.push(...page.records.map(({ id }: { id: number }) => id));
        cursor = page.nextCursor ?? '';
      } while (cursor !== '');
      expect(
        seen.toSorted((a, b) => a - b),
        sortBy,
      ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      const { nextCursor } = await (await ask({ sortBy, direction: 'desc', limit: '5' })).json();
      const [sort, keys, id, back] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString());
      for (const key of ['x', '', '\u0000', '-999999-01-01', '294277-01-01', 'infinity', '1e400', '99999999999999999999', '{}'])
        for (const wrong of [
          [sort, keys.map(() => key), id, back],
          [sort, keys, 1e300, back],
          [sort, [], id, back],
        ]) {
          const tampered = Buffer.from(JSON.stringify(wrong)).toString('base64url');
          expect([200, 400], `${sortBy} ${key}`).toContain((await ask({ sortBy, direction: 'desc', cursor: tampered })).status);
        }
    }
  });
});
