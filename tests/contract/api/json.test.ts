import { beforeAll, describe, expect, it } from 'vitest';
import { call, found } from './service';

/** The newest and the oldest records, as texts. */
let pages: string[];
let records = 0;

/** A text of JSON, so that its content is left alone, or what only some programs write. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
/** Half of a pair of units, written as an escape. */
const HALF = /\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F][\da-fA-F]{2}/;

beforeAll(async () => {
  const ask = async (direction: string) => {
    const response = await call(`/v1/verification?limit=100&offset=0&sortBy=verificationId&direction=${direction}`);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  };
  pages = [await ask('desc'), await ask('asc')];
  records = pages.reduce((sum, text) => sum + (text.match(/"verificationId"\s*:/g)?.length ?? 0), 0);
});

const tokens = () => pages.flatMap((text) => text.match(TOKEN) ?? []);
const told = (count: number, what: string) =>
  count === 0 ? `none in ${records} records read` : `${count} in ${records} records read; ${what}`;

describe('the JSON of records', () => {
  it('is asked for what JSON has no word for, and for what programs read differently', () => {
    expect(pages.every((text) => text.length > 0)).toBe(true);
    const words = tokens().filter((token) => /NaN|Infinity/.test(token) && !token.startsWith('"'));
    found('NaN and Infinity', told(words.length, 'not JSON, though Python writes it; the console reads them as null'));
    const large = tokens().filter((token) => /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)));
    found('Whole numbers beyond 2^53', told(large.length, 'JavaScript reads them as others; a record with such a number is not readable'));
    const halves = tokens().filter((token) => token.startsWith('"') && HALF.test(token));
    found('Half characters in texts', told(halves.length, 'the console shows a replacement mark'));
    found('Byte order mark', pages.some((text) => text.startsWith('\uFEFF')) ? 'sent; the console passes over it' : 'none');
  });
});
