import type { Prisma } from '@/lib/db/generated/client';
import { wordsName } from '@/lib/domain/person-names';
import { Refusal } from '@/lib/domain/refusal';
import { otherPersonIn } from '@/lib/review/other-person-in';
import { namesBorneBy } from './person-names';

/**
 * Throws a Refusal `unprocessable` when a text that stays beside the proof of an erasure names one of the people erased, by the value of a
 * tag of theirs, or the person of another case, by the value of a tag that tells people apart.
 */
export async function requireNameless(
  tx: Prisma.TransactionClient,
  ids: readonly number[],
  { text, field }: { text: string; field: 'reason' | 'comment' },
): Promise<void> {
  if (text === '') return;
  const isOwn = wordsName(text, await namesBorneBy(tx, ids));
  const tag = isOwn ? null : await otherPersonIn(tx, text);
  if (!isOwn && tag === null) return;
  const whose = isOwn ? 'whose case would be erased' : `of another case (by the tag ${tag})`;
  throw new Refusal(
    'unprocessable',
    `The ${field} names a person ${whose}, and it is kept after the erasure. Nothing was stored; name the request by its number instead.`,
    { field },
  );
}
