import { isAddress } from './case-address';
import { DEFAULT_QUERY, formatGridQuery } from './grid-query';
import { pastedIds } from './pasted-ids';
import { DEFAULT_SEARCH, formatSearchQuery } from './search-query';
import { fitsTagFilter, parseTagFilter } from './tag-filter';
import { exactText } from './visible-text';

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
  const tag = isOnlyAddresses ? null : parseTagFilter(exactText(given));
  const isOneWord = !/\s/.test(given) && given.length <= 200;
  const found = [
    ...(read.ok ? read.ids.map(caseOf) : []),
    ...(tag ? [tagged(tag.name, tag.value)] : []),
    ...(!tag && !isOnlyAddresses && isOneWord ? [{ ...tagged('customerId', exactText(given)), isGuess: true as const }] : []),
  ];
  return { found, problem: !read.ok && /^[^\p{L}=]*\d[^\p{L}=]*$/u.test(given) ? read.message : null };
}

function caseOf(id: number): Destination {
  return { label: `Verification ${id}`, href: `/verifications/${id}` };
}

// The verification API is asked where its filter can carry the tag, else the record index.
function tagged(name: string, value: string): Destination {
  const tag = { name, value };
  const search = fitsTagFilter(tag)
    ? formatGridQuery({ ...DEFAULT_QUERY, tag })
    : `source=index&${formatSearchQuery({ ...DEFAULT_SEARCH, tags: [tag] })}`;
  return { label: `Verifications with ${name} = ${value}`, href: `/verifications?${search}` };
}
