import type { Prisma } from '@/lib/db/generated/client';
import { wordsName } from '@/lib/domain/person-names';
import { Refusal } from '@/lib/domain/refusal';
import { namesBorneBy } from './person-names';

/**
 * Throws a Refusal `unprocessable` when a text that stays beside the proof of an erasure names one of the people erased: by the value of a
 * tag of theirs, written as whole words.
 */
export async function requireNameless(
  tx: Prisma.TransactionClient,
  ids: readonly number[],
  { text, field }: { text: string; field: 'reason' | 'comment' },
): Promise<void> {
  if (text === '' || !wordsName(text, await namesBorneBy(tx, ids))) return;
  throw new Refusal(
    'unprocessable',
    `The ${field} names a person whose case would be erased, and it is kept after the erasure. Nothing was stored; name the request by its number instead.`,
    { field },
  );
}
