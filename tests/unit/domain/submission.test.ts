import { describe, expect, it } from 'vitest';
import { fileProblem } from '@/lib/domain/evidence-kind';
import { FILE_BYTES_MAX, type FileField, formatTags, isSubmissionId, tagProblems } from '@/lib/domain/submission';

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const JPEG = bytes('\xff\xd8\xff\xe0\0\x10JFIF');
const PNG = bytes('\x89PNG\r\n\x1a\n');
const WEBP = bytes('RIFF\x10\0\0\0WEBPVP8 ');
const MP4 = bytes('\0\0\0\x18ftypisom');
const MOV = bytes('\0\0\0\x14ftypqt  ');
const WEBM = bytes('\x1a\x45\xdf\xa3\x01');
const HEIC = bytes('\0\0\0\x18ftypheic');
const PDF = bytes('%PDF-1.7');
const problem = (field: FileField, name: string, head: Uint8Array, size = 1000) => fileProblem(field, { name, size }, head);

describe('a chosen file', () => {
  it.each([
    ['idFile', 'a.jpg', JPEG],
    ['idFile', 'A.JPEG', JPEG],
    ['idFile', 'a.b.png', PNG],
    ['idFile', 'a.webp', WEBP],
    ['selfieFile', 'a.jpg', JPEG],
    ['selfieFile', 'a.mp4', MP4],
    ['selfieFile', 'a.mov', MOV],
    ['selfieFile', 'a.webm', WEBM],
    // Chat programs name pictures of one kind like another; what counts is that both show the same still or moving thing.
    ['idFile', 'sent.jpg', WEBP],
  ] as const)('may be the %s when named %s and of that kind', (field, name, head) => {
    expect(problem(field, name, head)).toBeNull();
  });

  it.each([
    ['idFile', 'a.pdf', PDF, /cannot be a PDF/],
    ['idFile', 'a.jpg', PDF, /cannot be a PDF/],
    ['selfieFile', 'a.jpg', HEIC, /HEIC/],
    ['idFile', 'a.heic', HEIC, /HEIC/],
    ['idFile', 'a.mp4', MP4, /must be a JPEG, PNG or WebP picture/],
    ['selfieFile', 'a.png', MP4, /not what its name says/],
    ['selfieFile', 'a.mp4', PNG, /not what its name says/],
    ['idFile', 'a.jpg', bytes('<svg xmlns='), /not what its name says/],
    ['idFile', 'a.svg', bytes('<svg xmlns='), /not named like one/],
    ['idFile', 'no-extension', JPEG, /not named like one/],
    ['selfieFile', 'a.gif', bytes('GIF89a'), /clip; a\.gif is not named like one/],
  ] as const)('may not be the %s when named %s and of another kind', (field, name, head, sentence) => {
    expect(problem(field, name, head)).toMatch(sentence);
  });

  it('may have 50 MB and not a byte more, and not none', () => {
    expect(problem('idFile', 'a.jpg', JPEG, FILE_BYTES_MAX)).toBeNull();
    expect(problem('idFile', 'a.jpg', JPEG, FILE_BYTES_MAX + 1)).toBe('a.jpg has 50.1 MB; a file may have 50 MB.');
    expect(problem('idFile', 'a.jpg', new Uint8Array(), 0)).toMatch(/is empty/);
  });
});

describe('tags', () => {
  const tag = (name: string, value = '1') => ({ name, value });

  it('are told one by one what is wrong with them', () => {
    const said = tagProblems([tag('a'), tag(' a '), tag('', ''), tag('', 'x'), tag('submission'), tag('a=b'), tag('b', 'x'.repeat(501))]);
    expect(said.map((one) => one?.split(' ', 3).join(' ') ?? null)).toEqual([
      null,
      'There is a',
      null,
      'Name this tag,',
      'The name submission',
      'A name cannot',
      'Keep a value',
    ]);
    expect(tagProblems([tag('half \ud800')])[0]).toMatch(/broken characters/);
  });

  it('go out as a JSON object without those that say nothing, and with the submission’s own', () => {
    const id = '8c5b7f0e-4c43-4c6e-9a55-0f6cf0b4ad11';
    expect(isSubmissionId(id)).toBe(true);
    expect(isSubmissionId(id.toUpperCase())).toBe(false);
    const tags = [tag(' customerId ', ' 99=9 '), tag('empty', ' '), tag('', ''), tag('__proto__', 'x')];
    expect(formatTags(tags, id)).toBe(`{"customerId":"99=9","__proto__":"x","submission":"${id}"}`);
  });
});
