import { caseAddressOf, isAddress, URL_START } from './case-address';
import { verificationIdOf } from './verification-id';

export interface PastedIdsOptions {
  /** Origin of this console, such as `https://review.example.com`; addresses of any other are refused. */
  origin: string;
  /** How many different ids may be named. */
  most: number;
}

/** The ids in a text, with what the reader must know about how it was read; or the exact piece that cannot be used, and why. */
export type PastedIds = { ok: true; ids: number[]; notices: string[] } | { ok: false; piece: string; message: string };

const TEXT_MAX = 100_000;
const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]+/;
const BLANK = /[\t ]+/;
/** Blanks that typesetting puts into numbers: a no-break space, a thin space and their kind. */
const ODD_BLANK = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const INVISIBLE = '\\p{Default_Ignorable_Code_Point}';
const UNSEEN = new RegExp(`[${INVISIBLE}${ODD_BLANK}]`, 'u');
const UNSEEN_EDGES = new RegExp(`^[${INVISIBLE}${ODD_BLANK}]+|[${INVISIBLE}${ODD_BLANK}]+$`, 'gu');
/** Characters that turn the direction of text: behind one, what the eye reads as 13 may be stored as 31. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/;
/** What a number of a spreadsheet, such as 1,213, consists of; ids that happen to look like it need a blank after the comma. */
const FIRST_GROUP = /^#?[0-9]{1,3}$/;
const NEXT_GROUP = /^[0-9]{3}$/;
/** What follows a comma of an address without a blank and may be the next of the list as well as a part of it. */
const NEXT_ONE = /[,;](?:https?:|\/|#?[0-9]+(?:[,;]|$))/i;

class Unusable extends Error {
  constructor(
    readonly piece: string,
    readonly why: string,
  ) {
    super(why);
  }
}

/**
 * Reads the ids a person typed or pasted: ids, `#` before one allowed, and addresses of cases of this console, separated by blanks,
 * lines, commas or semicolons. An address names the one case of its path, whatever its query string says; a comma or semicolon
 * right after it needs a blank behind, and nothing follows on the line of one with a query string. Invisible characters around an id are dropped and reported. Everything else is refused,
 * and so is what could be read in two ways: an id is returned only when it stands in the text by itself.
 */
export function pastedIds(text: string, options: PastedIdsOptions): PastedIds {
  try {
    if (text.length > TEXT_MAX) throw new Unusable(text, `The text is longer than ${TEXT_MAX.toLocaleString('en-GB')} characters.`);
    const lines = text.split(LINE_END);
    const turned = lines.find((line) => TURNS.test(line));
    if (turned !== undefined)
      throw unusable(turned.trim(), 'holds a character that turns the direction of text, so ids may read backwards. Type them again.');
    const given = lines.flatMap((line, at) => idsOfLine(line, options.origin, { before: lines[at - 1] ?? '' }));
    const ids = [...new Set(given)];
    if (ids.length > options.most) return tooMany(text, ids.length, options.most);
    return { ok: true, ids, notices: [...repeated(given.length - ids.length), ...(UNSEEN.test(text) ? [DROPPED] : [])] };
  } catch (failure) {
    if (!(failure instanceof Unusable)) throw failure;
    return { ok: false, piece: failure.piece, message: failure.why };
  }
}

/** Reads a field that takes one id. Resolves to null when it is empty; more than one is refused. */
export function pastedId(text: string, origin: string): { ok: true; id: number | null; notices: string[] } | (PastedIds & { ok: false }) {
  const read = pastedIds(text, { origin, most: Number.POSITIVE_INFINITY });
  if (!read.ok) return read;
  const { ids, notices } = read;
  if (ids.length <= 1) return { ok: true, id: ids[0] ?? null, notices };
  const named = ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');
  return { ok: false, piece: text.trim(), message: `This field takes one id, and the text names ${ids.length}: ${named}. Keep one.` };
}

const DROPPED = 'Invisible characters were dropped.';

function repeated(times: number): string[] {
  return times === 0 ? [] : [times === 1 ? 'One id was named again and counts once.' : `${times} ids were named again and count once.`];
}

function tooMany(text: string, found: number, most: number): PastedIds {
  const message = `Name at most ${most.toLocaleString('en-GB')} cases at a time; these are ${found.toLocaleString('en-GB')}.`;
  return { ok: false, piece: text.trim().slice(0, 40), message };
}

const BROKEN_ADDRESS = 'may be one address broken over two lines, or an address and an id. Write a comma after the address.';
/** A line that begins with a bare number, and may end with it. */
const BARE_NUMBER = /^\s*[0-9]+(?![0-9]*[/:])/;
/** Digits in groups of three behind a shorter one, as typesetting writes a large number: 10 482, 1 234 567. */
const GROUPED = /(?<![^\s,;])[0-9]{1,3}(?: [0-9]{3})+(?![^\s,;])/;

// A mail program breaks long addresses: the digits on the next line are then a part of the id, or of the query string.
function mayContinue(line: string, before: string, origin: string): boolean {
  const last = before.trim().split(BLANK).at(-1) ?? '';
  return BARE_NUMBER.test(line) && /[0-9=]$/.test(last) && addressIn(last, origin) !== '';
}

// A query string may hold blanks that nobody encoded, so what follows one on its line may be a part of it.
function idsOfLine(line: string, origin: string, { before }: { before: string }): number[] {
  if (mayContinue(line, before, origin)) throw unusable(`${before.trim()} ${line.trim()}`, BROKEN_ADDRESS);
  const grouped = GROUPED.exec(line)?.[0];
  if (grouped !== undefined)
    throw unusable(grouped.trim(), 'may be one number or several ids. Write a comma and a blank between ids, or leave the blanks out.');
  const parts = line.split(BLANK).flatMap(partsOfChunk);
  const last = parts.findLastIndex((part) => part.replace(/[,;]+$/, '') !== '');
  const open = parts.findIndex((part, at) => at < last && /[?#]/.test(addressIn(part, origin)));
  if (open !== -1)
    throw unusable(parts.slice(open).join(' '), 'may be one address or more. Write an address with a query string on a line of its own.');
  return parts.flatMap((part) => idsOfPart(part, origin));
}

// A chunk holds no plain blank. Other blanks separate as well, except inside a number, where they may be part of it.
function partsOfChunk(chunk: string): string[] {
  const bare = chunk.replace(UNSEEN_EDGES, '');
  const inside = new RegExp(`[0-9][${INVISIBLE}]*[${ODD_BLANK}][${INVISIBLE}${ODD_BLANK}]*[0-9]`, 'u');
  if (inside.test(bare))
    throw unusable(bare, 'holds a no-break space between digits, so it may be one id or two. Write a comma between ids.');
  return bare.split(new RegExp(`[${ODD_BLANK}]`, 'u')).map((part) => part.replace(UNSEEN_EDGES, ''));
}

/** Returns the address a part is or ends with, empty when there is none. */
function addressIn(part: string, origin: string): string {
  if (isAddress(part, origin)) return part;
  const at = URL_START.exec(part)?.index;
  return at === undefined ? '' : part.slice(at + 1);
}

// An address ends where a blank does, because its query string may hold commas.
function idsOfPart(part: string, origin: string): number[] {
  const address = addressIn(part, origin);
  const ids = part
    .slice(0, part.length - address.length)
    .split(';')
    .flatMap(idsOfList);
  return address === '' ? ids : [...ids, idOfAddress(address, origin)];
}

// Between its commas stands no blank.
function idsOfList(list: string): number[] {
  const tokens = list.split(',').map((token) => token.replace(UNSEEN_EDGES, ''));
  const grouped = tokens.findIndex((token, at) => FIRST_GROUP.test(token) && NEXT_GROUP.test(tokens[at + 1] ?? ''));
  if (grouped !== -1)
    throw unusable(
      tokens.filter((token) => token !== '').join(','),
      'may be one number or several ids. Write a blank after each comma, or leave the commas out.',
    );
  return tokens.filter((token) => token !== '').map(idOfToken);
}

function idOfAddress(address: string, origin: string): number {
  const bare = address.replace(/[,;]+$/, '');
  if (NEXT_ONE.test(bare)) throw unusable(bare, 'may be several. Write a blank or a new line between addresses and ids.');
  const found = caseAddressOf(bare, origin);
  if (found.kind === 'case') return found.id;
  throw unusable(
    bare,
    found.kind === 'foreign'
      ? `is not an address of this console (${origin}). Paste the id, or the address of the case here.`
      : 'is not the address of a case. Addresses of cases read /verifications/10482.',
  );
}

function idOfToken(token: string): number {
  const digits = token.replace(/^#/, '').replace(UNSEEN_EDGES, '');
  const id = verificationIdOf(digits);
  if (id !== null) return id;
  if (/^0[0-9]+$/.test(digits)) throw unusable(token, 'begins with a zero, and ids do not. Write the id as the grid shows it.');
  if (/^[0-9]+$/.test(digits)) throw unusable(token, 'is larger than any id. Check the digits.');
  if (UNSEEN.test(token))
    throw unusable(token, 'holds an invisible character, so it may be one id or two. Type it again, with a comma between ids.');
  throw unusable(token, 'is not an id. Write ids such as 10482 or addresses of cases, separated by commas, blanks or lines.');
}

function unusable(piece: string, why: string): Unusable {
  return new Unusable(piece, `“${shown(piece)}” ${why}`);
}

/** The piece as it can be quoted: cut where it is long, with a name for what the eye does not see. */
function shown(piece: string): string {
  const cut = [...piece].length > 80 ? `${[...piece].slice(0, 80).join('')}…` : piece;
  return cut.replace(new RegExp(`[${INVISIBLE}${ODD_BLANK}\\p{Cc}\\p{Cs}]`, 'gu'), (char) => {
    const code = char.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}
