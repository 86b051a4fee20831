import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const VERIFIER = 'lib/audit/verify.mjs';

/** What goes along so that an auditor needs nothing of ours: the verifier, as it lies in the house. */
export async function verifierFiles(): Promise<{ name: string; bytes: Buffer }[]> {
  return existsSync(resolve(VERIFIER)) ? [{ name: 'verify.mjs', bytes: await readFile(resolve(VERIFIER)) }] : [];
}
