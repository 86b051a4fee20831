import { policyInput } from '@/lib/domain/policy';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { changePolicy } from '@/lib/review/change-policy';
import { policyHistory } from '@/lib/review/policies';

/** Every version of the rules, newest first: what the rule was on a day has an answer. */
export const GET = route({ permission: 'records.read' }, async () => Response.json({ policies: await policyHistory() }));

/** Puts a new version in force. */
export const POST = route({ permission: 'policies.write' }, async ({ request, actor }) =>
  Response.json({ policy: await changePolicy(actor, await readJson(request, policyInput)) }, { status: 201 }),
);
