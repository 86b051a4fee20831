import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeNotices } from '@/app/notices/change-notices';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { RECONCILE_SQL } from '@/lib/audit/reconcile-sql';
import { addUser, changeRole, disableUser, enableUser, setPassword } from '@/lib/auth/users';
import { answerChange, withdrawChange } from '@/lib/changes/answer-change';
import { announcedChanges, changesFor, settledChanges, waitingChanges } from '@/lib/changes/read-changes';
import { submitPolicy } from '@/lib/changes/submit-policy';
import { submitErasure, submitHold } from '@/lib/changes/submit-retention';
import { submitEnabling, submitNewUser, submitPassword, submitRole } from '@/lib/changes/submit-user';
import { takeEffectOfDue } from '@/lib/changes/take-effect';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import type { ChangeView } from '@/lib/domain/change/change-view';
import { CHANGE_KINDS, CHANGE_WAIT_HOURS, type ChangeKind } from '@/lib/domain/change/proposed-change';
import { CONTROLS_OF, weakens } from '@/lib/domain/change/weakens';
import { DEFAULT_POLICY, type PolicySettings } from '@/lib/domain/policy';
import { gains, may, newAccountTakesTwo, ROLES } from '@/lib/domain/roles';
import { allTasks } from '@/lib/jobs/tasks';
import { eraseCases } from '@/lib/retention/erase-cases';
import { placeHold } from '@/lib/retention/place-hold';
import { previewErasure } from '@/lib/retention/preview-erasure';
import { addNote } from '@/lib/review/add-note';
import { approve } from '@/lib/review/approve';
import { changePolicy } from '@/lib/review/change-policy';
import { decide } from '@/lib/review/decide';
import { currentPolicy } from '@/lib/review/policies';
import { reviewOf } from '@/lib/review/read-review';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { NOTHING_SHOWN, person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { agree, agreeOnly, asOwner, eraseByRequest, publishPolicy, waitHours } from '../helpers/second-person';

const WHY = 'The works council asked for it.';
let database: TestDatabase;
let upstream: RecordUpstream;
let ana: Actor;
let mia: Actor;
let max: Actor;
/** Another account of the mailbox of Mia. */
let miaToo: Actor;
let adi: Actor;
let nextCase = 700;

const recordOf = (id: number) => ({
  ...sample.result,
  verificationId: id,
  verified: false,
  files: sample.result.files.map((file) => ({ ...file, url: file.url.replace('_5_', `_${id}_`) })),
});

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream(recordOf);
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    LOG_LEVEL: 'silent',
    PASSWORD_COST: '10',
  });
  [ana, mia, max, adi] = [
    await person('Ana', 'analyst'),
    await person('Mia', 'manager'),
    await person('Max', 'manager'),
    await person('Adi', 'admin'),
  ];
  miaToo = await person('Mia+two', 'admin');
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

/** A case with a note of Ana's, which nobody decided. */
async function noted(): Promise<number> {
  const id = nextCase++;
  await addNote(ana, id, { text: 'Somebody called about this one.' });
  return id;
}

async function heldCase(): Promise<number> {
  const id = await noted();
  await placeHold(max, { ids: [id], held: true, reason: 'Court order 4 C 17/26.', confirm: 1 });
  return id;
}

let people = 0;
const newAccount = (role: string, disabled = false) => {
  people += 1;
  const email = `person${people}@example.test`;
  return addUser(SYSTEM_ACTOR, { email, name: `Person ${people}`, role, password: null })
    .then(() => (disabled ? disableUser(SYSTEM_ACTOR, email) : undefined))
    .then(() => db().user.findUniqueOrThrow({ where: { email } }));
};

const changeOf = (submitted: object): ChangeView => {
  if ('change' in submitted && submitted.change) return submitted.change as ChangeView;
  throw new Error('It was done at once.');
};
const waiting = (change: ChangeView | null): ChangeView => changeOf({ change });

interface Walk {
  /** Who proposes it: Mia, or her other account where only an administrator may. */
  first: () => Actor;
  propose: () => Promise<ChangeView>;
  /** The same act without a second person, by the verb itself. */
  direct: () => Promise<unknown>;
  /** Resolves to true once it is done. */
  done: () => Promise<boolean>;
  /** Makes the proposal fit no longer. */
  move: () => Promise<unknown>;
}

