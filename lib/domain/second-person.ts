import { isSamePerson, type PersonMarks } from './person';

const GRACE_MS = 24 * 3_600_000;

/**
 * One change of what opens an account, as `console.credential_event` keeps it. GIVEN: somebody else set it (an administrator or the
 * command line), and it must be changed at the next sign-in. OWN: the account's user replaced the password they had signed in
 * with. SETUP: the program set it for demo users, automation and tests; nobody is asked to change it. PROVIDER: the sign-in provider
 * proved the user's verified address, and its subject was bound to the account. UNKNOWN: it was changed in the database itself, by nobody
 * known.
 */
export interface CredentialChange {
  userId: string;
  kind: 'PASSWORD' | 'SUBJECT' | 'EMAIL';
  way: 'GIVEN' | 'OWN' | 'SETUP' | 'PROVIDER' | 'UNKNOWN';
  /** The account that set it; null for the command line, the program and a change made in the database itself. */
  byId: string | null;
  /** Whether nobody agreed to it, as nobody else could. */
  unagreed: boolean;
  /** Milliseconds since 1970. */
  at: number;
}

/** Every credential change of the people compared and of everyone who gave them credentials, oldest first, and the marks of all. */
export interface CredentialBook {
  changes: readonly CredentialChange[];
  people: ReadonlyMap<string, PersonMarks>;
  /** Accounts whose password is not the one that its newest change set. */
  unexplained: ReadonlySet<string>;
}

/** From the proposal to the answer, both included; milliseconds since 1970. */
export interface Between {
  proposedAt: number;
  answeredAt: number;
}

export interface SecondPersonRefusal {
  reason: 'same-person' | 'unknown-credentials' | 'gave-credentials' | 'one-administrator';
  /** One or two sentences for the person refused. */
  message: string;
}

/**
 * The one rule of who may be the second person to a proposal: decides dual control, QA review and proposed changes. Returns null when
 * the two count as two people, else why not. Pure; the database holds approvals and QA reviews to the same by
 * `console.second_person_refusal`, and tests/db/second-person.test.ts holds both together.
 *
 * Refused are: one person (the same account, mailbox or provider subject); an account of which nobody known set the password, the subject or
 * the address; two accounts of which one person gave the other its credentials; and two accounts whose credentials were given by one
 * administrator. Administrators count by person, so a second account
 * of theirs changes nothing, and who gave the giver its credentials counts with it.
 *
 * A given credential counts from the moment it was set until the account's user replaced it (the forced change at the first sign-in
 * does) or the sign-in provider proved who they are, and 24 hours more: time in which the owner of an account that was reset notices
 * that their password no longer works. The 24 hours do not hold two new accounts of one administrator apart: nobody would notice
 * anything, and a team whose only administrator adds everybody has to be able to work. It counts for a proposal when it counted at any
 * moment from the proposal to the answer.
 *
 * A credential that nobody agreed to, because nobody else could, counts until somebody else or the command line sets another one, or the
 * provider proves who they are: who set it may have made the forced change as well.
 *
 * What this cannot know: whether the person who signed in with a password they were given is the one it was meant for. Accounts of a sign-in
 * provider close that. The command line counts as nobody: who has a shell on the server can do more than approve.
 */
export function secondPersonRefusal(
  proposer: PersonMarks,
  second: PersonMarks,
  book: CredentialBook,
  between: Between,
): SecondPersonRefusal | null {
  if (isSamePerson(proposer, second)) return REFUSALS['same-person'];
  if ([proposer, second].some(({ id }) => isUnknown(id, book, between))) return REFUSALS['unknown-credentials'];
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
  'unknown-credentials': {
    reason: 'unknown-credentials',
    message:
      'The password or the address of your account or of the proposer’s was changed in the database itself, so either could be anybody’s. Another reviewer has to answer this proposal; 24 hours after the user of that account changes the password you can answer new ones.',
  },
  'gave-credentials': {
    reason: 'gave-credentials',
    message:
      'One of you two set the password of the other one’s account, so both could be one person. Another reviewer has to answer this proposal; 24 hours after that password is changed you can answer new ones. A password that nobody agreed to has to be set again on the server.',
  },
  'one-administrator': {
    reason: 'one-administrator',
    message:
      'One administrator set the passwords of your account and of the proposer’s, so both could be one person. Another reviewer has to answer this proposal; 24 hours after those passwords are changed you can answer new ones.',
  },
} as const satisfies Record<SecondPersonRefusal['reason'], SecondPersonRefusal>;

function isUnknown(userId: string, { changes, unexplained }: CredentialBook, between: Between): boolean {
  if (unexplained.has(userId)) return true;
  const own = changes.filter((change) => change.userId === userId);
  return own.some((unknown) => {
    if (unknown.way !== 'UNKNOWN' || unknown.at > between.answeredAt) return false;
    const clears = ({ way, at }: CredentialChange) =>
      at >= unknown.at && (way === 'PROVIDER' || (way === 'OWN' && unknown.kind !== 'SUBJECT'));
    const endedAt = own.find(clears)?.at;
    return endedAt === undefined || endedAt + GRACE_MS > between.proposedAt;
  });
}

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
  const all = changes.filter((change) => change.userId === userId);
  const isOwn = ({ way }: CredentialChange) => way === 'OWN' || way === 'PROVIDER';
  return all.flatMap((gift) => {
    const { way, byId, at, unagreed } = gift;
    if (way !== 'GIVEN' || byId === null || byId === userId) return [];
    const ends = (change: CredentialChange) => (unagreed ? replaces(change, byId) : isOwn(change));
    const changedAt = all.find((change) => change !== gift && change.at >= at && ends(change))?.at ?? null;
    return [{ byId, at, changedAt, wasInUse: all.some((change) => isOwn(change) && change.at < at) }];
  });
}

const replaces = ({ way, byId }: CredentialChange, giver: string) =>
  way === 'PROVIDER' || way === 'SETUP' || (way === 'GIVEN' && byId !== giver);
