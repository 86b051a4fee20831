import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST as postApproval } from '@/app/api/verifications/[id]/approval/route';
import { reconcileStoredRows } from '@/lib/audit/reconcile-rows';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { startSession } from '@/lib/auth/sessions';
import { addUser, changeRole } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { Decision, DecisionInput } from '@/lib/domain/decision';
import { BATCH_VERBS } from '@/lib/domain/desk-input';
import { mailboxOf } from '@/lib/domain/person';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { isOverride, REASON_CODE_NAMES, reasonCodesFor } from '@/lib/domain/reason-codes';
import type { Role } from '@/lib/domain/roles';
import { changePolicy } from '@/lib/review/change-policy';
import { pendingApprovals } from '@/lib/review/pending-approvals';
import { currentPolicy } from '@/lib/review/policies';
import { reviewOf } from '@/lib/review/read-review';
import { waitingFor } from '@/lib/review/waiting-for';
import { withdrawDecision } from '@/lib/review/withdraw-decision';
import sample from '../fixtures/upstream/sample.json';
import { bindSubject, fillIndex, refusalOf } from '../helpers/desk';
import { type RecordDesk, startRecordDesk } from '../helpers/record-desk';
import { recorded } from '../helpers/recorded';
import { publishPolicy } from '../helpers/second-person';
import { approve, decide } from '../helpers/verdicts';

const SECRET = 'a secret of more than thirty-two characters';
const origin = { requestId: 'test', ip: null, userAgent: null };
let desk: RecordDesk;
let ana: Actor;
let marek: Actor;
let nextCase = 1001;

// The machine rejected all of them; those from 5000 on bear a tag.
const recordOf = (id: number) => ({
  ...sample.result,
  verificationId: id,
  verified: false,
  files: [],
  tags: id >= 5000 ? [{ name: 'risk', value: 'high' }] : [],
});

beforeAll(async () => {
  desk = await startRecordDesk(recordOf, { NEXTAUTH_SECRET: SECRET });
  ana = await account('ana@example.test', 'analyst');
  marek = await account('marek@example.test', 'manager');
  await account('root@example.test', 'admin');
});

afterAll(() => desk.close());

/** A new account, signed in. */
async function account(email: string, role: Role, oidcSubject?: string): Promise<Actor> {
  await addUser(SYSTEM_ACTOR, { email, name: email.split('@')[0] ?? email, role, password: null });
  const { id, name } = await db().user.findUniqueOrThrow({ where: { email } });
  if (oidcSubject !== undefined) await bindSubject(id, oidcSubject);
  return { id, name, email, role, sessionId: await startSession(origin, id, 'password'), origin };
}

const override: DecisionInput = {
  version: 0,
  outcome: 'APPROVED',
  reasonCodes: ['FALSE_REJECT_QUALITY'],
  rationale: 'Same ears and nose, only the light differs.',
};
const decline: DecisionInput = { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale: '' };
const propose = async (by = ana, id = nextCase++): Promise<Decision> => (await decide(by, id, override, randomUUID())).decision;
const answer = (by: Actor, { id, verificationId }: Decision, agrees = true) =>
  approve(by, verificationId, { decisionId: id, agrees, comment: agrees ? '' : 'The ears are not the same.' }, randomUUID());
const stateOf = async ({ verificationId }: Decision) => (await reviewOf(verificationId)).summary.state;

