'use client';

import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { SAFEST_VIEWING, type Viewing, type ViewingPreference, viewingPreference } from '@/lib/domain/viewing';
import { ask } from '../review/post';

const shownSchema = z.object({
  viewing: z.object({
    masked: z.boolean(),
    byHouse: z.boolean(),
    blurPx: z.number(),
    greyscale: z.boolean(),
    watermark: z.boolean(),
  }),
  preference: viewingPreference,
});

/** How pictures are shown to this person, and what she chose herself. */
export type Shown = z.infer<typeof shownSchema>;

export interface ViewingState {
  viewing: Viewing;
  /** Null while it could not be read; then `viewing` is the safest there is. */
  preference: ViewingPreference | null;
  /** Name of who looks. */
  viewerName: string;
  /** Keeps a choice. Answers why it was not kept, or null. */
  choose: (preference: ViewingPreference) => Promise<string | null>;
}

const ViewingContext = createContext<ViewingState>({
  viewing: SAFEST_VIEWING,
  preference: null,
  viewerName: '',
  choose: async () => 'It cannot be chosen here.',
});

/** Rules change while pages stay open: older than this, they are asked for again on the way to another page. */
const FRESH_MS = 30_000;
const URL = '/api/me/viewing';

export interface ViewingProviderProps {
  /** As the server read it; null when it could not. */
  initial: Shown | null;
  viewerName: string;
  children: ReactNode;
}

/** Tells every picture below how it is to be shown. What cannot be read falls to the safer side: pictures stay blurred. */
export function ViewingProvider({ initial, viewerName, children }: ViewingProviderProps) {
  const [shown, setShown] = useState(initial);
  const askedAt = useRef(0);
  const path = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is the reason to ask again
  useEffect(() => {
    if (askedAt.current === 0 && initial) askedAt.current = Date.now();
    if (Date.now() - askedAt.current < FRESH_MS) return;
    askedAt.current = Date.now();
    void ask('GET', URL, shownSchema).then((answer) => setShown(answer.ok ? answer.value : null));
  }, [path]);

  const state = useMemo<ViewingState>(
    () => ({
      viewing: shown?.viewing ?? SAFEST_VIEWING,
      preference: shown?.preference ?? null,
      viewerName,
      choose: async (preference) => {
        const answer = await ask('PUT', URL, shownSchema, { body: preference });
        if (!answer.ok) return answer.message;
        setShown(answer.value);
        return null;
      },
    }),
    [shown, viewerName],
  );
  return <ViewingContext value={state}>{children}</ViewingContext>;
}

/** How pictures are to be shown here. */
export function useViewing(): ViewingState {
  return useContext(ViewingContext);
}
