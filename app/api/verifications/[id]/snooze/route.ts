import { snoozeInput } from '@/lib/domain/desk-input';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { snoozeCase } from '@/lib/review/snooze-case';

/** Puts a case off until a moment. */
export const POST = route<{ id: string }>({ permission: 'queue.draw' }, async ({ request, actor, params }) => {
  const input = await readJson(request, snoozeInput);
  return Response.json({ summary: await snoozeCase(actor, readVerificationId(params.id), input.until, input.reason) }, { status: 201 });
});
