import { describe, expect, test } from 'vitest';
import { headProblem, sizeProblem } from '@/lib/domain/evidence-claim';
import { problemSentence } from '@/lib/domain/evidence-problem';
import { confirmProblem, shownProblem } from '@/lib/domain/evidence-shown';
import { CHECK_LASTS_MS, canAcknowledge, type EvidenceRows, type EvidenceState, evidenceStates } from '@/lib/domain/evidence-state';
import { namedHash, viewedState } from '@/lib/domain/evidence-viewed';
import { evidenceText } from '@/lib/export/evidence-text';

const NAME = 'v_id_5_passport.jpg';
const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
const NOW = at(30).getTime();

/** Readings in their order, a minute apart: a letter for bytes, or the result of a check that found none. */
function stateAfter(readings: (string | 'begun' | 'unread' | 'lost')[], acknowledgedUpTo?: number): EvidenceState {
  const hashes: EvidenceRows['hashes'][number][] = [];
  const checks: EvidenceRows['checks'][number][] = [];
  const losses: EvidenceRows['losses'][number][] = [];
  for (const [minute, reading] of readings.entries()) {
    const bytes = reading === 'A' ? A : reading === 'B' ? B : null;
    if (bytes && hashes.at(-1)?.sha256 !== bytes)
      hashes.push({ id: BigInt(hashes.length + 1), name: NAME, sha256: bytes, size: 10n, seenAt: at(minute), byName: 'Ana' });
    const problem = reading === 'lost' ? 'http-404' : null;
    if (problem || bytes) losses.push({ name: NAME, lost: problem !== null, problem });
    checks.push({ id: BigInt(minute + 1), name: NAME, result: bytes ? 'seen' : reading, problem, at: at(minute) });
  }
  const acknowledgements =
    acknowledgedUpTo === undefined
      ? []
      : [{ name: NAME, upTo: BigInt(acknowledgedUpTo), reason: 'Restored from a backup.', byName: 'Marek', at: at(20) }];
  const [state] = evidenceStates([NAME], { hashes, checks, losses, acknowledgements }, NOW - 25 * 60_000);
  if (!state) throw new Error('no state');
  return state;
}

describe('the state of a file', () => {
  test.each([
    [[], 'not-checked'],
    [['begun'], 'checking'],
    [['A'], 'same'],
    [['A', 'begun'], 'checking'],
    [['A', 'unread'], 'not-checked'],
    [['A', 'begun', 'A'], 'same'],
    [['A', 'B'], 'differs'],
    // Bad news stands until it is disproved.
    [['A', 'B', 'begun'], 'differs'],
    [['A', 'lost'], 'lost'],
    [['A', 'lost', 'begun'], 'lost'],
    [['A', 'lost', 'A'], 'same'],
    [['A', 'B', 'A'], 'same'],
  ])('after %j is %s', (readings, expected) => {
    expect(stateAfter(readings).state).toBe(expected);
  });

  test('is lost by the row that says so alone, whatever checks came later, and tells the reason of the newest of the same kind', () => {
    const hashes = [{ id: 1n, name: NAME, sha256: A, size: 10n, seenAt: at(0), byName: 'Ana' }];
    const check = (id: bigint, result: string, problem: string | null) => ({ id, name: NAME, result, problem, at: at(Number(id)) });
    const stateOf = (problem: string, ...checks: EvidenceRows['checks']) =>
      evidenceStates([NAME], { hashes, checks, losses: [{ name: NAME, lost: true, problem }], acknowledgements: [] }, NOW)[0];
    expect(stateOf('http-404', check(1n, 'seen', null))).toMatchObject({ state: 'lost', problem: 'http-404' });
    expect(stateOf('http-404', check(1n, 'lost', 'timeout'))).toMatchObject({ state: 'lost', problem: 'timeout' });
    expect(stateOf('length-9-10', check(1n, 'lost', 'timeout'))).toMatchObject({ state: 'lost', problem: 'length-9-10' });
  });

  test('is not checked any more once a check has been running for too long', () => {
    const checks = [{ id: 1n, name: NAME, result: 'begun', problem: null, at: at(0) }];
    const states = (now: number) =>
      evidenceStates([NAME], { hashes: [], checks, losses: [], acknowledgements: [] }, now).map(({ state }) => state);
    expect(states(at(0).getTime() + CHECK_LASTS_MS - 1)).toEqual(['checking']);
    expect(states(at(0).getTime() + CHECK_LASTS_MS)).toEqual(['not-checked']);
  });

  test('says when and by whom it was first seen, when it was last read, and when it held other bytes', () => {
    const state = stateAfter(['A', 'B', 'A', 'lost']);
    expect(state).toMatchObject({
      first: { sha256: A, at: at(0).getTime(), by: 'Ana' },
      readAt: at(2).getTime(),
      checkedAt: at(3).getTime(),
    });
    expect(state.others).toEqual([{ sha256: B, from: at(1).getTime(), until: at(2).getTime(), acknowledged: null }]);
  });

  test('lets a difference be acknowledged only while the original bytes are back, and an acknowledgement covers nothing later', () => {
    expect(canAcknowledge(stateAfter(['A', 'B']))).toBe(false);
    expect(canAcknowledge(stateAfter(['A', 'B', 'A', 'begun']))).toBe(false);
    expect(canAcknowledge(stateAfter(['A', 'B', 'A']))).toBe(true);
    expect(canAcknowledge(stateAfter(['A', 'B', 'A'], 3))).toBe(false);
    expect(stateAfter(['A', 'B', 'A', 'B'], 3).others.map(({ acknowledged }) => acknowledged?.by ?? null)).toEqual(['Marek', null]);
  });
});

