import { answerChange } from '@/lib/changes/answer-change';
import { changeViewOf } from '@/lib/changes/read-changes';
import { verdictInput } from '@/lib/domain/change/verdict';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** The second reviewer agrees to a change, which then takes effect, or refuses it. */
export const POST = route<{ id: string }>({ permission: 'policies.approve' }, async ({ request, actor, params }) => {
  const stored = await answerChange(actor, params.id, await readJson(request, verdictInput));
  return Response.json({ change: await changeViewOf(actor, stored) }, { status: 201 });
});
