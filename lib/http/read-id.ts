import { Refusal } from '@/lib/domain/refusal';

/** The number of a verification from the path. Throws a Refusal `bad-request` unless it is a whole number from 0. */
export function readVerificationId(text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw new Refusal('bad-request', 'A verification is named by a whole number.', { field: 'id' });
  return id;
}

const IDS_MAX = 100;

/** The numbers of a parameter like `1,2,3`. Throws a Refusal `bad-request` that names it unless they are 1 to `most` whole numbers. */
export function readVerificationIds(params: URLSearchParams, name: string, most = IDS_MAX): number[] {
  const parts = params.get(name)?.split(',') ?? [];
  const ids = parts.map((part) => (/^\d{1,16}$/.test(part) ? Number(part) : Number.NaN));
  if (ids.length === 0 || ids.length > most || !ids.every(Number.isSafeInteger) || params.getAll(name).length > 1)
    throw new Refusal('bad-request', `${name} must be 1 to ${most} whole numbers, parted by commas.`, { field: name });
  return [...new Set(ids)];
}
