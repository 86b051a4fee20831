import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { claimCase } from '@/lib/review/claim-case';
import { releaseClaim } from '@/lib/review/release-claim';

/** Claims a case, or extends the caller's own claim. */
export const PUT = route<{ id: string }>({ permission: 'queue.draw' }, async ({ actor, params }) =>
  Response.json({ claim: await claimCase(actor, readVerificationId(params.id)) }),
);

/** Gives the caller's own claim back. */
export const DELETE = route<{ id: string }>({ permission: 'queue.draw' }, async ({ actor, params }) => {
  await releaseClaim(actor, readVerificationId(params.id));
  return new Response(null, { status: 204 });
});
