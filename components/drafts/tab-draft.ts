import { draftName } from './draft-name';
import { readEntry } from './entries';
import { openDrafts } from './open-drafts';
import { seal, unseal } from './seal';

/**
 * Keeps a short text of this page's user until this tab is closed, sealed as drafts are; another tab never sees it. Resolves once it is
 * kept. Keeps nothing where the key cannot be fetched or the browser has no storage.
 */
export async function keepInTab(kind: string, text: string): Promise<void> {
  const name = draftName(null, kind);
  if (name === null) return;
  try {
    const { key, clockOffset } = await openDrafts();
    const kept = key === null ? { plain: text } : { sealed: await seal(key, name, text) };
    sessionStorage.setItem(name, JSON.stringify({ at: Date.now() + clockOffset, ...kept }));
  } catch {
    // As said above.
  }
}

export function forgetInTab(kind: string): void {
  const name = draftName(null, kind);
  try {
    if (name !== null) sessionStorage.removeItem(name);
  } catch {
    // What cannot be written holds nothing.
  }
}

/** Resolves to what this tab keeps of this page's user, null when there is nothing or it cannot be opened. */
export async function readInTab(kind: string): Promise<string | null> {
  const name = draftName(null, kind);
  try {
    const entry = name === null ? null : readEntry(name, sessionStorage.getItem(name));
    if (name === null || entry === null) return null;
    const { key } = await openDrafts();
    if (entry.plain !== undefined) return entry.plain;
    return key === null || entry.sealed === undefined ? null : await unseal(key, name, entry.sealed);
  } catch {
    return null;
  }
}

/** The names this tab keeps anything under; none where it may not be read. */
export function namesInTab(): string[] {
  try {
    return Object.keys(sessionStorage);
  } catch {
    return [];
  }
}

/** Whether what is kept under a name can be read by its author alone. */
export function isSealedInTab(name: string): boolean {
  try {
    return readEntry(name, sessionStorage.getItem(name))?.sealed !== undefined;
  } catch {
    return false;
  }
}
