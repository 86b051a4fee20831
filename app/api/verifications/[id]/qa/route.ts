import { qaInput } from '@/lib/domain/approval';
import { readVerificationId } from '@/lib/http/read-id';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { reviewAgain } from '@/lib/review/qa';

/** Records a blind second look; the answer says whether it agrees with what was decided. */
export const POST = route<{ id: string }>({ permission: 'decisions.approve' }, async ({ request, actor, params }) =>
  Response.json(await reviewAgain(actor, readVerificationId(params.id), await readJson(request, qaInput)), { status: 201 }),
);
