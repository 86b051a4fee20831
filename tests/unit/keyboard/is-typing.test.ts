import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isTyping } from '@/components/keyboard/is-typing';

/** As much of an element as the guard looks at: what it is, and what it stands in. */
class Place {
  constructor(
    readonly tag: string,
    readonly attributes: Record<string, string> = {},
    readonly parent: Place | null = null,
  ) {}
  get type(): string {
    return this.attributes.type ?? 'text';
  }
  matches(selector: string): boolean {
    if (selector.startsWith('[contenteditable]')) return (this.attributes.contenteditable ?? 'false') !== 'false';
    const role = /^\[role="(\w+)"\]$/.exec(selector)?.[1];
    return role ? this.attributes.role === role : this.tag === selector;
  }
  closest(selectors: string): Place | null {
    const found = selectors.startsWith('[contenteditable]')
      ? this.matches(selectors)
      : selectors.split(',').some((one) => this.matches(one));
    return found ? this : (this.parent?.closest(selectors) ?? null);
  }
}

let isDialogOpen = false;
beforeEach(() => {
  isDialogOpen = false;
  vi.stubGlobal('Element', Place);
  vi.stubGlobal('document', { querySelector: () => (isDialogOpen ? new Place('dialog') : null) });
});
afterEach(() => vi.unstubAllGlobals());

interface Press {
  key?: string;
  target?: Place;
  ctrlKey?: boolean;
  altKey?: boolean;
  metaKey?: boolean;
  isComposing?: boolean;
  keyCode?: number;
  getModifierState?: (name: string) => boolean;
}
const press = (given: Press): boolean => {
  const event = { key: 'd', target: new Place('body'), ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...given };
  return isTyping(Object.assign(Object.create(null), event));
};

describe('a key press belongs to the console', () => {
  test('on the page, on a checkbox, a radio, a button, and where editing is switched off', () => {
    for (const target of [
      new Place('body'),
      new Place('input', { type: 'checkbox' }),
      new Place('input', { type: 'radio' }),
      new Place('button'),
      new Place('div', { contenteditable: 'false' }),
    ])
      expect(press({ target })).toBe(false);
    expect(press({ key: 'Enter' })).toBe(false);
  });

  test('where AltGr, or Option on a Mac, types a symbol, but not a letter', () => {
    const altGraph = { getModifierState: (name: string) => name === 'AltGraph' };
    expect(press({ key: '[', ctrlKey: true, altKey: true, ...altGraph })).toBe(false);
    expect(press({ key: ']', ...altGraph })).toBe(false);
    expect(press({ key: 'd', ctrlKey: true, altKey: true, ...altGraph })).toBe(true);
    expect(press({ key: '[', ctrlKey: true, altKey: true })).toBe(true);
    expect(press({ key: '[', altKey: true })).toBe(true);
    vi.stubGlobal('navigator', { platform: 'MacIntel' });
    expect(press({ key: '[', altKey: true })).toBe(false);
    expect(press({ key: '[', altKey: true, metaKey: true })).toBe(true);
    expect(press({ key: 'd', altKey: true })).toBe(true);
  });
});

describe('a key press is left alone', () => {
  test('in fields, lists of choices and editable text, however deep', () => {
    for (const target of [
      new Place('input'),
      new Place('input', { type: 'search' }),
      new Place('input', { type: 'date' }),
      new Place('textarea'),
      new Place('select'),
      new Place('b', {}, new Place('div', { contenteditable: 'true' })),
      new Place('b', {}, new Place('div', { contenteditable: '' })),
    ])
      expect(press({ target })).toBe(true);
  });

  test('while a modifier is held, an input method composes, or a dialog is open', () => {
    for (const held of [
      { ctrlKey: true },
      { altKey: true },
      { metaKey: true },
      { isComposing: true },
      { keyCode: 229 },
      { key: 'Process' },
    ])
      expect(press(held)).toBe(true);
    isDialogOpen = true;
    expect(press({})).toBe(true);
  });

  test('Enter and Space on what they would press', () => {
    for (const key of ['Enter', ' '])
      for (const target of [new Place('button'), new Place('summary'), new Place('input', { type: 'radio' })])
        expect(press({ key, target })).toBe(true);
    const link = new Place('svg', {}, new Place('a'));
    expect([press({ key: 'Enter', target: link }), press({ key: ' ', target: link })]).toEqual([true, false]);
  });
});
