import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from '@/lib/env';
import { appendLine, syncFolder } from './append-line';
import { checkpointLine, type ParsedCheckpoints, parseCheckpoint, parseCheckpoints } from './checkpoint-lines';
import { type Checkpoint, isSignedBy, keyIdOf, type SigningKey } from './signed-head';

/** Returns the folder of the signed heads, outside the database: one file of JSON lines a month, and each public key that ever signed as `<keyId>.pub`. */
export function checkpointFolder(): string {
  const { AUDIT_CHECKPOINT_DIR, DATA_DIR } = env();
  return resolve(AUDIT_CHECKPOINT_DIR ?? join(DATA_DIR, 'checkpoints'));
}

/** Writes a signed head behind the others, and the public half of its key beside them. On the disk when this returns. */
export function keepCheckpoint(checkpoint: Checkpoint, { keyId, publicKey }: SigningKey): void {
  const folder = checkpointFolder();
  mkdirSync(folder, { recursive: true });
  if (!readPublicKeys(folder).has(keyId)) writeDurably(folder, `${keyId}.pub`, `${publicKey}\n`);
  appendLine(join(folder, `${checkpoint.at.slice(0, 7)}.jsonl`), checkpointLine(checkpoint));
}

/** Writes a small file so that after a power cut all of it or nothing of it is there. */
export function writeDurably(folder: string, name: string, text: string): void {
  const draft = join(folder, `${name}.${process.pid}.new`);
  writeFileSync(draft, text, { flush: true });
  renameSync(draft, join(folder, name));
  syncFolder(folder);
}

/** Returns every signed head of the folder in the order they were signed, and the lines that hold none. */
export function readCheckpoints(folder = checkpointFolder()): ParsedCheckpoints {
  const files = checkpointFileNames(folder).map((file) => parseCheckpoints(readFileSync(join(folder, file), 'utf8'), file));
  return { heads: files.flatMap(({ heads }) => heads), torn: files.flatMap(({ torn }) => torn) };
}

/** Returns the names of the files of signed heads, oldest month first. */
export function checkpointFileNames(folder = checkpointFolder()): string[] {
  return filesOf(folder, '.jsonl');
}

const TAIL_BYTES = 1 << 16;

/** Returns the head that was signed last, null where the folder holds none. Reads the end of one file, however many heads there are. */
export function readLastCheckpoint(folder = checkpointFolder()): Checkpoint | null {
  for (const file of checkpointFileNames(folder).toReversed()) {
    const path = join(folder, file);
    const last = lastOf(readTail(path)) ?? lastOf(readFileSync(path, 'utf8'));
    if (last) return last;
  }
  return null;
}

// The first line of a tail may be cut; parsed as one that holds no head, it is passed over.
function lastOf(text: string): Checkpoint | null {
  for (const json of text.split('\n').toReversed()) {
    const head = parseCheckpoint(json);
    if (head) return head;
  }
  return null;
}

function readTail(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const length = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}

/** Returns the public keys of the folder by their short names. */
export function readPublicKeys(folder = checkpointFolder()): Map<string, string> {
  const keys = filesOf(folder, '.pub').map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return new Map(keys.filter((key) => /^[0-9a-f]{64}$/.test(key)).map((key) => [keyIdOf(key), key]));
}

/** Returns a function that resolves to true for a head one of these keys signed. */
export function signedByOneOf(keys: ReadonlyMap<string, string>): (checkpoint: Checkpoint) => boolean {
  return (checkpoint) => {
    const key = keys.get(checkpoint.keyId);
    return key !== undefined && isSignedBy(key, checkpoint);
  };
}

function filesOf(folder: string, ending: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .sort()
    : [];
}
