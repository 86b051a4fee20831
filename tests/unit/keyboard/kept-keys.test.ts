import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Handlers, offerVerbs } from '@/components/keyboard/offers';

/** As much of a key event as the guard looks at. */
class Press extends Event {
  readonly key: string;
  readonly code: string;
  readonly repeat = false;
  readonly ctrlKey: boolean = false;
  constructor(_type: string, { key, code = '', ctrlKey = false }: { key: string; code?: string; ctrlKey?: boolean }) {
    super('keydown', { cancelable: true });
    this.key = key;
    this.code = code;
    this.ctrlKey = ctrlKey;
  }
  readonly shiftKey = false;
  readonly altKey = false;
  readonly metaKey = false;
}
class Place {
  closest = () => null;
}

const page = new EventTarget();
const early: Press[] = [];
const ran: string[] = [];
let replayKept: () => void;

/** Shows a screen that offers these verbs of a case; returns how to take it away. */
function show(handlers: Handlers): () => void {
  const takeBack = offerVerbs({ scope: 'case', handlerOf: (verb) => handlers[verb] });
  replayKept();
  return takeBack;
}
const press = (key: string, ctrlKey = false) => page.dispatchEvent(new Press('keydown', { key, ctrlKey }));
const settled = () => new Promise((resolve) => setImmediate(resolve));
const runs = (name: string) => () => void ran.push(name);

beforeAll(async () => {
  vi.stubGlobal('window', Object.assign(page, { earlyKeys: { take: () => early } }));
  vi.stubGlobal('KeyboardEvent', Press);
  for (const name of ['Element', 'HTMLTextAreaElement', 'HTMLInputElement']) vi.stubGlobal(name, class extends Place {});
  vi.stubGlobal('document', { querySelector: () => null, activeElement: new Place() });
  early.push(new Press('keydown', { key: 'в', code: 'KeyD' }));
  const { listen, replayKept: replay } = await import('@/components/keyboard/listen');
  listen();
  replayKept = replay;
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => void ran.splice(0));

test('keys pressed before the page listens, and while its parts come, are obeyed in their order once a part offers them', async () => {
  press('a');
  await settled();
  expect(ran).toEqual([]);
  const takeBack = show({ approve: runs('approve'), decline: runs('decline') });
  await settled();
  expect(ran).toEqual(['decline', 'approve']);
  takeBack();
});

test('a key whose verb cannot be done yet is done once it can: pressed twice it goes two cases on', async () => {
  let at = 1;
  let isOnItsWay = false;
  const next = () => {
    if (isOnItsWay) return 'soon';
    isOnItsWay = true;
    at += 1;
    return undefined;
  };
  const leave = show({ 'next-case': next });
  press('j');
  press('j');
  await settled();
  expect(at).toBe(2);
  leave();
  isOnItsWay = false;
  const takeBack = show({ 'next-case': next });
  await settled();
  expect(at).toBe(3);
  takeBack();
});

test('a kept key is dropped when something is pointed at, and when another command is obeyed', async () => {
  const waiting = { 'next-case': () => 'soon', fit: runs('fit') };
  for (const change of [() => page.dispatchEvent(new Event('pointerdown')), () => press('f')]) {
    const leave = show(waiting);
    press('j');
    change();
    leave();
    const takeBack = show({ 'next-case': runs('next') });
    await settled();
    takeBack();
  }
  expect(ran).toEqual(['fit']);
});

test('a key whose offer knows by now that there is nothing to do is dropped', async () => {
  let isKnown = false;
  const handlers: Handlers = { 'next-case': () => (isKnown ? undefined : 'soon') };
  const leave = show(handlers);
  press('j');
  isKnown = true;
  delete handlers['next-case'];
  replayKept();
  await settled();
  leave();
  const takeBack = show({ 'next-case': runs('next') });
  await settled();
  takeBack();
  expect(ran).toEqual([]);
});
