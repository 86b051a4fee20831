import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pastedId, pastedIds } from '@/lib/domain/pasted-ids';
import { verificationIdOf, verificationIdsOf } from '@/lib/domain/verification-id';

const ORIGIN = 'http://localhost:3000';
const QUEUE = '0f8e12ab-1234-4cd5-9e66-120000340056';
const read = (text: string) => pastedIds(text, { origin: ORIGIN, most: 200 });
const idsOf = (text: string) => {
  const result = read(text);
  return result.ok ? result.ids : result.message;
};

const id = fc.oneof(fc.nat(2000), fc.maxSafeNat());
/** How one id may stand in a text. */
const written = id.chain((value) =>
  fc
    .constantFrom(
      `${value}`,
      `#${value}`,
      `/verifications/${value}`,
      `${ORIGIN}/verifications/${value}`,
      `localhost:3000/verifications/${value}?sortBy=verified#12`,
      `${ORIGIN}/verifications/${value}?queue=${QUEUE}`,
      `${ORIGIN}/api/verifications/${value}/`,
      `\u200e${value}\u200b`,
      `\ufeff#${value}\u00a0`,
    )
    .map((text) => ({ value, text })),
);
const lineEnd = fc.constantFrom('\n', '\r\n', ',\n', '\n\n', ' ; \u200b\n');
const separator = fc.constantFrom(' ', '\n', '\r\n', '\t', ', ', '; ', ' , ', ',\n', ';\u00a0', '\n\n', ' \u200b ');

/** What follows an address with a query string stands on the next line. */
const listed = written.chain((one) => fc.tuple(fc.constant(one), /[?]/.test(one.text) ? lineEnd : separator));

