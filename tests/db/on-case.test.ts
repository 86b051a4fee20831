import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcileStoredRows } from '@/lib/audit/reconcile-rows';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { answerChange } from '@/lib/changes/answer-change';
import { submitErasure } from '@/lib/changes/submit-retention';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { lastingState } from '@/lib/domain/review';
import { placeHold } from '@/lib/retention/place-hold';
import { addNote } from '@/lib/review/add-note';
import { assignCase } from '@/lib/review/assign-case';
import { caseFacts } from '@/lib/review/case-facts';
import { changePolicy } from '@/lib/review/change-policy';
import { claimCase } from '@/lib/review/claim-case';
import { escalateCase, liftEscalation } from '@/lib/review/escalate-case';
import { nextCase } from '@/lib/review/next-case';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { recordEvidenceView } from '@/lib/review/record-evidence-view';
import { releaseClaim } from '@/lib/review/release-claim';
import { reopenCase } from '@/lib/review/reopen-case';
import { runBatch } from '@/lib/review/run-batch';
import { skipCase } from '@/lib/review/skip-case';
import { snoozeCase } from '@/lib/review/snooze-case';
import { takeOverClaim } from '@/lib/review/take-over-claim';
import { withdrawDecision } from '@/lib/review/withdraw-decision';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { fillIndex, person, refusalOf } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';
import { approve, decide, reviewAgain } from '../helpers/verdicts';

let database: TestDatabase;
let upstream: RecordUpstream;
let ana: Actor;
let marek: Actor;
let mira: Actor;
let dora: Actor;
let nextNumber = 1001;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream((id) => ({ ...sample.result, verificationId: id, verified: false, files: [] }));
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  [ana, marek, mira] = [await person('Ana', 'analyst'), await person('Marek', 'manager'), await person('Mira', 'manager')];
  dora = await person('Dora', 'admin');
  await changePolicy(marek, { version: 0, settings: { ...DEFAULT_POLICY, qaSharePercent: 100 }, reason: 'Every decision is reviewed.' });
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

/** Words about the person of a case, to be looked for after its erasure. */
const words = (id: number) => `Words about person ${id}.`;
const override = (id: number) => ({
  version: 0,
  outcome: 'APPROVED' as const,
  reasonCodes: ['ALTERNATE_EVIDENCE' as const],
  rationale: words(id),
});
const decline = (id: number, version: number) => ({
  version,
  outcome: 'DECLINED' as const,
  reasonCodes: ['FACE_MISMATCH' as const],
  rationale: words(id),
});
const eraseOne = async (id: number) => {
  const submitted = await submitErasure(mira, { ids: [id], rule: 'REQUEST', reason: 'Request 17 of the officer.', confirm: 1 });
  if (!('change' in submitted)) throw new Error('It was erased without a second person.');
  const { effect } = await answerChange(dora, submitted.change.id, { agrees: true, comment: '' });
  if (!effect?.tookEffect) throw new Refusal('conflict', effect?.outcome ?? '');
};

const holdOne = async (id: number) => {
  const { refused } = await placeHold(marek, { ids: [id], held: true, reason: 'Court order 4 C 17/26.', confirm: 1 });
  if (refused[0]) throw new Refusal('conflict', refused[0].message);
};

/** A case with a note; and where an action needs more of it, that. */
const CASES = {
  noted: async (id: number) => void (await addNote(ana, id, { text: words(id) })),
  escalated: async (id: number) => void (await escalateCase(ana, id, words(id))),
  claimed: async (id: number) => void (await claimCase(ana, id)),
  proposed: async (id: number) => void (await decide(ana, id, override(id), randomUUID())),
  resolved: async (id: number) => void (await decide(ana, id, decline(id, 0), randomUUID())),
};

