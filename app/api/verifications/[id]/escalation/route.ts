import { reasonInput } from '@/lib/domain/desk-input';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { escalateCase, liftEscalation } from '@/lib/review/escalate-case';

/** Hands a case to the managers. */
export const POST = route<{ id: string }>({ permission: 'queue.draw' }, async ({ request, actor, params }) => {
  const { reason } = await readJson(request, reasonInput);
  return Response.json({ summary: await escalateCase(actor, readVerificationId(params.id), reason) }, { status: 201 });
});

/** Takes the escalation back. */
export const DELETE = route<{ id: string }>({ permission: 'cases.assign' }, async ({ actor, params }) =>
  Response.json({ summary: await liftEscalation(actor, readVerificationId(params.id), '') }),
);
