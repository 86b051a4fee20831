import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { withdrawDecision } from '@/lib/review/withdraw-decision';

/** Takes the caller's own newest decision back, within ten seconds. */
export const POST = route<{ id: string }>({ permission: 'decisions.write' }, async ({ actor, params }) =>
  Response.json({ summary: await withdrawDecision(actor, readVerificationId(params.id)) }, { status: 201 }),
);
