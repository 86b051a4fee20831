import { z } from 'zod';
import type { Prisma } from '@/lib/db/generated/client';
import { foldedText } from '@/lib/domain/folded-text';
import type { PersonNames } from '@/lib/domain/person-names';
import type { Tag } from '@/lib/domain/verification';

/** Values of a tag looked at to see whether it tells records apart. */
const SAMPLE = 1000;

const tag = z.object({ name: z.string(), value: z.string() });
const raw = z.object({ tags: z.array(tag.nullable().catch(null)).catch([]) });

/** What cases bear: their tags, those of earlier versions included, and the names of their files in lower case. */
export interface BorneNames {
  tags: Tag[];
  files: string[];
}

/** Reads what names the people of these cases, as far as the index knows it. After an erasure it knows nothing of them. */
export async function namesBorneBy(tx: Prisma.TransactionClient, ids: readonly number[]): Promise<BorneNames> {
  const cases = ids.map(BigInt);
  const [tags, records, files] = await Promise.all([
    tx.$queryRaw<unknown[]>`SELECT DISTINCT t.name, t.value FROM console.record_tag t WHERE t.verification_id = ANY(${cases}::bigint[])`,
    tx.$queryRaw<{ raw: string }[]>`
      SELECT raw FROM console.record WHERE verification_id = ANY(${cases}::bigint[])
      UNION ALL SELECT raw FROM console.record_version WHERE verification_id = ANY(${cases}::bigint[])`,
    tx.$queryRaw<{ name: string }[]>`
      SELECT lower(name) AS name FROM (
        SELECT unnest(ARRAY[id_file_name, selfie_file_name]) AS name FROM console.record WHERE verification_id = ANY(${cases}::bigint[])
        UNION SELECT name FROM console.evidence_hash WHERE verification_id = ANY(${cases}::bigint[])
      ) AS file WHERE name NOT IN ('', console.erased_text())`,
  ]);
  const all = [...tag.array().parse(tags), ...records.flatMap((record) => tagsOf(record.raw))];
  return {
    tags: [...new Map(all.filter(({ value }) => value !== '').map((one) => [JSON.stringify([one.name, one.value]), one])).values()],
    files: files.map(({ name }) => name),
  };
}

// The tags of an earlier version stand nowhere but in its text, which an upstream may have written in any shape.
function tagsOf(text: string): Tag[] {
  try {
    return raw.parse(JSON.parse(text)).tags.filter((one) => one !== null);
  } catch {
    return [];
  }
}

/**
 * Returns what of these names belongs to nobody else: tags that no record outside of the cases bears and that tell people apart, and those
 * parts of file names that no other record's files bear. `customerId` tells people apart; any other tag does when most of its
 * values differ from record to record, which leaves out categories like a country or a risk.
 */
export async function namesOfNobodyElse(
  tx: Prisma.TransactionClient,
  ids: readonly number[],
  { tags, texts }: { tags: readonly Tag[]; texts: readonly string[] },
): Promise<Pick<PersonNames, 'tags' | 'texts'>> {
  const cases = ids.map(BigInt);
  const [own, parts] = await Promise.all([
    tx.$queryRaw<unknown[]>`
      SELECT t.name, t.value FROM unnest(${tags.map(({ name }) => name)}::text[], ${tags.map(({ value }) => value)}::text[]) AS t(name, value)
      WHERE NOT EXISTS (
        SELECT FROM console.record_tag other WHERE other.name = t.name AND other.value = t.value AND other.verification_id <> ALL(${cases}::bigint[])
      ) AND (t.name = 'customerId' OR (
        SELECT count(DISTINCT known.value) * 2 > count(*) OR count(*) = 0
        FROM (SELECT value FROM console.record_tag WHERE name = t.name LIMIT ${SAMPLE}) AS known
      ))`,
    tx.$queryRaw<{ part: string }[]>`
      SELECT part FROM unnest(${[...new Set(texts.flatMap((text) => [text, foldedText(text)]))]}::text[]) AS part
      WHERE NOT EXISTS (
        SELECT FROM console.record r WHERE r.file_names LIKE '%' || replace(replace(replace(part, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
          AND r.verification_id <> ALL(${cases}::bigint[])
      )`,
  ]);
  const unshared = new Set(parts.map(({ part }) => part));
  const isOwn = (text: string) => unshared.has(text) && unshared.has(foldedText(text));
  return { tags: tag.array().parse(own), texts: new Set(texts.filter(isOwn)) };
}
