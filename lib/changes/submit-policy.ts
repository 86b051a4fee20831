import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { Policy, PolicyInput } from '@/lib/domain/policy';
import { changePolicy } from '@/lib/review/change-policy';
import { currentPolicy } from '@/lib/review/policies';
import { requireNamelessPolicy } from '@/lib/review/require-nameless-policy';
import { proposeChange } from './propose-change';
import { changeViewOf } from './read-changes';

/**
 * Publishes a policy, or proposes it where it weakens a control. Throws a Refusal as `changePolicy` and `proposeChange`
 * do, `unprocessable` for a rule on a tag that identifies a person.
 */
export async function submitPolicy(actor: Actor, input: PolicyInput): Promise<{ policy: Policy } | { change: ChangeView }> {
  const { version, settings: before } = await currentPolicy();
  await requireNamelessPolicy(db(), before, input.settings);
  const change = { kind: 'POLICY' as const, version: input.version, before, settings: input.settings };
  // A version that is not in force any more is refused there, with what is.
  if (version !== input.version || whyItTakesTwo(actor.id, change) === null) return { policy: await changePolicy(actor, input) };
  return { change: await changeViewOf(actor, await proposeChange(actor, change, { reason: input.reason })) };
}
