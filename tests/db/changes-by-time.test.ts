import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changeNotices, missingApproverNotices } from '@/app/notices/change-notices';
import { approverLeft } from '@/lib/auth/approver-left';
import { changePassword } from '@/lib/auth/change-password';
import { signInWithClaims } from '@/lib/auth/oidc';
import { hashPassword } from '@/lib/auth/passwords';
import { readSession, startSession } from '@/lib/auth/sessions';
import { addUser, changeRole, disableUser, enableUser, setPassword } from '@/lib/auth/users';
import { answerChange, withdrawChange } from '@/lib/changes/answer-change';
import { announcedChanges, waitingChanges } from '@/lib/changes/read-changes';
import { submitEnabling, submitNewUser, submitPassword } from '@/lib/changes/submit-user';
import { takeEffectOfDue } from '@/lib/changes/take-effect';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { CHANGE_KINDS, CHANGE_WAIT_HOURS } from '@/lib/domain/change/proposed-change';
import { rolesWith } from '@/lib/domain/roles';
import { type ChangesDesk, eventsOfChange, startChangesDesk, WHY, waiting, YES } from '../helpers/changes-desk';
import { refusalOf } from '../helpers/desk';
import { agree, asOwner, onTable, waitHours } from '../helpers/second-person';

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

// On the server, which waits for nobody who was removed there.
const removeOthers = async () => {
  for (const { email } of await db().user.findMany({ where: { role: { in: rolesWith('policies.approve') }, disabledAt: null } }))
    if (![mia.email, miaToo.email].includes(email)) await disableUser(SYSTEM_ACTOR, email);
};
const backToNormal = async () => {
  for (const { email } of [max, adi]) await enableUser(SYSTEM_ACTOR, email);
  for (const { id } of await waitingChanges(max)) await withdrawChange(max, id, '');
};

describe('where nobody else could agree', () => {
  afterEach(backToNormal);

  test.each(CHANGE_KINDS)(
    'a change of the kind %s takes effect after 72 hours, announced until then, and not an hour sooner',
    async (kind) => {
      const walk = await desk.walk(kind);
      await removeOthers();
      const change = await walk.propose();
      expect(change.takesEffectAt).toBe(change.proposedAt + CHANGE_WAIT_HOURS * 3_600_000);
      expect(await announcedChanges()).toMatchObject([{ id: change.id, takesEffectAt: change.takesEffectAt }]);
      await waitHours(change.id, CHANGE_WAIT_HOURS - 1);
      await takeEffectOfDue();
      expect(await walk.done()).toBe(false);
      await waitHours(change.id, 1);
      // Reading the list is enough: it does not take the jobs process.
      expect(await waitingChanges(ana)).toEqual([]);
      expect(await walk.done()).toBe(true);
      expect(await announcedChanges()).toEqual([]);
      expect((await eventsOfChange(change.id)).map(([action]) => action)).toEqual(['change.proposed', 'change.took-effect']);
    },
  );

  test('anybody who holds the right takes it back, and it never takes effect', async () => {
    const walk = await desk.walk('POLICY');
    await removeOthers();
    const change = await walk.propose();
    // Announced to everybody, without a name.
    const [notice] = await changeNotices();
    expect(notice).toMatchObject({ severity: 'announcement', href: `/approvals?change=${change.id}` });
    expect(notice?.text).toMatch(/^A policy that weakens a control takes effect on \d/);
    expect(notice?.text).not.toContain('Mia');
    await withdrawChange(miaToo, change.id, '');
    expect(await changeNotices()).toEqual([]);
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    expect(await walk.done()).toBe(false);
  });

  test.each(CHANGE_KINDS)('a change of the kind %s that no longer fits is not announced any more', async (kind) => {
    const walk = await desk.walk(kind);
    await removeOthers();
    const change = await walk.propose();
    expect((await announcedChanges()).map(({ id }) => id)).toEqual([change.id]);
    for (const { email } of [max, adi]) await enableUser(SYSTEM_ACTOR, email);
    await walk.move();
    await removeOthers();
    expect((await announcedChanges()).map(({ id }) => id)).toEqual([]);
  });

  test('the proposer who lost the right, or the account, meanwhile changes nothing', async () => {
    const walk = await desk.walk('POLICY');
    await removeOthers();
    const change = await walk.propose();
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    await changeRole(SYSTEM_ACTOR, mia.email, 'analyst');
    await takeEffectOfDue();
    await changeRole(SYSTEM_ACTOR, mia.email, 'manager');
    expect(await walk.done()).toBe(false);
    expect((await eventsOfChange(change.id)).at(-1)?.[0]).toBe('change.lapsed');
  });

  test('a second person who appears is waited for, and who removes them does not thereby get rid of them', async () => {
    const walk = await desk.walk('POLICY');
    await removeOthers();
    const change = await walk.propose();
    await enableUser(SYSTEM_ACTOR, max.email);
    expect((await waitingChanges(mia)).map(({ takesEffectAt }) => takesEffectAt)).toEqual([null]);
    expect(await announcedChanges()).toEqual([]);
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    expect(await walk.done()).toBe(false);
    for (const remove of [() => changeRole(miaToo, max.email, 'analyst'), () => disableUser(miaToo, max.email)]) {
      await remove();
      await takeEffectOfDue();
      expect(await walk.done()).toBe(false);
      await changeRole(SYSTEM_ACTOR, max.email, 'manager');
    }
    await enableUser(SYSTEM_ACTOR, max.email);
    await answerChange(max, change.id, YES);
    expect(await walk.done()).toBe(true);
  });
});

