import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXPORTED_FILES } from '@/lib/audit/export-format';

/** Returns both verifiers as they lie in the house, so that an auditor needs nothing of ours. Throws when one cannot be read: an archive holds both. */
export function verifierFiles(): Promise<{ name: string; bytes: Buffer }[]> {
  const names = [EXPORTED_FILES.verifier, EXPORTED_FILES.secondVerifier];
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(resolve('lib/audit', name)) })));
}
