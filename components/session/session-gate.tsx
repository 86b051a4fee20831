'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useSyncExternalStore } from 'react';
import { guardNavigation } from '../api/guard-navigation';
import { bindPage, onSession, type PageSession, pageSession, sessionLoss } from '../api/page-session';
import { checkSession } from '../api/request';
import { keepsAnything } from '../drafts/keeps-anything';
import { whenQuiet } from '../ui/when-quiet';
import { onSessionNews, spreadSession } from './session-news';

const SessionDialog = dynamic(() => import('./session-dialog'), { ssr: false });

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
    spreadSession(session.mark);
    return whenQuiet(() => {
      if (keepsAnything()) void import('../drafts/sweep-drafts').then(({ sweepDrafts }) => sweepDrafts(session.user.id));
    });
  }, [session]);
  useEffect(() => {
    const look = () => void checkSession();
    const whenShown = () => document.visibilityState === 'visible' && look();
    const whenRestored = (event: PageTransitionEvent) => event.persisted && look();
    // A picture or clip that is refused says no more than that it failed.
    const whenBroken = ({ target }: Event) => target instanceof HTMLElement && target.matches('[src^="/api/"]') && look();
    window.addEventListener('focus', look);
    window.addEventListener('pageshow', whenRestored);
    window.addEventListener('error', whenBroken, true);
    document.addEventListener('visibilitychange', whenShown);
    const deaf = onSessionNews((mark) => mark !== pageSession()?.mark && look());
    return () => {
      window.removeEventListener('focus', look);
      window.removeEventListener('pageshow', whenRestored);
      window.removeEventListener('error', whenBroken, true);
      document.removeEventListener('visibilitychange', whenShown);
      deaf();
    };
  }, []);
  return loss && <SessionDialog loss={loss} owner={session.user} onBack={() => router.refresh()} />;
}
