import { afterEach, describe, expect, test } from 'vitest';
import { bindKeys } from '@/components/keyboard/bindings';
import { keyLabels } from '@/components/keyboard/key-labels';
import { shortcutOf } from '@/components/keyboard/shortcut-of';
import { boundShortcuts } from '@/lib/domain/bound-shortcuts';
import { checkBindings, keyBindings, keyConflicts } from '@/lib/domain/key-bindings';
import { Refusal } from '@/lib/domain/refusal';
import { SHORTCUTS } from '@/lib/domain/shortcuts';

const own = (scope: string, verb: string, key: string) => ({ scope, verb, key });
const refusal = (act: () => void): string => {
  try {
    act();
  } catch (failure) {
    if (failure instanceof Refusal) return `${failure.code}: ${failure.message}`;
    throw failure;
  }
  return 'accepted';
};
const verbOf = (key: string, shiftKey = false) => shortcutOf('case', { key, code: '', shiftKey })?.verb;
afterEach(() => bindKeys([]));

test('the usual keys have no conflict', () => {
  expect(keyConflicts(SHORTCUTS)).toEqual([]);
});

describe('a key a person chose', () => {
  test('is obeyed in the place of the usual one, which means nothing then, and is printed on the buttons', () => {
    const chosen = [own('case', 'decline', 'Shift+g'), own('grid', 'claim-row', 'ç')];
    checkBindings(chosen);
    bindKeys(chosen);
    expect([verbOf('g', true), verbOf('d'), verbOf('a')]).toEqual(['decline', undefined, 'approve']);
    const label = keyLabels(chosen);
    expect([label('D'), label('C'), label('C', 'grid'), label('A')]).toEqual(['Shift G', 'C', 'Ç', 'A']);
  });

  test('may swap two commands', () => {
    expect(refusal(() => checkBindings([own('case', 'approve', 'd'), own('case', 'decline', 'a')]))).toBe('accepted');
  });

  test('is refused where it would mean two things at once', () => {
    expect(refusal(() => checkBindings([own('case', 'approve', 'd')]))).toBe(
      'unprocessable: "Approve" and "Decline" would have the same key. Give one of them another key.',
    );
    // A clip and a decision are obeyed beside the case, and `?` everywhere.
    expect(refusal(() => checkBindings([own('case', 'approve', ',')]))).toContain('would have the same key');
    expect(refusal(() => checkBindings([own('case', 'approve', '1')]))).toContain('would have the same key');
    expect(refusal(() => checkBindings([own('grid', 'refresh', '?')]))).toContain('would have the same key');
    expect(refusal(() => checkBindings([own('grid', 'refresh', 'd')]))).toBe('accepted');
  });

  test('is refused for what has a fixed key, twice for one command, and for a command there is not', () => {
    expect(refusal(() => checkBindings([own('decision', 'confirm', 'y')]))).toContain('cannot be changed');
    expect(refusal(() => checkBindings([own('everywhere', 'palette', 'y')]))).toContain('cannot be changed');
    expect(refusal(() => checkBindings([own('case', 'fit', 'ö'), own('case', 'fit', 'ä')]))).toContain('has two keys');
    expect(refusal(() => checkBindings([own('case', 'erase-all', 'y')]))).toContain('There is no command');
  });

  test('is one character, alone or with Shift', () => {
    const accepts = (key: string) => keyBindings.safeParse({ bindings: [own('case', 'fit', key)] }).success;
    expect(['g', 'ö', '[', 'ф', 'Shift+g', 'Shift+3', '^'].filter((key) => !accepts(key))).toEqual([]);
    expect(['', 'G', ' ', 'gg', 'Enter', 'Ctrl+g', 'Shift+[', 'Shift+', '\u202e', '\u0000', '😀😀'].filter(accepts)).toEqual([]);
  });

  test('changes nothing where the registry no longer has its command', () => {
    expect(boundShortcuts([own('case', 'gone', 'y')])).toEqual(SHORTCUTS);
  });
});
