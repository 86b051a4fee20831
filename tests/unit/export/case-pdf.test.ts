import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Note, Review } from '@/lib/domain/review';
import { type CasePdf, casePdf } from '@/lib/export/case-pdf';
import { openFonts } from '@/lib/export/pdf/font-set';
import { layText } from '@/lib/export/pdf/lay-text';
import { face, record } from '../evidence/record';

const CASE_HASH = '0123456789abcdef'.repeat(4);

const note = (text: string, authorName = 'Ana'): Note => ({
  ...{ id: text.slice(0, 8), verificationId: 1, authorId: 'a', authorName, createdAt: 0 },
  text,
});

const NOTHING_DONE = {
  version: 0,
  notes: 0,
  decision: null,
  claim: null,
  snoozedUntil: null,
  assignee: null,
  escalated: null,
  withdrawable: null,
};

function pack(parts: Partial<CasePdf> & { notes?: Note[] } = {}): CasePdf {
  const { notes = [], ...others } = parts;
  const review: Review = {
    ...{ decisions: [], claim: null, snooze: null, escalation: null, reopening: null, assignee: null, erasedAt: null, notes },
    summary: { verificationId: 1, state: 'OPEN', ...NOTHING_DONE },
  };
  const unknown = { recordChange: null, findings: [], seen: [], files: [], timeline: [], head: null, leftOut: [] };
  return { verification: record([]), review, ...unknown, snapshotHash: 'ff'.repeat(32), caseHash: CASE_HASH, ...others };
}

interface Piece {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a reader puts spaces between runs is its own guess. */
const dense = (text: string) => text.replace(/\s+/g, '');

/** What a reader finds on each page, in the order of the page. */
async function read(pdf: Buffer): Promise<{ pages: string[]; pieces: Piece[][] }> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
  const pieces = await Promise.all(
    numbers.map(async (number) => {
      const { items } = await (await document.getPage(number)).getTextContent();
      return items.flatMap((item): Piece[] => {
        if (!('str' in item) || item.str.trim() === '') return [];
        return [{ text: item.str, x: item.transform[4], y: item.transform[5], width: item.width, height: item.height }];
      });
    }),
  );
  return {
    pages: pieces.map((page) =>
      page
        .map(({ text }) => text)
        .join(' ')
        .replace(/\s+/g, ' '),
    ),
    pieces,
  };
}

