import { BOUND_TABLES, type BoundTable } from '@/lib/audit/bound-rows';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';

/** A row that a test writes past the functions of the console, by its primary key. */
type Written = { id: string | bigint } | { decisionId: string } | { version: number };

/** Writes a row with an event that binds it, so that the database accepts it: for rows that no function of the console would write. */
export function recorded<Row extends Written>(table: BoundTable, write: (tx: Prisma.TransactionClient) => Promise<Row>): Promise<Row> {
  return db().$transaction(async (tx) => {
    const row = await write(tx);
    const about = 'verificationId' in row ? row.verificationId : null;
    await bindRow(tx, table, keyOf(table, row), typeof about === 'bigint' ? `verification:${about}` : undefined);
    return row;
  });
}

/** Appends an event that binds a row written earlier in the same transaction. */
export async function bindRow(tx: Prisma.TransactionClient, table: BoundTable, id: string, subject = 'test:row'): Promise<void> {
  await tx.$queryRaw`
    SELECT console.append_audit_event_on_rows('test', 'Test', 'system', ${BOUND_TABLES[table][0]}, ${subject}, '{"data":{}}',
      ARRAY[${table}], ARRAY[${id}])`;
}

function keyOf(table: BoundTable, row: Written): string {
  if (table === 'withdrawal' && 'decisionId' in row) return row.decisionId;
  return String('id' in row ? row.id : 'version' in row ? row.version : '');
}
