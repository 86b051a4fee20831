'use client';

import { useEffect, useState } from 'react';
import { drawnPage } from './drawn-page';
import type { PageState, PictureState } from './picture-state';

/** A document whose pages can be turned. */
export interface Pages {
  picture: PictureState;
  /** Null for anything that has no other page. */
  turner: Turner | null;
}

export interface Turner {
  page: number;
  pages: number;
  /** The page that is being drawn; null while none is. */
  turning: number | null;
  /** Why a page could not be drawn; the one before stays. */
  problem: string | null;
  turnTo: (page: number) => void;
}

interface Turned {
  /** Whose page it is: another file begins at its first page again. */
  first: PageState;
  shown: PageState;
  turning: number | null;
  problem: string | null;
}

/** Lets the pages of a document be turned. The page that is left gives its memory back, and so does the last when the component goes. */
export function usePages(first: PictureState): Pages {
  const [turned, setTurned] = useState<Turned | null>(null);
  const own = turned && turned.first === first ? turned : null;
  const shown = own?.shown ?? (first.status === 'page' ? first : null);
  const turning = own?.turning ?? null;

  useEffect(() => {
    if (turning === null || !shown || first.status !== 'page') return;
    const leaving = new AbortController();
    drawnPage(shown.file, { number: turning, type: shown.type, about: shown.about }, leaving.signal)
      .then((page) => {
        if (leaving.signal.aborted) return page.close();
        setTurned({ first, shown: page, turning: null, problem: null });
      })
      .catch((failure: unknown) => {
        if (leaving.signal.aborted) return;
        const problem = `Page ${turning} could not be drawn. ${failure instanceof Error ? failure.message : ''}`.trim();
        setTurned({ first, shown, turning: null, problem });
      });
    return () => leaving.abort();
  }, [turning, shown, first]);

  // The first page belongs to whoever read the file.
  useEffect(() => () => (shown && shown !== first ? shown.close() : undefined), [shown, first]);

  if (first.status !== 'page' || !shown) return { picture: first, turner: null };
  if (shown.pages < 2) return { picture: shown, turner: null };
  const { page, pages } = shown;
  const turnTo = (number: number) => {
    if (number < 1 || number > pages || number === (turning ?? page)) return;
    setTurned({ first, shown, turning: number, problem: null });
  };
  return { picture: shown, turner: { page, pages, turning, problem: own?.problem ?? null, turnTo } };
}
