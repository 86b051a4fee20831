import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLACE, splitList } from '@/lib/upstream/split-list';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What the parts of an answer parse to; null where they are not to be trusted. Throws for what is no JSON. */
function read(text: string): unknown {
  const parts = splitList(bytesOf(text));
  if (!parts) return null;
  const around = JSON.parse(parts.around);
  if (!Array.isArray(around.data) || around.data.length !== 1 || around.data[0] !== PLACE) return null;
  return { ...around, data: parts.records.map((record) => JSON.parse(record.toString())) };
}

const ODD = ['a"b', '\\', '\\"', '},{', '],[', '"data":[', '\u2028', '😀', '\n', '{', ']'];
const value = fc.jsonValue({ maxDepth: 3 });
const odd = fc.oneof(value, fc.constantFrom(...ODD), fc.dictionary(fc.constantFrom('data', ...ODD), fc.constantFrom(...ODD)));
const envelope = fc.record(
  { before: odd, totalCount: fc.nat(), data: fc.array(odd, { maxLength: 6 }), after: odd },
  { requiredKeys: ['totalCount', 'data'] },
);

describe('splitList', () => {
  it('gives the same records as reading the whole, whatever is in them, beside them and between them', () => {
    fc.assert(
      fc.property(envelope, fc.constantFrom(0, 1, '\t'), (page, indent) => {
        const text = JSON.stringify(page, null, indent);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('never makes records of what is no JSON, and never others than are there', () => {
    const edit = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(3),
      fc.constantFrom('', '"', ',', '[', ']', '{', '}', '\\', ':', 'data'),
    );
    fc.assert(
      fc.property(envelope, fc.array(edit, { minLength: 1, maxLength: 3 }), (page, edits) => {
        const broken = edits.reduce((text, [share, length, by]) => {
          const at = Math.floor(share * text.length);
          return text.slice(0, at) + by + text.slice(at + length);
        }, JSON.stringify(page));
        const whole = parsed(() => JSON.parse(broken));
        const inParts = parsed(() => read(broken));
        if (inParts !== null) expect(inParts).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves the last of two lists, and one whose name is written with escapes, to whoever reads the whole', () => {
    expect(read('{"data":[1],"data":[2]}')).toBeNull();
    expect(read('{"data":[1],"d\\u0061ta":[2]}')).toBeNull();
    expect(read('{"d\\u0061ta":[2]}')).toBeNull();
    expect(read('{"data":{"data":[1]}}')).toBeNull();
    expect(read('{ "data" : [ ] }')).toEqual({ data: [] });
  });
});

function parsed(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}
