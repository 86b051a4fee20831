import type { Prisma } from '@/lib/db/generated/client';
import type { PolicySettings } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { formatTagFilter } from '@/lib/domain/tag-filter';
import { namesIdentifyingBy, namesThatIdentify } from '@/lib/mirror/names-that-identify';

/**
 * Throws a Refusal `unprocessable` for a policy with a new rule on a tag that identifies a person, or on a value that another such tag has in a record: the settings of a policy are kept
 * for good, so no erasure could take the person out of them.
 */
export async function requireNamelessPolicy(
  tx: Prisma.TransactionClient,
  before: PolicySettings,
  { fourEyes }: PolicySettings,
): Promise<void> {
  const known = new Set(before.fourEyes.tags.map(formatTagFilter));
  const added = fourEyes.tags.filter((tag) => !known.has(formatTagFilter(tag)));
  if (added.length === 0) return;
  const [name] = [
    ...(await namesThatIdentify(
      tx,
      added.map((tag) => tag.name),
    )),
    ...(await namesIdentifyingBy(
      tx,
      added.map((tag) => tag.value),
    )),
  ];
  if (name === undefined) return;
  throw new Refusal(
    'unprocessable',
    `The tag ${name} identifies a person, and policies are kept after a person is erased. Use a tag that many records bear.`,
    { field: 'tags' },
  );
}
