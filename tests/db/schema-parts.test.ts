import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alteredSchema, schemaParts } from '@/lib/audit/altered-schema';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { db } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await db().$disconnect();
  await database.drop();
});

test('the list of what the migrations make is up to date; write it anew with: npx vitest run -c tests/vitest.config.ts tests/db/schema-parts.test.ts -u', async () => {
  const parts = await schemaParts(client);
  expect(parts.filter((line) => /['\\]/.test(line))).toEqual([]);
  const lines = parts.map((line) => `  '${line}',\n`);
  await expect(`/** What the migrations make: see alteredSchema. tests/db/schema-parts.test.ts writes this file. */
export const SCHEMA_PARTS: readonly string[] = [
${lines.join('')}];
`).toMatchFileSnapshot('../../lib/audit/schema-parts.ts');
});

/** The first difference after this SQL of the owner of the schema; taken back afterwards. */
async function firstAfter(sql: string) {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    return (await reconcileRows(client)).first;
  } finally {
    await client.query('ROLLBACK');
  }
}
const altered = (table: string, id: string) => ({ seq: null, table, id, fault: 'altered' });

test('a function that the comparison itself rests on cannot be replaced, configured, removed or overloaded unnoticed', async () => {
  expect((await reconcileRows(client)).first).toBeNull();
  const source = (await client.query(`SELECT pg_get_functiondef('console.bound_rows()'::regprocedure) AS source`)).rows[0].source;
  const blind = source.replace('console.row_text(t)', `replace(console.row_text(t), 'forged', 'true')`);
  expect(await firstAfter(blind)).toEqual(altered('function', 'bound_rows()'));
  const names = ['audit_payload_hash', 'audit_event_hash', 'policy_weakens', 'resolved_at', 'row_sha256'];
  for (const name of names) {
    const found = { table: 'function', id: expect.stringContaining(`${name}(`), fault: 'altered' };
    expect(await firstAfter(`ALTER FUNCTION console.${name} SET search_path = public`), name).toMatchObject(found);
  }
  const overload = `CREATE FUNCTION console.row_sha256(bound name, row_text text) RETURNS text LANGUAGE sql AS 'SELECT row_text'`;
  expect(await firstAfter(overload)).toMatchObject(altered('function', 'row_sha256(bound name, row_text text)'));
});

test('a trigger, a constraint or a table that is not as the migrations make it is named', async () => {
  expect(await firstAfter('ALTER TABLE console.decision DISABLE TRIGGER decision_only_grows')).toEqual(
    altered('trigger', 'decision.decision_only_grows'),
  );
  expect(await firstAfter('DROP TRIGGER policy_needs_two ON console.policy')).toEqual(altered('trigger', 'policy.policy_needs_two'));
  expect(await firstAfter('ALTER TABLE console.decision DROP CONSTRAINT decision_pkey CASCADE')).toMatchObject({
    table: 'constraint',
    fault: 'altered',
  });
  expect(await firstAfter('ALTER TABLE console.note ENABLE ROW LEVEL SECURITY')).toEqual(altered('table', 'note'));
  expect(await firstAfter('CREATE RULE nothing AS ON INSERT TO console.note DO INSTEAD NOTHING')).toEqual(altered('table', 'note'));
  expect(await alteredSchema(client)).toEqual({ functions: [], guards: [] });
});
