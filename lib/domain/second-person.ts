import { isSamePerson, type PersonMarks } from './person';

const GRACE_MS = 24 * 3_600_000;

/**
 * One change of what opens an account, as `console.credential_event` keeps it. GIVEN: somebody else set it (an administrator or the
 * command line), and it must be changed at the next sign-in. OWN: the account's user replaced the password they had signed in
 * with. SETUP: the program set it for demo users, automation and tests; nobody is asked to change it. PROVIDER: the sign-in provider
 * proved the user's verified address, and its subject was bound to the account.
 */
export interface CredentialChange {
  userId: string;
  way: 'GIVEN' | 'OWN' | 'SETUP' | 'PROVIDER';
  /** The account that set it; null for the command line, the program and a change made in the database itself. */
  byId: string | null;
  /** Milliseconds since 1970. */
  at: number;
}

/** Every credential change of the people compared and of everyone who gave them credentials, oldest first, and the marks of all. */
export interface CredentialBook {
  changes: readonly CredentialChange[];
  people: ReadonlyMap<string, PersonMarks>;
}

/** From the proposal to the answer, both included; milliseconds since 1970. */
export interface Between {
  proposedAt: number;
  answeredAt: number;
}

export interface SecondPersonRefusal {
  reason: 'same-person' | 'gave-credentials' | 'one-administrator';
  /** One or two sentences for the person refused. */
  message: string;
}

/**
 * The one rule of who may be the second person to a proposal: decides dual control, QA review and proposed changes. Returns null when
 * the two count as two people, else why not. Pure; the database holds approvals and QA reviews to the same by
 * `console.second_person_refusal`, and tests/db/second-person.test.ts holds both together.
 *
 * Refused are: one person (the same account, mailbox or provider subject); two accounts of which one person gave the other its
 * credentials; and two accounts whose credentials were given by one administrator. Administrators count by person, so a second account
 * of theirs changes nothing, and who gave the giver its credentials counts with it.
 *
 * A given credential counts from the moment it was set until the account's user replaced it (the forced change at the first sign-in
 * does) or the sign-in provider proved who they are, and 24 hours more: time in which the owner of an account that was reset notices
 * that their password no longer works. The 24 hours do not hold two new accounts of one administrator apart: nobody would notice
 * anything, and a team whose only administrator adds everybody has to be able to work. It counts for a proposal when it counted at any
 * moment from the proposal to the answer.
 *
 * What this cannot know: an administrator who adds two accounts, signs in as both, chooses both passwords and has both act is two people
 * to the console. Accounts of a sign-in provider, or a second person for adding accounts, close that. The command line counts as nobody:
 * who has a shell on the server can do more than approve.
 */
export function secondPersonRefusal(
  proposer: PersonMarks,
  second: PersonMarks,
  book: CredentialBook,
  between: Between,
): SecondPersonRefusal | null {
  if (isSamePerson(proposer, second)) return REFUSALS['same-person'];
  const ofProposer = handsOn(proposer.id, book, between);
  const ofSecond = handsOn(second.id, book, between);
  if (ofSecond.some(({ marks }) => isSamePerson(marks, proposer)) || ofProposer.some(({ marks }) => isSamePerson(marks, second)))
    return REFUSALS['gave-credentials'];
  const shared = ofSecond.some((one) => one.isShared && ofProposer.some((other) => other.isShared && isSamePerson(one.marks, other.marks)));
  return shared ? REFUSALS['one-administrator'] : null;
}

const REFUSALS = {
  'same-person': {
    reason: 'same-person',
    message: 'You proposed this, with this account or another of yours. Another reviewer has to answer it.',
  },
  'gave-credentials': {
    reason: 'gave-credentials',
    message:
      'One of you two set the password of the other one’s account, so both could be one person. Another reviewer has to answer this proposal; 24 hours after that password is changed you can answer new ones.',
  },
  'one-administrator': {
    reason: 'one-administrator',
    message:
      'One administrator set the passwords of your account and of the proposer’s, so both could be one person. Another reviewer has to answer this proposal; 24 hours after those passwords are changed you can answer new ones.',
  },
} as const satisfies Record<SecondPersonRefusal['reason'], SecondPersonRefusal>;

interface Hand {
  marks: PersonMarks;
  /** Whether it also counts between two accounts it gave credentials to. */
  isShared: boolean;
}

/** Everyone who could act as the account at any moment of a time: who gave it credentials, and who could act as that giver then. */
function handsOn(userId: string, book: CredentialBook, between: Between, isShared = true, seen = new Set<string>()): Hand[] {
  return giftsTo(userId, book).flatMap((gift) => {
    const endsAt = gift.changedAt === null ? Number.POSITIVE_INFINITY : gift.changedAt + GRACE_MS;
    if (gift.at > between.answeredAt || endsAt <= between.proposedAt) return [];
    const counts = isShared && (gift.wasInUse || gift.changedAt === null || gift.changedAt > between.proposedAt);
    const key = `${gift.byId} ${gift.at} ${counts}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const marks = book.people.get(gift.byId);
    const then = { proposedAt: gift.at, answeredAt: gift.at };
    return [...(marks ? [{ marks, isShared: counts }] : []), ...handsOn(gift.byId, book, then, counts, seen)];
  });
}

interface Gift {
  byId: string;
  at: number;
  /** When the account's user replaced it. */
  changedAt: number | null;
  /** Whether the account's user had credentials of their own before. */
  wasInUse: boolean;
}

function giftsTo(userId: string, { changes }: CredentialBook): Gift[] {
  const own = changes.filter((change) => change.userId === userId && (change.way === 'OWN' || change.way === 'PROVIDER'));
  return changes.flatMap(({ userId: id, way, byId, at }) => {
    if (id !== userId || way !== 'GIVEN' || byId === null || byId === userId) return [];
    const changedAt = own.find((change) => change.at >= at)?.at ?? null;
    return [{ byId, at, changedAt, wasInUse: own.some((change) => change.at < at) }];
  });
}