describe('a change for which somebody appears while its 72 hours run', () => {
  afterEach(backToNormal);

  test('does not take effect by time once they leave, says so, and is announced for 72 hours when it is proposed anew', async () => {
    const walk = await desk.walk('POLICY');
    await removeOthers();
    const change = await walk.propose();
    await enableUser(SYSTEM_ACTOR, max.email);
    await waitHours(change.id, 30 * 24);
    await disableUser(miaToo, max.email);
    await approverLeft(SYSTEM_ACTOR, max.email);
    expect(await announcedChanges()).toEqual([]);
    await takeEffectOfDue();
    expect(await walk.done()).toBe(false);
    expect(await waitingChanges(mia)).toMatchObject([
      { takesEffectAt: null, stuck: expect.stringMatching(/Withdraw it and propose it again/) },
    ]);
    const effect = db().changeEffect.create({ data: { changeId: change.id, tookEffect: true, outcome: 'by hand' } });
    await expect(effect).rejects.toThrow(/may not take effect/);
    await withdrawChange(miaToo, change.id, '');
    const again = await walk.propose();
    expect(await announcedChanges()).toMatchObject([{ id: again.id }]);
    await waitHours(again.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    expect(await walk.done()).toBe(true);
  });

  test('waits for an account that its proposer added by time, once the server or the sign-in provider proved who uses it', async () => {
    await removeOthers();
    for (const way of ['server', 'provider']) {
      const email = `real-${way}@example.test`;
      const added = waiting(await submitNewUser(miaToo, { email, name: 'Real', role: 'manager', password: 'a first long password' }, WHY));
      await waitHours(added.id, CHANGE_WAIT_HOURS);
      await takeEffectOfDue();
      const walk = await desk.walk('POLICY');
      const before = await walk.propose();
      expect(before.takesEffectAt).not.toBeNull();
      if (way === 'server') await setPassword(SYSTEM_ACTOR, email, 'a password of the server');
      else await signInWithClaims(max.origin, { sub: 'real', email, email_verified: true });
      // It waits for them from that moment, also the change that was proposed before.
      await waitHours(before.id, CHANGE_WAIT_HOURS);
      await takeEffectOfDue();
      expect(await walk.done()).toBe(false);
      await withdrawChange(mia, before.id, '');
      expect((await walk.propose()).takesEffectAt).toBeNull();
      for (const { id } of await waitingChanges(mia)) await withdrawChange(mia, id, '');
      await disableUser(SYSTEM_ACTOR, email);
    }
  });
});

describe('where one person removed the other approver before the proposal', () => {
  const REMOVALS = {
    disabled: () => disableUser(miaToo, max.email),
    'made an analyst': () => changeRole(miaToo, max.email, 'analyst'),
    'made an auditor and then disabled': async () => {
      await changeRole(miaToo, max.email, 'auditor');
      await disableUser(miaToo, max.email);
    },
    'disabled in the database itself': () => db().user.update({ where: { id: max.id }, data: { disabledAt: new Date('2020-01-01') } }),
    'made an analyst in the database itself': () => db().user.update({ where: { id: max.id }, data: { role: 'analyst' } }),
  };
  beforeAll(() => disableUser(SYSTEM_ACTOR, adi.email));
  afterEach(async () => {
    await enableUser(SYSTEM_ACTOR, max.email);
    await changeRole(SYSTEM_ACTOR, max.email, 'manager');
    for (const { id } of await waitingChanges(mia)) await withdrawChange(mia, id, '');
  });

  test.each(Object.entries(REMOVALS))(
    'and is %s, the change waits for a second reviewer and never takes effect by time, however long ago that was',
    async (_, remove) => {
      const walk = await desk.walk('POLICY');
      await remove();
      await onTable('user', `UPDATE console."user" SET disabled_at = disabled_at - interval '400 days' WHERE id = '${max.id}'`);
      await onTable('audit_event', `UPDATE console.audit_event SET at = at - interval '400 days' WHERE subject = 'user:${max.id}'`);
      const change = await walk.propose();
      expect(change).toMatchObject({
        takesEffectAt: null,
        stuck: expect.stringMatching(/Max could have agreed, but was .*user -- left EMAIL/),
      });
      // Nor when the row says that its time came: the program and the database both follow the one rule.
      await asOwner(`UPDATE console.proposed_change SET takes_effect_at = now() - interval '1 hour' WHERE id = '${change.id}'`);
      await waitHours(change.id, 24 * 400);
      expect(await announcedChanges()).toEqual([]);
      await takeEffectOfDue();
      expect(await walk.done()).toBe(false);
      const effect = db().changeEffect.create({ data: { changeId: change.id, tookEffect: true, outcome: 'by hand' } });
      await expect(effect).rejects.toThrow(/may not take effect/);
    },
  );

  test('every screen announces it for 72 hours, without a name', async () => {
    expect(await missingApproverNotices()).toEqual([]);
    await disableUser(miaToo, max.email);
    const [notice] = await missingApproverNotices();
    expect(notice).toMatchObject({ severity: 'announcement', href: '/approvals' });
    expect(notice?.text).toMatch(/^Nobody is left to agree to changes that take two people/);
    expect(notice?.text).not.toMatch(/Max|Mia/);
    expect(await missingApproverNotices(Date.now() + (CHANGE_WAIT_HOURS + 1) * 3_600_000)).toEqual([]);
  });

  test('the server confirms that they left, and only then a change takes effect 72 hours after it is proposed', async () => {
    const walk = await desk.walk('POLICY');
    expect((await refusalOf(approverLeft(SYSTEM_ACTOR, max.email))).code).toBe('conflict');
    await disableUser(miaToo, max.email);
    for (const actor of [mia, miaToo]) expect((await refusalOf(approverLeft(actor, max.email))).code).toBe('forbidden');
    await approverLeft(SYSTEM_ACTOR, max.email);
    const change = await walk.propose();
    expect(change).toMatchObject({ takesEffectAt: expect.any(Number), stuck: null });
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    expect(await walk.done()).toBe(true);
    // Let in again and removed by one person once more, they count again.
    await enableUser(SYSTEM_ACTOR, max.email);
    await disableUser(miaToo, max.email);
    expect((await (await desk.walk('POLICY')).propose()).takesEffectAt).toBeNull();
  });

  test('who never could have answered it, or was removed on the server, is not waited for', async () => {
    const { id, email } = await desk.newAccount('manager', true);
    await changeRole(miaToo, email, 'auditor');
    await addUser(SYSTEM_ACTOR, { email: 'mia+three@example.test', name: 'Mia', role: 'manager', password: null });
    await disableUser(miaToo, 'mia+three@example.test');
    await disableUser(SYSTEM_ACTOR, max.email);
    const change = await (await desk.walk('POLICY')).propose();
    expect([id, change.takesEffectAt]).toEqual([id, expect.any(Number)]);
  });

  test('the removed one is let in again by time, as the change is about their own account', async () => {
    await disableUser(miaToo, max.email);
    const change = waiting(await submitEnabling(miaToo, max.id, WHY));
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    expect(await db().user.findUniqueOrThrow({ where: { id: max.id } })).toMatchObject({ disabledAt: null });
  });
});

describe('where the password of the only other approver is reset by time', () => {
  const [TEMPORARY, OWN] = ['a temporary password', 'a password of their own'];
  /** Signs in as Max and makes the forced change, as Mia could who knows the password. */
  const takeOver = async (current: string, password: string) => {
    const { name, email } = max;
    await changePassword({ ...max, name, email }, { current, password });
  };
  const longAgo = () =>
    onTable('credential_event', `UPDATE console.credential_event SET at = at - interval '400 days' WHERE user_id = '${max.id}'`);

  test('nobody answers for them to who reset it, nor does a change take effect by time, until the server sets another one', async () => {
    const walk = await desk.walk('POLICY');
    const reset = waiting(await submitPassword(miaToo, max.id, TEMPORARY, WHY));
    await waitHours(reset.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    await takeOver(TEMPORARY, OWN);
    await longAgo();
    const change = await walk.propose();
    expect(change).toMatchObject({ takesEffectAt: null, stuck: expect.stringContaining('Max may agree to changes, but not to this one') });
    expect(await refusalOf(answerChange(max, change.id, YES))).toMatchObject({ message: expect.stringMatching(/set again on the server/) });
    await withdrawChange(mia, change.id, '');
    await setPassword(SYSTEM_ACTOR, max.email, TEMPORARY, 'GIVEN');
    await takeOver(TEMPORARY, `${OWN} 2`);
    await longAgo();
    await agree(max, await walk.propose());
    expect(await walk.done()).toBe(true);
  });

  test('nor does who was added by time become the second reviewer of who added them', async () => {
    await disableUser(SYSTEM_ACTOR, max.email);
    const email = 'sock@example.test';
    const added = waiting(await submitNewUser(miaToo, { email, name: 'Sock', role: 'manager', password: TEMPORARY }, WHY));
    await waitHours(added.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    const { id } = await db().user.findUniqueOrThrow({ where: { email } });
    const sock: Actor = { ...max, id, name: 'Sock', email };
    await changePassword(sock, { current: TEMPORARY, password: OWN });
    await onTable('credential_event', `UPDATE console.credential_event SET at = at - interval '400 days' WHERE user_id = '${id}'`);
    const change = await (await desk.walk('POLICY')).propose();
    // It is the proposer's own, so nobody waits for it either.
    expect(change.takesEffectAt).not.toBeNull();
    expect((await refusalOf(answerChange(sock, change.id, YES))).message).toMatch(/set the password/);
    await withdrawChange(mia, change.id, '');
    await enableUser(SYSTEM_ACTOR, max.email);
  });

  test('nor who was taken over by a password written into the database, with its triggers or without, for 24 hours after its change', async () => {
    const walk = await desk.walk('POLICY');
    const change = await walk.propose();
    const write = async () => db().user.update({ where: { id: max.id }, data: { passwordHash: await hashPassword(TEMPORARY) } });
    const unknown = async () =>
      expect((await refusalOf(answerChange(max, change.id, YES))).message).toMatch(/changed in the database itself/);
    await write();
    await unknown();
    await takeOver(TEMPORARY, OWN);
    await unknown();
    await longAgo();
    // Past the triggers there is no event: the hash alone does not fit.
    const hash = await hashPassword(TEMPORARY);
    await onTable('user', `UPDATE console."user" SET password_hash = '${hash}' WHERE id = '${max.id}'`);
    await unknown();
    const session = await startSession(max.origin, max.id, 'password');
    expect((await refusalOf(readSession(session, max.origin))).code).toBe('password-change-required');
    await takeOver(TEMPORARY, OWN);
    await unknown();
    await expect(
      db().changeVerdict.create({
        data: { changeId: change.id, verdict: 'AGREED', comment: '', byId: max.id, byName: 'Max', byEmail: max.email },
      }),
    ).rejects.toThrow(/unknown-credentials/);
    await withdrawChange(mia, change.id, '');
    await longAgo();
    await agree(max, await walk.propose());
  });
});
