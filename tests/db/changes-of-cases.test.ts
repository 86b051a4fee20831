import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { RECONCILE_SQL } from '@/lib/audit/reconcile-sql';
import { disableUser, enableUser } from '@/lib/auth/users';
import { answerChange, withdrawChange } from '@/lib/changes/answer-change';
import { submitErasure, submitHold } from '@/lib/changes/submit-retention';
import { takeEffect, takeEffectOfDue } from '@/lib/changes/take-effect';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { CHANGE_WAIT_HOURS } from '@/lib/domain/change/proposed-change';
import type { DecisionInput } from '@/lib/domain/decision';
import { placeHold } from '@/lib/retention/place-hold';
import { previewErasure } from '@/lib/retention/preview-erasure';
import { onCase } from '@/lib/review/on-case';
import { reviewOf } from '@/lib/review/read-review';
import { type ChangesDesk, changeOf, eventsOfChange, startChangesDesk, WHY, YES } from '../helpers/changes-desk';
import { NOTHING_SHOWN, refusalOf } from '../helpers/desk';
import { agree, agreeOnly, asOwner, eraseByRequest, waitHours } from '../helpers/second-person';
import { approve, decide } from '../helpers/verdicts';

const DECLINE: DecisionInput = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '', shown: NOTHING_SHOWN };
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

