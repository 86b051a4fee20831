'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { isUnreached, onUnreached, retryNavigation, stayHere } from '../api/unreached';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

/** Says that the page that was asked for did not come, and asks for it again by hand or once the network is back. */
export function UnreachedNotice() {
  const isShown = useSyncExternalStore(onUnreached, isUnreached, () => false);
  useEffect(() => {
    window.addEventListener('online', retryNavigation);
    return () => window.removeEventListener('online', retryNavigation);
  }, []);
  if (!isShown) return null;
  return (
    <div className="fixed right-4 bottom-20 z-40 max-w-md max-sm:left-4">
      <Notice
        tone="bad"
        title="The page did not load: the console cannot be reached"
        action={
          <span className="flex gap-2">
            <Button small variant="primary" onClick={retryNavigation}>
              Try again
            </Button>
            <Button small onClick={stayHere}>
              Stay here
            </Button>
          </span>
        }
      >
        <p>You are still on the screen you came from, and your text is kept. Check the connection, then try again.</p>
      </Notice>
    </div>
  );
}
