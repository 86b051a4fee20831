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
  // What she had open before says nothing any more.
  await db().presence.deleteMany({ where: { userId: actor.id, seenAt: { lt: new Date(seenAt.getTime() - LIFE_MS) } } });
  return othersAt(actor, verificationId);
}

/** Who but the actor has a case open, by name. */
export async function othersAt(actor: Actor, verificationId: number): Promise<string[]> {
  const others = await db().presence.findMany({
    where: {
      verificationId: BigInt(verificationId),
      userId: { not: actor.id },
      seenAt: { gt: new Date(Date.now() - LIFE_MS) },
    },
    orderBy: { userName: 'asc' },
  });
  return others.map(({ userName }) => userName);
}

/** Who holds a case and until when, for those who have it open; null when nobody does. */
export async function holderOf(verificationId: number): Promise<{ holderId: string; holderName: string; expiresAt: number } | null> {
  const claim = await db().claim.findFirst({ where: { verificationId: BigInt(verificationId), expiresAt: { gt: new Date() } } });
  return claim && { holderId: claim.holderId, holderName: claim.holderName, expiresAt: claim.expiresAt.getTime() };
}