describe('a decision that needs a second person', () => {
  test('is every approval against the machine, under the rules the console comes with, and counts only once somebody agreed', async () => {
    const proposal = await propose();
    expect(proposal).toMatchObject({ isOverride: true, policyVersion: 0, secondPerson: expect.stringContaining('second reviewer') });
    expect((await reviewOf(proposal.verificationId)).summary).toMatchObject({ state: 'PENDING_SECOND_REVIEW', decision: null });
    await answer(marek, proposal);
    expect((await reviewOf(proposal.verificationId)).summary).toMatchObject({
      state: 'RESOLVED',
      decision: { outcome: 'APPROVED', isOverride: true },
    });
  });

  test('comes back to the desk when the second person disagrees, with both words kept', async () => {
    const proposal = await propose();
    await answer(marek, proposal, false);
    const { summary, decisions } = await reviewOf(proposal.verificationId);
    expect(summary).toMatchObject({ state: 'REOPENED', decision: null });
    expect(decisions[0]).toMatchObject({ rationale: override.rationale, approval: { agrees: false, approverName: 'marek' } });
  });

  test('is not a confirmation of the machine, unless the case bears a tag the policy names', async () => {
    const { decision } = await decide(ana, nextCase++, decline, randomUUID());
    expect(decision.secondPerson).toBeNull();
    const before = await currentPolicy();
    const fourEyes = { ...DEFAULT_POLICY.fourEyes, tags: [{ name: 'risk', value: 'high' }] };
    await changePolicy(marek, {
      version: before.version,
      settings: { ...before.settings, fourEyes },
      reason: 'Audit finding of November.',
    });
    const tagged = await decide(ana, 5001, decline, randomUUID());
    expect(tagged.decision).toMatchObject({ policyVersion: before.version + 1, secondPerson: expect.stringContaining('risk = high') });
    expect((await decide(ana, nextCase++, decline, randomUUID())).decision.secondPerson).toBeNull();
  });
});

describe('the proposer', () => {
  const refuses = async (approver: Actor, proposal: Decision) => {
    const refusal = await refusalOf(answer(approver, proposal));
    expect(refusal.code).toBe('forbidden');
    expect(await stateOf(proposal)).toBe('PENDING_SECOND_REVIEW');
    return refusal;
  };

  test('cannot approve her own decision', async () => {
    expect((await refuses(ana, await propose())).message).toMatch(/You proposed/);
  });

  test('cannot approve it after a change of role, up or down and up again', async () => {
    const ivy = await account('ivy@example.test', 'analyst');
    const proposal = await propose(ivy);
    for (const role of ['manager', 'admin', 'analyst'] as const) {
      await changeRole(SYSTEM_ACTOR, ivy.email, role);
      await refuses({ ...ivy, role }, proposal);
    }
  });

  test('cannot approve it as an administrator, and neither can any other administrator or auditor', async () => {
    const proposal = await propose();
    for (const role of ['admin', 'auditor'] as const) await refuses(await account(`${role}@example.test`, role), proposal);
    await refuses(SYSTEM_ACTOR, proposal);
  });

  test.each(['ana+second@example.test', 'ana+a+b@example.test', 'ana+@example.test'])(
    'cannot approve it through a second account of the same mailbox, %s',
    async (email) => {
      await refuses(await account(email, 'manager'), await propose());
    },
  );

  test('cannot propose from the second account and approve from the first', async () => {
    const second = await account('ana+third@example.test', 'analyst');
    await refuses(ana, await propose(second));
  });

  test('cannot have two accounts whose e-mail differs by capitals', async () => {
    expect((await refusalOf(account('ANA@Example.Test', 'manager'))).code).toBe('conflict');
    await expect(db().user.create({ data: { email: 'Ana@example.test', name: 'Ana', role: 'manager' } })).rejects.toThrow(/lower_case/);
  });

  test('cannot approve it through another account of the same person at the sign-in provider', async () => {
    const first = await account('eva@example.test', 'analyst', 'https://issuer|eva');
    const proposal = await propose(first);
    // The account is closed and the same subject bound to another one.
    await db().user.update({ where: { id: first.id }, data: { oidcSubject: null } });
    await refuses(await account('eva.other@example.test', 'manager', 'https://issuer|eva'), proposal);
  });

  test('cannot approve it when her account took on the marks of the other one only afterwards', async () => {
    const first = await account('uma@example.test', 'analyst');
    const proposal = await propose(first);
    const second = await account('uma.private@example.test', 'manager');
    await db().user.update({ where: { id: first.id }, data: { email: 'uma.private+work@example.test' } });
    await refuses(second, proposal);
  });

  test('cannot approve it in bulk: no bulk act decides or approves', () => {
    expect(BATCH_VERBS.filter((verb) => /approv|decid|declin/.test(verb))).toEqual([]);
  });

  test('cannot approve it by calling the API herself', async () => {
    const proposal = await propose();
    const response = await call(ana, proposal.verificationId, { decisionId: proposal.id, agrees: true, comment: '' });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'forbidden', message: expect.stringMatching(/You proposed/) } });
    const { snapshotHash: record } = proposal;
    const agreement = { decisionId: proposal.id, agrees: true, comment: '', shown: { id: null, face: null, record } };
    expect((await call(marek, proposal.verificationId, agreement)).status).toBe(201);
  });

  test('sees her own proposals told apart, whichever of her accounts she looks with', async () => {
    const proposal = await propose();
    const second = await account('ana+look@example.test', 'manager');
    const own = async (actor: Actor) => (await pendingApprovals(actor)).find(({ decision }) => decision.id === proposal.id)?.own;
    expect([await own(ana), await own(second), await own(marek)]).toEqual([true, true, false]);
  });
});

