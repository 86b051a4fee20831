import { expect, test } from 'vitest';
import { paletteEntries } from '@/components/palette/palette-entries';
import { SHORTCUTS } from '@/lib/domain/shortcuts';

const ran: string[] = [];
const sources = {
  places: [
    { label: 'Verifications', href: '/verifications' },
    { label: 'Failures, oldest first', href: '/verifications?result=NOT_VERIFIED' },
  ],
  verbs: SHORTCUTS.filter(({ verb }) => verb === 'fit' || verb === 'refresh').map((shortcut) => ({
    shortcut,
    run: () => ran.push(shortcut.verb),
  })),
  go: (href: string) => ran.push(href),
  origin: 'http://localhost:3000',
};

test('what was typed is understood first, then every place and act that holds all its words', () => {
  expect(paletteEntries('oldest fail', sources).map(({ label }) => label)).toEqual(['Failures, oldest first']);
  expect(paletteEntries('51', sources)[0]?.label).toBe('Verification 51');
  expect(paletteEntries('verifications', sources).map(({ label }) => label)).toEqual([
    'Verifications',
    'Verifications with customerId = verifications',
  ]);
  expect(paletteEntries('', sources)).toHaveLength(4);
});

test('an entry goes where it says or does what its key does', () => {
  for (const entry of [paletteEntries('51', sources)[0], paletteEntries('fit both', sources)[0]]) entry?.run();
  expect(ran).toEqual(['/verifications/51', 'fit']);
});
