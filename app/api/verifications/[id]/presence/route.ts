import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { othersAt, showPresence } from '@/lib/review/presence';
import { recordCaseView } from '@/lib/review/record-case-view';

/** Says that the caller has the case open, which is recorded as a view of it, and answers who else has. */
export const PUT = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) => {
  const id = readVerificationId(params.id);
  const [others] = await Promise.all([showPresence(actor, id), recordCaseView(actor, id)]);
  return Response.json({ others });
});

/** Who else has the case open; says nothing about the caller. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) =>
  Response.json({ others: await othersAt(actor, readVerificationId(params.id)) }),
);
