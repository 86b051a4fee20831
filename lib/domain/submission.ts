import { isStorableText, NOT_STORABLE } from './storable-text';
import type { Tag } from './verification';

/** The tag every submission from here carries, with a value of its own: whatever becomes of the answer, it can be found by it. */
export const SUBMISSION_TAG = 'submission';

/** Bytes one file may have (vendor's limit of 50 MB). */
export const FILE_BYTES_MAX = 50_000_000;
/** Bytes the tags may have on the wire: more than the rules below let through, even escaped. */
export const TAGS_BYTES_MAX = 500_000;
/** Bytes a whole form may have: two files, the tags, and what parts them. */
export const FORM_BYTES_MAX = 2 * FILE_BYTES_MAX + TAGS_BYTES_MAX + 16_384;

/** Tags a person may add; one more is the submission's own. */
export const TAGS_MAX = 49;
export const TAG_NAME_MAX = 100;
export const TAG_VALUE_MAX = 500;

export const FILE_FIELDS = ['idFile', 'selfieFile'] as const;
export type FileField = (typeof FILE_FIELDS)[number];
export type SubmissionField = FileField | 'tags';

export function isSubmissionField(field: unknown): field is SubmissionField {
  return field === 'tags' || FILE_FIELDS.some((known) => known === field);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text may be the value of a submission's own tag: a UUID in lower case. */
export function isSubmissionId(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** What is wrong with each of these tags, by its place; null where nothing is. Blanks around names and values do not count. */
export function tagProblems(tags: readonly Tag[]): (string | null)[] {
  const names = tags.map(({ name }) => name.trim());
  return tags.map(({ value }, at) => problemOf(names[at] ?? '', value.trim(), names.indexOf(names[at] ?? '') < at));
}

function problemOf(name: string, value: string, repeated: boolean): string | null {
  if (name === '') return value === '' ? null : 'Name this tag, or remove it.';
  if (name === SUBMISSION_TAG) return `The name ${SUBMISSION_TAG} is taken: every submission gets a tag of that name.`;
  if (name.includes('=')) return 'A name cannot hold “=”: nobody could search for it.';
  if (name.length > TAG_NAME_MAX) return `Keep a name under ${TAG_NAME_MAX + 1} characters; this one has ${name.length}.`;
  if (value.length > TAG_VALUE_MAX) return `Keep a value under ${TAG_VALUE_MAX + 1} characters; this one has ${value.length}.`;
  if (repeated) return `There is a tag ${name} above already; a name counts once.`;
  return isStorableText(name + value) ? null : NOT_STORABLE;
}

/** The `tags` field of a form: a JSON object. A tag without a value says nothing and is left out. */
export function formatTags(tags: readonly Tag[], submission: string): string {
  const said = tags.map(({ name, value }) => [name.trim(), value.trim()]).filter(([name, value]) => name !== '' && value !== '');
  return JSON.stringify(Object.fromEntries([...said, [SUBMISSION_TAG, submission]]));
}
