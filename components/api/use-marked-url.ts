'use client';

import { useSyncExternalStore } from 'react';
import { onSession } from './page-session';
import { markedUrl } from './request';

/** The address of a download that names the session of this page; as it was given until the page can run. */
export function useMarkedUrl(address: string): string {
  return useSyncExternalStore(
    onSession,
    () => markedUrl(address),
    () => address,
  );
}