test('the bar counts the proposals of others, and not one’s own', async () => {
  const id = 9500;
  await fillIndex(id);
  const viewers = [marek, ana, await account('ana+bar@example.test', 'analyst')];
  const counts = async () => (await Promise.all(viewers.map(waitingFor))).map(({ approvals }) => approvals?.count ?? 0);
  const before = await counts();
  await propose(ana, id);
  expect((await counts()).map((count, at) => count - (before[at] ?? 0))).toEqual([1, 0, 0]);
  expect(await waitingFor(await account('bar.auditor@example.test', 'auditor'))).toEqual({ queue: null, approvals: null });
});

describe('an approval', () => {
  test('of a proposal that was replaced is void', async () => {
    const proposal = await propose();
    await decide(marek, proposal.verificationId, { ...decline, version: 1 }, randomUUID());
    expect((await refusalOf(answer(marek, proposal))).code).toBe('stale');
  });

  test('of a proposal that was taken back is void', async () => {
    const proposal = await propose();
    await withdrawDecision(ana, proposal.verificationId);
    expect((await refusalOf(answer(marek, proposal))).code).toBe('stale');
    expect(await stateOf(proposal)).toBe('OPEN');
  });

  test('is given once, however many answer at the same moment, and the same request again gets the same answer', async () => {
    const proposal = await propose();
    const others = await Promise.all(['o1', 'o2', 'o3'].map((name) => account(`${name}@example.test`, 'analyst')));
    const results = await Promise.allSettled(others.map((other) => answer(other, proposal)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const again = await propose();
    const send = () => approve(marek, again.verificationId, { decisionId: again.id, agrees: true, comment: '' }, 'the-same-key');
    expect(await send()).toEqual(await send());
    expect(await db().approval.count({ where: { decisionId: again.id } })).toBe(1);
  });

  test('cannot be had for the decision of another case, for one that stands alone, or without a reason to disagree', async () => {
    const [proposal, other] = [await propose(), await propose()];
    const stray = approve(marek, other.verificationId, { decisionId: proposal.id, agrees: true, comment: '' }, randomUUID());
    expect((await refusalOf(stray)).code).toBe('not-found');
    const { decision } = await decide(ana, nextCase++, decline, randomUUID());
    expect((await refusalOf(answer(marek, decision))).code).toBe('unprocessable');
    const mute = approve(marek, proposal.verificationId, { decisionId: proposal.id, agrees: false, comment: 'no' }, randomUUID());
    expect(await refusalOf(mute)).toMatchObject({ code: 'unprocessable', field: 'comment' });
  });

  test('of a decision and a new decision at the same moment never both count', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const proposal = await propose();
      const results = await Promise.allSettled([
        answer(marek, proposal),
        decide(marek, proposal.verificationId, { ...decline, version: 1 }, randomUUID()),
      ]);
      const approved = results[0]?.status === 'fulfilled';
      const { decisions } = await reviewOf(proposal.verificationId);
      // Either it was approved and then replaced, or replaced and the approval refused.
      expect([approved, decisions[0]?.approval !== null]).toEqual([approved, approved]);
      expect(await stateOf(proposal)).toBe('RESOLVED');
    }
  });
});

