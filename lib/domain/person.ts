/** What tells whether two accounts are one person's. */
export interface PersonMarks {
  id: string;
  email: string;
  /** issuer|subject of the sign-in provider, null for an account with a password. */
  oidcSubject: string | null;
}

/**
 * Whether two accounts belong to the same person as far as the console can know: the same account, the same subject at the
 * sign-in provider, or the same mailbox. Letter case and a `+suffix` do not make another mailbox. Pure.
 */
export function isSamePerson(a: PersonMarks, b: PersonMarks): boolean {
  if (a.id === b.id) return true;
  if (a.oidcSubject !== null && a.oidcSubject === b.oidcSubject) return true;
  return mailboxOf(a.email) !== '' && mailboxOf(a.email) === mailboxOf(b.email);
}

/** The mailbox an address leads to: lower case, without the part from `+` to `@`. */
export function mailboxOf(email: string): string {
  return email
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, '');
}
