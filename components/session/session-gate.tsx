'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useSyncExternalStore } from 'react';
import { guardNavigation } from '../api/guard-navigation';
import { bindPage, onSession, type PageSession, pageSession, sessionLoss } from '../api/page-session';
import { checkSession } from '../api/request';
import { onNews, spreadNews } from '../api/tab-news';
import { keepsAnything } from '../drafts/keeps-anything';
import { lazyPart } from '../parts/lazy-part';
import { whenQuiet } from '../ui/when-quiet';

const SessionDialog = lazyPart(() => import('./session-dialog'), { name: 'The notice that your session changed' });

/**
 * Holds a page to the session it was rendered for. Every request of the page names that session; once the server reports
 * another one, a dialog covers the page until the same person is back or the page is loaded anew.
 */
export function SessionGate({ session }: { session: PageSession }) {
  bindPage(session);
  const router = useRouter();
  const loss = useSyncExternalStore(onSession, sessionLoss, () => null);
  useEffect(() => {
    guardNavigation();
    spreadNews('session', session.mark);
    return whenQuiet(() => {
      if (keepsAnything()) void import('../drafts/sweep-drafts').then(({ sweepDrafts }) => sweepDrafts(session.user.id));
    });
  }, [session]);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const look = () => void checkSession();
    window.addEventListener('focus', look, { signal });
    window.addEventListener('pageshow', ({ persisted }) => persisted && look(), { signal });
    // A picture or clip that is refused reports no more than that it failed.
    const whenBroken = ({ target }: Event) => target instanceof HTMLElement && target.matches('[src^="/api/"]') && look();
    window.addEventListener('error', whenBroken, { capture: true, signal });
    const deaf = onNews('session', (mark) => mark !== pageSession()?.mark && look());
    return () => {
      leaving.abort();
      deaf();
    };
  }, []);
  return loss && <SessionDialog loss={loss} owner={session.user} onBack={() => router.refresh()} />;
}