describe('the database by itself, whoever writes to it', () => {
  interface Forged {
    decisionId?: string;
    approverId?: string;
    approverEmail?: string;
    proposerId?: string;
    proposerEmail?: string;
  }
  const forge = (proposal: Decision, forged: Forged = {}) =>
    recorded('approval', async (tx) => {
      const id = randomUUID();
      await tx.$executeRawUnsafe(
        `INSERT INTO console.approval (id, decision_id, verification_id, agrees, comment, approver_id, approver_name, approver_email,
          proposer_id, proposer_email) VALUES ('${id}', $1::uuid, $2, true, '', $3::uuid, 'x', $4, $5::uuid, $6)`,
        forged.decisionId ?? proposal.id,
        BigInt(proposal.verificationId),
        forged.approverId ?? marek.id,
        forged.approverEmail ?? marek.email,
        forged.proposerId ?? ana.id,
        forged.proposerEmail ?? ana.email,
      );
      return { id };
    });

  test('refuses an approval by the proposer, and one through a second account of hers', async () => {
    const second = await account('ana+raw@example.test', 'manager');
    for (const { id, email } of [ana, second])
      await expect(forge(await propose(), { approverId: id, approverEmail: email })).rejects.toThrow(/by the person who proposed/);
  });

  test('refuses both by a CHECK even where the trigger is gone', async () => {
    const second = await account('ana+check@example.test', 'manager');
    const proposal = await propose();
    await db().$executeRawUnsafe('ALTER TABLE console.approval DISABLE TRIGGER approval_fits_its_decision');
    for (const { id, email } of [ana, second])
      await expect(forge(proposal, { approverId: id, approverEmail: email })).rejects.toThrow(/approval_is_by_somebody_else/);
    await db().$executeRawUnsafe('ALTER TABLE console.approval ENABLE ALWAYS TRIGGER approval_fits_its_decision');
  });

  test('refuses one that names another proposer than the decision does', async () => {
    const forged = { approverId: ana.id, approverEmail: ana.email, proposerId: marek.id, proposerEmail: marek.email };
    await expect(forge(await propose(), forged)).rejects.toThrow(/does not fit its decision/);
  });

  test('refuses one that bears invented marks of its approver', async () => {
    const second = await account('ana+mask@example.test', 'manager');
    await expect(forge(await propose(), { approverId: second.id, approverEmail: 'else@example.test' })).rejects.toThrow(
      /marks of its approver/,
    );
    await expect(forge(await propose(), { approverId: randomUUID() })).rejects.toThrow(/marks of its approver/);
  });

  test('refuses one of a decision that no longer stands, and a second one', async () => {
    const proposal = await propose();
    await answer(marek, proposal);
    await expect(forge(proposal)).rejects.toThrow(/approval_decision_id_key|Unique|duplicate/);
    const stale = await propose();
    await decide(marek, stale.verificationId, { ...decline, version: 1 }, randomUUID());
    await expect(forge(stale)).rejects.toThrow(/no longer stands/);
  });

  test('refuses a decision that leaves out the second person the rules of its day ask for, or names rules of another day', async () => {
    const before = await currentPolicy();
    // Taken back at once: it has no event.
    const insert = (outcome: string, machine: string, secondPerson: string | null, policyVersion: number) =>
      db().$transaction(async (tx) => {
        await tx.$executeRaw`
          INSERT INTO console.decision (id, verification_id, version, outcome, machine_result, is_override, reason_codes, rationale, proposer_id,
            proposer_name, proposer_email, snapshot_hash, second_person, policy_version)
          VALUES (gen_random_uuid(), ${BigInt(nextCase++)}, 1, ${outcome}, ${machine}, (${outcome} = 'APPROVED') <> (${machine} = 'VERIFIED'),
            '{OTHER}', 'I looked twice.', ${ana.id}::uuid, 'ana', 'ana@example.test', repeat('a', 64), ${secondPerson}, ${policyVersion})`;
        throw new Error('let in');
      });
    const isLetIn = (...decision: Parameters<typeof insert>) => expect(insert(...decision)).rejects.toThrow('let in');
    await expect(insert('APPROVED', 'NOT_VERIFIED', null, before.version)).rejects.toThrow(/needs a second person/);
    await isLetIn('APPROVED', 'NOT_VERIFIED', 'asked for', before.version);
    await isLetIn('DECLINED', 'VERIFIED', null, before.version);
    const rules = (overridesToApproved: boolean, overridesToDeclined: boolean) => ({
      ...before.settings,
      fourEyes: { ...before.settings.fourEyes, overridesToApproved, overridesToDeclined },
    });
    const { version } = await publishPolicy(
      { first: marek, second: await account('mona@example.test', 'manager') },
      {
        version: before.version,
        settings: rules(false, true),
        reason: 'The other way round.',
      },
    );
    await isLetIn('APPROVED', 'NOT_VERIFIED', null, version);
    await expect(insert('DECLINED', 'VERIFIED', null, version)).rejects.toThrow(/needs a second person/);
    // Written while the rules changed: still by those it names, and by those only.
    await expect(insert('APPROVED', 'NOT_VERIFIED', null, before.version)).rejects.toThrow(/needs a second person/);
    await isLetIn('DECLINED', 'VERIFIED', null, before.version);
    await expect(insert('DECLINED', 'NOT_VERIFIED', null, -1)).rejects.toThrow(/not in force/);
    await expect(insert('DECLINED', 'NOT_VERIFIED', null, version + 1)).rejects.toThrow(/not in force/);
    await publishPolicy(
      { first: marek, second: await account('mina@example.test', 'manager') },
      { version, settings: before.settings, reason: 'Back to what it was.' },
    );
  });

  test.each([
    'UPDATE console.approval SET agrees = true',
    'DELETE FROM console.approval',
    'UPDATE console.decision SET second_person = NULL',
  ])('refuses %s', async (sql) => {
    await expect(db().$executeRawUnsafe(sql)).rejects.toThrow(/only grows/);
  });

  test('knows the same mailbox as the program for every address', async () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'B', '+', '.', '-', '@', '1'), maxLength: 12 });
    const address = fc.tuple(part, part).map(([local, domain]) => `${local}@${domain}`);
    await fc.assert(
      fc.asyncProperty(fc.array(address, { minLength: 20, maxLength: 20 }), async (emails) => {
        const rows = await db().$queryRaw<{ mailbox: string }[]>`
          SELECT console.mailbox(email) AS mailbox FROM unnest(${emails}::text[]) WITH ORDINALITY AS given(email, place) ORDER BY place`;
        expect(rows.map(({ mailbox }) => mailbox)).toEqual(emails.map(mailboxOf));
      }),
      { numRuns: 20 },
    );
  });
});

