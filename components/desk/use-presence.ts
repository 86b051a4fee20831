'use client';

import { useCallback, useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { ask } from '../api/client';
import { onNews } from '../api/tab-news';
import { whenQuiet } from '../ui/when-quiet';

const BEAT_MS = 15_000;
const wireClaim = z.object({ holderId: z.string(), holderName: z.string(), expiresAt: z.number() });
const answered = z.object({ others: z.array(z.string()), claim: z.nullable(wireClaim) });

/**
 * Reports that this case is open here, learns who else has it open, and gives `onClaim` who holds it now: every 15 seconds, and at
 * once when the tab is shown again or another tab of this browser reports a change. Nobody is named when that cannot be found out.
 */
export function usePresence(caseId: number, onClaim: (claim: z.infer<typeof wireClaim> | null, askedAt: number) => void): string[] {
  const [others, setOthers] = useState<string[]>([]);
  const beat = useCallback(async () => {
    const askedAt = Date.now();
    const result = await ask('PUT', `/api/verifications/${caseId}/presence`, answered);
    if (result.ok) onClaim(result.value.claim, askedAt);
    return result.ok ? result.value.others : [];
  }, [caseId, onClaim]);
  useEffect(() => {
    let gone = false;
    const look = async () => {
      const found = await beat();
      if (!gone) setOthers(found);
    };
    const lookIfShown = () => {
      if (!document.hidden) void look();
    };
    const forget = whenQuiet(lookIfShown);
    const timer = setInterval(lookIfShown, BEAT_MS);
    const deaf = onNews('claims', (changed) => changed === caseId && void look());
    document.addEventListener('visibilitychange', lookIfShown);
    return () => {
      gone = true;
      forget();
      clearInterval(timer);
      deaf();
      document.removeEventListener('visibilitychange', lookIfShown);
    };
  }, [beat, caseId]);
  return others;
}
