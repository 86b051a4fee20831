import type { Prisma } from '@/lib/db/generated/client';
import { proseNames } from '@/lib/domain/person-names';
import { namesThatIdentify } from '@/lib/mirror/names-that-identify';

/**
 * Returns the name of a tag by whose value a text names the person of some record, or null: for a text that is kept after any erasure. Reads
 * every tag of the index.
 */
export async function otherPersonIn(tx: Prisma.TransactionClient, text: string): Promise<string | null> {
  const borne = await tx.$queryRaw<{ name: string; value: string }[]>`
    SELECT DISTINCT name, value FROM console.record_tag WHERE length(value) >= 4 AND position(lower(value) IN lower(${text})) > 0`;
  const said = borne.filter((tag) => proseNames(text, { tags: [tag] }));
  const [name = null] = await namesThatIdentify(tx, [...new Set(said.map((tag) => tag.name))]);
  return name;
}
