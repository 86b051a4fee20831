import { dueAt, type RetentionFacts } from '@/lib/domain/retention';
import { env } from '@/lib/env';
import { currentPolicy } from '@/lib/review/policies';
import { retentionFacts } from './retention-facts';

/** How long a case is kept by the rules in force, whether it must be, and what was erased. `dueAt` is null while its clock does not run. */
export async function caseRetention(verificationId: number): Promise<Pick<RetentionFacts, 'hold' | 'erased'> & { dueAt: number | null }> {
  const [[facts], { settings }] = await Promise.all([retentionFacts([verificationId]), currentPolicy()]);
  if (!facts) return { dueAt: null, hold: null, erased: null };
  return { dueAt: dueAt(facts, settings.retentionDays, env().TIME_ZONE), hold: facts.hold, erased: facts.erased };
}