/** One walk through each kind of change. Everything it needs is made anew, so that each can be walked often. */
const WALKS: Record<ChangeKind, () => Promise<Walk>> = {
  POLICY: async () => {
    const { version, settings } = await currentPolicy();
    const weaker = { ...settings, qaSharePercent: settings.qaSharePercent / 2 };
    const input = { version, settings: weaker, reason: WHY };
    return {
      first: () => mia,
      propose: async () => changeOf(await submitPolicy(mia, input)),
      direct: () => changePolicy(mia, input),
      done: async () => (await currentPolicy()).settings.qaSharePercent === weaker.qaSharePercent,
      move: () => changePolicy(max, { version, settings: { ...settings, slaHours: settings.slaHours + 1 }, reason: WHY }),
    };
  },
  ERASURE: async () => {
    const id = await noted();
    const input = { ids: [id], rule: 'REQUEST' as const, reason: WHY, confirm: 1 };
    return {
      first: () => mia,
      propose: async () => changeOf(await submitErasure(mia, input)),
      direct: () => eraseCases(mia, input),
      done: async () => (await reviewOf(id)).notes[0]?.text === '[text erased]',
      move: () => placeHold(max, { ids: [id], held: true, reason: WHY, confirm: 1 }),
    };
  },
  HOLD_LIFT: async () => {
    const id = await heldCase();
    const input = { ids: [id], held: false, reason: WHY, confirm: 1 };
    return {
      first: () => mia,
      propose: async () => changeOf(await submitHold(mia, input)),
      direct: () => placeHold(mia, input),
      done: async () =>
        (await db().legalHold.findFirstOrThrow({ where: { verificationId: BigInt(id) }, orderBy: { id: 'desc' } })).held === false,
      move: async () => agree(max, changeOf(await submitHold(adi, { ...input, ids: [id, await heldCase()], confirm: 2 }))),
    };
  },
  ROLE: async () => {
    const { id, email } = await newAccount('analyst');
    return {
      first: () => miaToo,
      propose: async () => waiting(await submitRole(miaToo, id, 'manager', WHY)),
      direct: () => changeRole(miaToo, email, 'manager'),
      done: async () => (await db().user.findUniqueOrThrow({ where: { id } })).role === 'manager',
      move: () => changeRole(SYSTEM_ACTOR, email, 'auditor'),
    };
  },
  PASSWORD: async () => {
    const { id, email, passwordHash } = await newAccount('analyst');
    return {
      first: () => miaToo,
      propose: async () => waiting(await submitPassword(miaToo, id, 'another long password', WHY)),
      direct: () => setPassword(miaToo, email, 'another long password'),
      done: async () => (await db().user.findUniqueOrThrow({ where: { id } })).passwordHash !== passwordHash,
      move: () => setPassword(SYSTEM_ACTOR, email, 'their own long password'),
    };
  },
  USER_ADD: async () => {
    people += 1;
    const user = { email: `person${people}@example.test`, name: 'New', role: 'analyst', password: null };
    return {
      first: () => miaToo,
      propose: async () => waiting(await submitNewUser(miaToo, user, WHY)),
      direct: () => addUser(miaToo, user),
      done: async () => (await db().user.count({ where: { email: user.email, role: 'analyst' } })) === 1,
      move: () => addUser(SYSTEM_ACTOR, { ...user, role: 'auditor' }),
    };
  },
  USER_ENABLE: async () => {
    const { id, email } = await newAccount('analyst', true);
    return {
      first: () => miaToo,
      propose: async () => waiting(await submitEnabling(miaToo, id, WHY)),
      direct: () => enableUser(miaToo, email),
      done: async () => (await db().user.findUniqueOrThrow({ where: { id } })).disabledAt === null,
      move: () => changeRole(SYSTEM_ACTOR, email, 'auditor'),
    };
  },
};

const eventsOf = async (id: string) =>
  (await db().auditEvent.findMany({ where: { subject: `change:${id}` }, orderBy: { seq: 'asc' } })).map(({ action, actorName }) => [
    action,
    actorName,
  ]);
const YES = { agrees: true, comment: '' };
const NO = { agrees: false, comment: 'Nobody told us about this.' };

