import { describe, expect, test } from 'vitest';
import { findBreak, GENESIS, hashLink, hashPayload, type Link } from '@/lib/audit/chain';
import { verifyChain } from '@/lib/audit/verify-chain';

/** A whole chain of `length` links. */
function chain(length: number): Link[] {
  const links: Link[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const payload = { salt: seq.toString(16).padStart(64, '0'), data: `{"data":{"noteId":"n${seq}"}}` };
    const body = {
      seq,
      at: `2026-01-31T12:00:${String(seq).padStart(2, '0')}.000Z`,
      actorId: 'u1',
      actorName: 'Ana',
      actorRole: 'analyst',
      action: 'note.added',
      subject: 'verification:5',
      payloadHash: hashPayload(payload),
      prevHash: links.at(-1)?.hash ?? GENESIS.hash,
    };
    links.push({ ...body, hash: hashLink(body), payload });
  }
  return links;
}

/** The chain of six after something was done to it. */
const tampered = (change: (links: Link[]) => void) => {
  const links = chain(6);
  change(links);
  return verifyChain(links);
};
const at = (links: Link[], seq: number): Link => links[seq - 1] as Link;

describe('the format', () => {
  test('is what the Python standard library computed for this link', () => {
    const payload = {
      salt: '00112233445566778899aabbccddeeff'.repeat(2),
      data: '{"data":{"noteId":"n1","text":"hello"},"origin":{"ip":null,"requestId":"r1","userAgent":null}}',
    };
    const payloadHash = '2e6b86a0af05da60e6e5fa880ea013d9be4605221052f4ba604a5c41c8c0a142';
    expect(hashPayload(payload)).toBe(payloadHash);
    expect(
      hashLink({
        seq: 1,
        at: '2026-01-31T12:00:00.000Z',
        actorId: 'u1',
        actorName: 'Zoë "Z" \\ \u0001\u007f\u2028 \u{1F9D1}',
        actorRole: 'analyst',
        action: 'note.added',
        subject: 'verification:5',
        payloadHash,
        prevHash: '0'.repeat(64),
      }),
    ).toBe('d5e549e2d3ce9826751d2b6c801cd942fd2e40d7d2a820012404b8f936b40a34');
  });
});

describe('verifying', () => {
  test('finds a whole chain whole, an empty one too, and says where it ends', async () => {
    const links = chain(6);
    expect(await verifyChain(links)).toEqual({ whole: true, head: { seq: 6, hash: at(links, 6).hash }, erased: 0, gaps: [] });
    expect(await verifyChain([])).toEqual({ whole: true, head: GENESIS, erased: 0, gaps: [] });
  });

  test('can go on from a head that was verified before', async () => {
    const links = chain(6);
    const { head } = await verifyChain(links.slice(0, 3));
    expect(await verifyChain(links.slice(3), { from: head })).toMatchObject({ whole: true, head: { seq: 6 } });
    expect(await verifyChain(links.slice(4), { from: head })).toMatchObject({
      whole: false,
      broken: { seq: 4, field: 'seq', expected: '4', found: '5' },
    });
  });

  test('accepts an erased payload and counts it', async () => {
    const verdict = await tampered((links) => {
      at(links, 3).payload = null;
    });
    expect(verdict).toMatchObject({ whole: true, erased: 1, gaps: [] });
  });

  test.each(['at', 'actorId', 'actorName', 'actorRole', 'action', 'subject'] as const)(
    'names the link whose %s was edited',
    async (field) => {
      const verdict = await tampered((links) => {
        at(links, 3)[field] += ' ';
      });
      expect(verdict).toMatchObject({ whole: false, broken: { seq: 3, field: 'hash' }, head: { seq: 2 } });
    },
  );

  test('names the link whose payload was edited', async () => {
    const verdict = await tampered((links) => {
      at(links, 3).payload = { salt: '0'.repeat(64), data: '{}' };
    });
    expect(verdict).toMatchObject({ whole: false, broken: { seq: 3, field: 'payloadHash' } });
  });

  test('names the gap a deleted link leaves, also the first', async () => {
    expect(await tampered((links) => links.splice(2, 1))).toMatchObject({ broken: { seq: 3, field: 'seq', found: '4' } });
    expect(await tampered((links) => links.shift())).toMatchObject({ broken: { seq: 1, field: 'seq', found: '2' } });
  });

  test('names the first of two swapped links, even when they took over each other’s numbers', async () => {
    const swap = (links: Link[]) => links.splice(2, 2, at(links, 4), at(links, 3));
    expect(await tampered(swap)).toMatchObject({ broken: { seq: 3, field: 'seq' } });
    const renumbered = await tampered((links) => {
      swap(links);
      at(links, 3).seq = 3;
      at(links, 4).seq = 4;
    });
    expect(renumbered).toMatchObject({ broken: { seq: 3, field: 'prevHash' } });
  });

  test('names the link after one that was edited and hashed anew', async () => {
    const verdict = await tampered((links) => {
      const link = at(links, 3);
      link.subject = 'verification:6';
      link.hash = hashLink(link);
    });
    expect(verdict).toMatchObject({ broken: { seq: 4, field: 'prevHash' }, head: { seq: 3 } });
  });

  test('says what was expected and what was found', () => {
    const [first] = chain(1) as [Link];
    const hash = 'f'.repeat(64);
    expect(findBreak(GENESIS, { ...first, hash })).toEqual({ seq: 1, field: 'hash', expected: first.hash, found: hash });
    expect(findBreak(GENESIS, first)).toBeNull();
  });
});