test('a verdict names the bytes its reviewer was shown, and is refused for any others', () => {
  const [same, differs, lost] = [stateAfter(['A']), stateAfter(['A', 'B']), stateAfter(['A', 'lost'])];
  const replaced = { ...lost, problem: 'length-9-10' };
  // Null is for a file that the console could not read either.
  expect([A, null].map((named) => shownProblem(same, named))).toEqual([null, 'not-shown']);
  expect([A, null].map((named) => shownProblem(stateAfter(['A', 'begun']), named))).toEqual([null, null]);
  expect(shownProblem(same, B)).toBe('other-bytes');
  expect([A, null, B].map((named) => shownProblem(differs, named))).toEqual(['other-bytes', 'difference-unseen', null]);
  expect([A, null].map((named) => shownProblem(lost, named))).toEqual([null, null]);
  expect([A, null].map((named) => shownProblem(replaced, named))).toEqual(['difference-unseen', null]);
  // A second reviewer confirms on the bytes the first decided on.
  expect(confirmProblem(differs, B, A)).toBe('not-the-decided');
  expect(confirmProblem(same, A, A)).toBeNull();
  expect(confirmProblem(same, A, B)).toBe('not-the-decided');
  expect(confirmProblem(lost, null, null)).toBeNull();
});

test('what is on the screen is held against the first bytes at once, and is the same only once the console was asked again', () => {
  const same = stateAfter(['A']);
  const page = { isLoading: false, shown: A, isCopy: false, isConfirmed: true };
  expect(viewedState(same, page, NOW).state).toBe('same');
  expect(viewedState(same, { ...page, isConfirmed: false }, NOW).state).toBe('checking');
  expect(viewedState(same, { ...page, isLoading: true, shown: null }, NOW).state).toBe('checking');
  expect(viewedState(same, { ...page, shown: B, isConfirmed: false }, NOW)).toMatchObject({
    state: 'differs',
    sha256: B,
    others: [{ sha256: B }],
  });
  // A kept copy says nothing about the file.
  expect(viewedState(stateAfter(['A', 'lost']), { ...page, isCopy: true }, NOW).state).toBe('lost');
  expect(namedHash(same, page, NOW)).toBe(A);
  // Of a clip that is played in parts, only a check that ended since the case was opened counts.
  const clip = { ...page, shown: null };
  expect(namedHash(same, clip, at(0).getTime())).toBe(A);
  expect(namedHash(same, clip, at(1).getTime())).toBeNull();
});

test('an extract never calls unchanged what was opened and not read to its end', () => {
  const text = (...readings: string[][]) =>
    evidenceText(
      readings.map((one) => stateAfter(one)),
      [],
    );
  expect(text(['A'], ['A'])).toBe('unchanged');
  expect(text(['A'], ['A', 'A', 'begun'])).toBe(`not-checked-since ${at(0).toISOString()}`);
  expect(text(['A', 'A'], ['A', 'A', 'begun'])).toBe(`not-checked-since ${at(1).toISOString()}`);
  expect(text(['A'], ['begun'])).toBe('not seen');
  expect(text(['A'])).toBe('unchanged');
});

test('bytes are held against what the record says: class, page or not, and length where it is stated', () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  const page = Buffer.from('<!doctype html><h1>Bad gateway</h1>');
  const head = (bytes: Uint8Array, contentType: string | null) => headProblem({ contentType }, bytes);
  expect(head(jpeg, 'image/png')).toBeNull();
  expect(head(Buffer.from('%PDF-1.7'), 'image/jpeg')).toBeNull();
  expect(head(jpeg, 'video/mp4')).toBe('kind-jpeg');
  for (const type of ['image/jpeg', 'video/mp4', 'application/octet-stream', '', null]) expect(head(page, type)).toBe('kind-html');
  expect(head(page, 'text/html')).toBeNull();
  expect(head(Buffer.from('{"statusCode":404}'), 'image/jpeg')).toBe('kind-text');
  expect([sizeProblem({ size: 10 }, 10), sizeProblem({ size: null }, 3), sizeProblem({ size: 10 }, 9)]).toEqual([
    null,
    null,
    'length-9-10',
  ]);
  expect(problemSentence('length-9000-48211')).toBe('The verification service sent 9,000 bytes; the record states 48,211.');
});
