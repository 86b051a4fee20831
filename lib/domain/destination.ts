import { isAddress } from './case-address';
import { DEFAULT_QUERY, formatGridQuery } from './grid-query';
import { pastedIds } from './pasted-ids';
import { parseTagFilter } from './tag-filter';

/** A place of the console that some typed or pasted text may mean. */
export interface Destination {
  label: string;
  href: string;
  /** Any word may be a customer's; what is really called so comes before it. */
  isGuess?: true;
}

const IDS_MAX = 200;

/** What a text may lead to, and why the ids or the address in it lead nowhere. */
export interface Destinations {
  found: Destination[];
  problem: string | null;
}

/**
 * What a text pasted into the palette may mean, best guess first: ids and addresses of cases of this console, a tag as `name=value`,
 * or a bare customer id. `problem` says what is wrong with a text that holds digits but no letters, or that is an address. Pure.
 */
export function destinationsOf(text: string, origin: string): Destinations {
  const given = text.trim();
  if (given === '') return { found: [], problem: null };
  const read = pastedIds(given, { origin, most: IDS_MAX });
  if (!read.ok && isAddress(given, origin)) return { found: [], problem: read.message };
  // Ids alone hold neither character, so then the text is an address, and not a tag.
  const isOnlyAddresses = read.ok && /[/=]/.test(given);
  const tag = isOnlyAddresses ? null : parseTagFilter(given);
  const isOneWord = !/\s/.test(given) && given.length <= 200;
  const found = [
    ...(read.ok ? read.ids.map(caseOf) : []),
    ...(tag ? [tagged(tag.name, tag.value)] : []),
    ...(!tag && !isOnlyAddresses && isOneWord ? [{ ...tagged('customerId', given), isGuess: true as const }] : []),
  ];
  return { found, problem: !read.ok && /^[^\p{L}=]*\d[^\p{L}=]*$/u.test(given) ? read.message : null };
}

function caseOf(id: number): Destination {
  return { label: `Verification ${id}`, href: `/verifications/${id}` };
}

function tagged(name: string, value: string): Destination {
  return {
    label: `Verifications with ${name} = ${value}`,
    href: `/verifications?${formatGridQuery({ ...DEFAULT_QUERY, tag: { name, value } })}`,
  };
}
