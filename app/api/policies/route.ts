import { policiesDuring, policyInput } from '@/lib/domain/policy';
import { readJson } from '@/lib/http/read-json';
import { readMoments } from '@/lib/http/read-moments';
import { route } from '@/lib/http/route';
import { changePolicy } from '@/lib/review/change-policy';
import { policyHistory } from '@/lib/review/policies';

/** Every version of the rules, newest first; with `at`, those in force on that day or at that instant: what the rule was then. */
export const GET = route({ permission: 'records.read' }, async ({ request }) => {
  const policies = await policyHistory();
  const asked = readMoments(request.nextUrl.searchParams, 'at');
  return Response.json({ policies: asked ? policiesDuring(policies, asked) : policies });
});

/** Puts a new version in force. */
export const POST = route({ permission: 'policies.write' }, async ({ request, actor }) =>
  Response.json({ policy: await changePolicy(actor, await readJson(request, policyInput)) }, { status: 201 }),
);
