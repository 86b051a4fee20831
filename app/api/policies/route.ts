import { submitPolicy } from '@/lib/changes/submit-policy';
import { policiesDuring, policyInput } from '@/lib/domain/policy';
import { readJson } from '@/lib/http/read-json';
import { readMoments } from '@/lib/http/read-moments';
import { route } from '@/lib/http/route';
import { policyHistory } from '@/lib/review/policies';

/** Every version of the rules, newest first; with `at`, those in force on that day or at that instant: what the rule was then. */
export const GET = route({ permission: 'records.read' }, async ({ request }) => {
  const policies = await policyHistory();
  const asked = readMoments(request.nextUrl.searchParams, 'at');
  return Response.json({ policies: asked ? policiesDuring(policies, asked) : policies });
});

/** Publishes a new version, or proposes it where it weakens a control. */
export const POST = route({ permission: 'policies.write' }, async ({ request, actor }) => {
  const submitted = await submitPolicy(actor, await readJson(request, policyInput));
  return Response.json(submitted, { status: 'change' in submitted ? 202 : 201 });
});
