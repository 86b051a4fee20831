import { db } from '@/lib/db/client';
import type { Notice } from '@/lib/domain/notice';

/** Returns the alarm of the last comparison of the rows with the log, for every person; none while no row differs. */
export async function rowsNotice(): Promise<Notice[]> {
  const last = await db().reconciliation.findUnique({ where: { id: 1 } });
  if (!last?.sentence) return [];
  const advice = 'Do not rely on what is shown here, and have an administrator run npm run audit:verify.';
  return [
    {
      id: `rows-differ ${last.sentence}`,
      severity: 'alarm',
      text: `The console’s data differs from the audit log. ${last.sentence} ${advice}`,
    },
  ];
}
