import { DEFAULT_QUERY, formatGridQuery } from './grid-query';
import { parseTagFilter } from './tag-filter';

/** A place of the console that some typed or pasted text may mean. */
export interface Destination {
  label: string;
  href: string;
  /** Any word may be a customer's; what is really called so comes before it. */
  isGuess?: true;
}

const CASE_IN_URL = /\/verifications?\/(\d{1,15})(?=$|[/?#])/;
const IDS_MAX = 8;

/**
 * What a text pasted into the palette may mean, best guess first: an address of a case, of this console or of the API, one or
 * several ids, a tag as `name=value`, or a bare customer id. Empty for an empty text. Pure.
 */
export function destinationsOf(text: string): Destination[] {
  const given = text.trim();
  if (given === '') return [];
  const inUrl = CASE_IN_URL.exec(given)?.[1];
  if (inUrl) return [caseOf(inUrl)];
  const parts = given.split(/[\s,;#]+/).filter((part) => part !== '');
  const ids = parts.every((part) => /^\d{1,15}$/.test(part)) ? [...new Set(parts)] : [];
  const tag = parseTagFilter(given);
  return [
    ...ids.slice(0, IDS_MAX).map(caseOf),
    ...(tag ? [tagged(tag.name, tag.value)] : []),
    ...(!tag && parts.length === 1 && given.length <= 200 ? [{ ...tagged('customerId', given), isGuess: true as const }] : []),
  ];
}

function caseOf(digits: string): Destination {
  const id = Number(digits);
  return { label: `Verification ${id}`, href: `/verifications/${id}` };
}

function tagged(name: string, value: string): Destination {
  return {
    label: `Verifications with ${name} = ${value}`,
    href: `/verifications?${formatGridQuery({ ...DEFAULT_QUERY, tag: { name, value } })}`,
  };
}
