'use client';

import { useState } from 'react';
import { kindSentence } from '../media/about-file';
import { ClipPlayer, type ClipPlayerProps } from '../media/clip-player';
import { peekFile } from '../media/peek-file';
import { StageProblem } from './stage-problem';

type Trouble = { status: 'missing' } | { status: 'failed'; sentence: string };

/** A clip as it was sent, or why it cannot be played. `name` is the file's bare name. */
export default function VideoStage({ name, ...player }: Omit<ClipPlayerProps, 'onError'> & { name: string }) {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [attempt, setAttempt] = useState(0);
  // The element only says that it failed; the first bytes say why.
  const ask = async () => {
    const peek = await peekFile(name);
    if (peek === 'missing') return setTrouble({ status: 'missing' });
    if (typeof peek === 'object') return setTrouble({ status: 'failed', ...peek });
    const what = peek === 'unreachable' ? '' : ` ${kindSentence({ kind: peek, claimedType: '' })}`;
    setTrouble({ status: 'failed', sentence: `This browser cannot play the clip, or it broke off.${what}` });
  };
  if (trouble) {
    const again = () => {
      setTrouble(null);
      setAttempt((count) => count + 1);
    };
    return <StageProblem picture={trouble} name={name} retry={again} />;
  }
  return <ClipPlayer key={attempt} name={name} {...player} onError={() => void ask()} />;
}
