import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const KEYS: Record<string, string> = { ana: btoa('a'.repeat(32)), ben: btoa('b'.repeat(32)) };

/** A browser's storage, which outlives every page. */
class Stored {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(this[key]) : null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

let local: Stored;
let erased: { id: number; at: number }[] = [];
let asked: string[] = [];
let isDown = false;

beforeEach(() => {
  local = new Stored();
  [erased, asked, isDown] = [[], [], false];
  vi.stubGlobal('localStorage', local);
  vi.stubGlobal('sessionStorage', new Stored());
  vi.stubGlobal('window', globalThis);
});
afterEach(() => vi.unstubAllGlobals());

/** A page that was just loaded by a user: modules begin anew, the storage does not. */
async function pageOf(userId: string) {
  vi.resetModules();
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    if (isDown) throw new TypeError('Failed to fetch');
    return Response.json({ key: KEYS[userId], now: Date.now(), erased });
  });
  const { bindPage } = await import('@/components/api/page-session');
  bindPage({ mark: `${userId}.analyst`, user: { id: userId, name: userId, role: 'analyst' } });
  const [store, name, sweep, choice, tab] = await Promise.all([
    import('@/components/drafts/draft-store'),
    import('@/components/drafts/draft-name'),
    import('@/components/drafts/sweep-drafts'),
    import('@/components/drafts/keep-choice'),
    import('@/components/drafts/tab-draft'),
  ]);
  return { ...store, ...name, ...sweep, ...choice, ...tab };
}

const kept = () => Object.keys(local).filter((key) => key.startsWith('second-look/drafts/'));
const stored = () => JSON.stringify(local);
const untilKept = (count: number) => vi.waitFor(() => expect(kept()).toHaveLength(count), { interval: 5 });

describe('a draft', () => {
  test('is there again for its author, and lies in the browser only sealed', async () => {
    const first = await pageOf('ana');
    first.keepDraft(first.draftName(7, 'qa'), 'The ears differ.');
    first.keepDraft(first.draftName(7, 'qa'), 'The ears differ: Ümlaut 👂');
    await untilKept(1);
    expect(stored()).not.toContain('ears');
    const again = await pageOf('ana');
    expect(await again.readDraftText(again.draftName(7, 'qa'))).toBe('The ears differ: Ümlaut 👂');
    expect(await again.readDraftText(again.draftName(8, 'qa'))).toBeNull();
    expect(await again.readDraftText(again.draftName(7, 'case'))).toBeNull();
  });

  test('is nobody else’s: not under their name, and not copied under it', async () => {
    const ana = await pageOf('ana');
    ana.keepDraft(ana.draftName(7, 'qa'), 'Hers alone');
    await untilKept(1);
    const [hers = ''] = kept();
    const ben = await pageOf('ben');
    const his = ben.draftName(7, 'qa') ?? '';
    expect(await ben.readDraftText(his)).toBeNull();
    local.setItem(his, local.getItem(hers) ?? '');
    expect(await ben.readDraftText(his)).toBeNull();
    const again = await pageOf('ana');
    expect(await again.readDraftText(hers)).toBe('Hers alone');
  });

  test('forgotten while it was being sealed does not come back', async () => {
    const ana = await pageOf('ana');
    ana.keepDraft(ana.draftName(7, 'qa'), 'begun');
    ana.keepDraft(ana.draftName(7, 'qa'), null);
    ana.keepDraft(ana.draftName(8, 'qa'), 'other');
    await untilKept(1);
    expect(kept()[0]).toContain('/8/');
  });

  test('is left alone while the key cannot be fetched', async () => {
    const ana = await pageOf('ana');
    ana.keepDraft(ana.draftName(7, 'qa'), 'begun');
    await untilKept(1);
    const again = await pageOf('ana');
    isDown = true;
    await expect(again.readDraftText(again.draftName(7, 'qa'))).rejects.toThrow();
    expect(kept()).toHaveLength(1);
  });

  test('goes with the erasure of its case, whoever loads a page next; one begun since then stays', async () => {
    const ana = await pageOf('ana');
    for (const id of [7, 8]) ana.keepDraft(ana.draftName(id, 'case'), 'begun');
    local.setItem('second-look:space:7:id', 'sensor');
    await untilKept(2);
    erased = [
      { id: 7, at: Date.now() + 1 },
      { id: 8, at: Date.now() - 60_000 },
    ];
    const ben = await pageOf('ben');
    await ben.sweepDrafts('ben');
    expect(asked.at(-1)).toBe('/api/me/drafts?cases=7,8');
    expect(kept().map((key) => key.split('/')[3])).toEqual(['8']);
    expect(local.getItem('second-look:space:7:id')).toBeNull();
  });
});

