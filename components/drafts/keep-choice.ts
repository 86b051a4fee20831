const keyOf = (userId: string) => `second-look/drafts-at-sign-out/${userId}`;

/** Whether drafts can be sealed here: a browser offers ciphers only to pages that arrived over TLS or from this machine. */
export function canSeal(): boolean {
  return typeof crypto !== 'undefined' && crypto.subtle !== undefined;
}

/** Whether a user's drafts stay on this device after sign-out. They do, sealed, unless the user chose otherwise. */
export function keepsDrafts(userId: string): boolean {
  try {
    return canSeal() && localStorage.getItem(keyOf(userId)) !== 'remove';
  } catch {
    return false;
  }
}

/** Remembers the choice of a user on this device. */
export function chooseKeeping(userId: string, keep: boolean): void {
  try {
    if (keep) localStorage.removeItem(keyOf(userId));
    else localStorage.setItem(keyOf(userId), 'remove');
  } catch {
    // A browser that keeps nothing keeps no drafts either.
  }
}
