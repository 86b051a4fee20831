import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkpointFolder } from '@/lib/audit/checkpoint-files';
import type { LogState } from '@/lib/audit/log-state';
import type { AuditKey } from '@/lib/audit/public-keys';
import type { Checkpoint } from '@/lib/audit/signed-head';
import { told, verifyExport } from '@/lib/audit/verify.mjs';
import type { StoredVerdict } from '@/lib/audit/verify-stored-chain';
import { bothVerdicts, rowsSentence } from '@/lib/domain/row-difference';
import { plainSentence } from './plain-sentence';
import { unzip } from './unzip';
import { withDatabase } from './with-database';

const USAGE = `npm run audit:verify                      verifies the log in the database against every signed head, and every row against the log
npm run audit:verify -- EXPORT            verifies an export: its folder, its ZIP, or a log file alone
  --key HEX                               the public key the export must be signed with; may be repeated
  --checkpoints FILE                      more signed heads to compare with, for example those of an earlier export
  --segment                               a log file that does not begin with the first event
  --json                                  the verdict as JSON`;

const NOT_COMPARED =
  'The rows were not compared with the log: the database is of an earlier version. Start the console once, then verify again.';
const IF_EARLIER = 'If the database is of an earlier version, start the console once, which brings it up to date. Then verify again.';
const LOG_IS_BROKEN = 'The rows were not compared with the log, because the log itself is broken.';

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(plainSentence(error));
  process.exitCode = 2;
}

/** Whether what was looked at is whole. */
async function run(): Promise<boolean> {
  const { positionals, values } = readArguments();
  const [path, ...more] = positionals;
  if (more.length > 0) throw new Error(USAGE);
  const { json, ...options } = values;
  if (path === undefined) return verifyDatabase(json);
  const verdict = await verifyAt(path, options);
  console.log(json ? JSON.stringify(verdict) : told(verdict));
  return verdict.whole;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true },
        checkpoints: { type: 'string' },
        segment: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch {
    throw new Error(USAGE);
  }
}

async function verifyAt(path: string, options: Parameters<typeof verifyExport>[1]) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Error(`There is no ${path}.`);
  if (found.isDirectory() || !path.endsWith('.zip')) return verifyExport(path, options);
  const folder = mkdtempSync(join(tmpdir(), 'second-look-export-'));
  try {
    await unzip(path, folder);
    const [only, ...others] = readdirSync(folder, { withFileTypes: true });
    // Some programs pack the folder, others what is in it.
    return await verifyExport(only?.isDirectory() && others.length === 0 ? join(folder, only.name) : folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verifyDatabase(json: boolean): Promise<boolean> {
  let whole = false;
  await withDatabase({ upToDate: false }, async () => {
    const { verifyStoredChain } = await import('@/lib/audit/verify-stored-chain');
    const { auditKeys } = await import('@/lib/audit/public-keys');
    const { readLastCheckpoint } = await import('@/lib/audit/checkpoint-files');
    const { readLogState } = await import('@/lib/audit/log-state');
    const { heedVerdict } = await import('@/lib/audit/resume-if-whole');
    const { reconcileStoredRows } = await import('@/lib/audit/reconcile-rows');
    const verdict = await verifyStoredChain();
    // A broken log stops the signer. A database of an earlier version may not be able to keep that; the folder does.
    if (!verdict.whole) await heedVerdict(verdict).catch(() => undefined);
    // Null for a database of an earlier version: this command does not bring it up to date.
    const state = await readLogState().catch(() => null);
    const { reconcileRecords } = await import('@/lib/mirror/reconcile-records');
    const reconcile = async () => bothVerdicts(await reconcileStoredRows(), await reconcileRecords());
    const rows = verdict.whole
      ? await reconcile().catch((failure: unknown) => (isOfEarlierVersion(failure) ? null : Promise.reject(failure)))
      : null;
    const [signed, keys] = [readLastCheckpoint(), auditKeys()];
    whole = verdict.whole && !rows?.first;
    if (json) console.log(JSON.stringify({ ...verdict, whole, rows, signed, state, keys }));
    else
      for (const line of [
        ...linesOf(verdict, signed, state, keys),
        rows ? rowsSentence(rows) : verdict.whole ? NOT_COMPARED : LOG_IS_BROKEN,
        ...(rows?.first?.fault === 'altered' ? [IF_EARLIER] : []),
      ])
        console.log(line);
  });
  return whole;
}

/** A function, a table or a column that is not there. */
const LACKING: readonly unknown[] = ['42883', '42P01', '42703'];

/** Whether the database lacks what compares rows. */
function isOfEarlierVersion(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && LACKING.includes(failure.code);
}

function linesOf(verdict: StoredVerdict, signed: Checkpoint | null, state: LogState | null, keys: AuditKey[]): string[] {
  const folder = checkpointFolder();
  return [
    verdict.whole
      ? `WHOLE. ${verdict.head.seq} events, each bound to the one before it${verdict.erased ? `; the details of ${verdict.erased} were erased` : ''}.`
      : `BROKEN at event ${verdict.broken.seq}, ${verdict.broken.field}:\n  expected  ${verdict.broken.expected}\n  found     ${verdict.broken.found}`,
    ...(verdict.whole ? verdict.gaps : []).map(
      ({ from, to, seq, at }) => `Events ${from} to ${to} were lost in a restore, as event ${seq} declares (signed at ${at}).`,
    ),
    signed
      ? `The newest signed head of ${folder} is event ${signed.seq}, signed at ${signed.at} by key ${signed.keyId}.`
      : `${folder} holds no signed heads: that the newest events were cut off could not be seen.`,
    ...verdict.torn.map(({ file, line }) => `Line ${line} of ${file} holds no signed head and was skipped.`),
    ...(!state || state.reason === null ? [] : [`The log is not signed. ${state.reason}`]),
    ...(!state || state.open ? [] : ['The log is closed: every write is refused until npm run audit:restored declares what was lost.']),
    ...keys.map(({ keyId, publicKey, current }) => `Public key ${keyId}${current ? ' (in use)' : ''}: ${publicKey}`),
  ];
}
