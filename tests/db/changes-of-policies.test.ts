import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reconcileStoredRows } from '@/lib/audit/reconcile-rows';
import { answerChange, withdrawChange } from '@/lib/changes/answer-change';
import { waitingChanges } from '@/lib/changes/read-changes';
import { submitPolicy } from '@/lib/changes/submit-policy';
import { takeEffectOfDue } from '@/lib/changes/take-effect';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ChangeView } from '@/lib/domain/change/change-view';
import { SETTING_LABELS } from '@/lib/domain/change/policy-differences';
import { policyOn } from '@/lib/domain/change/policy-on';
import { CONTROLS_OF, weakens } from '@/lib/domain/change/weakens';
import { DEFAULT_POLICY, type PolicySettings } from '@/lib/domain/policy';
import { gains, may, newAccountTakesTwo, ROLES } from '@/lib/domain/roles';
import { changePolicy } from '@/lib/review/change-policy';
import { currentPolicy } from '@/lib/review/policies';
import { type ChangesDesk, changeOf, startChangesDesk, WHY, YES } from '../helpers/changes-desk';
import { refusalOf } from '../helpers/desk';
import { agree, agreeOnly, publishPolicy } from '../helpers/second-person';

let desk: ChangesDesk;
let mia: Actor;
let max: Actor;
beforeAll(async () => {
  desk = await startChangesDesk();
  ({ mia, max } = desk);
});
afterAll(() => desk.close());

