import { readTab } from '@/lib/domain/page-session';
import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { claimCase } from '@/lib/review/claim-case';
import { releaseClaim } from '@/lib/review/release-claim';

/** Claims a case, or extends the caller's own claim. */
export const PUT = route<{ id: string }>({ permission: 'queue.draw' }, async ({ request, actor, params }) =>
  Response.json({ claim: await claimCase(actor, readVerificationId(params.id), { tab: readTab(request.headers) }) }),
);

/** Gives the caller's own claim back; sent by a tab, only when it was the last one that held the claim. */
export const DELETE = route<{ id: string }>({ permission: 'queue.draw' }, async ({ request, actor, params }) => {
  await releaseClaim(actor, readVerificationId(params.id), { tab: readTab(request.headers) });
  return new Response(null, { status: 204 });
});
