import type { Metadata } from 'next';
import { UsersScreen } from '@/components/settings/users-screen';
import { recordListView } from '@/lib/audit/record-list-view';
import { requireActor } from '@/lib/auth/actor';
import { listUsers } from '@/lib/auth/list-users';

export const metadata: Metadata = { title: 'Users and roles' };

export default async function UsersPage() {
  const actor = await requireActor('users.manage');
  const users = await listUsers(actor);
  await recordListView(actor, 'users', users.length);
  return <UsersScreen initial={users} viewerId={actor.id} />;
}
