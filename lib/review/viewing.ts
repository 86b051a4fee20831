import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { NO_PREFERENCE, type Viewing, type ViewingPreference, viewingOf, viewingPreference } from '@/lib/domain/viewing';
import { currentPolicy } from './policies';

/** How pictures are shown to the actor now, and what she chose herself. Throws when either cannot be read: then show them blurred. */
export async function viewingNow(actor: Actor): Promise<{ viewing: Viewing; preference: ViewingPreference }> {
  const [policy, preference] = await Promise.all([currentPolicy(), preferenceOf(actor)]);
  return { viewing: viewingOf(policy.settings.masking, preference, actor.role), preference };
}

async function preferenceOf({ id }: Actor): Promise<ViewingPreference> {
  const latest = await db().viewingPreference.findFirst({ where: { userId: id }, orderBy: { id: 'desc' } });
  return latest ? viewingPreference.parse(latest.settings) : NO_PREFERENCE;
}