describe('the rule that a policy weakens a control', () => {
  const tag = fc.record({ name: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2') });
  const settings: fc.Arbitrary<PolicySettings> = fc.record({
    fourEyes: fc.record({
      overridesToApproved: fc.boolean(),
      overridesToDeclined: fc.boolean(),
      tags: fc.array(tag, { minLength: 2, maxLength: 6 }),
    }),
    qaSharePercent: fc.constantFrom(0, 2.5, 5, 100),
    claimMinutes: fc.constantFrom(1, 10),
    slaHours: fc.constantFrom(1, 24),
    retentionDays: fc.constantFrom(30, 1826),
    masking: fc.record({
      roles: fc.subarray([...ROLES]),
      blurPx: fc.constantFrom(8, 24, 60),
      greyscale: fc.boolean(),
      watermark: fc.boolean(),
    }),
  });

  /** Settings of which most are those of another policy. */
  const mostly = (before: PolicySettings): fc.Arbitrary<PolicySettings> =>
    fc
      .tuple(settings, fc.uniqueArray(fc.constantFrom(...SETTING_PATHS), { minLength: 2, maxLength: 6 }))
      .map(([other, paths]) => paths.reduce((done, path) => withSetting(done, other, path), before));

  test('and what a proposal comes to on the policy in force, is the same in the program and in the database', async () => {
    const pairs = fc.sample(fc.tuple(settings, settings), { numRuns: 300, seed: 13 });
    const rows = await db().$queryRaw<{ weaker: string[] }[]>`
      SELECT console.policy_weakens(pair -> 0, pair -> 1) AS weaker FROM jsonb_array_elements(${JSON.stringify(pairs)}::jsonb) WITH ORDINALITY AS all_pairs(pair, place)
      ORDER BY place`;
    expect(rows.map(({ weaker }) => weaker)).toEqual(pairs.map(([before, after]) => weakens(before, after)));
    expect(rows.filter(({ weaker }) => weaker.length > 0).length).toBeGreaterThan(100);
    const near = settings.chain((before) => fc.record({ before: fc.constant(before), settings: mostly(before), current: mostly(before) }));
    const all = fc.sample(near, { numRuns: 300, seed: 14 });
    const applied = await db().$queryRaw<{ settings: unknown }[]>`
      SELECT console.policy_on(one, one -> 'current') AS settings FROM jsonb_array_elements(${JSON.stringify(all)}::jsonb) WITH ORDINALITY AS them(one, place)
      ORDER BY place`;
    const expected = all.map(({ current, ...change }) => policyOn(change, current)).map((on) => (on.moved.length > 0 ? null : on.settings));
    expect(applied.map((row) => row.settings)).toEqual(expected);
    expect(expected.filter((one) => one === null).length).toBeGreaterThan(50);
    expect(expected.filter((one) => one !== null).length).toBeGreaterThan(50);
  });

  test('starts from the same version 0, knows every setting, and the same roles', async () => {
    const [row] = await db().$queryRaw<{ policy: unknown; approving: string[] }[]>`
      SELECT console.default_policy() AS policy,
        ARRAY(SELECT role FROM unnest(${[...ROLES]}::text[]) AS role WHERE console.role_approves_changes(role)) AS approving`;
    expect(row?.policy).toEqual(DEFAULT_POLICY);
    expect(row?.approving).toEqual(ROLES.filter((role) => may(role, 'policies.approve')));
    expect(Object.keys(CONTROLS_OF).toSorted()).toEqual(Object.keys(DEFAULT_POLICY).toSorted());
    const pairs = ROLES.flatMap((from) => ROLES.map((to) => ({ from, to })));
    const stored = await db().$queryRaw<{ gains: boolean; control: boolean }[]>`
      SELECT console.role_gains(pair ->> 'from', pair ->> 'to') AS gains, console.new_account_takes_two(pair ->> 'to') AS control
      FROM jsonb_array_elements(${JSON.stringify(pairs)}::jsonb) WITH ORDINALITY AS all_pairs(pair, place) ORDER BY place`;
    expect(stored).toEqual(pairs.map(({ from, to }) => ({ gains: gains(from, to), control: newAccountTakesTwo(to) })));
  });

  test('lets a stricter policy, and one that only shares out work, be published alone', async () => {
    const { version, settings: now } = await currentPolicy();
    const stricter = { ...now, qaSharePercent: 100, claimMinutes: 3, fourEyes: { ...now.fourEyes, overridesToDeclined: true } };
    expect(await submitPolicy(mia, { version, settings: stricter, reason: WHY })).toMatchObject({ policy: { version: version + 1 } });
    await publishPolicy({ first: mia, second: max }, { version: version + 1, settings: now, reason: WHY });
  });
});

const SETTING_PATHS = Object.keys(SETTING_LABELS);

/** The first policy with one setting of the second. */
function withSetting(policy: PolicySettings, from: PolicySettings, path: string): PolicySettings {
  const copy: PolicySettings = structuredClone(policy);
  const [group = '', name] = path.split('.');
  const pick = (settings: object, key: string) => Reflect.get(settings, key);
  if (name === undefined) Reflect.set(copy, group, pick(from, group));
  else Reflect.set(pick(copy, group), name, pick(pick(from, group), name));
  return copy;
}

describe('a policy proposal that waits', () => {
  const proposed = async (change: (settings: PolicySettings) => PolicySettings): Promise<ChangeView> => {
    const { version, settings } = await currentPolicy();
    return changeOf(await submitPolicy(mia, { version, settings: change(settings), reason: WHY }));
  };
  const published = async (change: (settings: PolicySettings) => PolicySettings) => {
    const { version, settings } = await currentPolicy();
    await changePolicy(max, { version, settings: change(settings), reason: WHY });
  };
  const seen = async ({ id }: ChangeView) => (await waitingChanges(max)).find((change) => change.id === id);

  test('changes its own settings on whatever policy is in force, and says what will hold', async () => {
    const share = await proposed((settings) => ({ ...settings, qaSharePercent: 1 }));
    const blur = await proposed(({ masking, ...settings }) => ({ ...settings, masking: { ...masking, blurPx: 16 } }));
    expect([share.what, blur.what]).toEqual(['change the policy (QA review share)', 'change the policy (Blur strength)']);
    await published((settings) => ({ ...settings, slaHours: 7 }));
    await agree(max, blur);
    expect(await seen(share)).toMatchObject({ outdated: null, differences: [{ label: 'QA review share', to: '1 %' }] });
    expect((await seen(share))?.willHold).toEqual(
      expect.arrayContaining([
        { label: 'QA review share', value: '1 %', changes: true },
        { label: 'Due time', value: '7 hours', changes: false },
        { label: 'Blur strength', value: '16 pixels', changes: false },
      ]),
    );
    await agree(max, share);
    const { settings } = await currentPolicy();
    expect(settings).toMatchObject({ qaSharePercent: 1, slaHours: 7, masking: { blurPx: 16 } });
    expect((await reconcileStoredRows()).first).toBeNull();
  });

  test('is outdated once a setting it changes moved, and a weaker blur once it would concern other roles', async () => {
    const share = await proposed((settings) => ({ ...settings, qaSharePercent: 0.5 }));
    const grey = await proposed(({ masking, ...settings }) => ({ ...settings, masking: { ...masking, blurPx: 12 } }));
    await published((settings) => ({ ...settings, qaSharePercent: 50 }));
    expect([(await seen(share))?.outdated, (await seen(grey))?.outdated]).toEqual([expect.stringMatching(/: QA review share\.$/), null]);
    await published(({ masking, ...settings }) => ({ ...settings, masking: { ...masking, roles: [...ROLES] } }));
    expect((await seen(grey))?.outdated).toMatch(/: Blurred for\.$/);
    for (const change of [share, grey]) {
      expect((await refusalOf(answerChange(max, change.id, YES))).code).toBe('stale');
      await withdrawChange(mia, change.id, '');
    }
  });

  test('is the same one when it is sent again after another version was published', async () => {
    const change = await proposed((settings) => ({ ...settings, retentionDays: 400 }));
    await published((settings) => ({ ...settings, slaHours: 9 }));
    expect((await refusalOf(proposed((settings) => ({ ...settings, retentionDays: 400 })))).code).toBe('conflict');
    await withdrawChange(mia, change.id, '');
  });

  test('lets no other policy be written under it in SQL', async () => {
    const change = await proposed((settings) => ({ ...settings, retentionDays: 500 }));
    await published((settings) => ({ ...settings, slaHours: 11 }));
    await agreeOnly(max, change);
    const policy = (settings: object) =>
      db().$executeRaw`INSERT INTO console.policy (version, settings, reason, by_id, by_name, change_id)
        SELECT max(version) + 1, ${JSON.stringify(settings)}::jsonb, 'by hand, with SQL', ${mia.id}::uuid, 'Mia', ${change.id}::uuid FROM console.policy`;
    const { settings } = await currentPolicy();
    await expect(policy({ ...settings, retentionDays: 500, qaSharePercent: 0 })).rejects.toThrow(/weakens a control/);
    await expect(policy({ ...settings, retentionDays: 500 })).rejects.toThrow(/has no audit event/);
    await takeEffectOfDue();
    expect((await currentPolicy()).settings).toMatchObject({ retentionDays: 500, slaHours: 11 });
  });
});
