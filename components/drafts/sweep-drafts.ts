import { readDraftName, storedKeys } from './draft-name';
import { readEntry, removeEntry } from './entries';
import { keepsDrafts } from './keep-choice';
import { keptCases, openDrafts } from './open-drafts';
import { isSealedInTab, namesInTab } from './tab-draft';

/** Under these, earlier versions kept texts in the clear, some of them under no user. */
const FORMER = ['second-look/text/', 'second-look:draft:', 'second-look/policy-draft/'];

/**
 * Removes what must not lie in this browser any longer: texts of earlier versions, other users' drafts that are not sealed or
 * that they chose not to keep, and everything of a case that was erased. Without anything kept the server is not asked.
 */
export async function sweepDrafts(userId: string): Promise<void> {
  forgetFormer();
  for (const key of storedKeys()) {
    const owner = readDraftName(key)?.userId;
    if (owner !== undefined && owner !== userId && (!keepsDrafts(owner) || !isSealed(key))) removeEntry(key);
  }
  forgetInTabs((owner, isSealed) => owner !== userId && (!keepsDrafts(owner) || !isSealed));
  if (keptCases().length > 0) await openDrafts().catch(() => undefined);
}

/** Removes a user's drafts at sign-out, those that cannot be sealed even when the user keeps drafts on this device. */
export function forgetDraftsUnlessKept(userId: string): void {
  const kept = keepsDrafts(userId);
  for (const key of storedKeys()) if (readDraftName(key)?.userId === userId && (!kept || !isSealed(key))) removeEntry(key);
  forgetInTabs((owner, isSealed) => owner === userId && (!kept || !isSealed));
}

/** Removes what this tab keeps of those for whom `isOver` is true. */
function forgetInTabs(isOver: (owner: string, isSealed: boolean) => boolean): void {
  for (const name of namesInTab()) {
    const owner = readDraftName(name)?.userId;
    if (owner !== undefined && isOver(owner, isSealedInTab(name))) sessionStorage.removeItem(name);
  }
}

const isSealed = (key: string): boolean => readEntry(key)?.sealed !== undefined;

function forgetFormer(): void {
  for (const key of storedKeys()) if (FORMER.some((start) => key.startsWith(start))) removeEntry(key);
  try {
    for (const key of Object.keys(sessionStorage)) if (FORMER.some((start) => key.startsWith(start))) sessionStorage.removeItem(key);
  } catch {
    // Forbidden storage holds nothing.
  }
}
