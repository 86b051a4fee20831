import type { Metadata } from 'next';
import { ConnectionScreen } from '@/components/settings/connection-screen';
import { requireActor } from '@/lib/auth/actor';
import { syncStatus } from '@/lib/mirror/sync-status';
import { spaceSetting } from '@/lib/review/coordinates/space-setting';
import { lastSurvey } from '@/lib/review/coordinates/survey-space';
import { connectionSettings } from '@/lib/upstream/test-connection';

export const metadata: Metadata = { title: 'Verification API' };

export default async function ConnectionPage() {
  await requireActor('policies.write');
  const [sync, coordinates, survey] = await Promise.all([syncStatus(), spaceSetting(), lastSurvey()]);
  return <ConnectionScreen {...connectionSettings()} sync={sync} coordinates={coordinates} survey={survey} />;
}
