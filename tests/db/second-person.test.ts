import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { type CredentialChange, secondPersonRefusal } from '@/lib/domain/second-person';
import { credentialBook } from '@/lib/review/credential-book';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 2);
const MAILBOXES = ['ana', 'ana+review', 'bo', 'cy', 'di', 'ed'] as const;
type Name = (typeof MAILBOXES)[number];

let database: TestDatabase;
const idOf = new Map<Name, string>();

beforeAll(async () => {
  database = await testDatabase();
  for (const name of MAILBOXES) {
    const email = `${name}@bank.test`;
    await addUser(SYSTEM_ACTOR, { email, name, role: 'manager', password: null });
    idOf.set(name, (await db().user.findUniqueOrThrow({ where: { email } })).id);
  }
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

/** Who set whose password: `given` by somebody, `alone` where nobody agreed to that, or their `own`; hours since the start. */
type Change = [hour: number, whose: Name, way: 'own' | 'setup' | 'given' | 'alone' | 'unknown', by?: Name];

/** The reason of both writings of the rule, after these changes; they have to agree. */
async function reasonOf(changes: readonly Change[], proposer: Name, second: Name, hours: [proposed: number, answered: number]) {
  const id = (name: Name) => idOf.get(name) ?? randomUUID();
  const rows = changes
    .toSorted(([a], [b]) => a - b)
    .map(([hour, whose, way, by]): CredentialChange => {
      const at = START + hour * HOUR;
      const one = { userId: id(whose), kind: 'PASSWORD' as const, unagreed: way === 'alone', at };
      if (way === 'own') return { ...one, way: 'OWN', byId: id(whose) };
      if (way === 'setup' || way === 'unknown') return { ...one, way: way === 'setup' ? 'SETUP' : 'UNKNOWN', byId: null };
      return { ...one, way: 'GIVEN', byId: by ? id(by) : null };
    });
  const [proposedAt, answeredAt] = [START + hours[0] * HOUR, START + hours[1] * HOUR];
  return db()
    .$transaction(async (tx) => {
      // Only the owner of the tables can date a change; it is undone with this transaction.
      await tx.$executeRaw`ALTER TABLE console.credential_event DISABLE TRIGGER credential_event_is_now`;
      for (const { userId, way, byId, at, unagreed } of rows)
        await tx.credentialEvent.create({
          data: { userId, kind: 'PASSWORD', way, byId, at: new Date(at), unagreed: unagreed ? 'RESET' : null },
        });
      const book = await credentialBook([id(proposer), id(second)], tx);
      const marks = (name: Name) => ({ id: id(name), email: `${name}@bank.test`, oidcSubject: null });
      const program = secondPersonRefusal(marks(proposer), marks(second), book, { proposedAt, answeredAt })?.reason ?? null;
      const [row] = await tx.$queryRaw<{ reason: string | null }[]>`
        SELECT console.second_person_refusal(${id(proposer)}::uuid, ${`${proposer}@bank.test`}, NULL, ${id(second)}::uuid,
          ${`${second}@bank.test`}, NULL, ${new Date(proposedAt)}, ${new Date(answeredAt)}) AS reason`;
      throw new Judged(program, row?.reason ?? null);
    })
    .catch((judged: unknown) => {
      if (!(judged instanceof Judged)) throw judged;
      expect(judged.database).toBe(judged.program);
      return judged.program;
    });
}

class Judged extends Error {
  constructor(
    readonly program: string | null,
    readonly database: string | null,
  ) {
    super('judged');
  }
}

/** Two people of long standing, each with a password of their own. */
const settled: Change[] = [
  [-900, 'bo', 'given', 'ana'],
  [-899, 'bo', 'own'],
  [-900, 'cy', 'given', 'ana'],
  [-899, 'cy', 'own'],
];

describe('two accounts of one administrator', () => {
  test('are two people once each user changed the password they were given, so that a small team can work', async () => {
    expect(await reasonOf(settled, 'bo', 'cy', [0, 1])).toBeNull();
    const newToday: Change[] = [
      [0, 'bo', 'given', 'ana'],
      [0, 'cy', 'given', 'ana'],
      [1, 'bo', 'own'],
      [1, 'cy', 'own'],
    ];
    expect(await reasonOf(newToday, 'bo', 'cy', [2, 3])).toBeNull();
  });

  test('are not while either still has the password the administrator set, or had it when the other proposed', async () => {
    const given: Change[] = [...settled, [10, 'bo', 'given', 'ana'], [10, 'cy', 'given', 'ana']];
    expect(await reasonOf(given, 'bo', 'cy', [11, 12])).toBe('one-administrator');
    expect(await reasonOf([...given, [11, 'bo', 'own']], 'bo', 'cy', [12, 13])).toBe('one-administrator');
  });

  test('that were reset are not for 24 hours after their users changed their passwords, nor for what was proposed before', async () => {
    const reset: Change[] = [...settled, [10, 'bo', 'given', 'ana'], [10, 'cy', 'given', 'ana'], [11, 'bo', 'own'], [11, 'cy', 'own']];
    expect(await reasonOf(reset, 'bo', 'cy', [12, 13])).toBe('one-administrator');
    expect(await reasonOf(reset, 'bo', 'cy', [34, 90])).toBe('one-administrator');
    expect(await reasonOf(reset, 'bo', 'cy', [35, 90])).toBeNull();
  });

  test('count by person: a second account of the administrator changes nothing', async () => {
    const given: Change[] = [...settled, [10, 'bo', 'given', 'ana'], [10, 'cy', 'given', 'ana+review']];
    expect(await reasonOf(given, 'bo', 'cy', [11, 12])).toBe('one-administrator');
  });

  test('count through the administrator they made for it', async () => {
    const chain: Change[] = [...settled, [9, 'di', 'given', 'ana'], [10, 'bo', 'given', 'di'], [10, 'cy', 'given', 'ana']];
    expect(await reasonOf(chain, 'bo', 'cy', [11, 12])).toBe('one-administrator');
    expect(await reasonOf(chain, 'ana+review', 'bo', [11, 12])).toBe('gave-credentials');
  });

  test('do not count where the command line or the program set the password', async () => {
    const byNobody: Change[] = [
      [0, 'bo', 'given'],
      [0, 'cy', 'given'],
      [0, 'di', 'setup'],
    ];
    expect(await reasonOf(byNobody, 'bo', 'cy', [1, 2])).toBeNull();
    expect(await reasonOf(byNobody, 'bo', 'di', [1, 2])).toBeNull();
  });
});

describe('somebody who set a password', () => {
  const reset: Change[] = [...settled, [10, 'cy', 'given', 'ana'], [11, 'cy', 'own']];

  test.each(['ana', 'ana+review'] as const)('is no counterpart of that account, under %s, either way round', async (administrator) => {
    expect(await reasonOf(reset, administrator, 'cy', [12, 13])).toBe('gave-credentials');
    expect(await reasonOf(reset, 'cy', administrator, [12, 13])).toBe('gave-credentials');
  });

  test('is none for what they proposed before, however long they wait after the forced change', async () => {
    expect(await reasonOf(reset, 'ana+review', 'cy', [1, 900])).toBe('gave-credentials');
    expect(await reasonOf(reset, 'ana+review', 'cy', [36, 900])).toBeNull();
  });

  test('is none of a new account either, for 24 hours', async () => {
    const added: Change[] = [
      [0, 'ed', 'given', 'ana'],
      [1, 'ed', 'own'],
    ];
    expect(await reasonOf(added, 'ana+review', 'ed', [2, 3])).toBe('gave-credentials');
    expect(await reasonOf(added, 'ana+review', 'ed', [25, 26])).toBeNull();
  });

  test('does not hold the account apart from anybody else', async () => {
    expect(await reasonOf(reset, 'bo', 'cy', [12, 13])).toBeNull();
  });
});

describe('a password', () => {
  test('that nobody agreed to makes no counterpart, however often its user changed it since, until the server sets another', async () => {
    const alone: Change[] = [...settled, [10, 'cy', 'alone', 'ana'], [11, 'cy', 'own'], [300, 'cy', 'own']];
    expect(await reasonOf(alone, 'ana', 'cy', [2000, 2001])).toBe('gave-credentials');
    expect(await reasonOf(alone, 'cy', 'ana+review', [2000, 2001])).toBe('gave-credentials');
    expect(await reasonOf([...alone, [310, 'cy', 'given', 'ana']], 'ana', 'cy', [2000, 2001])).toBe('gave-credentials');
    const both: Change[] = [...alone, [20, 'bo', 'alone', 'ana'], [21, 'bo', 'own']];
    expect(await reasonOf(both, 'bo', 'cy', [2000, 2001])).toBe('one-administrator');
    expect(await reasonOf([...alone, [400, 'cy', 'given'], [401, 'cy', 'own']], 'ana', 'cy', [2000, 2001])).toBeNull();
  });

  test('that nobody known set makes neither person of a pair, for 24 hours after its user changed it', async () => {
    const unknown: Change[] = [...settled, [10, 'cy', 'unknown']];
    expect(await reasonOf(unknown, 'bo', 'cy', [900, 901])).toBe('unknown-credentials');
    expect(await reasonOf(unknown, 'cy', 'bo', [900, 901])).toBe('unknown-credentials');
    expect(await reasonOf([...unknown, [20, 'cy', 'own']], 'bo', 'cy', [43, 900])).toBe('unknown-credentials');
    expect(await reasonOf([...unknown, [20, 'cy', 'own']], 'bo', 'cy', [44, 900])).toBeNull();
  });
});

test('the database refuses the same people as the program after any history of passwords', async () => {
  const name = fc.constantFrom(...MAILBOXES);
  const change = fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 60 }), name, fc.constantFrom('own' as const, 'own' as const, 'setup' as const, 'unknown' as const)),
    fc.tuple(fc.integer({ min: 0, max: 60 }), name, fc.constant('alone' as const), name),
    fc.tuple(fc.integer({ min: 0, max: 60 }), name, fc.constant('given' as const), name),
    fc.tuple(fc.integer({ min: 0, max: 60 }), name, fc.constant('given' as const), fc.constant('ana' as const)),
  );
  const hours = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 40 }));
  const met = new Set<string | null>();
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 12 }), name, name, hours, async (changes, proposer, second, [proposed, later]) => {
      met.add(await reasonOf(changes as Change[], proposer, second, [proposed, proposed + later]));
    }),
    { numRuns: 100, seed: 14 },
  );
  expect([...met].map(String).toSorted()).toEqual(['gave-credentials', 'null', 'one-administrator', 'same-person', 'unknown-credentials']);
});
