import { reasonInput } from '@/lib/domain/desk-input';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { reopenCase } from '@/lib/review/reopen-case';

/** Looks at a resolved case again. */
export const POST = route<{ id: string }>({ permission: 'decisions.write' }, async ({ request, actor, params }) => {
  const input = await readJson(request, reasonInput);
  return Response.json({ summary: await reopenCase(actor, readVerificationId(params.id), input.reason) }, { status: 201 });
});
