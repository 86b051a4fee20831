import { expect, test } from 'vitest';
import { SHORTCUTS } from '@/lib/domain/shortcuts';

test('no key has two verbs in one scope, nor one verb here and another everywhere', () => {
  const taken = new Map<string, string>();
  for (const { key, scope, verb } of SHORTCUTS) {
    expect(taken.get(`${scope} ${key}`), `${key} in ${scope}`).toBeUndefined();
    taken.set(`${scope} ${key}`, verb);
  }
  const everywhere = SHORTCUTS.filter(({ scope }) => scope === 'everywhere').map(({ key }) => key);
  const shadowed = SHORTCUTS.filter(({ scope, key }) => scope !== 'everywhere' && everywhere.includes(key));
  expect(shadowed).toEqual([]);
  // A case, its clip and a decision begun on it listen at the same time.
  const together = SHORTCUTS.filter(({ scope }) => ['case', 'clip', 'decision'].includes(scope)).map(({ key }) => key);
  expect(together.toSorted()).toEqual([...new Set(together)].toSorted());
});
