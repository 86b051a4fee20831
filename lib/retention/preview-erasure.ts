import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import {
  dueAt,
  type ErasableCounts,
  type ErasureRule,
  erasureObstacle,
  involvementObstacle,
  type RetentionFacts,
  sumOfCounts,
} from '@/lib/domain/retention';
import { calendarNow } from '@/lib/env';
import { exportsHolding } from '@/lib/export/expire-exports';
import { currentPolicy } from '@/lib/review/policies';
import { decidersOf } from './deciders';
import { namedElsewhere } from './named-elsewhere';
import { retentionFacts } from './retention-facts';

/** One case as an erasure would meet it. */
export interface PreviewedCase extends Omit<RetentionFacts, 'holdId'> {
  dueAt: number | null;
  /** Why it would be refused; null when it would be erased. */
  obstacle: string | null;
}

/** What an erasure of these cases by this rule would do now, and what it would leave. */
export interface ErasurePreview {
  rule: ErasureRule;
  policyVersion: number;
  retentionDays: number;
  cases: PreviewedCase[];
  /** How many would be erased: the number to type. */
  erasable: number;
  counts: ErasableCounts;
  /** How many exports may hold one of those that would be erased: their files would go too. */
  exports: number;
  /** What names the people of those that would be erased elsewhere, and would go too. */
  named: { exports: number; events: number; views: number; sharedViews: string[] };
}

/** Looks at cases as an erasure by the actor would, and changes nothing. */
export async function previewErasure(actor: Actor, asked: readonly number[], rule: ErasureRule): Promise<ErasurePreview> {
  const [{ version, settings }, facts, involved] = await Promise.all([
    currentPolicy(),
    retentionFacts(asked),
    rule === 'REQUEST' ? involvementOf(actor, asked) : null,
  ]);
  const { retentionDays } = settings;
  const calendar = calendarNow();
  const cases = facts.map(({ holdId: _, ...one }) => ({
    ...one,
    dueAt: dueAt(one, retentionDays, calendar.zone),
    obstacle: erasureObstacle(one, rule, retentionDays, calendar) ?? involved?.(one.verificationId) ?? null,
  }));
  const would = cases.filter(({ obstacle }) => obstacle === null);
  const counts = sumOfCounts(would.map((one) => one.counts));
  const ids = would.map(({ verificationId }) => verificationId);
  const [exports, elsewhere] = await Promise.all([exportsHolding(ids), namedElsewhere(ids)]);
  const sharedViews = elsewhere.views.filter(({ shared, archived }) => shared && !archived).map(({ name }) => name);
  const named = { exports: elsewhere.exports.length, events: elsewhere.events.length, views: elsewhere.views.length, sharedViews };
  return { rule, policyVersion: version, retentionDays, cases, erasable: would.length, counts, exports: exports.length, named };
}

/** Returns what keeps the actor from requesting the erasure of a case: having decided it. */
async function involvementOf(actor: Actor, ids: readonly number[]): Promise<(id: number) => string | null> {
  const [account, deciders] = await Promise.all([db().user.findUnique({ where: { id: actor.id } }), decidersOf(ids)]);
  const viewer = account ? [{ id: account.id, email: account.email, oidcSubject: account.oidcSubject }] : [];
  return (id) => involvementObstacle(deciders.get(id) ?? [], viewer);
}
