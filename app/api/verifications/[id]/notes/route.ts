import { noteInput } from '@/lib/domain/note';
import { readVerificationId } from '@/lib/http/read-id';
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { addNote } from '@/lib/review/add-note';

/** Adds a note to a case. */
export const POST = route<{ id: string }>({ permission: 'notes.write' }, async ({ request, actor, params }) => {
  const id = readVerificationId(params.id);
  const key = readIdempotencyKey(request.headers);
  return Response.json(await addNote(actor, id, await readJson(request, noteInput), key), { status: 201 });
});