const ACTIONS: Record<string, { on: keyof typeof CASES; run: (id: number) => Promise<unknown> }> = {
  note: { on: 'noted', run: (id) => addNote(ana, id, { text: words(id) }, randomUUID()) },
  decide: { on: 'noted', run: (id) => decide(ana, id, override(id), randomUUID()) },
  'decide again': { on: 'resolved', run: (id) => decide(marek, id, decline(id, 1), randomUUID()) },
  withdraw: { on: 'resolved', run: (id) => withdrawDecision(ana, id) },
  approve: { on: 'proposed', run: (id) => answered(id, true) },
  disagree: { on: 'proposed', run: (id) => answered(id, false) },
  'review again': {
    on: 'resolved',
    run: (id) => reviewAgain(mira, id, { outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], comment: words(id) }),
  },
  reopen: { on: 'resolved', run: (id) => reopenCase(ana, id, words(id)) },
  snooze: { on: 'noted', run: (id) => snoozeCase(ana, id, Date.now() + 3_600_000, words(id)) },
  skip: { on: 'noted', run: (id) => skipCase(ana, id, words(id)) },
  escalate: { on: 'noted', run: (id) => escalateCase(ana, id, words(id)) },
  'lift the escalation': { on: 'escalated', run: (id) => liftEscalation(marek, id, words(id)) },
  assign: { on: 'noted', run: (id) => assignCase(marek, id, ana.id) },
  claim: { on: 'noted', run: (id) => claimCase(marek, id) },
  release: { on: 'claimed', run: (id) => releaseClaim(ana, id) },
  'take over': { on: 'claimed', run: (id) => takeOverClaim(marek, id) },
  batch: { on: 'noted', run: (id) => runBatch(ana, { verb: 'escalate', ids: [id], reason: words(id) }, randomUUID()) },
  hold: { on: 'noted', run: holdOne },
  'view a file': { on: 'noted', run: (id) => recordEvidenceView(ana, `v_id_${id}_${words(id)}${randomUUID()}.jpg`) },
  'see a file change': { on: 'noted', run: (id) => recordEvidenceHash(`v_id_${id}_${words(id)}.jpg`, 'b'.repeat(64), 1) },
  erase: { on: 'noted', run: eraseOne },
};
/** What may still happen to a case after its erasure, without a word about anybody. */
const AFTER_ERASURE = ['release', 'batch', 'view a file', 'see a file change'];

async function answered(id: number, agrees: boolean): Promise<void> {
  const [proposal] = await db().decision.findMany({ where: { verificationId: BigInt(id) } });
  await approve(marek, id, { decisionId: proposal?.id ?? randomUUID(), agrees, comment: words(id) }, randomUUID());
}

interface Attempt {
  isOver: boolean;
  outcome: Promise<string>;
}

/** Begins an action, which ends as `done` or with the code of its refusal. Anything else, a deadlock too, fails the test. */
function begin(work: () => Promise<unknown>): Attempt {
  const attempt: Attempt = {
    isOver: false,
    outcome: work()
      .then(
        () => 'done',
        (failure: unknown) => (failure instanceof Refusal ? failure.code : Promise.reject(failure)),
      )
      .finally(() => {
        attempt.isOver = true;
      }),
  };
  attempt.outcome.catch(() => undefined);
  return attempt;
}

/** Runs both actions on a case so that they wait for it at once, the first in front, and are let go together. */
async function together(holder: Client, id: number, works: (() => Promise<unknown>)[]): Promise<string[]> {
  await holder.query('BEGIN');
  await holder.query('SELECT console.lock_case($1)', [id]);
  const begun: Attempt[] = [];
  for (const work of works) {
    begun.push(begin(work));
    await waiting(holder, id, begun);
  }
  await holder.query('COMMIT');
  return Promise.all(begun.map(({ outcome }) => outcome));
}

/** Resolves when each of the attempts is over or waits for the case. */
async function waiting(holder: Client, id: number, begun: Attempt[]): Promise<void> {
  for (;;) {
    const open = begun.filter(({ isOver }) => !isOver).length;
    const { rows } = await holder.query(
      `SELECT count(*)::int AS queued FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
       AND classid::bigint << 32 | objid::bigint = hashtextextended('second-look/case', $1)`,
      [id],
    );
    if (rows[0].queued >= open) return;
    await pause(2);
  }
}

