import { Refusal } from '@/lib/domain/refusal';
import type { Verification } from '@/lib/domain/verification';
import { wireList } from '@/lib/wire/list';
import { wireRecord } from '@/lib/wire/record';
import { adaptVerification } from './adapt';

/** One page of the upstream's list as it is understood here. */
export interface VerificationPage {
  /** All records that match, not only this page. */
  totalCount: number;
  verifications: Verification[];
  /** Entries of this page that are no records; they are left out above and must be told. */
  unreadable: number;
}

/**
 * Reads a page from its bytes, its text or its parsed JSON, in server and browser alike.
 * Throws a Refusal `upstream-unreadable` when it is no list: an empty page and a failure never look the same.
 */
export function adaptList(page: unknown): VerificationPage {
  const parsed = wireList.safeParse(page instanceof Uint8Array || typeof page === 'string' ? parse(page) : page);
  if (!parsed.success) throw new Refusal('upstream-unreadable', 'The verification service sent a list that cannot be read.');
  const readable = parsed.data.data.filter((record) => wireRecord.safeParse(record).success);
  return {
    totalCount: parsed.data.totalCount,
    verifications: readable.map(adaptVerification),
    unreadable: parsed.data.data.length - readable.length,
  };
}

function parse(page: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof page === 'string' ? page : new TextDecoder().decode(page));
  } catch {
    return undefined;
  }
}
