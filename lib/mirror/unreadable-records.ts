import { db } from '@/lib/db/client';
import { type FlawKind, isFlawKind } from '@/lib/domain/record-flaw';

/** A record of the upstream that could not be read when it was last met. Times in milliseconds since 1970. */
export interface UnreadableRecord {
  /** Null where it cannot be told. */
  id: number | null;
  /** The number as the upstream writes it, where it can be seen. */
  givenId: string | null;
  /** Place in the list by verificationId, from 1. */
  position: number;
  flaw: FlawKind;
  firstSeenAt: number;
  lastSeenAt: number;
}

/** Records listed at most; the count goes on. */
export const UNREADABLE_LISTED_MAX = 100;

/** Returns the unreadable records by their place in the list, at most `UNREADABLE_LISTED_MAX`. */
export async function unreadableRecords(): Promise<UnreadableRecord[]> {
  return (await db().unreadableRecord.findMany({ orderBy: { position: 'asc' }, take: UNREADABLE_LISTED_MAX })).map(recordOf);
}

/** Returns what is known of an unreadable record by its number, as the console or as the upstream writes it; null when it is not on the list. */
export async function unreadableRecord(number: string): Promise<UnreadableRecord | null> {
  const id = Number(number);
  const named = Number.isSafeInteger(id) ? [{ verificationId: id }, { givenId: number }] : [{ givenId: number }];
  const row = await db().unreadableRecord.findFirst({ where: { OR: named }, orderBy: { position: 'asc' } });
  return row && recordOf(row);
}

type Row = Awaited<ReturnType<ReturnType<typeof db>['unreadableRecord']['findMany']>>[number];

function recordOf(row: Row): UnreadableRecord {
  return {
    id: row.verificationId === null ? null : Number(row.verificationId),
    givenId: row.givenId,
    position: Number(row.position) + 1,
    flaw: isFlawKind(row.flaw) ? row.flaw : 'not-json',
    firstSeenAt: row.firstSeenAt.getTime(),
    lastSeenAt: row.lastSeenAt.getTime(),
  };
}
