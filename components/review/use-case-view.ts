import { useEffect, useState } from 'react';
import { send } from './post';

/**
 * Records that a case which was fetched ahead is on the screen now. Returns why it cannot be shown when that was not recorded, else
 * null.
 */
export function useCaseView(id: number, isRecorded: boolean): string | null {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (isRecorded) return;
    let gone = false;
    send('POST', `/api/verifications/${id}/views`).then((result) => {
      if (!gone) setProblem(result.ok ? null : 'Every view of a case is recorded, so it stays hidden. Reload the page to try again.');
    });
    return () => {
      gone = true;
    };
  }, [id, isRecorded]);
  return problem;
}