describe('an erasure by request', () => {
  const decided = async () => {
    const id = desk.nextCase();
    const input = {
      version: 0,
      outcome: 'APPROVED' as const,
      reasonCodes: ['ALTERNATE_EVIDENCE' as const],
      rationale: 'She showed her passport.',
      shown: NOTHING_SHOWN,
    };
    const { decision } = await decide(ana, id, input, randomUUID());
    await approve(mia, id, { decisionId: decision.id, agrees: true, comment: '', shown: NOTHING_SHOWN }, randomUUID());
    return id;
  };
  const ask = (actor: Actor, ids: number[]) => submitErasure(actor, { ids, rule: 'REQUEST', reason: WHY, confirm: ids.length });

  test('is not asked for by the person who decided the case or approved its decision, under whatever account; the preview says so', async () => {
    const [id, other] = [await decided(), await desk.noted()];
    for (const involved of [mia, miaToo]) {
      expect((await previewErasure(involved, [id, other], 'REQUEST')).cases.map(({ obstacle }) => obstacle)).toEqual([
        expect.stringContaining('approved a decision'),
        null,
      ]);
      expect((await refusalOf(ask(involved, [id]))).message).toContain('approved a decision');
    }
    // The case nobody decided is proposed alone.
    const submitted = await ask(mia, [id, other]);
    expect(submitted).toMatchObject({ change: { cases: [other] }, refused: [{ id }] });
    await withdrawChange(mia, changeOf(submitted).id, '');
    // Their time being over is no request: the clock asks, not a person.
    expect((await previewErasure(mia, [id], 'RETENTION')).cases[0]?.obstacle).toMatch(/time is not over/);
  });

  test('is not agreed to by such a person either, nor erased when they decided it after the request', async () => {
    const id = await decided();
    const change = changeOf(await ask(max, [id]));
    for (const involved of [mia, miaToo])
      expect((await refusalOf(answerChange(involved, change.id, YES))).message).toMatch(/a decision that this would erase/);
    await agree(adi, change);
    const later = await desk.noted();
    const asked = changeOf(await ask(max, [later]));
    await decide(max, later, DECLINE, randomUUID());
    const stored = await answerChange(adi, asked.id, YES);
    expect(stored.effect).toMatchObject({ tookEffect: false, outcome: expect.stringContaining('approved a decision') });
    expect((await reviewOf(later)).notes[0]?.text).toContain('called');
  });

  test('of cases that only different people could agree to is refused, naming those to propose apart', async () => {
    const [decidedByMax, free] = [desk.nextCase(), await desk.noted()];
    await decide(max, decidedByMax, DECLINE, randomUUID());
    await disableUser(SYSTEM_ACTOR, adi.email);
    try {
      // Max, the only other approver, could agree to one of the two.
      expect(await refusalOf(ask(mia, [free, decidedByMax]))).toMatchObject({
        code: 'unprocessable',
        field: 'ids',
        message: expect.stringMatching(new RegExp(`these: ${free}\\. Propose each of them apart`)),
        details: { apart: [free] },
      });
      const [waits, matures] = [changeOf(await ask(mia, [free])), changeOf(await ask(mia, [decidedByMax]))];
      expect([waits.takesEffectAt, matures.takesEffectAt]).toEqual([null, expect.any(Number)]);
      // A bundle from elsewhere does not take effect by time either, in the database.
      await asOwner(`UPDATE console.proposed_change SET payload = '{"ids":[${free},${decidedByMax}]}' WHERE id = '${matures.id}'`);
      await waitHours(matures.id, CHANGE_WAIT_HOURS);
      const [row] = await db().$queryRaw<{ stands: boolean }[]>`SELECT console.change_stands(${matures.id}::uuid) AS stands`;
      expect(row).toEqual({ stands: false });
      await takeEffectOfDue();
      expect((await reviewOf(free)).notes[0]?.text).toContain('called');
      for (const { id } of [waits, matures]) await withdrawChange(mia, id, '');
    } finally {
      await enableUser(SYSTEM_ACTOR, adi.email);
    }
  });

  test('is refused by the database when a person who decided the case is behind it', async () => {
    const id = await decided();
    const change = changeOf(await ask(max, [id]));
    await agreeOnly(adi, change);
    await asOwner(`UPDATE console.proposed_change SET proposer_id = '${mia.id}', proposer_email = 'MIA+x@example.test'
      WHERE id = '${change.id}'`);
    const erase = db().$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('second_look.change_id', ${change.id}, true)`;
      await tx.$executeRaw`SELECT console.erase_case(gen_random_uuid(), ${BigInt(id)}, 'REQUEST', ${WHY}, 0, ${mia.id}::uuid, 'Mia')`;
    });
    await expect(erase).rejects.toThrow(/by a person who decided it/);
    await takeEffectOfDue();
    expect((await eventsOfChange(change.id)).at(-1)?.[0]).toBe('change.lapsed');
  });

  test('that began is not taken back, also when somebody appears who could have agreed, and two processes carry it out together', async () => {
    for (const { email } of [max, adi]) await disableUser(SYSTEM_ACTOR, email);
    const ids = await Promise.all(Array.from({ length: 12 }, () => desk.noted()));
    const change = changeOf(await ask(mia, ids));
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    const held = holdCase(ids[3] ?? 0);
    const run = Promise.all([takeEffect(change.id), takeEffect(change.id)]);
    try {
      await held.until(async () => (await db().erasure.count({ where: { changeId: change.id } })) === 3);
      expect((await refusalOf(withdrawChange(miaToo, change.id, 'Taken back.'))).message).toMatch(/is being carried out/);
      await expect(db().changeVerdict.create({ data: verdictOf(change.id, miaToo) })).rejects.toThrow(/is being carried out/);
      await enableUser(SYSTEM_ACTOR, max.email);
    } finally {
      await held.letGo();
    }
    expect((await run).map(({ effect }) => effect?.outcome)).toEqual(['12 of 12 cases erased.', '12 of 12 cases erased.']);
    await enableUser(SYSTEM_ACTOR, adi.email);
  });

  test('takes why a hold on the case was to be lifted along, from the change and from its events', async () => {
    const id = await desk.heldCase();
    const reason = 'Rosalind Quarles settled with us.';
    const lift = changeOf(await submitHold(mia, { ids: [id], held: false, reason, confirm: 1 }));
    await answerChange(max, lift.id, { agrees: true, comment: 'Rosalind Quarles confirmed it.' });
    await eraseByRequest({ first: mia, second: max }, [id], WHY);
    expect(await db().auditPayload.count({ where: { data: { contains: 'Quarles' } } })).toBe(0);
    const row = await db().proposedChange.findUniqueOrThrow({ where: { id: lift.id }, include: { verdict: true } });
    expect([row.reason, row.verdict?.comment]).toEqual(['[text erased]', '[text erased]']);
    // What is left is bound to the log anew, and so nothing differs from it.
    const client = new Client({ connectionString: desk.database.url });
    await client.connect();
    expect(await reconcileRows(client, { verificationId: id })).toEqual({ first: null, differences: 0 });
    const { rows } = await client.query(RECONCILE_SQL, [null]);
    await client.end();
    expect(rows.filter((difference) => difference.id === lift.id)).toEqual([]);
  });
});

describe('the end of a legal hold', () => {
  const lift = (ids: number[]) => submitHold(mia, { ids, held: false, reason: WHY, confirm: ids.length });
  const isHeld = async (id: number) =>
    (await db().legalHold.findFirstOrThrow({ where: { verificationId: BigInt(id) }, orderBy: { id: 'desc' } })).held;

  test('is of the hold it was proposed on: a case that was held anew meanwhile keeps that hold', async () => {
    const [again, other] = [await desk.heldCase(), await desk.heldCase()];
    const [alone, both] = [changeOf(await lift([again])), changeOf(await lift([again, other]))];
    await agree(max, both);
    for (const id of [again, other]) expect(await isHeld(id)).toBe(false);
    await placeHold(max, { ids: [again], held: true, reason: 'Another court order, B 7/26.', confirm: 1 });
    expect((await refusalOf(answerChange(max, alone.id, YES))).message).toMatch(/^None of these cases is under the legal hold any more/);
    // Nor when the answer was there before, or in SQL.
    await agreeOnly(max, alone);
    const sql = db().$executeRawUnsafe(`INSERT INTO console.legal_hold (verification_id, held, reason, by_id, by_name, change_id)
      VALUES (${again}, false, 'by hand, with SQL', '${mia.id}', 'Mia', '${alone.id}')`);
    await expect(sql).rejects.toThrow(/no second person agreed/);
    await takeEffectOfDue();
    expect([await isHeld(again), (await eventsOfChange(alone.id)).at(-1)?.[0]]).toEqual([true, 'change.lapsed']);
  });

  test('of several cases lets go those that are still under that hold, and says how many', async () => {
    const [again, kept] = [await desk.heldCase(), await desk.heldCase()];
    const both = changeOf(await lift([again, kept]));
    await agree(max, changeOf(await lift([again])));
    await placeHold(max, { ids: [again], held: true, reason: 'Another court order, B 8/26.', confirm: 1 });
    const { effect } = await agree(max, both);
    expect(effect?.outcome).toBe('1 of 2 cases no longer under legal hold.');
    expect([await isHeld(again), await isHeld(kept)]).toEqual([true, false]);
  });
});

const verdictOf = (changeId: string, { id: byId, name: byName, email: byEmail }: Actor) => ({
  changeId,
  verdict: 'WITHDRAWN',
  comment: '',
  byId,
  byName,
  byEmail,
});

/** Holds a case as a write on it does, so that an erasure stops before it; `until` waits for what happens before that. */
function holdCase(id: number) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const hold = onCase(id, () => released);
  return {
    until: async (happened: () => Promise<boolean>) => {
      while (!(await happened())) await setImmediate();
    },
    letGo: async () => {
      release();
      await hold;
    },
  };
}
