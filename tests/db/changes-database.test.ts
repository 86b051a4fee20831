import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeRole } from '@/lib/auth/users';
import { answerChange, withdrawChange } from '@/lib/changes/answer-change';
import { submitHold } from '@/lib/changes/submit-retention';
import { submitRole } from '@/lib/changes/submit-user';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { CHANGE_WAIT_HOURS } from '@/lib/domain/change/proposed-change';
import { currentPolicy } from '@/lib/review/policies';
import { type ChangesDesk, changeOf, NO, startChangesDesk, WHY, waiting } from '../helpers/changes-desk';
import { agree } from '../helpers/second-person';

let desk: ChangesDesk;
let ana: Actor;
let mia: Actor;
let max: Actor;
let miaToo: Actor;
beforeAll(async () => {
  desk = await startChangesDesk();
  ({ ana, mia, max, miaToo } = desk);
});
afterAll(() => desk.close());

describe('the database by itself', () => {
  const policy = (settings: string, changeId = 'NULL') =>
    db().$executeRawUnsafe(`INSERT INTO console.policy (version, settings, reason, by_id, by_name, change_id)
      SELECT coalesce(max(version), 0) + 1, ${settings}, 'by hand, with SQL', '${mia.id}', 'Mia', ${changeId} FROM console.policy`);

  test('refuses a policy that weakens a control, the end of a hold and an erasure by request without an agreed change', async () => {
    const { settings } = await currentPolicy();
    const weaker = `jsonb_set('${JSON.stringify(settings)}'::jsonb, '{fourEyes,overridesToApproved}', 'false')`;
    await expect(policy(weaker)).rejects.toThrow(/weakens a control/);
    await expect(policy(`'{}'`)).rejects.toThrow(/weakens a control/);
    const [held, other] = [await desk.heldCase(), await desk.noted()];
    const lift = (changeId: string) =>
      db().$executeRawUnsafe(`INSERT INTO console.legal_hold (verification_id, held, reason, by_id, by_name, change_id)
        VALUES (${held}, false, 'by hand, with SQL', '${mia.id}', 'Mia', ${changeId})`);
    await expect(lift('NULL')).rejects.toThrow(/no second person agreed/);
    const erase = db()
      .$executeRaw`SELECT console.erase_case(gen_random_uuid(), ${BigInt(other)}, 'REQUEST', ${WHY}, 0, ${mia.id}::uuid, 'Mia')`;
    await expect(erase).rejects.toThrow(/no second person agreed/);
    // Nor with a change that waits, was refused, is of another kind, or is about another case.
    const change = changeOf(await submitHold(mia, { ids: [held], held: false, reason: WHY, confirm: 1 }));
    await expect(lift(`'${change.id}'`)).rejects.toThrow(/no second person agreed/);
    await expect(policy(weaker, `'${change.id}'`)).rejects.toThrow(/weakens a control/);
    await answerChange(max, change.id, NO);
    await expect(lift(`'${change.id}'`)).rejects.toThrow(/no second person agreed/);
  });

  test('refuses an account that gains a right by SQL alone, or by an event that names no agreed change', async () => {
    const [{ id }, disabled] = [await desk.newAccount('analyst'), await desk.newAccount('analyst', true)];
    const change = waiting(await submitRole(miaToo, id, 'manager', WHY));
    const raise = (...statements: string[]) =>
      db().$transaction(async (tx) => {
        for (const sql of [...statements, `UPDATE console."user" SET role = 'manager' WHERE id = '${id}'`]) await tx.$executeRawUnsafe(sql);
      });
    const event = (data: string) =>
      `SELECT console.append_audit_event('x', 'Mia', 'admin', 'user.role-changed', 'user:${id}', '{"data":${data}}')`;
    await expect(raise()).rejects.toThrow(/gained a right/);
    await expect(raise(event('{}'))).rejects.toThrow(/gained a right/);
    await expect(raise(event(`{"change":{"id":"${change.id}"}}`))).rejects.toThrow(/gained a right/);
    await expect(db().user.update({ where: { id: disabled.id }, data: { disabledAt: null } })).rejects.toThrow(/gained a right/);
    await expect(db().user.create({ data: { email: 'raw@example.test', name: 'Raw', role: 'admin' } })).rejects.toThrow(/gained a right/);
    await withdrawChange(miaToo, change.id, '');
  });

  test('lets no change be used again for an account once it took effect', async () => {
    const { id, email } = await desk.newAccount('analyst');
    const change = waiting(await submitRole(miaToo, id, 'manager', WHY));
    await agree(max, change);
    await changeRole(SYSTEM_ACTOR, email, 'analyst');
    const again = db().$transaction(async (tx) => {
      await tx.$executeRawUnsafe(`SELECT console.append_audit_event('x', 'Mia', 'admin', 'user.role-changed', 'user:${id}',
        '{"data":{"change":{"id":"${change.id}"}}}')`);
      await tx.user.update({ where: { id }, data: { role: 'manager' } });
    });
    await expect(again).rejects.toThrow(/gained a right/);
  });

  test('refuses a verdict by the proposer, by one who may not, with invented marks, and one without its event', async () => {
    const walk = await desk.walk('POLICY');
    const change = await walk.propose();
    const verdict = (by: Actor, email = by.email) =>
      db().changeVerdict.create({
        data: { changeId: change.id, verdict: 'AGREED', comment: '', byId: by.id, byName: by.name, byEmail: email },
      });
    for (const same of [mia, miaToo]) await expect(verdict(same)).rejects.toThrow(/not by a second person: same-person/);
    await expect(verdict(ana)).rejects.toThrow(/does not bear the marks/);
    await expect(verdict(max, 'other@example.test')).rejects.toThrow(/does not bear the marks/);
    await expect(verdict(max)).rejects.toThrow(/has no audit event/);
    await expect(db().changeEffect.create({ data: { changeId: change.id, tookEffect: true, outcome: 'x' } })).rejects.toThrow(
      /may not take effect/,
    );
    for (const sql of [
      `UPDATE console.proposed_change SET takes_effect_at = now() - interval '1 hour'`,
      `UPDATE console.proposed_change SET reason = 'another reason'`,
      'DELETE FROM console.proposed_change',
      `UPDATE console.change_verdict SET verdict = 'AGREED', comment = '[text erased]'`,
      'DELETE FROM console.change_verdict',
      `UPDATE console.change_effect SET took_effect = false`,
    ])
      await expect(db().$executeRawUnsafe(sql), sql).rejects.toThrow(/only grows/);
    await withdrawChange(mia, change.id, '');
  });

  test('dates a change by its own clock, whatever its writer says', async () => {
    let dated: { hours: number; isNow: boolean } | undefined;
    const insert = db().$transaction(async (tx) => {
      const long = new Date('2020-01-01');
      const by = { proposerId: mia.id, proposerName: 'Mia', proposerEmail: mia.email };
      const data = { kind: 'HOLD_LIFT', payload: { ids: [1], holds: [1] }, reason: WHY, ...by, proposedAt: long, takesEffectAt: long };
      const { proposedAt, takesEffectAt } = await tx.proposedChange.create({ data });
      const hours = (Number(takesEffectAt) - Number(proposedAt)) / 3_600_000;
      dated = { hours, isNow: Number(proposedAt) > Date.now() - 60_000 };
    });
    await expect(insert).rejects.toThrow(/has no audit event/);
    expect(dated).toEqual({ hours: CHANGE_WAIT_HOURS, isNow: true });
  });
});
