import { keyBindings } from '@/lib/domain/key-bindings';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { changeKeys } from '@/lib/review/change-keys';
import { keysNow } from '@/lib/review/keys-now';

/** Returns the keys the caller chose. */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => Response.json({ bindings: await keysNow(actor) }));

/** Keeps the keys the caller chose, in place of all they chose before. */
export const PUT = route({ permission: 'records.read' }, async ({ request, actor }) => {
  await changeKeys(actor, await readJson(request, keyBindings));
  return Response.json({ bindings: await keysNow(actor) });
});
