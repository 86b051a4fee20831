import type { Metadata } from 'next';
import { PolicyScreen } from '@/components/settings/policy-screen';
import { requireActor } from '@/lib/auth/actor';
import { waitingChanges } from '@/lib/changes/read-changes';
import { can } from '@/lib/domain/actor';
import { policyHistory } from '@/lib/review/policies';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const actor = await requireActor('records.read');
  const mayChange = can(actor, 'policies.write');
  const waiting = (await waitingChanges(actor)).filter(({ kind }) => kind === 'POLICY');
  return <PolicyScreen policies={await policyHistory()} mayChange={mayChange} waiting={waiting} />;
}
