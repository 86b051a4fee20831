import type { Notice } from '@/lib/domain/notice';
import { lastComparison } from './last-comparison';

const ADVICE = 'Do not rely on what is shown here, and have an administrator run npm run audit:verify.';

/** Returns the alarms of the last comparison of the rows with the log, for every person; none while no row differs and no night was missed. */
export async function rowsNotice(): Promise<Notice[]> {
  const { at, differences, sentence, isLate } = await lastComparison();
  const differs: Notice = {
    id: `rows-differ ${sentence}`,
    severity: 'alarm',
    text: `The console’s data differs from the audit log. ${sentence ?? `${differences} rows differ.`} ${ADVICE}`,
  };
  const since = at === null ? 'There was no comparison yet.' : `The last comparison was at ${new Date(at).toISOString()}.`;
  const late: Notice = {
    id: `rows-not-compared ${at}`,
    severity: 'alarm',
    text: `The console’s data was not compared with the audit log for more than a day. ${since} Restart the console, which compares it, and have an administrator run npm run audit:verify.`,
  };
  return [...(sentence !== null || differences > 0 ? [differs] : []), ...(isLate ? [late] : [])];
}
