import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { told, verifyExport } from '@/lib/audit/verify.mjs';
import { rowsSentence } from '@/lib/domain/row-difference';
import { plainSentence } from './plain-sentence';
import { unzip } from './unzip';
import { withDatabase } from './with-database';

const USAGE = `npm run audit:verify                      verifies the log in the database against every signed head, and every row against the log
npm run audit:verify -- EXPORT            verifies an export: its folder, its ZIP, or a log file alone
  --key HEX                               the public key the export must be signed with
  --checkpoints FILE                      signed heads to hold a log file against
  --segment                               a log file that does not begin with the first event
  --json                                  the verdict as JSON`;

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
        key: { type: 'string' },
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
    const { checkpointFolder, readCheckpoints } = await import('@/lib/audit/checkpoint-files');
    const { reconcileStoredRows } = await import('@/lib/audit/reconcile-rows');
    const verdict = await verifyStoredChain();
    const rows = await reconcileStoredRows();
    const keys = auditKeys();
    const signed = readCheckpoints().at(-1) ?? null;
    whole = verdict.whole && rows.first === null;
    if (json) return console.log(JSON.stringify({ ...verdict, whole, rows, signed, keys }));
    console.log(
      verdict.whole
        ? `WHOLE. ${verdict.head.seq} events, each bound to the one before it${verdict.erased ? `; the details of ${verdict.erased} were erased` : ''}.`
        : told(verdict),
    );
    console.log(rowsSentence(rows));
    console.log(
      signed
        ? `The newest signed head of ${checkpointFolder()} is event ${signed.seq}, signed at ${signed.at} by key ${signed.keyId}.`
        : `${checkpointFolder()} holds no signed heads: that the newest events were cut off could not be seen.`,
    );
    for (const { keyId, publicKey, current } of keys) console.log(`Public key ${keyId}${current ? ' (in use)' : ''}: ${publicKey}`);
  });
  return whole;
}
