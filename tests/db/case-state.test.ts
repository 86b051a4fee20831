import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reconcileStoredRows } from '@/lib/audit/reconcile-rows';
import { db } from '@/lib/db/client';
import {
  type CaseFacts,
  decisionInForce,
  lastingState,
  newestDecision,
  snoozedUntil,
  standingDecision,
  versionOf,
} from '@/lib/domain/review';
import { caseFacts } from '@/lib/review/case-facts';
import { fillIndex, person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { recorded } from '../helpers/recorded';

let database: TestDatabase;
let nextCase = 1;
let [ana, marek] = ['', ''];
const by = {
  get byId() {
    return ana;
  },
  byName: 'Ana',
};

beforeAll(async () => {
  database = await testDatabase();
  [ana, marek] = [(await person('Ana', 'analyst')).id, (await person('Marek', 'analyst')).id];
});
afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

/** What the index says of a case, and what its rows come to. */
async function both(id: number) {
  const [facts, row] = await Promise.all([caseFacts(id), db().record.findUniqueOrThrow({ where: { verificationId: id } })]);
  const standing = standingDecision(facts);
  const force = lastingState(facts) === 'RESOLVED' ? decisionInForce(facts) : null;
  const now = Date.now();
  return {
    computed: {
      state: lastingState(facts) as string,
      reviewerId: force?.proposerId ?? null,
      reviewerName: force?.proposerName ?? null,
      decidedAt: force?.decidedAt ?? null,
      assigneeId: facts.assignee?.id ?? null,
      assigneeName: facts.assignee?.name ?? null,
      snoozedUntil: snoozedUntil(facts, now),
      recordChanged: standing !== null && (standing.snapshotHash !== row.snapshotHash || row.upstreamMissingAt !== null) ? 1 : 0,
    },
    indexed: {
      state: row.state,
      reviewerId: row.reviewerId,
      reviewerName: row.reviewerName,
      decidedAt: row.decidedAt?.getTime() ?? null,
      assigneeId: row.assigneeId,
      assigneeName: row.assigneeName,
      snoozedUntil: row.snoozedUntil && row.snoozedUntil.getTime() > now ? row.snoozedUntil.getTime() : null,
      recordChanged: row.findings.filter((kind) => kind === 'record-changed').length,
    },
  };
}

/** What can happen to a case; what does not apply at a moment does nothing. */
const HAPPENINGS = [
  'decide',
  'decide-for-two',
  'withdraw',
  'agree',
  'disagree',
  'reopen',
  'escalate',
  'lift',
  'snooze',
  'wake',
  'assign',
  'unassign',
  'arrive',
  'replace-record',
  'restore-record',
  'lose-record',
] as const;
type Happening = (typeof HAPPENINGS)[number];

async function happen(id: number, what: Happening): Promise<void> {
  const verificationId = BigInt(id);
  const facts: CaseFacts = await caseFacts(id);
  const version = versionOf(facts.decisions);
  const newest = newestDecision(facts.decisions);
  const act = { verificationId, ...by, reason: 'because it is so', version };
  const isNewest = newest !== null && newest.version === version;
  switch (what) {
    case 'decide':
    case 'decide-for-two':
      return decided(id, version + 1, what === 'decide-for-two');
    case 'withdraw':
      if (newest && isNewest && newest.approval === null)
        await recorded('withdrawal', (tx) => tx.withdrawal.create({ data: { decisionId: newest.id, verificationId, byId: ana } }));
      return;
    case 'agree':
    case 'disagree':
      if (newest && isNewest && newest.secondPerson !== null && newest.approval === null) await answered(id, newest.id, what === 'agree');
      return;
    case 'reopen':
      await recorded('reopening', (tx) => tx.reopening.create({ data: act }));
      return;
    case 'escalate':
    case 'lift':
      await recorded('escalation', (tx) => tx.escalation.create({ data: { ...act, lifted: what === 'lift' } }));
      return;
    case 'snooze':
    case 'wake':
      await recorded('snooze', (tx) =>
        tx.snooze.create({ data: { ...act, until: new Date(Date.now() + (what === 'snooze' ? 3_600_000 : -1)) } }),
      );
      return;
    case 'assign':
    case 'unassign':
      await recorded('assignment', (tx) =>
        tx.assignment.create({
          data: { verificationId, ...by, ...(what === 'assign' ? { assigneeId: marek, assigneeName: 'Marek' } : {}) },
        }),
      );
      return;
    case 'replace-record':
    case 'restore-record':
      await db().record.updateMany({
        where: { verificationId },
        data: { snapshotHash: (what === 'replace-record' ? 'b' : 'a').repeat(64), findings: ['small-face'], upstreamMissingAt: null },
      });
      return;
    case 'lose-record':
      await db().record.updateMany({ where: { verificationId, upstreamMissingAt: null }, data: { upstreamMissingAt: new Date() } });
      return;
    case 'arrive':
      if ((await db().record.count({ where: { verificationId } })) === 0) await fillIndex(id);
  }
}

async function decided(id: number, version: number, forTwo: boolean): Promise<void> {
  await recorded('decision', (tx) =>
    tx.decision.create({
      data: {
        verificationId: BigInt(id),
        version,
        outcome: 'DECLINED',
        machineResult: 'NOT_VERIFIED',
        isOverride: false,
        reasonCodes: ['FACE_MISMATCH'],
        rationale: '',
        proposerId: ana,
        proposerName: 'Ana',
        proposerEmail: 'ana@example.test',
        secondPerson: forTwo ? 'Two have to agree.' : null,
        snapshotHash: 'a'.repeat(64),
        decidedAt: new Date(),
      },
    }),
  );
}

async function answered(id: number, decisionId: string, agrees: boolean): Promise<void> {
  await recorded('approval', (tx) =>
    tx.approval.create({
      data: {
        id: randomUUID(),
        decisionId,
        verificationId: BigInt(id),
        agrees,
        comment: 'The ears differ.',
        approverId: marek,
        approverName: 'Marek',
        approverEmail: 'marek@example.test',
        proposerId: ana,
        proposerEmail: 'ana@example.test',
      },
    }),
  );
}

describe('what the index says of a case', () => {
  test('is what its rows come to, whatever happened to it and whenever its record arrived', { timeout: 60_000 }, async () => {
    const story = fc.array(fc.constantFrom(...HAPPENINGS), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(story, async (happenings) => {
        const id = nextCase++;
        for (const what of [...happenings, 'arrive' as const]) {
          await happen(id, what);
          if ((await db().record.count({ where: { verificationId: id } })) === 0) continue;
          const { computed, indexed } = await both(id);
          expect(indexed).toEqual(computed);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('is right also after several acts at the same moment', async () => {
    const first = nextCase;
    nextCase += 30;
    await fillIndex(first, nextCase - 1);
    for (let id = first; id < nextCase; id += 1) {
      await Promise.all((['decide', 'snooze', 'restore-record', 'assign', 'escalate'] as const).map((what) => happen(id, what)));
      const { computed, indexed } = await both(id);
      expect(indexed).toEqual(computed);
    }
  });

  test('is right also when the record arrives at the moment of the first act', async () => {
    for (let turn = 0; turn < 30; turn += 1) {
      const id = nextCase++;
      await Promise.all([happen(id, 'assign'), fillIndex(id), happen(id, 'escalate')]);
      const { computed, indexed } = await both(id);
      expect(indexed).toEqual(computed);
    }
  });

  test('is, of all these cases, what the comparison with the log finds as well', async () => {
    expect(nextCase).toBeGreaterThan(100);
    expect(await reconcileStoredRows()).toEqual({ first: null, differences: 0 });
  });
});