describe('reason codes', () => {
  test('stand only beside the outcomes they are for, whoever decides', async () => {
    for (const outcome of ['APPROVED', 'DECLINED', 'RESUBMISSION_REQUESTED'] as const) {
      const allowed = reasonCodesFor('NOT_VERIFIED', outcome);
      const stray = REASON_CODE_NAMES.filter((code) => !allowed.includes(code));
      expect(stray.length).toBeGreaterThan(0);
      for (const code of stray) {
        const input: DecisionInput = { version: 0, outcome, reasonCodes: [code], rationale: 'Long enough to say why.' };
        expect(await refusalOf(decide(ana, 4000, input, randomUUID()))).toMatchObject({ code: 'unprocessable', field: 'reasonCodes' });
      }
    }
  });

  test('cannot be left out where the decision is against the customer or the machine, nor a rationale where it is an override', async () => {
    expect(isOverride('NOT_VERIFIED', 'APPROVED')).toBe(true);
    expect(await refusalOf(decide(ana, 4000, { ...override, rationale: 'short' }, randomUUID()))).toMatchObject({ field: 'rationale' });
    expect(await refusalOf(decide(ana, 4000, { ...decline, reasonCodes: [] }, randomUUID()))).toMatchObject({ field: 'reasonCodes' });
    const other: DecisionInput = { ...decline, reasonCodes: ['OTHER'], rationale: '' };
    expect(await refusalOf(decide(ana, 4000, other, randomUUID()))).toMatchObject({ field: 'rationale' });
  });
});

test('all of this left a whole chain, with one event for every decision and every approval', async () => {
  expect(await verifyStoredChain()).toMatchObject({ whole: true });
  const events = (action: string) => db().auditEvent.count({ where: { action } });
  expect(await events('decision.made')).toBe(await db().decision.count());
  expect((await events('approval.given')) + (await events('approval.refused'))).toBe(await db().approval.count());
  expect(await reconcileStoredRows()).toEqual({ first: null, differences: 0 });
});

async function call(actor: Actor, id: number, body: unknown): Promise<Response> {
  const token = await encode({ token: { sid: actor.sessionId }, secret: SECRET });
  const request = new NextRequest(`http://localhost:3000/api/verifications/${id}/approval`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      cookie: `next-auth.session-token=${token}`,
    },
  });
  return postApproval(request, { params: Promise.resolve({ id: String(id) }) });
}
