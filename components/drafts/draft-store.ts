import { pageSession, sessionLoss } from '../api/page-session';
import { readEntry, removeEntry, writeEntry } from './entries';
import { keepsDrafts } from './keep-choice';
import { type DraftKey, openDrafts } from './open-drafts';
import { seal, unseal } from './seal';

/** How often each draft was written by this page: what is sealed too late does not overwrite what came after it. */
const turns = new Map<string, number>();

/** Keeps a draft under its name, sealed for its user, or forgets it with null. The newest call wins; none throws. */
export function keepDraft(name: string | null, text: string | null): void {
  if (name === null) return;
  const turn = (turns.get(name) ?? 0) + 1;
  turns.set(name, turn);
  if (text === null) removeEntry(name);
  else void write(name, text, () => turns.get(name) === turn && mayKeep()).catch(() => undefined);
}

/** Resolves to a kept draft, null when there is none. Throws when the key to open it cannot be fetched now. */
export async function readDraftText(name: string | null, stored?: string | null): Promise<string | null> {
  if (name === null || readEntry(name, stored) === null) return null;
  const opened = await openDrafts();
  // Opening removes what belongs to an erased case.
  const entry = readEntry(name, stored);
  if (entry?.plain !== undefined) return entry.plain;
  if (entry?.sealed === undefined || opened.key === null) return null;
  return unseal(opened.key, name, entry.sealed).catch(() => {
    // Sealed with a key that is no more: nobody will ever read it.
    removeEntry(name);
    return null;
  });
}

async function write(name: string, text: string, isWanted: () => boolean): Promise<void> {
  const opened = await openDrafts();
  const at = Date.now() + opened.clockOffset;
  const entry = { at, ...(await textOf(opened, name, text)) };
  if (isWanted()) writeEntry(name, entry);
}

async function textOf({ key }: DraftKey, name: string, text: string): Promise<{ sealed: string } | { plain: string }> {
  return key === null ? { plain: text } : { sealed: await seal(key, name, text) };
}

// After a sign-out elsewhere, drafts that were to go with it are not written anew by a tab that is still open.
function mayKeep(): boolean {
  const page = pageSession();
  return page !== null && (sessionLoss() === null || keepsDrafts(page.user.id));
}
