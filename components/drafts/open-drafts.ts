import { DRAFT_CASES_MAX, draftsAnswer } from '@/lib/domain/drafts';
import { request } from '../api/request';
import { readDraftName, storedKeys } from './draft-name';
import { readEntry, removeEntry } from './entries';
import { canSeal } from './keep-choice';

const RETRY_MS = 3000;
/** The coordinate space chosen for a picture; it says nothing about anybody, but names the case. */
const SPACE = /^second-look:space:(\d+):/;

export interface DraftKey {
  /** Null where the browser offers no ciphers. */
  key: CryptoKey | null;
  /** What to add to this browser's clock for the server's. */
  clockOffset: number;
}

let opened: Promise<DraftKey> | null = null;

/**
 * Fetches the key of the user's drafts, once a page, and removes what this browser keeps of cases that were erased since.
 * Throws when the server cannot be reached; it is asked again three seconds later at the earliest.
 */
export function openDrafts(): Promise<DraftKey> {
  opened ??= open().catch((failure: unknown) => {
    setTimeout(() => {
      opened = null;
    }, RETRY_MS);
    throw failure;
  });
  return opened;
}

/** The cases this browser keeps anything of. */
export function keptCases(): number[] {
  return [...new Set(storedKeys().flatMap((key) => caseOf(key) ?? []))];
}

async function open(): Promise<DraftKey> {
  const ids = keptCases();
  let opening: DraftKey | null = null;
  for (let at = 0; opening === null || at < ids.length; at += DRAFT_CASES_MAX) {
    const { key, now, erased } = await ask(ids.slice(at, at + DRAFT_CASES_MAX));
    opening ??= { key: await imported(key), clockOffset: now - Date.now() };
    for (const { id, at: erasedAt } of erased) removeOlder(id, erasedAt);
  }
  return opening;
}

async function ask(ids: number[]) {
  const answer = await request(ids.length > 0 ? `/api/me/drafts?cases=${ids.join(',')}` : '/api/me/drafts');
  if (!answer.ok) throw new Error(`The key of the drafts was answered with ${answer.status}.`);
  return draftsAnswer.parse(await answer.json());
}

function removeOlder(caseId: number, erasedAt: number): void {
  for (const key of storedKeys())
    if (caseOf(key) === caseId && (readDraftName(key) === null || (readEntry(key)?.at ?? 0) <= erasedAt)) removeEntry(key);
}

function caseOf(key: string): number | null {
  const space = SPACE.exec(key);
  return space ? Number(space[1]) : (readDraftName(key)?.caseId ?? null);
}

async function imported(base64: string): Promise<CryptoKey | null> {
  if (!canSeal()) return null;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
