import { escapeLiteral } from 'pg';
import type { Prisma } from '@/lib/db/generated/client';

/** A query with its values written into it, for COPY, which takes no parameters. Throws an Error for a value of a kind not foreseen. */
export function literalSql({ strings, values }: Prisma.Sql): string {
  return strings.map((text, index) => (index === 0 ? text : literal(values[index - 1]) + text)).join('');
}

function literal(value: unknown): string {
  if (typeof value === 'string') return escapeLiteral(value);
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) return `(${value})`;
  if (value instanceof Date) return `'${value.toISOString()}'::timestamptz`;
  throw new Error(`A ${typeof value} has no literal.`);
}
