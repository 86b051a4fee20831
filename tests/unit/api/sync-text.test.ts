import { describe, expect, it } from 'vitest';
import { isOpen, type SyncWire } from '@/components/sync/sync-store';
import { nextTryText, requestText } from '@/components/sync/sync-text';

const AT = 1_800_000_000_000;
const status = (request: SyncWire['request'], more: Partial<SyncWire> = {}): SyncWire => ({
  at: AT,
  syncedAt: AT - 4_000,
  backfill: { isDone: true, done: 130, total: 130 },
  unreadable: 0,
  failure: null,
  retryAt: null,
  request,
  ...more,
});
const asked = { requestedAt: AT - 2_000, requestedBy: 'Marek', startedAt: null, finishedAt: null, failure: null };

describe('a requested sync', () => {
  it('says how far it is, how it ended, and when nobody took it up', () => {
    expect(requestText(status(null))).toBeNull();
    expect(requestText(status(asked))).toBe('Requested by Marek; waiting for the sync process.');
    const begun = { ...asked, startedAt: AT - 1_000 };
    const filling = { backfill: { isDone: false, done: 1_200, total: 5_000 } };
    expect(requestText(status(begun))).toBe('Requested by Marek; syncing.');
    expect(requestText(status(begun, filling))).toBe('Requested by Marek; syncing, 1,200 of 5,000 records.');
    expect(requestText(status({ ...begun, finishedAt: AT }))).toBe('The sync requested by Marek is complete.');
    expect(requestText(status({ ...begun, finishedAt: AT, failure: 'The key is refused.' }))).toBe(
      'The requested sync failed: The key is refused.',
    );
    const stale = status({ ...asked, requestedAt: AT - 300_000 });
    expect(isOpen(stale)).toBe(false);
    expect(requestText(stale)).toMatch(/^No sync process finished the request of Marek\./);
  });

  it('keeps another one out only while it is under way', () => {
    expect(isOpen(null)).toBe(false);
    expect(isOpen(status(asked))).toBe(true);
    expect(isOpen(status({ ...asked, requestedAt: AT - 400_000, startedAt: AT - 10_000 }))).toBe(true);
    expect(isOpen(status({ ...asked, startedAt: AT, finishedAt: AT }))).toBe(false);
  });
});

it('the next try after a failure is told in seconds, then in minutes', () => {
  const at = (retryAt: number | null) => nextTryText(status(null, { retryAt }), AT);
  expect(at(null)).toBeNull();
  expect(at(AT + 12_300)).toBe('The next try is in 13 s.');
  expect(at(AT + 200_000)).toBe('The next try is in 4 min.');
  expect(at(AT - 1)).toBe('The next try is due now.');
});
