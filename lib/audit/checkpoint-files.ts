import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { env } from '@/lib/env';
import { type Checkpoint, isSignedBy, keyIdOf, type SigningKey } from './signed-head';

const line = z.object({ seq: z.number().int().positive(), hash: z.string(), at: z.string(), keyId: z.string(), signature: z.string() });

/** Folder of the signed heads, outside the database: one file of JSON lines a month, and each public key that ever signed as `<keyId>.pub`. */
export function checkpointFolder(): string {
  const { AUDIT_CHECKPOINT_DIR, DATA_DIR } = env();
  return resolve(AUDIT_CHECKPOINT_DIR ?? join(DATA_DIR, 'checkpoints'));
}

/** Writes a signed head behind the others, and the public half of its key beside them. On the disk when this returns. */
export function keepCheckpoint(checkpoint: Checkpoint, { keyId, publicKey }: SigningKey): void {
  const folder = checkpointFolder();
  mkdirSync(folder, { recursive: true });
  const keyFile = join(folder, `${keyId}.pub`);
  if (!existsSync(keyFile)) writeFileSync(keyFile, `${publicKey}\n`, { flush: true });
  const { seq, hash, at, signature } = checkpoint;
  const file = openSync(join(folder, `${at.slice(0, 7)}.jsonl`), 'a');
  try {
    writeSync(file, `${JSON.stringify({ seq, hash, at, keyId, signature })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Every signed head of the folder, oldest file first. Throws an Error that names the line it cannot read. */
export function readCheckpoints(folder = checkpointFolder()): Checkpoint[] {
  return filesOf(folder, '.jsonl').flatMap((file) => parseCheckpoints(readFileSync(join(folder, file), 'utf8'), join(folder, file)));
}

/** Signed heads from JSON lines. A last line without its end, left by a power cut, does not count. */
export function parseCheckpoints(text: string, name: string): Checkpoint[] {
  const lines = text.split('\n');
  return lines.slice(0, -1).map((json, index) => {
    try {
      return line.parse(JSON.parse(json));
    } catch {
      throw new Error(`Line ${index + 1} of ${name} is no signed head.`);
    }
  });
}

/** The public keys of the folder by their short names. */
export function readPublicKeys(folder = checkpointFolder()): Map<string, string> {
  const keys = filesOf(folder, '.pub').map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return new Map(keys.filter((key) => /^[0-9a-f]{64}$/.test(key)).map((key) => [keyIdOf(key), key]));
}

/** Tells whether one of these keys signed a head. */
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
