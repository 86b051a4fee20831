'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { ask } from '../api/client';
import { noteServerVersion } from '../api/server-version';
import { whenQuiet } from '../ui/when-quiet';
import { keepNotices, wireNotices } from './notices';

const POLL_MS = 30_000;

const count = z.nullable(z.object({ count: z.number(), capped: z.boolean() }));
const answered = z.object({ waiting: z.object({ queue: count, approvals: count }), notices: wireNotices, version: z.string() });

/**
 * Returns how much waits behind a screen, by its address, as the bar shows it, and passes the notices of the same answer to the notice bar. Asked
 * again at every screen and while somebody looks. A count that cannot be read is not shown; notices stay as they were.
 */
export function useWaiting(): Record<string, string> {
  const pathname = usePathname();
  const [texts, setTexts] = useState<Record<string, string>>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is the reason to ask again
  useEffect(() => {
    let gone = false;
    const look = async () => {
      if (document.hidden) return;
      const result = await ask('GET', '/api/waiting', answered);
      if (gone) return;
      setTexts(result.ok ? textsOf(result.value.waiting) : {});
      if (!result.ok) return;
      keepNotices(result.value.notices);
      noteServerVersion(result.value.version);
    };
    const forget = whenQuiet(() => void look());
    const polling = setInterval(look, POLL_MS);
    return () => {
      gone = true;
      forget();
      clearInterval(polling);
    };
  }, [pathname]);
  return texts;
}

function textsOf({ queue, approvals }: z.infer<typeof answered>['waiting']): Record<string, string> {
  const text = (number: z.infer<typeof count>) => number && `${number.count.toLocaleString('en-GB')}${number.capped ? '+' : ''}`;
  return {
    ...(queue?.count && { '/queue': text(queue) ?? '' }),
    ...(approvals?.count && { '/approvals': text(approvals) ?? '' }),
  };
}
