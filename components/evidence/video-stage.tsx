'use client';

import { useCallback, useRef, useState } from 'react';
import { KIND_FACTS } from '@/lib/domain/file-kind';
import { kindSentence } from '../media/about-file';
import { ClipPlayer, type ClipPlayerProps } from '../media/clip-player';
import { peekFile } from '../media/peek-file';
import { watchClip } from '../media/watch-clip';
import { lazyPart } from '../parts/lazy-part';
import { StageProblem } from './stage-problem';
import { StageSkeleton } from './stage-skeleton';

// Few clips need it.
const ServerFrames = lazyPart(() => import('../media/server-frames'), { name: 'Frames of the server', loading: <StageSkeleton /> });

/** `no-decoder`: the clip is there, and this browser cannot play it. */
type Trouble = { status: 'missing' } | { status: 'failed' | 'unplayable'; sentence: string } | { status: 'no-decoder' };

const LATE =
  'The clip did not begin within 30 seconds. The connection is slow, or the verification service sends it without end. Try again, or download it.';

/** A clip as it was sent, a frame at a time where the browser cannot play it, or why neither is possible. `name` is the file's bare name. */
export default function VideoStage(player: Omit<ClipPlayerProps, 'onError'>) {
  const { name } = player;
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [attempt, setAttempt] = useState(0);
  const hasBrokenOff = useRef(false);
  const watch = useCallback((element: HTMLDivElement | null) => {
    if (!element) return;
    return watchClip(element, {
      onNoPicture: () => setTrouble({ status: 'no-decoder' }),
      onLate: () => setTrouble({ status: 'unplayable', sentence: LATE }),
      onBroken: (byConnection) => {
        hasBrokenOff.current = byConnection;
      },
    });
  }, []);
  const again = () => {
    setTrouble(null);
    setAttempt((count) => count + 1);
  };
  const problem = (what: Exclude<Trouble, { status: 'no-decoder' }>) => <StageProblem picture={what} name={name} retry={again} />;
  if (trouble?.status === 'no-decoder')
    return <ServerFrames {...player} otherwise={(sentence) => problem({ status: 'unplayable', sentence })} />;
  if (trouble) return problem(trouble);
  return (
    <div key={attempt} ref={watch} className="contents">
      <ClipPlayer {...player} onError={() => void whyNot(name, hasBrokenOff.current).then(setTrouble)} />
    </div>
  );
}

// The element only says whether it was the connection; the first bytes say more.
async function whyNot(name: string, hasBrokenOff: boolean): Promise<Trouble> {
  const peek = await peekFile(name);
  if (peek === 'missing') return { status: 'missing' };
  if (typeof peek === 'object') return { status: 'failed', ...peek };
  if (peek === 'unreachable') return { status: 'failed', sentence: 'The clip broke off, and the file cannot be reached now.' };
  if (hasBrokenOff) return { status: 'failed', sentence: 'The clip broke off on its way. Try again.' };
  if (KIND_FACTS[peek].shown === 'clip') return { status: 'no-decoder' };
  return { status: 'unplayable', sentence: `This browser cannot play it. ${kindSentence({ kind: peek, claimedType: '' })}` };
}
