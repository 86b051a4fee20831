import type { Actor } from '@/lib/domain/actor';
import type { ApprovalInput, QaInput } from '@/lib/domain/approval';
import type { DecisionInput } from '@/lib/domain/decision';
import type { EvidenceShown } from '@/lib/domain/evidence-shown';
import { approve as approveNow } from '@/lib/review/approve';
import { decide as decideNow } from '@/lib/review/decide';
import { reviewAgain as reviewAgainNow } from '@/lib/review/qa';
import { getVerification } from '@/lib/upstream/get';

// The same request sent again names the record it named before, as a page does.
const sent = new Map<string, Promise<Opened>>();

/** The record as the upstream has it now: its fingerprint, null when it sends none. */
interface Opened {
  record: string | null;
  hasFiles: boolean;
}

function recordNow(id: number): Promise<Opened> {
  return getVerification(id).then(
    ({ snapshotHash, verification }) => ({ record: snapshotHash, hasFiles: verification.files.length > 0 }),
    () => ({ record: null, hasFiles: false }),
  );
}

/** `decide` from a page opened this moment, unless `shown.record` names another record. */
export async function decide(actor: Actor, id: number, input: DecisionInput, key: string) {
  return decideNow(actor, id, await withRecord(id, input, `${actor.id} ${key}`), key);
}

/** `approve`, in the same way. */
export async function approve(actor: Actor, id: number, input: ApprovalInput, key: string) {
  return approveNow(actor, id, await withRecord(id, input, `${actor.id} ${key}`), key);
}

/** `reviewAgain`, in the same way. */
export async function reviewAgain(actor: Actor, id: number, input: QaInput) {
  return reviewAgainNow(actor, id, await withRecord(id, input, null));
}

async function withRecord<Input extends { shown?: EvidenceShown | undefined }>(
  id: number,
  input: Input,
  key: string | null,
): Promise<Input> {
  if (input.shown?.record !== undefined) return input;
  const known = (key === null ? undefined : sent.get(key)) ?? recordNow(id);
  if (key !== null) sent.set(key, known);
  const { record, hasFiles } = await known;
  // Of a record with files, a verdict that names none of them is refused, which tests ask for.
  if (!input.shown && hasFiles) return input;
  return { ...input, shown: { id: null, face: null, ...input.shown, record } };
}
