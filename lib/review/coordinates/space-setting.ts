import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { SPACE_SETTINGS, type SpaceSetting } from '@/lib/domain/coordinate-space';
import { connectionSettings } from '@/lib/upstream/test-connection';

/** What the configured verification API counts, and who said so. */
export interface SetSpace {
  setting: SpaceSetting;
  /** Milliseconds since 1970; null where nobody said anything yet. */
  setAt: number | null;
  setBy: string | null;
}

const NOBODY_SAID: SetSpace = { setting: 'per-picture', setAt: null, setBy: null };
const setting = z.enum(SPACE_SETTINGS);

/** Returns what the coordinates of the configured API count. Pass `tx` to read within a transaction. */
export async function spaceSetting(tx: Prisma.TransactionClient = db()): Promise<SetSpace> {
  const { address } = connectionSettings();
  const newest = await tx.coordinateSetting.findFirst({ where: { address }, orderBy: { id: 'desc' } });
  return newest ? { setting: setting.parse(newest.setting), setAt: newest.at.getTime(), setBy: newest.byName } : NOBODY_SAID;
}
