import { expect, test } from 'vitest';
import { overLimit, pastedFiles } from '@/components/ui/pasted-text';

test('says by how much a text is too long, counts no space at its ends, and cuts nothing', () => {
  expect(overLimit('x'.repeat(4000), 4000)).toBeNull();
  expect(overLimit(` ${'x'.repeat(4000)}\n`, 4000)).toBeNull();
  expect(overLimit('x'.repeat(6000), 4000)).toBe(
    '6,000 characters; at most 4,000 can be saved. All of it is kept here: shorten it by 2,000.',
  );
});

test('says that files cannot be attached, and what became of the text beside them', () => {
  expect(pastedFiles(0, 'text')).toBeNull();
  expect(pastedFiles(1, '')).toBe('A file or picture cannot be attached here. Nothing was added; your text is kept.');
  expect(pastedFiles(2, 'text')).toBe('2 files cannot be attached here. Only the text was added.');
});
