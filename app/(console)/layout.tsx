import { cookies } from 'next/headers';
import { type ReactNode, Suspense } from 'react';
import { collectNotices } from '@/app/notices/collect-notices';
import { LeaveQueue } from '@/components/desk/leave-queue';
import { UndoToast } from '@/components/desk/undo-toast';
import { KeysProvider } from '@/components/keyboard/keys-provider';
import { RepairBoundary } from '@/components/parts/repair-boundary';
import { UnreachedNotice } from '@/components/parts/unreached-notice';
import { ViewingProvider } from '@/components/privacy/viewing-context';
import { SessionGate } from '@/components/session/session-gate';
import { Shell } from '@/components/shell/shell';
import { readTheme, THEME_COOKIE } from '@/components/ui/theme';
import { TimeZoneProvider } from '@/components/ui/time-zone';
import { requireActor } from '@/lib/auth/actor';
import { hasPassword } from '@/lib/auth/change-password';
import { sessionMark } from '@/lib/auth/session-mark';
import { isProgram } from '@/lib/domain/actor';
import { env } from '@/lib/env';
import { syncStatus } from '@/lib/mirror/sync-status';
import { keysNow } from '@/lib/review/keys-now';
import { viewingNow } from '@/lib/review/viewing';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor('records.read');
  const [viewing, withPassword, keys, notices, sync] = await Promise.all([
    viewingNow(actor).catch(() => null),
    hasPassword(actor).catch(() => false),
    keysNow(actor).catch(() => []),
    collectNotices(actor),
    syncStatus().catch(() => null),
  ]);
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const { id, name, role } = actor;
  return (
    <RepairBoundary>
      <TimeZoneProvider value={env().TIME_ZONE}>
        <KeysProvider initial={keys}>
          <ViewingProvider initial={viewing} viewerName={name}>
            {!isProgram(role) && <SessionGate session={{ mark: sessionMark(actor), user: { id, name, role } }} />}
            <Shell user={{ id, name, email: actor.email, role, hasPassword: withPassword }} theme={theme} notices={notices} sync={sync}>
              {children}
              <UndoToast viewerId={actor.id} />
              <Suspense>
                <LeaveQueue />
              </Suspense>
              <UnreachedNotice />
            </Shell>
          </ViewingProvider>
        </KeysProvider>
      </TimeZoneProvider>
    </RepairBoundary>
  );
}
