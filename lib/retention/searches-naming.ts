import type { Prisma } from '@/lib/db/generated/client';

/**
 * Returns the events of searches whose filter names what this case alone bore: a customer's id, or a tag or part of a file's name that
 * no other record has. Ask before the case is erased.
 */
export async function searchesNaming(tx: Prisma.TransactionClient, id: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM console.searches_naming(${BigInt(id)}::bigint)`;
  return rows.map(({ seq }) => Number(seq));
}
