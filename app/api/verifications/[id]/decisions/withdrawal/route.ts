import { withdrawalInput } from '@/lib/domain/desk-input';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { withdrawDecision } from '@/lib/review/withdraw-decision';

/** Takes the caller's own newest decision back, within ten seconds. */
export const POST = route<{ id: string }>({ permission: 'decisions.write' }, async ({ request, actor, params }) => {
  const { decisionId } = await readJson(request, withdrawalInput);
  return Response.json({ summary: await withdrawDecision(actor, readVerificationId(params.id), decisionId) }, { status: 201 });
});
