import { pageSession } from '../api/page-session';

export const DRAFTS = 'second-look/drafts/';

/**
 * Returns where a draft of this page's user is kept, by user, case and kind, so that nothing carries over to another of any.
 * Null on a page without a user.
 */
export function draftName(caseId: number | null, kind: string): string | null {
  const user = pageSession()?.user.id;
  return user === undefined ? null : `${DRAFTS}${user}/${caseId ?? '-'}/${kind}`;
}

/** Whose draft a key of the storage names, and of which case; null for another key. */
export function readDraftName(key: string): { userId: string; caseId: number | null } | null {
  const [, userId, caseId] = /^second-look\/drafts\/([^/]+)\/(\d+|-)\//.exec(key) ?? [];
  return userId === undefined ? null : { userId, caseId: caseId === '-' ? null : Number(caseId) };
}

/** All keys of this browser's storage; none where it may not be read. */
export function storedKeys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}
