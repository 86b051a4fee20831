import { erasureInput } from '@/lib/domain/retention';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { eraseCases } from '@/lib/retention/erase-cases';

/** Erases what was written about cases and leaves the proof. */
export const POST = route({ permission: 'retention.manage' }, async ({ request, actor }) =>
  Response.json({ result: await eraseCases(actor, await readJson(request, erasureInput)) }, { status: 201 }),
);
