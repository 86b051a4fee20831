import { type FlawKind, flawSentence } from '@/lib/domain/record-flaw';
import { unreadableRecord } from '@/lib/mirror/unreadable-records';

/** Resolves to what is wrong with a record, since when the sync has met it so, and who can mend it. */
export async function flawedSentence(number: number | string, kind: FlawKind): Promise<string> {
  const listed = await unreadableRecord(String(number)).catch(() => null);
  const since = listed ? ` The console first met it so on ${minuteOf(listed.firstSeenAt)} UTC.` : '';
  return `${flawSentence(kind)}${since} The operator of the verification API must mend it; the console then reads it by itself.`;
}

const minuteOf = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
