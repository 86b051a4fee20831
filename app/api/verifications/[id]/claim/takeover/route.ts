import { readTab } from '@/lib/domain/page-session';
import { readVerificationId } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { takeOverClaim } from '@/lib/review/take-over-claim';

/** Takes a case from whoever holds it. */
export const POST = route<{ id: string }>({ permission: 'cases.assign' }, async ({ request, actor, params }) =>
  Response.json({ claim: await takeOverClaim(actor, readVerificationId(params.id), readTab(request.headers)) }, { status: 201 }),
);
