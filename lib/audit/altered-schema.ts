import { Client } from 'pg';
import { z } from 'zod';
import type { RowDifference } from '@/lib/domain/row-difference';
import { env } from '@/lib/env';
import { SCHEMA_PARTS } from './schema-parts';
import { SCHEMA_PARTS_SQL } from './schema-parts-sql';

const KINDS = ['function', 'trigger', 'constraint', 'table'] as const;
const stored = z.array(z.object({ kind: z.enum(KINDS), name: z.string(), sha256: z.string() }));
type SchemaPart = z.infer<typeof stored>[number];

const lineOf = ({ kind, name, sha256 }: SchemaPart) => `${sha256} ${kind} ${name}`;

/** Returns what the schema `console` consists of as lines, `sha256 kind name`, in order. Sets the search_path of the connection. */
export async function schemaParts(client: Pick<Client, 'query'>, which = ''): Promise<string[]> {
  // A schema of the owner's in front would give other functions the names of PostgreSQL's own.
  await client.query('SET search_path = pg_catalog, pg_temp');
  return stored.parse((await client.query(`SELECT * FROM (${SCHEMA_PARTS_SQL}) AS all_of_them ${which}`)).rows).map(lineOf);
}

/** What the schema differs in from what the migrations make. */
export interface AlteredSchema {
  /** Functions: whatever the database computes is uncertain. */
  functions: RowDifference[];
  /** Triggers, constraints and tables: what they refuse may have been written. */
  guards: RowDifference[];
}

/**
 * Returns the functions alone that differ, for what rests on no guard. Writing a constraint out takes a lock on its table, which an export of the
 * log must not wait for.
 */
export async function alteredFunctions(client: Pick<Client, 'query'>): Promise<RowDifference[]> {
  return differences(SCHEMA_PARTS.filter(isFunction), await schemaParts(client, `WHERE kind = 'function'`));
}

const isFunction = (line: string) => line.split(' ')[1] === 'function';

/**
 * Compares functions, triggers, constraints and tables of the schema `console` with what the migrations make of a fresh database
 * (`schema-parts.ts`), and returns those that are changed, missing or added.
 */
export async function alteredSchema(client: Pick<Client, 'query'>): Promise<AlteredSchema> {
  const found = differences(SCHEMA_PARTS, await schemaParts(client));
  return { functions: found.filter(({ table }) => table === 'function'), guards: found.filter(({ table }) => table !== 'function') };
}

function differences(made: readonly string[], found: readonly string[]): RowDifference[] {
  const [wanted, there] = [new Set(made), new Set(found)];
  const differing = [...made.filter((line) => !there.has(line)), ...found.filter((line) => !wanted.has(line))];
  const named = [...new Set(differing.map((line) => line.slice(line.indexOf(' ') + 1)))].sort();
  return named.map((part) => {
    const at = part.indexOf(' ');
    return { seq: null, table: part.slice(0, at), id: part.slice(at + 1), fault: 'altered' };
  });
}

/** Returns whether anything of the schema differs, over a connection of its own. Throws when the database cannot be read. */
export async function isSchemaAltered(): Promise<boolean> {
  const client = new Client({ connectionString: env().DATABASE_URL });
  client.on('error', () => {});
  await client.connect();
  try {
    const { functions, guards } = await alteredSchema(client);
    return functions.length + guards.length > 0;
  } finally {
    await client.end().catch(() => {});
  }
}
