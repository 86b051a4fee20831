import type { Metadata } from 'next';
import { ConnectionScreen } from '@/components/settings/connection-screen';
import { requireActor } from '@/lib/auth/actor';
import { clockSentence } from '@/lib/domain/iso-zone';
import { newestRecords } from '@/lib/mirror/newest-records';
import { syncStatus } from '@/lib/mirror/sync-status';
import { unreadableRecords } from '@/lib/mirror/unreadable-records';
import { spaceSetting } from '@/lib/review/coordinates/space-setting';
import { lastSurvey } from '@/lib/review/coordinates/survey-space';
import { connectionSettings } from '@/lib/upstream/test-connection';

export const metadata: Metadata = { title: 'Verification API' };

/** Records whose times are compared. */
const NEWEST = 200;

export default async function ConnectionPage() {
  await requireActor('policies.write');
  const [sync, newest, unreadable, coordinates, survey] = await Promise.all([
    syncStatus(),
    newestRecords(NEWEST),
    unreadableRecords(),
    spaceSetting(),
    lastSurvey(),
  ]);
  const found = { sync, clock: clockSentence(newest), unreadable, coordinates, survey };
  return <ConnectionScreen {...connectionSettings()} {...found} />;
}
