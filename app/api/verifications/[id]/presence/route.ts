import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { othersAt, showPresence } from '@/lib/review/presence';

/** Says that the caller has the case open, and answers who else has. */
export const PUT = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) =>
  Response.json({ others: await showPresence(actor, readVerificationId(params.id)) }),
);

/** Who else has the case open; says nothing about the caller. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) =>
  Response.json({ others: await othersAt(actor, readVerificationId(params.id)) }),
);
