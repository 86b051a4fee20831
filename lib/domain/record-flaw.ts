/** What keeps a record of the verification API from being read. Stored values: never rename one. */
export const FLAW_KINDS = [
  'not-json',
  'too-long',
  'left-out',
  'no-object',
  'no-number',
  'number-too-large',
  'too-deep',
  'other-number',
] as const;

export type FlawKind = (typeof FLAW_KINDS)[number];

/** What is wrong with a record, and the number it gives itself where that can be seen, as it is written there. */
export interface RecordFlaw {
  kind: FlawKind;
  givenId: string | null;
}

const SENTENCES: Record<FlawKind, string> = {
  'not-json': 'Its JSON cannot be parsed.',
  'too-long': 'It is longer than 32 MB.',
  'left-out': 'The list counts it but leaves it out.',
  'no-object': 'There is a text, a number, a list or nothing in place of the record.',
  'no-number': 'Its verificationId is missing or is not a whole number.',
  'number-too-large': 'Its verificationId is larger than 9007199254740991, the largest number that JSON keeps exactly.',
  'too-deep': 'It is nested more than 200 levels deep.',
  'other-number': 'The verification API returns another record under this number.',
};

/** Returns one sentence on what is wrong. It holds none of the record's own words. Pure. */
export function flawSentence(kind: FlawKind): string {
  return SENTENCES[kind];
}

export const isFlawKind = (text: string): text is FlawKind => FLAW_KINDS.some((kind) => kind === text);

const GIVEN_MAX = 40;
const NUMBER = /"verificationId"\s*:\s*(?:"([^"\\]*)"|(-?[\d.eE+-]+))/;

/** Returns the number that a text of JSON, broken or not, gives its first record, as it is written there; null when there is none. Pure. */
export function givenIdIn(text: string): string | null {
  const found = NUMBER.exec(text);
  return (found?.[1] ?? found?.[2])?.slice(0, GIVEN_MAX).toWellFormed() ?? null;
}

/** Returns what keeps a parsed value from being a record; null when its number is right. `text` is what it was parsed from, if at hand. Pure. */
export function flawOf(value: unknown, text: string | null): RecordFlaw | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'no-object', givenId: null };
  const id = Object.hasOwn(value, 'verificationId') ? Reflect.get(value, 'verificationId') : undefined;
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return null;
  const isLarge = typeof id === 'number' && id > Number.MAX_SAFE_INTEGER;
  return {
    kind: isLarge ? 'number-too-large' : 'no-number',
    givenId: text === null ? plainly(id) : id === undefined ? null : givenIdIn(text),
  };
}

function plainly(id: unknown): string | null {
  return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, GIVEN_MAX).toWellFormed() : null;
}
