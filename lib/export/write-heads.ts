import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointFileNames, checkpointFolder, readPublicKeys } from '@/lib/audit/checkpoint-files';
import { parseCheckpoints } from '@/lib/audit/checkpoint-lines';
import { EXPORTED_FILES, type Manifest, type SignedHead } from '@/lib/audit/export-format';
import { jsonLine } from './jsonl';
import type { PackedFile, Zip } from './zip';

/** Writes every head that was signed up to `head` as `checkpoints.jsonl`, each with its public key. Returns which keys signed how many. */
export async function writeHeads(zip: Zip, head: SignedHead): Promise<{ file: PackedFile; keys: Manifest['keys'] }> {
  const keys = new Map<string, Manifest['keys'][number]>();
  const file = await zip.add(EXPORTED_FILES.checkpoints, linesOf(head, keys));
  return { file, keys: [...keys.values()] };
}

// A month at a time: the file of one is a few megabytes.
function* linesOf(head: SignedHead, keys: Map<string, Manifest['keys'][number]>): Generator<Buffer> {
  const folder = checkpointFolder();
  const known = readPublicKeys(folder);
  for (const name of checkpointFileNames(folder)) {
    const { heads } = parseCheckpoints(readFileSync(join(folder, name), 'utf8'), name);
    const last = heads.findIndex(({ signature }) => signature === head.signature);
    let lines = '';
    for (const one of last < 0 ? heads : heads.slice(0, last + 1)) {
      const publicKey = known.get(one.keyId);
      if (publicKey === undefined) continue;
      lines += jsonLine({ ...one, publicKey });
      const before = keys.get(one.keyId)?.heads ?? 0;
      keys.set(one.keyId, { keyId: one.keyId, publicKey, heads: before + 1, lastSeq: one.seq });
    }
    yield Buffer.from(lines);
    if (last >= 0) return;
  }
}
