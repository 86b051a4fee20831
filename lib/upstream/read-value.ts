// Readers of foreign values: each takes anything and gives what is usable of it.

/** A member of an object, undefined when there is none. */
export function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** The items of an array, none of anything else. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text with U+FFFD in place of half characters (lone surrogates), a number written out, '' for anything else. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value.toWellFormed();
  return finite(value) === null ? '' : String(value);
}

export function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A number of bytes or of faces: whole and not negative. */
export function size(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A number of faces, also when it is written as a text. */
export function count(value: unknown): number | null {
  return size(typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value);
}