describe('at sign-out', () => {
  test('drafts stay, sealed, unless their author chose otherwise on this device', async () => {
    const ana = await pageOf('ana');
    ana.keepDraft(ana.draftName(7, 'case'), 'begun');
    await untilKept(1);
    ana.forgetDraftsUnlessKept('ana');
    expect(kept()).toHaveLength(1);
    ana.chooseKeeping('ana', false);
    ana.forgetDraftsUnlessKept('ana');
    expect(kept()).toEqual([]);
  });

  test('a tab that is still open writes none anew where they were to go', async () => {
    const ana = await pageOf('ana');
    ana.chooseKeeping('ana', false);
    const { noteSignedOut } = await import('@/components/api/page-session');
    noteSignedOut();
    ana.keepDraft(ana.draftName(7, 'case'), 'late');
    const next = await pageOf('ana');
    next.keepDraft(next.draftName(8, 'case'), 'next');
    await untilKept(1);
    expect(kept()[0]).toContain('/8/');
  });
});

test('a page removes what earlier versions kept in the clear, and other users’ drafts that are not sealed or not to be kept', async () => {
  const former = ['second-look/text/qa/7', 'second-look:draft:ana:7'];
  for (const key of former) local.setItem(key, 'in the clear');
  sessionStorage.setItem('second-look/policy-draft/3', '{}');
  local.setItem('second-look/drafts/uma/7/qa', JSON.stringify({ at: 1, plain: 'in the clear' }));
  local.setItem('second-look/drafts/mia/7/qa', JSON.stringify({ at: 1, sealed: 'c2VhbGVk' }));
  local.setItem('second-look/drafts/eva/7/qa', JSON.stringify({ at: 1, sealed: 'c2VhbGVk' }));
  local.setItem('second-look/drafts-at-sign-out/mia', 'remove');
  const ana = await pageOf('ana');
  await ana.sweepDrafts('ana');
  expect(kept()).toEqual(['second-look/drafts/eva/7/qa']);
  expect(former.map((key) => local.getItem(key))).toEqual([null, null]);
  expect(sessionStorage.getItem('second-look/policy-draft/3')).toBeNull();
});

test('without a draft the server is not asked for a key', async () => {
  const ana = await pageOf('ana');
  await ana.sweepDrafts('ana');
  expect(await ana.readDraftText(ana.draftName(7, 'qa'))).toBeNull();
  expect(asked).toEqual([]);
});

describe('the tag of a submission under way', () => {
  const TAG = '0b8f4a52-6a6e-4c0e-9a53-2f6f3a0d9c11';

  test('is there after a reload for whoever sent it, sealed in this tab alone, until it is forgotten', async () => {
    const ana = await pageOf('ana');
    await ana.keepInTab('submission', TAG);
    expect(kept()).toEqual([]);
    expect(JSON.stringify(sessionStorage)).toContain('second-look/drafts/ana/');
    expect(JSON.stringify(sessionStorage)).not.toContain(TAG);
    const again = await pageOf('ana');
    expect(await again.readInTab('submission')).toBe(TAG);
    again.forgetInTab('submission');
    expect(await again.readInTab('submission')).toBeNull();
  });

  test('says nothing to the next user of the tab, and goes at sign-out where its author keeps nothing', async () => {
    const ana = await pageOf('ana');
    await ana.keepInTab('submission', TAG);
    const ben = await pageOf('ben');
    expect(await ben.readInTab('submission')).toBeNull();
    const again = await pageOf('ana');
    again.forgetDraftsUnlessKept('ana');
    expect(await again.readInTab('submission')).toBe(TAG);
    again.chooseKeeping('ana', false);
    again.forgetDraftsUnlessKept('ana');
    expect(JSON.stringify(sessionStorage)).not.toContain('second-look/drafts');
  });

  test('without ciphers, is gone after sign-out', async () => {
    vi.stubGlobal('crypto', {});
    const ana = await pageOf('ana');
    await ana.keepInTab('submission', TAG);
    expect(await ana.readInTab('submission')).toBe(TAG);
    ana.forgetDraftsUnlessKept('ana');
    expect(JSON.stringify(sessionStorage)).not.toContain(TAG);
  });
});
