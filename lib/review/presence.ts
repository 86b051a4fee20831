import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';

const LIFE_MS = 30_000;

/** Says that the actor has a case open, and answers who else has, by name. A sign of life holds for half a minute. */
export async function showPresence(actor: Actor, verificationId: number): Promise<string[]> {
  const key = { verificationId: BigInt(verificationId), userId: actor.id };
  const seenAt = new Date();
  await db().presence.upsert({
    where: { verificationId_userId: key },
    create: { ...key, userName: actor.name, seenAt },
    update: { userName: actor.name, seenAt },
  });
  const others = await db().presence.findMany({
    where: { verificationId: key.verificationId, userId: { not: actor.id }, seenAt: { gt: new Date(seenAt.getTime() - LIFE_MS) } },
    orderBy: { userName: 'asc' },
  });
  return others.map(({ userName }) => userName);
}
