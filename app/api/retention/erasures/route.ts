import { submitErasure } from '@/lib/changes/submit-retention';
import { erasureInput } from '@/lib/domain/retention';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** Erases what was written about cases and leaves the proof; by request, proposes to. */
export const POST = route({ permission: 'retention.manage' }, async ({ request, actor }) => {
  const submitted = await submitErasure(actor, await readJson(request, erasureInput));
  return Response.json(submitted, { status: 'change' in submitted ? 202 : 201 });
});