test('texts of every script are read back in the order they are meant, however long they are', async () => {
  const texts = [
    'مرحبا بالعالم، هذه الوثيقة غير واضحة',
    'شماره ۱۲۳۴ است',
    'שלום עולם, התמונה ברורה',
    '护照上的照片与自拍不符，请重新提交。',
    'パスポートの写真と自撮りが一致しません。',
    '여권 사진과 셀카가 일치하지 않습니다.',
    'หนังสือเดินทางไม่ชัดเจน',
    'नमस',
    'Nguyễn Ж Ω',
    '😀 ⚠️ 🇩🇪',
  ];
  const long = Array.from({ length: 1500 }, (_, index) => `w${index}`).join(' ');
  const { pages } = await read(await casePdf(pack({ notes: [...texts, long].map((text) => note(text)) })));
  const all = pages.join(' ');
  for (const text of texts) expect(dense(all)).toContain(dense(text));
  expect(all).not.toMatch(/\[U\+/);
  const words = pages.map((page) => page.replace(/ Second Look, verification 1 .*$/, '')).join(' ');
  expect(dense(words)).toContain(dense(long));
});

test('runs of two directions stand in the order the eye meets them, digits as they are written', async () => {
  const fonts = await openFonts();
  const shown = (text: string, base: 'ltr' | null) =>
    layText(fonts, { text, base }, { font: 'sans', size: 9, width: 500 }).map(({ runs }) =>
      runs
        .toSorted((a, b) => a.left - b.left)
        .map(({ meant }) => meant.trim())
        .filter(Boolean),
    );
  expect(shown('id שלום 12 עולם ok', 'ltr')).toEqual([['id', 'עולם', '12', 'שלום', 'ok']]);
  expect(shown('שלום 12', null)).toEqual([['12', 'שלום']]);
  // Joined letters have other shapes than single ones, and "lam" and "alef" are one.
  const glyphs = (text: string) => {
    const font = fonts.font('arabic');
    font.direction = 'rtl';
    return font.layout(text).glyphs.map(({ id }) => id);
  };
  expect(glyphs('لا')).toHaveLength(1);
  expect(glyphs('بب')).not.toEqual([...glyphs('ب'), ...glyphs('ب')]);
});

test('what hides or turns the text around it is visible, tags and customer too', async () => {
  const tags = [
    { name: 'customerId', value: '9999\u202e0001' },
    { name: '', value: 'unnamed' },
    { name: 'half', value: 'a\ud800b\u0007' },
    { name: 'empty', value: '' },
  ];
  const { pages } = await read(await casePdf(pack({ verification: { ...record([]), tags } })));
  const all = pages.join(' ');
  for (const expected of ['Customer 9999[U+202E]0001', 'Tag without a name unnamed', 'a\ufffdb[U+0007]', '(empty)'])
    expect(dense(all)).toContain(dense(expected));
});

test('texts without measure are cut short and say how much is missing', async () => {
  const tags = Array.from({ length: 12 }, (_, index) => ({ name: `tag ${index}`, value: 'abcde '.repeat(4000) }));
  const { pages } = await read(await casePdf(pack({ verification: { ...record([]), tags } })));
  expect(pages.length).toBeLessThan(80);
  expect(dense(pages.join(' '))).toContain(dense('… (4,000 more characters; the JSON files beside this one have all of it)'));
  expect(dense(pages.join(' '))).toContain(dense('… (23,800 more characters;'));
});

test('every page names the case, its number among all pages, and the hash of the case file', async () => {
  const { pages } = await read(await casePdf(pack({ notes: Array.from({ length: 120 }, (_, index) => note(`Note ${index}`)) })));
  expect(pages.length).toBeGreaterThan(2);
  for (const [index, page] of pages.entries()) {
    expect(page).toContain('Second Look, verification 1');
    expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    expect(page).toContain(`SHA-256 of case.json in this pack: ${CASE_HASH}`);
  }
});

test('forty faces, four pictures and captions of any length: no two texts touch and none leaves the page', async () => {
  const bytes = await sharp({ create: { width: 300, height: 400, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer();
  const name = (index: number) => `${index}-${'a-very-long-file-name-'.repeat(8)}צילום.jpg`;
  const files = [0, 1, 2, 3].map((index) => ({
    ...{ category: index % 2 === 0 ? ('id' as const) : ('face' as const), name: name(index), bytes, sha256: '' },
    overlay: { bytes, width: 300, height: index === 1 ? 120 : 400 },
  }));
  const verification = record(Array.from({ length: 40 }, (_, index) => face({ number: index + 1 })));
  const { pages, pieces } = await read(await casePdf(pack({ verification, files, notes: [note('x'.repeat(3000), 'ד'.repeat(80))] })));
  for (let number = 1; number <= 40; number += 1) expect(pages.join(' ')).toContain(`ID document, face ${number} confidence`);
  expect(pieces.flatMap(touching)).toEqual([]);
});

/** Pairs of texts of one page that lie over each other, and texts beyond its margins. */
function touching(page: Piece[]): string[] {
  const outside = page.filter(({ x, width }) => x < 40 || x + width > 595.28 - 40).map(({ text }) => `${text} is outside`);
  const over = page.flatMap((one, index) =>
    page
      .slice(index + 1)
      .filter((other) => {
        const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
        return across > 1 && Math.abs(one.y - other.y) < Math.min(one.height, other.height) * 0.9;
      })
      .map((other) => `${one.text} over ${other.text}`),
  );
  return [...outside, ...over];
}
