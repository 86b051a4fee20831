import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { type Actor, isProgram } from '@/lib/domain/actor';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import { changeCases, changeDifferences, changeSentence } from '@/lib/domain/change/change-sentence';
import type { ChangeView } from '@/lib/domain/change/change-view';
import { policyDifferences, policyInWords } from '@/lib/domain/change/policy-differences';
import { policyOn } from '@/lib/domain/change/policy-on';
import type { ChangeKind, ProposedChange } from '@/lib/domain/change/proposed-change';
import { verdictObstacle } from '@/lib/domain/change/verdict';
import type { PersonMarks } from '@/lib/domain/person';
import { may } from '@/lib/domain/roles';
import { currentPolicy } from '@/lib/review/policies';
import { secondPersonRefusals } from '@/lib/review/require-second-person';
import { answerable, marksOf, obstacleFor } from './answerable';
import { erasedElsewhere } from './erased-elsewhere';
import { outdated } from './outdated';
import { type StoredChange, storedChange, WITH_ANSWER } from './stored-change';
import { dueAt, maturesByTime, takeEffectOfDue } from './take-effect';
import { stuckSentence } from './waits-for';

const WAITING = { verdict: null, effect: null } as const;
const SETTLED_SHOWN = 20;

/**
 * The changes that wait for a second reviewer, oldest first. One whose time has passed takes effect first, so that it does not depend
 * on the jobs process.
 */
export async function waitingChanges(actor: Actor, now = Date.now()): Promise<ChangeView[]> {
  await takeEffectIfDue(now);
  return views(actor, { where: WAITING, orderBy: { proposedAt: 'asc' } });
}

/** The newest changes that were answered, withdrawn or took effect, newest first. */
export function settledChanges(actor: Actor): Promise<ChangeView[]> {
  return views(actor, {
    where: { OR: [{ verdict: { isNot: null } }, { effect: { isNot: null } }] },
    orderBy: { proposedAt: 'desc' },
    take: SETTLED_SHOWN,
  });
}

/** One change as the actor sees it. */
export async function changeViewOf(actor: Actor, stored: StoredChange): Promise<ChangeView> {
  return viewOf(await viewerOf(actor), stored);
}

/** How many changes wait that the actor may answer; null where their role answers none. */
export async function changesFor(actor: Actor): Promise<number | null> {
  if (isProgram(actor.role) || !may(actor.role, 'policies.approve')) return null;
  const rows = await db().proposedChange.findMany({ where: WAITING, ...WITH_ANSWER });
  if (rows.length === 0) return 0;
  const stored = rows.map(storedChange);
  const [account, notSecond] = await Promise.all([
    db().user.findUniqueOrThrow({ where: { id: actor.id } }),
    secondPersonRefusals(actor.id, stored),
  ]);
  const facts = await Promise.all(stored.map((one) => answerable(db(), one.change, one)));
  return facts.filter((one, index) => verdictObstacle(one, marksOf(account), notSecond[index] ?? null) === null).length;
}

/** A change that takes effect by time. */
export interface AnnouncedChange {
  id: string;
  kind: ChangeKind;
  takesEffectAt: number;
}

/**
 * The changes that will take effect by time and still fit, to be announced on every screen until then, the next one first. One whose time has passed
 * takes effect first. Costs one query that finds nothing while none waits.
 */
export async function announcedChanges(now = Date.now()): Promise<AnnouncedChange[]> {
  const rows = await db().proposedChange.findMany({ where: { ...WAITING, takesEffectAt: { not: null } }, ...WITH_ANSWER });
  if (rows.some(({ takesEffectAt }) => takesEffectAt !== null && takesEffectAt.getTime() <= now)) await takeEffectOfDue(now);
  const stored = rows.map(storedChange);
  const matures = await Promise.all(
    stored.map(async (one) => (await outdated(db(), one.change)) === null && (await maturesByTime(db(), one))),
  );
  return stored
    .flatMap(({ id, change: { kind }, takesEffectAt }, index) =>
      takesEffectAt !== null && takesEffectAt > now && matures[index] ? [{ id, kind, takesEffectAt }] : [],
    )
    .toSorted((a, b) => a.takesEffectAt - b.takesEffectAt);
}

async function takeEffectIfDue(now: number): Promise<void> {
  const due = await db().proposedChange.count({
    where: dueAt(now),
  });
  if (due > 0) await takeEffectOfDue(now);
}

async function views(actor: Actor, query: Pick<Prisma.ProposedChangeFindManyArgs, 'where' | 'orderBy' | 'take'>): Promise<ChangeView[]> {
  const [viewer, rows] = await Promise.all([viewerOf(actor), db().proposedChange.findMany({ ...query, ...WITH_ANSWER })]);
  return Promise.all(rows.map((row) => viewOf(viewer, storedChange(row))));
}

interface Viewer {
  marks: PersonMarks | null;
  mayAnswer: boolean;
}

async function viewerOf(actor: Actor): Promise<Viewer> {
  const account = await db().user.findUnique({ where: { id: actor.id } });
  return { marks: account && marksOf(account), mayAnswer: !isProgram(actor.role) && may(actor.role, 'policies.approve') };
}

async function viewOf({ marks, mayAnswer }: Viewer, stored: StoredChange): Promise<ChangeView> {
  const { id, change, reason, proposerName, proposer, proposedAt, takesEffectAt, verdict, effect } = stored;
  const waits = verdict === null && effect === null;
  const facts = await answerable(db(), change, { proposer, proposedAt }, !waits);
  const { message, notSecond } = marks ? await obstacleFor(db(), facts, marks) : { message: null, notSecond: null };
  const matures = waits && takesEffectAt !== null && (await maturesByTime(db(), stored));
  return {
    id,
    kind: change.kind,
    state: stateOf(stored),
    what: changeSentence(change),
    why: whyItTakesTwo(proposer.id, change) ?? '',
    differences: [...changeDifferences(change), ...(waits ? await erasedElsewhere(change) : [])],
    willHold: waits ? await policyToCome(change) : [],
    cases: changeCases(change),
    reason,
    proposedBy: proposerName,
    proposedAt,
    takesEffectAt: matures ? takesEffectAt : null,
    stuck: waits && !stored.began && !matures ? await stuckSentence(db(), change, { proposer, proposedAt }) : null,
    own: notSecond?.reason === 'same-person',
    obstacle: mayAnswer && marks ? message : 'Only managers and administrators answer these.',
    outdated: waits ? await outdated(db(), change) : null,
    verdict: verdict && { byName: verdict.byName, comment: verdict.comment, at: verdict.at },
    outcome: effect?.outcome ?? null,
  };
}

// Other settings may have changed since, and stay as they are now.
async function policyToCome(change: ProposedChange): Promise<ChangeView['willHold']> {
  if (change.kind !== 'POLICY') return [];
  const { settings: now } = await currentPolicy();
  const { settings, moved } = policyOn(change, now);
  if (moved.length > 0) return [];
  const changes = new Set(policyDifferences(now, settings).map(({ label }) => label));
  return policyInWords(settings).map(({ label, value }) => ({ label, value, changes: changes.has(label) }));
}

function stateOf({ verdict, effect }: StoredChange): ChangeView['state'] {
  if (effect) return effect.tookEffect ? 'TOOK_EFFECT' : 'LAPSED';
  if (!verdict) return 'WAITING';
  return verdict.verdict === 'AGREED' ? 'APPROVED' : verdict.verdict;
}