describe('ids that are typed or pasted', () => {
  test('are exactly those of the list, whatever separates them and however each is written', () => {
    fc.assert(
      fc.property(fc.array(listed, { maxLength: 30 }), (list) => {
        const text = list.map(([one, after]) => one.text + after).join('');
        // Some lists read in two ways, which the tests below are about.
        fc.pre(!/may be one (?:number|address)/.test(String(idsOf(text))));
        expect(idsOf(text)).toEqual([...new Set(list.map(([one]) => one.value))]);
      }),
      { numRuns: 300 },
    );
  });

  test('each stand in the text by themselves: none is put together or cut out of another', () => {
    const piece = fc.constantFrom(
      '1',
      '12',
      '000',
      '213',
      ',',
      ';',
      ' ',
      '\n',
      '#',
      '-',
      '.',
      'e',
      '\u00a0',
      '\u200b',
      '/',
      '?',
      'x',
      '１',
      `${ORIGIN}/verifications/`,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const result = read(text);
        if (!result.ok) return;
        const whole = text.match(/(?<![0-9])[0-9]+(?![0-9])/g) ?? [];
        for (const found of result.ids) expect(whole).toContain(String(found));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['12, 13', [12, 13]],
    ['12,13', [12, 13]],
    ['129, 130, 131', [129, 130, 131]],
    ['10482,10483,10484', [10482, 10483, 10484]],
    ['10482,131', [10482, 131]],
    ['1,21,3456', [1, 21, 3456]],
    ['1;213', [1, 213]],
    [`/verifications/12 /verifications/13, #14`, [12, 13, 14]],
    [`14 ${ORIGIN}/verifications/12?queue=${QUEUE}, \n13`, [14, 12, 13]],
    ['12\n13\n', [12, 13]],
    ['12;13', [12, 13]],
    ['#12 #13', [12, 13]],
    ['7, 7 7', [7]],
    ['0', [0]],
    ['9007199254740991', [9007199254740991]],
    [`${ORIGIN}/verifications/131`, [131]],
    [`${ORIGIN}/verifications/131?queue=${QUEUE}`, [131]],
    [`/verifications/131?columns=id,state&queue=${QUEUE}#55`, [131]],
    [`12,/verifications/13`, [12, 13]],
    ['', []],
    [' ,\u200b; ', []],
  ])('%j names these cases', (text, ids) => {
    expect(idsOf(text)).toEqual(ids);
  });

  test.each([
    ['1 000 000', '“1 000 000” may be one number or several ids'],
    ['1,000', '“1,000” may be one number or several ids'],
    ['10 482', '10 482'],
    ['7, 1 234 567', '1 234 567'],
    [`${ORIGIN}/verifications/10\n482`, `${ORIGIN}/verifications/10 482`],
    [`${ORIGIN}/verifications/12?customer=4\n5`, `${ORIGIN}/verifications/12?customer=4 5`],
    ['\u202e31', '[U+202E]31'],
    ['12 \u2066 13', '12 [U+2066] 13'],
    ['1,213', '“1,213” may be one number or several ids'],
    ...['1,213,', '#1,213', '1,213,1,214', '12,345,678,', '123,456', '129,130,131', '12,34,567', '7,1,213', '0,213', '1,213,4567'].map(
      (text): [string, string] => [text, 'may be one number or several ids'],
    ),
    ...['1,\u200b213', '\u200e1,213\u200e', '12 1,213', '1,213\n', ',1,213', '1,213,/verifications/13'].map((text): [string, string] => [
      text,
      'may be one number or several ids',
    ]),
    ...['?text=a 12 13', '?text=a, 12', '?text=a\t12', '?text=a\u00a012', '?text=a /verifications/13', '#a 12', '?text=a , ; 12'].map(
      (rest): [string, string] => [`/verifications/10482${rest}`, 'Write an address with a query string on a line of its own'],
    ),
    [`12,/verifications/10482?text=a 13`, 'on a line of its own'],
    ['12;1,213', '“1,213” may be one number or several ids'],
    ['1\u00a0213', 'no-break space between digits'],
    ['3\u202f000\u202f131', 'no-break space between digits'],
    ['1\u200b2', '“1[U+200B]2” holds an invisible character'],
    ['１２', '“１２” is not an id'],
    ['007', 'begins with a zero'],
    ['-5', '“-5” is not an id'],
    ['+5', 'is not an id'],
    ['5.0', 'is not an id'],
    ['1e3', 'is not an id'],
    ['0x10', 'is not an id'],
    ['12-15', '“12-15” is not an id'],
    ['12#13', 'is not an id'],
    ['12/13', 'is not an id'],
    ['case 12', '“case” is not an id'],
    ['9007199254740992', 'is larger than any id'],
    [QUEUE, 'is not an id'],
    [`https://review.example.com/verifications/51`, 'is not an address of this console (http://localhost:3000)'],
    [`//evil.example/verifications/51`, 'is not an address of this console'],
    [`http://localhost:3000@evil.example/verifications/51`, 'is not an address of this console'],
    [`${ORIGIN}/verifications/`, 'is not the address of a case'],
    [`${ORIGIN}/verifications/12,13`, 'may be several'],
    [`${ORIGIN}/verifications/12?queue=a,13`, 'may be several'],
    [`${ORIGIN}/verifications/12?queue=a,${ORIGIN}/verifications/13`, 'may be several'],
    [`${ORIGIN}/verifications/%31`, 'is not the address of a case'],
    [`${ORIGIN}/audit?verification=12`, 'is not the address of a case'],
    [`${ORIGIN}/verifications/12/notes`, 'is not the address of a case'],
  ])('%j is refused, and the piece is quoted', (text, reason) => {
    expect(idsOf(text)).toContain(reason);
  });

  test('report what was dropped, and how many are too many', () => {
    expect(read('\u200e12\u200e, 12')).toEqual({
      ok: true,
      ids: [12],
      notices: ['One id was named again and counts once.', 'Invisible characters were dropped.'],
    });
    expect(pastedIds('1 2 3', { origin: ORIGIN, most: 2 })).toMatchObject({
      ok: false,
      message: 'Name at most 2 cases at a time; these are 3.',
    });
  });

  test('are one where a field takes one', () => {
    expect(pastedId(' 12 ', ORIGIN)).toEqual({ ok: true, id: 12, notices: [] });
    expect(pastedId('  ', ORIGIN)).toEqual({ ok: true, id: null, notices: [] });
    expect(pastedId('12, 13', ORIGIN)).toMatchObject({
      ok: false,
      message: 'This field takes one id, and the text names 2: 12, 13. Keep one.',
    });
  });
});

test('a parameter of the API takes ids alone, written one way', () => {
  expect(verificationIdsOf('99,100,7,7')).toEqual([99, 100, 7]);
  for (const wrong of ['', '1,', '01', ' 1', '1, 2', '-1', '1e3', '9007199254740992', '/verifications/5'])
    expect(verificationIdsOf(wrong)).toBeNull();
  expect(verificationIdOf('10482')).toBe(10482);
});
