import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { DEFAULT_POLICY, type Policy, policySettings } from '@/lib/domain/policy';

const row = z.object({ version: z.number().int(), validFrom: z.date(), settings: policySettings, reason: z.string(), byName: z.string() });

const NOBODY_CHANGED_IT: Policy = {
  version: 0,
  validFrom: 0,
  validTo: null,
  settings: DEFAULT_POLICY,
  reason: 'What the console comes with.',
  byName: 'System',
};

/** Every version of the rules, newest first, down to version 0 that the console came with. */
export async function policyHistory(tx: Prisma.TransactionClient = db()): Promise<Policy[]> {
  const rows = row.array().parse(await tx.policy.findMany({ orderBy: { version: 'asc' } }));
  const starts = rows.map(({ validFrom }) => validFrom.getTime());
  const policies = rows.map(
    ({ validFrom, ...policy }, index): Policy => ({ ...policy, validFrom: validFrom.getTime(), validTo: starts[index + 1] ?? null }),
  );
  return [{ ...NOBODY_CHANGED_IT, validTo: starts[0] ?? null }, ...policies].reverse();
}

/** The rules in force now. Pass `tx` to read within a transaction. */
export async function currentPolicy(tx: Prisma.TransactionClient = db()): Promise<Policy> {
  const latest = await tx.policy.findFirst({ orderBy: { version: 'desc' } });
  if (!latest) return NOBODY_CHANGED_IT;
  const { validFrom, ...policy } = row.parse(latest);
  return { ...policy, validFrom: validFrom.getTime(), validTo: null };
}
