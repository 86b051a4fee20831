import type { ReactNode } from 'react';
import { SettingsNav } from '@/components/settings/settings-nav';
import { requireActor } from '@/lib/auth/actor';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor('records.read');
  return (
    <div className="mx-auto grid w-full max-w-6xl content-start gap-4 px-3 py-4 sm:px-6 sm:py-6 md:grid-cols-[180px_minmax(0,1fr)] md:gap-8">
      <SettingsNav role={actor.role} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
