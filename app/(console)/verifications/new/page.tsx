import type { Metadata } from 'next';
import { SubmitScreen } from '@/components/submit/submit-screen';
import { requireActor } from '@/lib/auth/actor';

export const metadata: Metadata = { title: 'New verification' };

export default async function NewVerificationPage() {
  await requireActor('verifications.submit');
  return <SubmitScreen />;
}
