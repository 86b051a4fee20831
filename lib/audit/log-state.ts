import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { LOG_STOPS, type LogStop } from '@/lib/domain/log-stop';
import { behind } from './chain-from';
import { readLastCheckpoint } from './checkpoint-files';
import { isConfirmed, UNCONFIRMED } from './confirmed-database';
import { endStop, keepStop, readStop, type Stop } from './folder-marks';
import { logClosed } from './log-closed';
import { newestSignedNumber } from './newest-signed-number';

/** Whether the log is signed and written. */
export interface LogState {
  /** `late`: nothing was signed for ten minutes although there are events; the jobs may not run. */
  signing: 'on' | 'late' | 'stopped';
  /** Null while it is signed. */
  kind: LogStop | 'late' | null;
  /** Why it is not signed and what to do, as sentences without personal data; null while it is. */
  reason: string | null;
  /** Since when, milliseconds since 1970. */
  since: number | null;
  /** False while every append is refused. */
  open: boolean;
}

const LATE_MS = 600_000;

/**
 * Returns whether the log is signed and written, after comparing the newest event with the newest signed one: when the database ends before that, the
 * log is closed. Throws when the database cannot be read.
 */
export async function logState(): Promise<LogState> {
  await closeIfBehind();
  return readLogState();
}

/**
 * Returns whether the log is signed and written, and changes nothing. The folder of the signed heads counts, and the database's row where another machine
 * holds the folder; either of them is enough for a stop. Throws when the database cannot be read.
 */
export async function readLogState(): Promise<LogState> {
  const row = await db().auditLogState.findUnique({ where: { id: 1 } });
  const confirmed = await isConfirmed();
  const open = row !== null && row.closedAt === null && confirmed;
  const stop = readStop() ?? storedStop(row);
  if (stop) return { signing: 'stopped', kind: stop.kind, reason: stop.reason, since: Date.parse(stop.at), open };
  const since = await unsignedSince();
  if (!confirmed) return { signing: 'late', kind: 'late', reason: UNCONFIRMED, since: row?.confirmedAt?.getTime() ?? null, open };
  if (since === null || isRecent(since)) return { signing: 'on', kind: null, reason: null, since: null, open };
  const reason =
    'No event of the last ten minutes or more was signed. Check that the jobs run and can write the folder of the signed heads.';
  return { signing: 'late', kind: 'late', reason, since, open };
}

// The folder first: what is signed was in the database before.
async function closeIfBehind(): Promise<void> {
  const signed = newestSignedNumber();
  if (signed === 0) return;
  const newest = await db().auditEvent.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
  if (Number(newest?.seq ?? 0) < signed && readStop()?.kind !== 'behind') await stopSigning(behind({ seq: signed }));
}

// After a start the jobs need a moment for what happened before it.
function isRecent(since: number): boolean {
  const started = Date.now() - process.uptime() * 1000;
  return Date.now() - Math.max(since, started) < LATE_MS;
}

/** Returns when the oldest event after the newest signed head happened, milliseconds since 1970; null where every event is signed. */
export async function unsignedSince(): Promise<number | null> {
  const newest = readLastCheckpoint() ?? (await db().checkpoint.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } }));
  const unsigned = await db().auditEvent.findFirst({
    where: { seq: { gt: newest?.seq ?? 0 } },
    orderBy: { seq: 'asc' },
    select: { at: true },
  });
  return unsigned?.at.getTime() ?? null;
}

/** Throws a Refusal `log-closed` while every append is refused, so that a caller can say so before it begins. */
export async function requireOpenLog(): Promise<void> {
  await closeIfBehind();
  const row = await db().auditLogState.findUnique({ where: { id: 1 }, select: { closedAt: true } });
  if (row?.closedAt !== null) throw logClosed();
}

/** Stops the signer: the folder first, which counts, then the database's row if that can be written. `behind` also closes the log for appends. */
export async function stopSigning(stop: Stop): Promise<void> {
  keepStop(stop);
  const now = new Date();
  const { at, kind, reason } = readStop() ?? { at: now.toISOString(), ...stop };
  const data = { stoppedAt: new Date(at), stoppedKind: kind, stoppedReason: reason };
  await db().auditLogState.update({ where: { id: 1 }, data });
  if (kind === 'behind') await db().auditLogState.updateMany({ where: { id: 1, closedAt: null }, data: { closedAt: now } });
}

/** Lets the signer go on and opens the log. For a chain that was found to lead to every signed head. */
export async function resumeSigning(): Promise<void> {
  await showSigning(db());
  endStop();
}

/** Takes the stop out of the database's row. Writes nothing where there is none. */
export async function showSigning(tx: Prisma.TransactionClient): Promise<void> {
  await tx.auditLogState.updateMany({
    where: { id: 1, OR: [{ stoppedAt: { not: null } }, { closedAt: { not: null } }] },
    data: { stoppedAt: null, stoppedKind: null, stoppedReason: null, closedAt: null },
  });
}

function storedStop(row: { stoppedAt: Date | null; stoppedKind: string | null; stoppedReason: string | null } | null) {
  if (!row?.stoppedAt || row.stoppedReason === null) return null;
  const kind = LOG_STOPS.find((known) => known === row.stoppedKind) ?? 'contradicted';
  return { at: row.stoppedAt.toISOString(), kind, reason: row.stoppedReason };
}
