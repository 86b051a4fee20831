import { addressKey } from './address-key';

/** What identifies the person behind an account. */
export interface PersonMarks {
  id: string;
  email: string;
  /** issuer|subject of the sign-in provider, null for an account with a password. */
  oidcSubject: string | null;
}

/**
 * Returns true when two accounts belong to the same person as far as the console can know: the same account, the same subject at the
 * sign-in provider, or the same mailbox. Pure. `secondPersonRefusal` is the rule of dual control; it asks this and more.
 */
export function isSamePerson(a: PersonMarks, b: PersonMarks): boolean {
  if (a.id === b.id) return true;
  if (a.oidcSubject !== null && a.oidcSubject === b.oidcSubject) return true;
  return mailboxOf(a.email) !== '' && mailboxOf(a.email) === mailboxOf(b.email);
}

/** Returns the mailbox an address leads to: its key, without the part from `+` to `@`. `console.mailbox` is the same in SQL. */
export function mailboxOf(email: string): string {
  return addressKey(email).replace(/\+[^@]*@/, '@');
}
