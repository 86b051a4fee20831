import { withdrawChange } from '@/lib/changes/answer-change';
import { changeViewOf } from '@/lib/changes/read-changes';
import { withdrawalInput } from '@/lib/domain/change/verdict';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** Takes a change back that waits for a second reviewer. */
export const POST = route<{ id: string }>({ permission: 'policies.approve' }, async ({ request, actor, params }) => {
  const { comment } = await readJson(request, withdrawalInput);
  const stored = await withdrawChange(actor, params.id, comment);
  return Response.json({ change: await changeViewOf(actor, stored) }, { status: 201 });
});
