'use client';

import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { ask } from '../review/post';
import { whenQuiet } from '../ui/when-quiet';

const BEAT_MS = 15_000;
const answered = z.object({ others: z.array(z.string()) });

/** Says that this case is open here, and learns who else has it open. Nobody is named when that cannot be found out. */
export function usePresence(caseId: number): string[] {
  const [others, setOthers] = useState<string[]>([]);
  useEffect(() => {
    let gone = false;
    const beat = async () => {
      if (document.hidden) return;
      const result = await ask('PUT', `/api/verifications/${caseId}/presence`, answered);
      if (!gone) setOthers(result.ok ? result.value.others : []);
    };
    const forget = whenQuiet(() => void beat());
    const timer = setInterval(beat, BEAT_MS);
    return () => {
      gone = true;
      forget();
      clearInterval(timer);
    };
  }, [caseId]);
  return others;
}
