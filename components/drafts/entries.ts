import * as z from 'zod/mini';

// `plain` only where the browser offers no ciphers.
const entry = z.object({ at: z.number(), sealed: z.optional(z.string()), plain: z.optional(z.string()) });

/** A draft as it lies in this browser: when it was last written, by the server's clock, and the text. */
export type DraftEntry = z.infer<typeof entry>;

/** Reads what is kept under a name; null when there is nothing, or nothing that can be read. */
export function readEntry(name: string, stored = storedText(name)): DraftEntry | null {
  try {
    const parsed = entry.safeParse(JSON.parse(stored ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps an entry. A full or forbidden storage costs the draft its survival of a reload, never the typing itself. */
export function writeEntry(name: string, next: DraftEntry): void {
  try {
    localStorage.setItem(name, JSON.stringify(next));
  } catch {
    // As said above.
  }
}

export function removeEntry(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // What cannot be written holds nothing.
  }
}

function storedText(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
