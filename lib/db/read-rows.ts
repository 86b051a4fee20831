import type { z } from 'zod';
import { pool } from './client';
import type { Prisma } from './generated/client';

/**
 * The rows of a statement that only reads, each checked by `row`: over the client's connections, past the client itself, whose share
 * of a raw statement is a sixth of what a page of the index takes. Values come as `pg` reads them: a bigint as text, a time as a Date.
 * Make `row` once, not with each call: a schema is compiled as it is first used. Throws what `pg` throws, or a ZodError.
 */
export async function readRows<Row>(row: z.ZodType<Row>, { text, values }: Prisma.Sql): Promise<Row[]> {
  const { rows } = await (await pool()).query<Record<string, unknown>>({ text, values });
  return rows.map((one) => row.parse(one));
}
