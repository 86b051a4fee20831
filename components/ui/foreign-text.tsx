'use client';

import { type ReactNode, useState } from 'react';
import { visibleText } from '@/lib/domain/visible-text';

/** Characters of a text shown at first. */
const SHOWN = 200;

/** A text from elsewhere within a sentence of ours: nothing in it hides, and it does not reorder its neighbours. */
export function ForeignText({ text }: { text: string }) {
  return <bdi>{visibleText(text)}</bdi>;
}

export interface LongForeignTextProps {
  text: string;
  /** What the text, without its button, stands in. */
  wrap?: (text: ReactNode) => ReactNode;
}

/** The same for a text of any length: a long one is cut, and shown whole on request. */
export function LongForeignText({ text, wrap = (shown) => shown }: LongForeignTextProps) {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= SHOWN || isWhole) return wrap(<ForeignText text={text} />);
  return (
    <>
      {wrap(<ForeignText text={`${text.slice(0, SHOWN).toWellFormed()}…`} />)}{' '}
      <button type="button" onClick={() => setWhole(true)} className="whitespace-nowrap text-accent underline">
        Show all {text.length.toLocaleString('en-GB')} characters
      </button>
    </>
  );
}
