import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkpointFolder, writeDurably } from './checkpoint-files';

const NAME = 'witness.json';

const witnessMark = z.object({
  /** The sha256 of the witness's address, which may hold a secret. */
  witness: z.string(),
  /** The file of signed heads and the byte in it up to which all was taken. */
  file: z.string(),
  offset: z.int().nonnegative(),
  /** The newest head it took; 0 before the first. */
  seq: z.int().nonnegative(),
  toldAt: z.nullable(z.number()),
  failure: z.nullable(z.string()),
  failures: z.int().nonnegative(),
});
/** How far a witness was told, as the folder of the signed heads has it: out of reach for the owner of the tables. */
export type WitnessMark = z.infer<typeof witnessMark>;

/** Returns how far the witness at this address was told; the beginning for another address, and where nothing readable is kept. */
export function readWitnessMark(url: string): WitnessMark {
  const witness = createHash('sha256').update(url).digest('hex');
  try {
    const mark = witnessMark.parse(JSON.parse(readFileSync(join(checkpointFolder(), NAME), 'utf8')));
    if (mark.witness === witness) return mark;
  } catch {
    // Telling begins again: a head may be posted twice.
  }
  return { witness, file: '', offset: 0, seq: 0, toldAt: null, failure: null, failures: 0 };
}

/** Writes down how far the witness was told. */
export function keepWitnessMark(mark: WitnessMark): void {
  writeDurably(checkpointFolder(), NAME, `${JSON.stringify(mark)}\n`);
}