/** The cases whose words stand anywhere in the console's tables. */
async function casesInWords(): Promise<Set<number>> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'console' AND table_type = 'BASE TABLE'`;
  const found = new Set<number>();
  for (const { name } of tables) {
    const rows = await db().$queryRawUnsafe<{ id: string }[]>(
      `SELECT DISTINCT (regexp_matches(t::text, 'Words about person (\\d+)', 'g'))[1] AS id FROM console."${name}" AS t`,
    );
    for (const { id } of rows) found.add(Number(id));
  }
  return found;
}

async function withClient<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('any two actions on one case at once happen one after the other: none is lost, none deadlocks, no word outlives an erasure', async () => {
  const names = Object.keys(ACTIONS);
  const pairs = names.flatMap((first, at) =>
    names.slice(at).map((second) => ((at + first.length) % 2 ? [second, first] : [first, second])),
  );
  const erased = new Set<number>();
  const wrong: string[] = [];
  const touched: number[] = [];
  const takeTurns = () =>
    withClient(async (holder) => {
      for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
        const [first = '', second = ''] = pair;
        const id = nextNumber++;
        touched.push(id);
        await fillIndex(id);
        await CASES.noted(id);
        const on = ACTIONS[first]?.on ?? 'noted';
        await CASES[on](id);
        const [one, other] = await together(
          holder,
          id,
          pair.map((name) => () => ACTIONS[name]?.run(id) ?? Promise.resolve()),
        );
        const outcomes = `${first}: ${one}, ${second}: ${other}`;
        // A claim looks twice: for one of its own that lasts, and for the record as the upstream has it now.
        if (one !== 'done' && outcomes !== 'claim: conflict, erase: done') wrong.push(outcomes);
        if (first === 'erase' && other !== (AFTER_ERASURE.includes(second) ? 'done' : 'conflict')) wrong.push(outcomes);
        if ((first === 'erase' && one === 'done') || (second === 'erase' && other === 'done')) erased.add(id);
      }
    });
  await Promise.all(Array.from({ length: 4 }, takeTurns));
  expect(wrong).toEqual([]);
  expect(erased.size).toBeGreaterThan(names.length / 2);
  const inWords = await casesInWords();
  expect([...erased].filter((id) => inWords.has(id))).toEqual([]);
  expect(inWords.size).toBeGreaterThan(100);
  for (const id of touched)
    expect(await db().record.findUnique({ where: { verificationId: BigInt(id) }, select: { state: true } })).toEqual({
      state: lastingState(await caseFacts(id)),
    });
  expect(await reconcileStoredRows()).toEqual({ first: null, differences: 0 });
  expect(await verifyStoredChain()).toMatchObject({ whole: true });
}, 240_000);

test('of 39 notes that race an erasure none survives', async () => {
  const id = nextNumber++;
  await fillIndex(id);
  await CASES.noted(id);
  const notes = Array.from({ length: 39 }, () => addNote(ana, id, { text: words(id) }, randomUUID()));
  const [erasure, ...written] = await Promise.allSettled([eraseOne(id), ...notes]);
  expect(erasure.status).toBe('fulfilled');
  for (const one of written) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' });
  expect((await casesInWords()).has(id)).toBe(false);
  expect((await refusalOf(addNote(ana, id, { text: words(id) }))).message).toBe(
    'This case was erased, so nothing more can be recorded on it. Open another case.',
  );
  expect(await reconcileStoredRows()).toEqual({ first: null, differences: 0 });
});

test('a record that the sync is writing while its case is erased leaves nothing of itself, nor of what it replaced', async () => {
  for (const isNew of [false, true]) {
    const id = nextNumber++;
    if (!isNew) await fillIndex(id);
    await CASES.noted(id);
    await withClient(async (sync) => {
      await sync.query('BEGIN');
      if (isNew)
        await sync.query(
          `INSERT INTO console.record (verification_id, machine_result, model, id_file_name, id_file_type, selfie_file_name, selfie_file_type, findings,
            raw, snapshot_hash) VALUES ($1, 'VERIFIED', 'm', $2, '', '', '', '{}', $2, repeat('1', 64))`,
          [id, words(id)],
        );
      else
        for (const digit of ['1', '2'])
          await sync.query('UPDATE console.record SET raw = $2, snapshot_hash = $3 WHERE verification_id = $1', [
            id,
            words(id),
            digit.repeat(64),
          ]);
      await sync.query(`INSERT INTO console.record_tag (name, value, verification_id) VALUES ('customer', $2, $1)`, [id, words(id)]);
      const erasure = begin(() => eraseOne(id));
      await blocked(sync, erasure);
      await sync.query('COMMIT');
      expect(await erasure.outcome).toBe('done');
    });
    expect((await casesInWords()).has(id), `new: ${isNew}`).toBe(false);
  }
});

/** Resolves when the attempt is over or waits for this connection. */
async function blocked(holder: Client, attempt: Attempt): Promise<void> {
  while (!attempt.isOver) {
    const { rows } = await holder.query(
      'SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))',
    );
    if (rows[0].waiting > 0) return;
    await pause(2);
  }
}

test('a case that is being erased is never drawn: the draw waits for it and takes the next', async () => {
  const [first, second] = [nextNumber++, nextNumber++];
  const drawer = await person('Drawer', 'analyst');
  await fillIndex(first, second);
  for (const id of [first, second]) await assignCase(marek, id, drawer.id);
  const drawn: (number | null)[] = [];
  await withClient((holder) =>
    together(holder, first, [() => eraseOne(first), () => nextCase(drawer).then(({ verificationId }) => drawn.push(verificationId))]),
  );
  expect(drawn).toEqual([second]);
  expect(await db().claim.count({ where: { verificationId: BigInt(first) } })).toBe(0);
});
