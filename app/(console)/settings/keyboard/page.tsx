import type { Metadata } from 'next';
import { KeyboardScreen } from '@/components/settings/keyboard-screen';
import { requireActor } from '@/lib/auth/actor';

export const metadata: Metadata = { title: 'Keyboard' };

export default async function KeyboardPage() {
  await requireActor('records.read');
  return <KeyboardScreen />;
}
