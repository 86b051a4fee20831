import type { Prisma } from '@/lib/db/generated/client';

/** Values of a tag looked at to see whether it tells records apart. */
const SAMPLE = 1000;
/** Fewer values of a tag say nothing about whether it tells people apart. */
const VALUES_MIN = 10;

/** Returns which of these names of tags tell people apart, as far as the index knows: a rule that names a value of one names a person. */
export async function namesThatIdentify(tx: Prisma.TransactionClient, names: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT asked.name FROM unnest(${names}::text[]) AS asked(name)
    WHERE lower(asked.name) = 'customerid' OR (
      SELECT count(*) >= ${VALUES_MIN} AND count(DISTINCT known.value) * 2 > count(*)
      FROM (SELECT value FROM console.record_tag WHERE name = asked.name LIMIT ${SAMPLE}) AS known
    )`;
  return rows.map(({ name }) => name);
}

/** Returns the names of tags that tell people apart and that have one of these values in some record, whatever its letter case. */
export async function namesIdentifyingBy(tx: Prisma.TransactionClient, values: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT name FROM console.record_tag WHERE lower(value) = ANY(ARRAY(SELECT lower(btrim(value)) FROM unnest(${values}::text[]) AS value))`;
  return namesThatIdentify(
    tx,
    rows.map(({ name }) => name),
  );
}
