/**
 * Returns the id a text spells, or null. An id is written one way only: decimal digits without sign, grouping, exponent or leading
 * zero, up to 2^53 - 1. Used wherever an address, a parameter or a field names one verification.
 */
export function verificationIdOf(text: string): number | null {
  const id = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : null;
}

/** Returns the ids of a comma-separated parameter such as `1,2,3`, each once, or null when one of them is not an id. */
export function verificationIdsOf(text: string): number[] | null {
  const ids = text.split(',').map(verificationIdOf);
  return ids.every((id) => id !== null) ? [...new Set(ids)] : null;
}
