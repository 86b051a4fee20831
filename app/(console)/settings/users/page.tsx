import type { Metadata } from 'next';
import { UsersScreen } from '@/components/settings/users-screen';
import { requireActor } from '@/lib/auth/actor';
import { listUsers } from '@/lib/auth/list-users';

export const metadata: Metadata = { title: 'Users and roles' };

export default async function UsersPage() {
  const actor = await requireActor('users.manage');
  return <UsersScreen initial={await listUsers(actor)} viewerId={actor.id} />;
}
