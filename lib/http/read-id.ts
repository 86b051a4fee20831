import { Refusal } from '@/lib/domain/refusal';
import { verificationIdOf, verificationIdsOf } from '@/lib/domain/verification-id';

/** Returns the id of a verification from the path. Throws a Refusal `bad-request` for anything else. */
export function readVerificationId(text: string): number {
  const id = verificationIdOf(text);
  if (id === null) throw new Refusal('bad-request', 'A verification is named by a whole number, such as 10482.', { field: 'id' });
  return id;
}

const IDS_MAX = 100;

/** Returns the ids of a parameter like `1,2,3`, each once. Throws a Refusal `bad-request` that names it unless they are 1 to `most` ids. */
export function readVerificationIds(params: URLSearchParams, name: string, most = IDS_MAX): number[] {
  const [given = '', ...more] = params.getAll(name);
  const ids = more.length === 0 ? verificationIdsOf(given) : null;
  if (ids === null || given.split(',').length > most)
    throw new Refusal('bad-request', `${name} must be 1 to ${most} whole numbers, comma-separated.`, { field: name });
  return ids;
}