describe.each(CHANGE_KINDS)('a change of the kind %s', (kind) => {
  test('is not made by one person, waits for a second one under no account of the first, and takes effect when they agree', async () => {
    const walk = await WALKS[kind]();
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
    expect(await eventsOf(change.id)).toEqual([
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
    const walk = await WALKS[kind]();
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
    expect((await eventsOf(withdrawn.id)).at(-1)).toEqual(['change.withdrawn', walk.first().name]);
    expect(await db().changeSecret.count({ where: { changeId: { in: [refused.id, withdrawn.id] } } })).toBe(0);
  });

  test('is refused as outdated once what it was proposed on moved on, also when that was after the second person agreed', async () => {
    const walk = await WALKS[kind]();
    const change = await walk.propose();
    await walk.move();
    expect((await waitingChanges(max)).find(({ id }) => id === change.id)?.outdated).toMatch(/\.$/);
    expect((await refusalOf(answerChange(max, change.id, YES))).code).toBe('stale');
    // As if the process had died between the verdict and its effect.
    await agreeOnly(max, change);
    await Promise.all([takeEffectOfDue(), takeEffectOfDue()]);
    expect((await eventsOf(change.id)).at(-1)?.[0]).toBe('change.lapsed');
    expect((await settledChanges(max)).find(({ id }) => id === change.id)).toMatchObject({ state: 'LAPSED', outcome: expect.any(String) });
    if (kind === 'ERASURE') expect(await walk.done()).toBe(false);
  });

  test('that an interrupted process left agreed to but not done is done by the jobs, once', async () => {
    const walk = await WALKS[kind]();
    const change = await walk.propose();
    await agreeOnly(max, change);
    const task = allTasks().find(({ name }) => name === 'change.take-effect');
    await Promise.all([task?.run(new AbortController().signal), task?.run(new AbortController().signal)]);
    expect(await walk.done()).toBe(true);
    expect((await eventsOf(change.id)).filter(([action]) => action === 'change.took-effect')).toHaveLength(1);
  });
});

describe('where nobody else could agree', () => {
  const others = ['max@example.test', 'adi@example.test'];
  const setOthers = async (disabledAt: Date | null) => {
    // Long ago, so that nobody left while a change waited.
    await db().user.updateMany({ where: { email: { in: others } }, data: { disabledAt: disabledAt && new Date('2026-01-01') } });
    // Those made above, by role; an auditor among them was a manager.
    await db().user.updateMany({
      where: { email: { startsWith: 'person' }, role: { in: ['manager', 'admin', 'auditor'] } },
      data: { disabledAt: new Date('2026-01-01') },
    });
  };
  afterEach(async () => {
    for (const email of others) await enableUser(SYSTEM_ACTOR, email);
    for (const { id } of await waitingChanges(max)) await withdrawChange(max, id, '');
  });

  test.each(CHANGE_KINDS)(
    'a change of the kind %s takes effect after 72 hours, announced until then, and not an hour sooner',
    async (kind) => {
      const walk = await WALKS[kind]();
      await setOthers(new Date());
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
      expect((await eventsOf(change.id)).map(([action]) => action)).toEqual(['change.proposed', 'change.took-effect']);
    },
  );

  test('anybody who holds the right takes it back, and it never takes effect', async () => {
    const walk = await WALKS.POLICY();
    await setOthers(new Date());
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
    const walk = await WALKS[kind]();
    await setOthers(new Date());
    const change = await walk.propose();
    expect((await announcedChanges()).map(({ id }) => id)).toEqual([change.id]);
    for (const email of others) await enableUser(SYSTEM_ACTOR, email);
    await walk.move();
    await setOthers(new Date());
    expect((await announcedChanges()).map(({ id }) => id)).toEqual([]);
  });

  test('the proposer who lost the right, or the account, meanwhile changes nothing', async () => {
    const walk = await WALKS.POLICY();
    await setOthers(new Date());
    const change = await walk.propose();
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    await changeRole(SYSTEM_ACTOR, mia.email, 'analyst');
    await takeEffectOfDue();
    await changeRole(SYSTEM_ACTOR, mia.email, 'manager');
    expect(await walk.done()).toBe(false);
    expect((await eventsOf(change.id)).at(-1)?.[0]).toBe('change.lapsed');
  });

  test('a second person who appears is waited for, and who removes them does not thereby get rid of them', async () => {
    const walk = await WALKS.POLICY();
    await setOthers(new Date());
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

describe('where the other approver was removed before the proposal', () => {
  const REMOVALS = {
    disabled: () => disableUser(miaToo, max.email),
    'made an analyst': () => changeRole(miaToo, max.email, 'analyst'),
    'made an auditor and then disabled': async () => {
      await changeRole(miaToo, max.email, 'auditor');
      await disableUser(miaToo, max.email);
    },
  };
  const longAgo = new Date('2026-01-01');
  beforeEach(async () => {
    await db().user.updateMany({
      where: { OR: [{ email: adi.email }, { email: { startsWith: 'person' }, role: { not: 'analyst' } }] },
      data: { disabledAt: longAgo },
    });
  });
  afterEach(async () => {
    for (const { email } of [max, adi]) await enableUser(SYSTEM_ACTOR, email);
    await changeRole(SYSTEM_ACTOR, max.email, 'manager');
    for (const { id } of await waitingChanges(max)) await withdrawChange(max, id, '');
  });

  test.each(Object.entries(REMOVALS))(
    'and is %s, the change waits for a second person and never takes effect by time',
    async (_, remove) => {
      const walk = await WALKS.POLICY();
      await remove();
      const change = await walk.propose();
      expect(change.takesEffectAt).toBeNull();
      // Nor when the row says that its time came: the program and the database both look for who left.
      await asOwner(`UPDATE console.proposed_change SET takes_effect_at = now() - interval '1 hour' WHERE id = '${change.id}'`);
      expect(await announcedChanges()).toEqual([]);
      await takeEffectOfDue();
      expect(await walk.done()).toBe(false);
      const effect = db().changeEffect.create({ data: { changeId: change.id, tookEffect: true, outcome: 'by hand' } });
      await expect(effect).rejects.toThrow(/may not take effect/);
    },
  );

  test('14 days before it or earlier, or could never have answered it, the change takes effect by time', async () => {
    const walk = await WALKS.POLICY();
    // A manager of long ago who lost the role only now, and one whose account is the proposer's own.
    const { id, email } = await newAccount('manager', true);
    await db().user.update({ where: { id }, data: { disabledAt: longAgo } });
    await changeRole(SYSTEM_ACTOR, email, 'auditor');
    await addUser(SYSTEM_ACTOR, { email: 'mia+three@example.test', name: 'Mia', role: 'manager', password: null });
    await disableUser(SYSTEM_ACTOR, 'mia+three@example.test');
    await db().user.update({ where: { id: max.id }, data: { disabledAt: longAgo } });
    const change = await walk.propose();
    expect(change.takesEffectAt).not.toBeNull();
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    expect(await walk.done()).toBe(true);
  });

  test('the removed one is let in again by time, as the change is about their own account', async () => {
    await disableUser(miaToo, max.email);
    const change = waiting(await submitEnabling(miaToo, max.id, WHY));
    await waitHours(change.id, CHANGE_WAIT_HOURS);
    await takeEffectOfDue();
    expect(await db().user.findUniqueOrThrow({ where: { id: max.id } })).toMatchObject({ disabledAt: null });
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
    const { id } = await newAccount('manager');
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
    const { id } = await newAccount('admin');
    const [event] = await db().auditEvent.findMany({ where: { subject: `user:${id}` }, include: { payload: true } });
    expect(event?.payload?.data).toContain('"via":"command-line"');
    await disableUser(SYSTEM_ACTOR, (await db().user.findUniqueOrThrow({ where: { id } })).email);
  });

  test('keeps the hash of a password to itself: not in the log, not in what is read, gone once it is settled', async () => {
    const { id } = await newAccount('analyst');
    const change = waiting(await submitPassword(miaToo, id, 'another long password', WHY));
    const { passwordHash: secret } = await db().changeSecret.findUniqueOrThrow({ where: { changeId: change.id } });
    expect(secret).toMatch(/^\$2/);
    expect(JSON.stringify(await waitingChanges(max))).not.toContain(secret);
    expect(await db().auditPayload.count({ where: { data: { contains: secret } } })).toBe(0);
    await agree(max, change);
    expect(await db().changeSecret.count({ where: { changeId: change.id } })).toBe(0);
  });
});

describe('an erasure by request', () => {
  const decided = async () => {
    const id = nextCase++;
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
    const [id, other] = [await decided(), await noted()];
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
    const later = await noted();
    const asked = changeOf(await ask(max, [later]));
    const input = {
      version: 0,
      outcome: 'DECLINED' as const,
      reasonCodes: ['FACE_MISMATCH' as const],
      rationale: '',
      shown: NOTHING_SHOWN,
    };
    await decide(max, later, input, randomUUID());
    const stored = await answerChange(adi, asked.id, YES);
    expect(stored.effect).toMatchObject({ tookEffect: false, outcome: expect.stringContaining('approved a decision') });
    expect((await reviewOf(later)).notes[0]?.text).toContain('called');
  });

  test('of cases that only different people could agree to is refused, naming those to propose apart', async () => {
    const [decidedByMax, free] = [nextCase++, await noted()];
    const input = {
      version: 0,
      outcome: 'DECLINED' as const,
      reasonCodes: ['FACE_MISMATCH' as const],
      rationale: '',
      shown: NOTHING_SHOWN,
    };
    await decide(max, decidedByMax, input, randomUUID());
    await db().user.updateMany({
      where: { OR: [{ email: adi.email }, { email: { startsWith: 'person' }, role: { not: 'analyst' } }] },
      data: { disabledAt: new Date('2026-01-01') },
    });
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
    expect((await eventsOf(change.id)).at(-1)?.[0]).toBe('change.lapsed');
  });

  test('takes why a hold on the case was to be lifted along, from the change and from its events', async () => {
    const id = await heldCase();
    const reason = 'Rosalind Quarles settled with us.';
    const lift = changeOf(await submitHold(mia, { ids: [id], held: false, reason, confirm: 1 }));
    await answerChange(max, lift.id, { agrees: true, comment: 'Rosalind Quarles confirmed it.' });
    await eraseByRequest({ first: mia, second: max }, [id], WHY);
    expect(await db().auditPayload.count({ where: { data: { contains: 'Quarles' } } })).toBe(0);
    const row = await db().proposedChange.findUniqueOrThrow({ where: { id: lift.id }, include: { verdict: true } });
    expect([row.reason, row.verdict?.comment]).toEqual(['[text erased]', '[text erased]']);
    // What is left is bound to the log anew, and so nothing differs from it.
    const client = new Client({ connectionString: database.url });
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
    const [again, other] = [await heldCase(), await heldCase()];
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
    expect([await isHeld(again), (await eventsOf(alone.id)).at(-1)?.[0]]).toEqual([true, 'change.lapsed']);
  });

  test('of several cases lets go those that are still under that hold, and says how many', async () => {
    const [again, kept] = [await heldCase(), await heldCase()];
    const both = changeOf(await lift([again, kept]));
    await agree(max, changeOf(await lift([again])));
    await placeHold(max, { ids: [again], held: true, reason: 'Another court order, B 8/26.', confirm: 1 });
    const { effect } = await agree(max, both);
    expect(effect?.outcome).toBe('1 of 2 cases no longer under legal hold.');
    expect([await isHeld(again), await isHeld(kept)]).toEqual([true, false]);
  });
});

describe('the database by itself', () => {
  const policy = (settings: string, changeId = 'NULL') =>
    db().$executeRawUnsafe(`INSERT INTO console.policy (version, settings, reason, by_id, by_name, change_id)
      SELECT coalesce(max(version), 0) + 1, ${settings}, 'by hand, with SQL', '${mia.id}', 'Mia', ${changeId} FROM console.policy`);

  test('refuses a policy that weakens a control, the end of a hold and an erasure by request without an agreed change', async () => {
    const { settings } = await currentPolicy();
    const weaker = `jsonb_set('${JSON.stringify(settings)}'::jsonb, '{fourEyes,overridesToApproved}', 'false')`;
    await expect(policy(weaker)).rejects.toThrow(/weakens a control/);
    await expect(policy(`'{}'`)).rejects.toThrow(/weakens a control/);
    const [held, other] = [await heldCase(), await noted()];
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
    const [{ id }, disabled] = [await newAccount('analyst'), await newAccount('analyst', true)];
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
    const { id, email } = await newAccount('analyst');
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
    const walk = await WALKS.POLICY();
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

describe('the rule that a policy weakens a control', () => {
  const tag = fc.record({ name: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2') });
  const settings: fc.Arbitrary<PolicySettings> = fc.record({
    fourEyes: fc.record({ overridesToApproved: fc.boolean(), overridesToDeclined: fc.boolean(), tags: fc.array(tag, { maxLength: 3 }) }),
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

  test('is the same in the program and in the database', async () => {
    const pairs = fc.sample(fc.tuple(settings, settings), { numRuns: 300, seed: 13 });
    const rows = await db().$queryRaw<{ weaker: string[] }[]>`
      SELECT console.policy_weakens(pair -> 0, pair -> 1) AS weaker FROM jsonb_array_elements(${JSON.stringify(pairs)}::jsonb) WITH ORDINALITY AS all_pairs(pair, place)
      ORDER BY place`;
    expect(rows.map(({ weaker }) => weaker)).toEqual(pairs.map(([before, after]) => weakens(before, after)));
    expect(rows.filter(({ weaker }) => weaker.length > 0).length).toBeGreaterThan(100);
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
