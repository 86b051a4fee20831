import { addUser, changeRole, disableUser, enableUser, setPassword } from '@/lib/auth/users';
import { submitPolicy } from '@/lib/changes/submit-policy';
import { submitErasure, submitHold } from '@/lib/changes/submit-retention';
import { submitEnabling, submitNewUser, submitPassword, submitRole } from '@/lib/changes/submit-user';
import { db } from '@/lib/db/client';
import type { User } from '@/lib/db/generated/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { ChangeKind } from '@/lib/domain/change/proposed-change';
import { eraseCases } from '@/lib/retention/erase-cases';
import { placeHold } from '@/lib/retention/place-hold';
import { addNote } from '@/lib/review/add-note';
import { changePolicy } from '@/lib/review/change-policy';
import { currentPolicy } from '@/lib/review/policies';
import { reviewOf } from '@/lib/review/read-review';
import sample from '../fixtures/upstream/sample.json';
import { person } from './desk';
import { type RecordDesk, startRecordDesk } from './record-desk';
import { agree } from './second-person';

/** Why something is proposed. */
export const WHY = 'The works council asked for it.';
export const YES = { agrees: true, comment: '' };
export const NO = { agrees: false, comment: 'Nobody told us about this.' };

const recordOf = (id: number) => ({
  ...sample.result,
  verificationId: id,
  verified: false,
  files: sample.result.files.map((file) => ({ ...file, url: file.url.replace('_5_', `_${id}_`) })),
});

export interface Walk {
  /** Who proposes it: Mia, or their other account where only an administrator may. */
  first: () => Actor;
  propose: () => Promise<ChangeView>;
  /** The same act without a second person, by the verb itself. */
  direct: () => Promise<unknown>;
  /** Resolves to true once it is done. */
  done: () => Promise<boolean>;
  /** Makes the proposal fit no longer. */
  move: () => Promise<unknown>;
}

/** Everybody who proposes and answers changes in these tests. */
export interface People {
  ana: Actor;
  mia: Actor;
  max: Actor;
  /** Another account of the mailbox of Mia. */
  miaToo: Actor;
  adi: Actor;
}

/** A console with an analyst, two managers and an administrator, and a walk through each kind of change. */
export interface ChangesDesk extends RecordDesk, People {
  nextCase(): number;
  /** A case with a note of Ana's, which nobody decided. */
  noted(): Promise<number>;
  heldCase(): Promise<number>;
  newAccount(role: string, disabled?: boolean): Promise<User>;
  /** Everything a walk needs is made anew, so that each can be walked often. */
  walk(kind: ChangeKind): Promise<Walk>;
}

/** Starts a console for one test file. */
export async function startChangesDesk(): Promise<ChangesDesk> {
  const desk = await startRecordDesk(recordOf, { PASSWORD_COST: '10', OIDC_ISSUER: 'https://issuer.test' });
  const people: People = {
    ana: await person('Ana', 'analyst'),
    mia: await person('Mia', 'manager'),
    max: await person('Max', 'manager'),
    adi: await person('Adi', 'admin'),
    miaToo: await person('Mia+two', 'admin'),
  };
  let cases = 700;
  const nextCase = () => cases++;
  const noted = async () => {
    const id = nextCase();
    await addNote(people.ana, id, { text: 'Somebody called about this one.' });
    return id;
  };
  const heldCase = async () => {
    const id = await noted();
    await placeHold(people.max, { ids: [id], held: true, reason: 'Court order 4 C 17/26.', confirm: 1 });
    return id;
  };
  const made = { nextCase, noted, heldCase, newAccount };
  const walks = walksOf(people, made);
  return { ...desk, ...people, ...made, walk: (kind) => walks[kind]() };
}

let accounts = 0;
async function newAccount(role: string, disabled = false): Promise<User> {
  accounts += 1;
  const email = `person${accounts}@example.test`;
  await addUser(SYSTEM_ACTOR, { email, name: `Person ${accounts}`, role, password: null });
  if (disabled) await disableUser(SYSTEM_ACTOR, email);
  return db().user.findUniqueOrThrow({ where: { email } });
}

/** The change that was proposed; what was done at once fails the test. */
export function changeOf(submitted: object): ChangeView {
  if ('change' in submitted && submitted.change) return submitted.change as ChangeView;
  throw new Error('It was done at once.');
}

/** The same for a change to an account. */
export const waiting = (change: ChangeView | null): ChangeView => changeOf({ change });

/** The events of a change, each with who did it. */
export async function eventsOfChange(id: string): Promise<string[][]> {
  const events = await db().auditEvent.findMany({ where: { subject: `change:${id}` }, orderBy: { seq: 'asc' } });
  return events.map(({ action, actorName }) => [action, actorName]);
}

function walksOf(
  { mia, max, miaToo, adi }: People,
  { noted, heldCase }: Pick<ChangesDesk, 'noted' | 'heldCase'>,
): Record<ChangeKind, () => Promise<Walk>> {
  return {
    POLICY: async () => {
      const { version, settings } = await currentPolicy();
      const weaker = { ...settings, qaSharePercent: settings.qaSharePercent / 2 };
      const input = { version, settings: weaker, reason: WHY };
      return {
        first: () => mia,
        propose: async () => changeOf(await submitPolicy(mia, input)),
        direct: () => changePolicy(mia, input),
        done: async () => (await currentPolicy()).settings.qaSharePercent === weaker.qaSharePercent,
        move: () => changePolicy(max, { version, settings: { ...settings, qaSharePercent: settings.qaSharePercent + 1 }, reason: WHY }),
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
      accounts += 1;
      const user = { email: `person${accounts}@example.test`, name: 'New', role: 'analyst', password: null };
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
}
