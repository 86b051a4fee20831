import { Refusal } from '@/lib/domain/refusal';
import { getVerification } from '@/lib/upstream/get';
import { reviewOf } from './read-review';

/**
 * Throws the Refusal `not-found` for a case nobody knows: the upstream says there is no such record, and nothing was written
 * about it here. An upstream that is away proves nothing against the case, so people can go on writing down what they know.
 */
export async function requireCase(verificationId: number): Promise<void> {
  try {
    await getVerification(verificationId);
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    if (failure.code !== 'not-found') return;
    const { decisions, notes } = await reviewOf(verificationId);
    if (decisions.length + notes.length === 0) throw failure;
  }
}
