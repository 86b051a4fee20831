import type { Metadata } from 'next';
import { ConnectionScreen } from '@/components/settings/connection-screen';
import { requireActor } from '@/lib/auth/actor';
import { syncStatus } from '@/lib/mirror/sync-status';
import { connectionSettings } from '@/lib/upstream/test-connection';

export const metadata: Metadata = { title: 'Verification API' };

export default async function ConnectionPage() {
  await requireActor('policies.write');
  return <ConnectionScreen {...connectionSettings()} sync={await syncStatus()} />;
}
