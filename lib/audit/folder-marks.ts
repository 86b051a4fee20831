import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LOG_STOPS, type LogStop } from '@/lib/domain/log-stop';
import { checkpointFolder, writeDurably } from './checkpoint-files';

/** Why nothing is signed any more, as sentences without personal data. */
export interface Stop {
  kind: LogStop;
  reason: string;
}

const stopped = z.object({ at: z.iso.datetime(), kind: z.enum(LOG_STOPS), reason: z.string() });
export type StopRecord = z.infer<typeof stopped>;

const STOPPED = 'signing-stopped.json';
const BEGUN = 'begun.json';

const comparison = z.object({ at: z.iso.datetime(), differences: z.int().nonnegative(), sentence: z.nullable(z.string()) });
/** What the last comparison of everything the console holds found; `sentence` is on the first difference, null when there is none. */
export type Comparison = z.infer<typeof comparison>;

const COMPARED = 'compared.json';

/** Writes down in the folder what the last comparison found: out of reach for the owner of the tables. */
export function keepComparison(found: Comparison): void {
  const folder = checkpointFolder();
  mkdirSync(folder, { recursive: true });
  writeDurably(folder, COMPARED, `${JSON.stringify(found, null, 2)}\n`);
}

/** Returns what the folder says of the last comparison; null where it says nothing. One that cannot be read counts as a difference. */
export function readComparison(): Comparison | null {
  const file = join(checkpointFolder(), COMPARED);
  if (!existsSync(file)) return null;
  try {
    return comparison.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    const sentence = `${COMPARED} in the folder of the signed heads cannot be read.`;
    return { at: new Date(0).toISOString(), differences: 1, sentence };
  }
}

/** Marks the folder as the one of a log that begins now. Until its first head is signed, the mark tells a new folder from a lost one. */
export function markBegun(folder = checkpointFolder()): void {
  mkdirSync(folder, { recursive: true });
  if (!hasBegun(folder)) writeDurably(folder, BEGUN, `${JSON.stringify({ at: new Date().toISOString() })}\n`);
}

/** Returns whether the folder was marked and holds no head yet. */
export function hasBegun(folder = checkpointFolder()): boolean {
  return existsSync(join(folder, BEGUN));
}

/** Takes the mark away once the first head is signed. */
export function forgetBegun(): void {
  rmSync(join(checkpointFolder(), BEGUN), { force: true });
}

/** Writes down in the folder why the signer stopped. A record that is there stays: it holds the first reason. */
export function keepStop({ kind, reason }: Stop): void {
  const folder = checkpointFolder();
  mkdirSync(folder, { recursive: true });
  if (readStop()?.kind === kind) return;
  writeDurably(folder, STOPPED, `${JSON.stringify({ at: new Date().toISOString(), kind, reason }, null, 2)}\n`);
}

/** Returns why the signer stopped, as the folder has it; null while it signs. A record that cannot be read counts as a stop. */
export function readStop(): StopRecord | null {
  const file = join(checkpointFolder(), STOPPED);
  if (!existsSync(file)) return null;
  try {
    return stopped.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { at: new Date(0).toISOString(), kind: 'contradicted', reason: `${STOPPED} in the folder of the signed heads cannot be read.` };
  }
}

/** Ends a stop. Its record stays in the folder under another name. */
export function endStop(): void {
  const record = readStop();
  if (!record) return;
  const folder = checkpointFolder();
  renameSync(join(folder, STOPPED), join(folder, `signing-stopped-until-${new Date().toISOString().replaceAll(':', '')}.json`));
}
