import { verificationIdOf } from '@/lib/domain/verification-id';

/** Returns the case an evidence file belongs to, by the id the upstream writes into its name; null for a name without one. Pure. */
export function caseOfFile(name: string): number | null {
  return verificationIdOf(/^v_(?:id|face)_(\d{1,16})_/.exec(name)?.[1] ?? '');
}

/** What an audit event about an evidence file has as its subject: its case, so that it stands in the case's timeline. Pure. */
export function subjectOfFile(name: string): string {
  const id = caseOfFile(name);
  return id === null ? `file:${name}` : subjectOfCase(id);
}

/** What an audit event about a case has as its subject. Pure. */
export const subjectOfCase = (verificationId: number) => `verification:${verificationId}`;
