'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

let ofThisTab: QueryClient | undefined;

/**
 * The memory of what was loaded. One for the tab, so that coming back from a case shows the list at once; signing out
 * loads a new document and thereby forgets it. On the server each request has its own.
 */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => {
    if (typeof window === 'undefined') return newClient();
    ofThisTab ??= newClient();
    return ofThisTab;
  });
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A failure is shown at once with its own button; retrying behind a skeleton would only hide it.
        retry: false,
        // Rows must not move under the pointer because somebody came back to the window.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // Paused for ever is what the default does on a machine whose browser believes to be offline.
        networkMode: 'always',
      },
    },
  });
}
