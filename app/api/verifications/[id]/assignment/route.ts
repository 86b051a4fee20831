import { assignmentInput } from '@/lib/domain/desk-input';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { assignCase } from '@/lib/review/assign-case';

/** Gives a case to a reviewer, or back to everybody. */
export const POST = route<{ id: string }>({ permission: 'cases.assign' }, async ({ request, actor, params }) => {
  const input = await readJson(request, assignmentInput);
  return Response.json({ summary: await assignCase(actor, readVerificationId(params.id), input.assigneeId) }, { status: 201 });
});
