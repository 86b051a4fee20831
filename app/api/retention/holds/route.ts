import { submitHold } from '@/lib/changes/submit-retention';
import { holdInput } from '@/lib/domain/retention';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** Puts cases under legal hold, or proposes to lift it. */
export const POST = route({ permission: 'retention.manage' }, async ({ request, actor }) => {
  const submitted = await submitHold(actor, await readJson(request, holdInput));
  return Response.json(submitted, { status: 'change' in submitted ? 202 : 201 });
});
