import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser, disableUser, enableUser } from '@/lib/auth/users';
import { answerChange, withdrawChange } from '@/lib/changes/answer-change';
import { changesFor, settledChanges, waitingChanges } from '@/lib/changes/read-changes';
import { submitEnabling, submitNewUser, submitPassword, submitRole } from '@/lib/changes/submit-user';
import { takeEffectOfDue } from '@/lib/changes/take-effect';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import { CHANGE_KINDS } from '@/lib/domain/change/proposed-change';
import { allTasks } from '@/lib/jobs/tasks';
import { type ChangesDesk, eventsOfChange, NO, startChangesDesk, WHY, waiting, YES } from '../helpers/changes-desk';
import { refusalOf } from '../helpers/desk';
import { agree, agreeOnly } from '../helpers/second-person';

let desk: ChangesDesk;
let ana: Actor;
let mia: Actor;
let max: Actor;
let miaToo: Actor;
let adi: Actor;
beforeAll(async () => {
  desk = await startChangesDesk();
  ({ ana, mia, max, miaToo, adi } = desk);
});
afterAll(() => desk.close());

describe.each(CHANGE_KINDS)('a change of the kind %s', (kind) => {
  test('is not made by one person, waits for a second one under no account of the first, and takes effect when they agree', async () => {
    const walk = await desk.walk(kind);
    expect((await refusalOf(walk.direct())).code).toBe('forbidden');
    const change = await walk.propose();
    expect(change).toMatchObject({ kind, state: 'WAITING', takesEffectAt: null, own: true, outdated: null });
    expect(await walk.done()).toBe(false);
    // Neither with the same account nor with the other one of that mailbox.
    for (const same of [mia, miaToo]) expect((await refusalOf(answerChange(same, change.id, YES))).message).toMatch(/You proposed this/);
    expect((await refusalOf(answerChange(ana, change.id, YES))).code).toBe('forbidden');
    expect((await refusalOf(walk.propose())).code).toBe('conflict');
    expect(await changesFor(max)).toBe(1);
    expect([await changesFor(mia), await changesFor(ana)]).toEqual([0, null]);

    const stored = await answerChange(max, change.id, YES);
    expect(stored).toMatchObject({ verdict: { verdict: 'AGREED', byName: 'Max' }, effect: { tookEffect: true } });
    expect(await walk.done()).toBe(true);
    const { name } = walk.first();
    expect(await eventsOfChange(change.id)).toEqual([
      ['change.proposed', name],
      ['change.approved', 'Max'],
      ['change.took-effect', name],
    ]);
    // The act's own event names both people as well.
    const act = await db().auditPayload.count({ where: { data: { contains: `"change":{"approvedBy":"Max","id":"${change.id}"}` } } });
    expect(act).toBeGreaterThan(0);
    expect((await refusalOf(answerChange(adi, change.id, NO))).code).toBe('stale');
    expect(await takeEffectOfDue()).toBe(0);
  });

  test('comes to nothing when the second person refuses, saying why, or when it is taken back', async () => {
    const walk = await desk.walk(kind);
    const refused = await walk.propose();
    expect(await refusalOf(answerChange(max, refused.id, { agrees: false, comment: 'No.' }))).toMatchObject({ field: 'comment' });
    await answerChange(max, refused.id, NO);
    expect((await refusalOf(answerChange(adi, refused.id, YES))).code).toBe('stale');
    const withdrawn = await walk.propose();
    expect((await refusalOf(withdrawChange(ana, withdrawn.id, ''))).code).toBe('forbidden');
    await withdrawChange(walk.first(), withdrawn.id, 'A mistake.');
    expect((await refusalOf(answerChange(max, withdrawn.id, YES))).code).toBe('stale');
    await takeEffectOfDue();
    expect(await walk.done()).toBe(false);
    expect((await eventsOfChange(withdrawn.id)).at(-1)).toEqual(['change.withdrawn', walk.first().name]);
    expect(await db().changeSecret.count({ where: { changeId: { in: [refused.id, withdrawn.id] } } })).toBe(0);
  });

  test('is refused as outdated once what it was proposed on moved on, also when that was after the second person agreed', async () => {
    const walk = await desk.walk(kind);
    const change = await walk.propose();
    await walk.move();
    expect((await waitingChanges(max)).find(({ id }) => id === change.id)?.outdated).toMatch(/\.$/);
    expect((await refusalOf(answerChange(max, change.id, YES))).code).toBe('stale');
    // As if the process had died between the verdict and its effect.
    await agreeOnly(max, change);
    await Promise.all([takeEffectOfDue(), takeEffectOfDue()]);
    expect((await eventsOfChange(change.id)).at(-1)?.[0]).toBe('change.lapsed');
    expect((await settledChanges(max)).find(({ id }) => id === change.id)).toMatchObject({ state: 'LAPSED', outcome: expect.any(String) });
    if (kind === 'ERASURE') expect(await walk.done()).toBe(false);
  });

  test('that an interrupted process left agreed to but not done is done by the jobs, once', async () => {
    const walk = await desk.walk(kind);
    const change = await walk.propose();
    await agreeOnly(max, change);
    const task = allTasks().find(({ name }) => name === 'change.take-effect');
    await Promise.all([task?.run(new AbortController().signal), task?.run(new AbortController().signal)]);
    expect(await walk.done()).toBe(true);
    expect((await eventsOfChange(change.id)).filter(([action]) => action === 'change.took-effect')).toHaveLength(1);
  });
});
describe('a change about an account', () => {
  test('is not answered by the person whose account it is, who therefore is not waited for either', async () => {
    const change = waiting(await submitPassword(adi, max.id, 'another long password', WHY));
    expect((await refusalOf(answerChange(max, change.id, YES))).message).toMatch(/your own account/);
    await withdrawChange(adi, change.id, '');
    // Mia adds a second account for Max: he is not the second person behind that.
    const added = waiting(
      await submitNewUser(miaToo, { email: 'max+two@example.test', name: 'Max', role: 'manager', password: null }, WHY),
    );
    expect((await refusalOf(answerChange(max, added.id, YES))).message).toMatch(/your own account/);
    await withdrawChange(miaToo, added.id, '');
  });

  test('that gives no right needs no second person, nor does the password of one’s own account', async () => {
    const { id } = await desk.newAccount('manager');
    expect(await submitRole(miaToo, id, 'auditor', '')).toBeNull();
    const own = { kind: 'PASSWORD' as const, userId: adi.id, email: adi.email, name: 'Adi', mark: '' };
    expect([whyItTakesTwo(adi.id, own), whyItTakesTwo(mia.id, own)]).toEqual([null, expect.any(String)]);
    expect(await refusalOf(submitRole(miaToo, id, 'admin', ''))).toMatchObject({ code: 'unprocessable', field: 'reason' });
  });

  test('of an auditor needs a second person as well, added or enabled: an auditor may export what an administrator may not', async () => {
    const aud = { email: 'aud@example.test', name: 'Aud', role: 'auditor', password: 'another long password' };
    expect((await refusalOf(addUser(adi, aud))).message).toMatch(/^Another auditor may do what an administrator may not/);
    const added = waiting(await submitNewUser(adi, aud, WHY));
    expect(await db().user.count({ where: { email: aud.email } })).toBe(0);
    await agree(max, added);
    await disableUser(adi, aud.email);
    expect((await refusalOf(enableUser(adi, aud.email))).code).toBe('forbidden');
    const { id } = await db().user.findUniqueOrThrow({ where: { email: aud.email } });
    await agree(max, waiting(await submitEnabling(adi, id, WHY)));
    await expect(db().user.create({ data: { email: 'raw.aud@example.test', name: 'Raw', role: 'auditor' } })).rejects.toThrow(
      /gained a right/,
    );
  });

  test('comes from the command line without a second person, and says so in its event', async () => {
    const { id } = await desk.newAccount('admin');
    const [event] = await db().auditEvent.findMany({ where: { subject: `user:${id}` }, include: { payload: true } });
    expect(event?.payload?.data).toContain('"via":"command-line"');
    await disableUser(SYSTEM_ACTOR, (await db().user.findUniqueOrThrow({ where: { id } })).email);
  });

  test('keeps the hash of a password to itself: not in the log, not in what is read, gone once it is settled', async () => {
    const { id } = await desk.newAccount('analyst');
    const change = waiting(await submitPassword(miaToo, id, 'another long password', WHY));
    const { passwordHash: secret } = await db().changeSecret.findUniqueOrThrow({ where: { changeId: change.id } });
    expect(secret).toMatch(/^\$2/);
    expect(JSON.stringify(await waitingChanges(max))).not.toContain(secret);
    expect(await db().auditPayload.count({ where: { data: { contains: secret } } })).toBe(0);
    await agree(max, change);
    expect(await db().changeSecret.count({ where: { changeId: change.id } })).toBe(0);
  });
});
