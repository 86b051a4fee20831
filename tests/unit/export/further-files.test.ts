import { expect, test } from 'vitest';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { populationRow, storedPopulationRow } from '@/lib/export/population-row';
import { adaptVerification } from '@/lib/upstream/adapt';
import sample from '../../fixtures/upstream/sample.json';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const ID = 3;
const [first] = sample.result.files;
const further = { ...first, url: first?.url.replace(/[^/]+$/, 'v_id_3_back.jpg') };
const raw = { ...sample.result, verificationId: ID, files: [...sample.result.files, further] };
const verification = adaptVerification(raw);
const [id = '', face = '', back = ''] = verification.files.map(({ name }) => name ?? '');

const same = (name: string, change: Partial<EvidenceState> = {}): EvidenceState => ({
  name,
  state: 'same',
  sha256: A,
  size: 1,
  first: { at: 0, by: 'Ana', sha256: A },
  checkedAt: 0,
  readAt: 0,
  problem: null,
  others: [],
  ...change,
});

function evidenceOf(seen: EvidenceState[], decided = false): unknown[] {
  const absent = Object.fromEntries(Object.keys(storedPopulationRow.shape).map((key) => [key, null]));
  const known = { id: ID, machineResult: 'NOT_VERIFIED', raw: JSON.stringify(raw), snapshotHash: 'x', missing: false, state: 'OPEN' };
  const judged = decided ? { outcome: 'DECLINED', isOverride: false, idSha256: A, selfieSha256: A } : {};
  const stored = storedPopulationRow.parse({ ...absent, ...known, notes: 0, decisions: 0, recordChangeNoticed: false, ...judged });
  const { evidence, evidenceReadAt } = populationRow(stored, verification, seen);
  return [evidence, evidenceReadAt];
}

test('an extract says of a record what holds for every file it names, not for the first of each side only', () => {
  const pair = [same(id), same(face)];
  expect(evidenceOf(pair)).toEqual(['not seen', null]);
  expect(evidenceOf([...pair, same(back)])).toEqual(['unchanged', '1970-01-01T00:00:00.000Z']);
  expect(evidenceOf([...pair, same(back, { state: 'lost', problem: 'status-404' })])[0]).toBe('lost');
  const differs = same(back, { state: 'differs', sha256: B, others: [{ sha256: B, from: 1, until: null, acknowledged: null }] });
  expect(evidenceOf([...pair, differs])[0]).toBe('changed');
  // A decision is made on the first file of each side; a further one is not held against it.
  expect(evidenceOf([...pair, same(back, { sha256: B, first: { at: 0, by: 'Ana', sha256: B } })], true)[0]).toBe('unchanged');
});
