// A pair of surrogates is one code point under the u flag, so only a half of one matches.
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Whether the database and the audit trail can keep a text as it is: UTF-8 has no half characters, PostgreSQL no zero. */
export function isStorableText(text: string): boolean {
  return !UNSTORABLE.test(text);
}

export const NOT_STORABLE = 'Remove the broken characters from this text; it cannot be kept as it is.';
