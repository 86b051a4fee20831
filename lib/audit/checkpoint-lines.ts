import { z } from 'zod';
import type { Checkpoint } from './signed-head';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const number = z.number().int().positive();
const line = z.object({
  seq: number,
  hash: hex(64),
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  keyId: hex(16),
  signature: hex(128),
  restored: z.object({ from: number, to: number }).optional(),
});

/** A line of a file of signed heads that holds none, as a power cut leaves one behind. It counts for nothing and is reported. */
export interface TornLine {
  /** Name of the file within its folder. */
  file: string;
  /** Counted from 1. */
  line: number;
}

/** Signed heads with the lines that hold none. */
export interface ParsedCheckpoints {
  heads: Checkpoint[];
  torn: TornLine[];
}

/** Parses signed heads from JSON lines, in their order. A last line without its end counts when nothing of it is missing. */
export function parseCheckpoints(text: string, file: string): ParsedCheckpoints {
  const parsed: ParsedCheckpoints = { heads: [], torn: [] };
  text.split('\n').forEach((json, index) => {
    const head = parseCheckpoint(json);
    if (head) parsed.heads.push(head);
    else if (json !== '') parsed.torn.push({ file, line: index + 1 });
  });
  return parsed;
}

/** Parses one signed head; null for anything else. */
export function parseCheckpoint(json: string): Checkpoint | null {
  try {
    const { restored, ...head } = line.parse(JSON.parse(json));
    return restored ? { ...head, restored } : head;
  } catch {
    return null;
  }
}

/** Writes a signed head as one line, with its end. */
export function checkpointLine({ seq, hash, at, keyId, signature, restored }: Checkpoint): string {
  return `${JSON.stringify({ seq, hash, at, keyId, signature, ...(restored && { restored }) })}\n`;
}
