import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { helpLines, nameOn } from '@/components/keyboard/help-lines';
import { learnLayout, scriptNow, typedAt } from '@/components/keyboard/layout';
import { shortcutOf } from '@/components/keyboard/shortcut-of';
import { isCommand, type KeyPress } from '@/lib/domain/key-press';
import { type Scope, SHORTCUTS } from '@/lib/domain/shortcuts';

const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});
const verb = (scope: Scope, key: string, code: string, held: Partial<KeyPress> = {}) => {
  const event = press(key, code, held);
  learnLayout(event);
  return shortcutOf(scope, event)?.verb;
};
const shift = { shiftKey: true };
const latin = () => learnLayout(press('a', 'KeyA'));
beforeEach(latin);
afterEach(latin);

describe('a layout without Latin letters is obeyed by where its keys lie', () => {
  test.each([
    ['Russian', 'в', 'Ф'],
    ['Greek', 'δ', 'Α'],
    ['Hebrew', 'ג', 'ש'],
    ['Arabic', 'ي', 'ش'],
  ])('%s: decline, and with Shift assign', (_layout, onD, onA) => {
    expect(verb('case', onD, 'KeyD')).toBe('decline');
    expect(verb('case', onA, 'KeyA', shift)).toBe('assign');
  });

  test('also for brackets, digits and punctuation, which lie under other letters there', () => {
    expect(verb('case', 'х', 'BracketLeft')).toBe('turn-left');
    expect(verb('case', 'ъ', 'BracketRight')).toBe('turn-right');
    expect(verb('clip', 'б', 'Comma')).toBe('frame-back');
    expect(verb('clip', 'Ю', 'Period', shift)).toBe('faster');
    expect(verb('decision', '.', 'Slash')).toBe('filter-reasons');
    expect(verb('everywhere', ',', 'Slash', shift)).toBe('help');
    expect(verb('case', '№', 'Digit3', shift)).toBe('full-screen');
    expect(verb('decision', '٣', 'Digit3')).toBe('reason-3');
  });

  test('also where such a layout types punctuation in the place of a Latin letter', () => {
    expect(verb('case', 'ש', 'KeyA')).toBe('approve');
    expect(verb('case', '/', 'KeyQ')).toBe('loupe');
  });

  test('until a Latin letter is typed again', () => {
    expect(verb('case', 'ф', 'KeyA')).toBe('approve');
    expect(scriptNow()).toBe('other');
    expect(verb('case', 'a', 'KeyQ')).toBe('approve');
    expect(scriptNow()).toBe('latin');
  });
});

describe('a Latin layout is obeyed by what its keys type', () => {
  test('AZERTY and Dvorak: commands are where their letters are', () => {
    expect(verb('case', 'a', 'KeyQ')).toBe('approve');
    expect(verb('case', 'q', 'KeyA')).toBe('loupe');
    expect(verb('clip', ',', 'KeyM')).toBe('frame-back');
    expect(verb('case', 'm', 'Semicolon')).toBe('mirror');
    expect(verb('clip', ',', 'KeyW')).toBe('frame-back');
  });

  test('the digit row of AZERTY counts with Shift and without', () => {
    expect(verb('decision', '&', 'Digit1')).toBe('reason-1');
    expect(verb('decision', '1', 'Digit1', shift)).toBe('reason-1');
    expect(verb('decision', 'à', 'Digit0')).toBeUndefined();
    expect(verb('case', 'à', 'Digit0')).toBe('actual-size');
    expect(verb('decision', '2', 'Numpad2')).toBe('reason-2');
  });

  test('a letter with an accent or a key that is dead means no other key of a US keyboard', () => {
    expect(verb('case', 'ü', 'BracketLeft')).toBeUndefined();
    expect(verb('clip', 'ö', 'Semicolon')).toBeUndefined();
  });
});

test('Ctrl and Cmd with K are the palette on every layout, and nothing else is', () => {
  const held = { ctrlKey: true };
  expect(isCommand(press('k', 'KeyK', held), 'k')).toBe(true);
  expect(isCommand(press('л', 'KeyK', held), 'k')).toBe(true);
  expect(isCommand(press('ל', 'KeyK', { metaKey: true }), 'k')).toBe(true);
  expect(isCommand(press('k', 'KeyV', held), 'k')).toBe(true);
  expect(isCommand(press('t', 'KeyK', held), 'k')).toBe(false);
  expect(isCommand(press('k', 'KeyK', { ...held, altKey: true }), 'k')).toBe(false);
});

describe('the list of keys', () => {
  const lines = (scope: Scope) => helpLines(scope, SHORTCUTS, { script: scriptNow(), typedAt });

  test('shows what the keyboard types where that is known', () => {
    expect(lines('case')).toContainEqual({ keys: 'D', label: 'Decline' });
    learnLayout(press('в', 'KeyD'));
    expect(lines('case')).toContainEqual({ keys: 'В (D)', label: 'Decline' });
    expect(nameOn({ script: 'other', typedAt }, { key: 'Shift+d', code: 'Shift+KeyD' })).toBe('Shift В (Shift D)');
  });
});

test('every entry of the registry names the place of its key', () => {
  const place = (wanted: string) => SHORTCUTS.find(({ verb: one }) => one === wanted)?.code;
  expect(['approve', 'assign', 'turn-left', 'help', 'zoom-in', 'play', 'confirm', 'palette'].map(place)).toEqual([
    'KeyA',
    'Shift+KeyA',
    'BracketLeft',
    'Shift+Slash',
    'Shift+Equal',
    'Space',
    'Enter',
    'Ctrl+KeyK',
  ]);
});
