import { holdInput } from '@/lib/domain/retention';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { placeHold } from '@/lib/retention/place-hold';

/** Puts cases under legal hold, or lifts it. */
export const POST = route({ permission: 'retention.manage' }, async ({ request, actor }) =>
  Response.json({ result: await placeHold(actor, await readJson(request, holdInput)) }, { status: 201 }),
);
