import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from '@/lib/http/content-disposition';

const extended = (header: string) => decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(header)?.[1] ?? '');

describe('the name of a file in a header', () => {
  it('shows characters that hide or turn the reading direction, so that a saved file is called as it looks', () => {
    expect(contentDisposition('attachment', 'invoice\u202egpj.exe')).toBe(
      'attachment; filename="invoice[U+202E]gpj.exe"; filename*=UTF-8\'\'invoice%5BU%2B202E%5Dgpj.exe',
    );
    expect(extended(contentDisposition('inline', 'a\r\nSet-Cookie: x\u0000.jpg'))).toBe('a[U+000D][U+000A]Set-Cookie_ x[U+0000].jpg');
  });

  it('keeps every script and is understood by clients that read ASCII only', () => {
    const header = contentDisposition('inline', 'Ausweis (Zoë) 漢字.jpg');
    expect(header).toContain('filename="Ausweis (Zo_) __.jpg"');
    expect(extended(header)).toBe('Ausweis (Zoë) 漢字.jpg');
  });

  it('is a header value for any name at all, of a bounded length, and never leaves the folder it is saved to', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const header = contentDisposition('attachment', name);
        expect(() => new Headers({ 'content-disposition': header })).not.toThrow();
        expect(header).toMatch(/^attachment; filename="[ !#-~]*"; filename\*=UTF-8''[A-Za-z0-9!%._~-]*$/);
        expect(extended(header)).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect([...extended(header)].length).toBeLessThanOrEqual(150);
        expect(extended(header)).not.toBe('');
      }),
    );
  });
});
