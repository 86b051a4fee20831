import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { Policy, PolicyInput, PolicySettings } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { formatTagFilter } from '@/lib/domain/tag-filter';
import { namesThatIdentify } from '@/lib/retention/person-names';
import { changePolicy } from '@/lib/review/change-policy';
import { currentPolicy } from '@/lib/review/policies';
import { proposeChange } from './propose-change';
import { changeViewOf } from './read-changes';

/**
 * Publishes a policy, or proposes it where it weakens a control. Throws a Refusal as `changePolicy` and `proposeChange`
 * do, `unprocessable` for a rule on a tag that identifies a person.
 */
export async function submitPolicy(actor: Actor, input: PolicyInput): Promise<{ policy: Policy } | { change: ChangeView }> {
  const { version, settings: before } = await currentPolicy();
  await requireNoPerson(before, input.settings);
  const change = { kind: 'POLICY' as const, version: input.version, before, settings: input.settings };
  // A version that is not in force any more is refused there, with what is.
  if (version !== input.version || whyItTakesTwo(actor.id, change) === null) return { policy: await changePolicy(actor, input) };
  return { change: await changeViewOf(actor, await proposeChange(actor, change, { reason: input.reason })) };
}

// Policies are kept for good, so no erasure could take the person out of one.
async function requireNoPerson(before: PolicySettings, { fourEyes }: PolicySettings): Promise<void> {
  const known = new Set(before.fourEyes.tags.map(formatTagFilter));
  const added = fourEyes.tags.filter((tag) => !known.has(formatTagFilter(tag)));
  const [name] = await namesThatIdentify(
    db(),
    added.map((tag) => tag.name),
  );
  if (name === undefined) return;
  throw new Refusal(
    'unprocessable',
    `The tag ${name} identifies a person, and policies are kept after a person is erased. Use a tag that many records bear.`,
    { field: 'tags' },
  );
}
