import { skipInput } from '@/lib/domain/desk-input';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { skipCase } from '@/lib/review/skip-case';

/** Passes a case on: it is not offered to the caller again. */
export const POST = route<{ id: string }>({ permission: 'queue.draw' }, async ({ request, actor, params }) => {
  const input = await readJson(request, skipInput);
  return Response.json({ summary: await skipCase(actor, readVerificationId(params.id), input.reason) }, { status: 201 });
});
