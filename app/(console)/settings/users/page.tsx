import type { Metadata } from 'next';
import { UsersScreen } from '@/components/settings/users-screen';
import { recordListView } from '@/lib/audit/record-list-view';
import { requireActor } from '@/lib/auth/actor';
import { listUsers } from '@/lib/auth/list-users';
import { waitingChanges } from '@/lib/changes/read-changes';

export const metadata: Metadata = { title: 'Users and roles' };

export default async function UsersPage() {
  const actor = await requireActor('users.manage');
  const users = await listUsers(actor);
  await recordListView(actor, 'users', users.length);
  const waiting = (await waitingChanges(actor)).filter(({ kind }) => kind !== 'POLICY' && kind !== 'ERASURE' && kind !== 'HOLD_LIFT');
  return <UsersScreen initial={users} viewerId={actor.id} waiting={waiting} />;
}
