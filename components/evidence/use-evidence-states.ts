'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { namedHash, type ViewedFile, viewedState } from '@/lib/domain/evidence-viewed';
import type { EvidenceCategory } from '@/lib/domain/verification';
import { fetchStates, type KnownEvidence } from './fetch-states';
import type { Evidence, EvidenceSide } from './use-evidence';
import type { PictureState } from './use-picture';

/** While a file is being checked its state is asked for again, first soon, then seldom. */
const AGAIN_MS = [500, 1_000, 2_000, 5_000];

const SIDES = ['id', 'face'] as const;

/** The states of both files as their reviewer must see them. */
export interface EvidenceStates {
  sides: Record<EvidenceCategory, EvidenceState | null>;
  /** The states of files the record names beside those two, which are not on the screen. */
  further: readonly EvidenceState[];
  /** The hash a verdict names for a side. */
  named: (side: EvidenceCategory) => string | null;
  /** Reads all files again and resolves when their states are known, or could not be asked for. */
  checkNow: () => Promise<void>;
  /** A check that was asked for is running. */
  isChecking: boolean;
  /** Asks what is known now. */
  refresh: () => Promise<void>;
  /** The console knows something of the files that it did not know when the page was made. */
  isNews: boolean;
}

/** Follows the states of a case's files: as the server knew them when it was opened, and again whenever a file has come or has not. */
export function useEvidenceStates(evidence: Evidence, initial: KnownEvidence | null, blind: boolean): EvidenceStates {
  const { caseId, sides } = evidence;
  // With what had come when it was asked for: what is known counts for those bytes only.
  const [asked, setAsked] = useState<(KnownEvidence & { came: string | null }) | null>(null);
  const [isChecking, setIsChecking] = useState(false);
  const [openedAt] = useState(initial?.at ?? null);
  const known = newer(asked, initial);
  const came = cameOf(sides);
  const ask = useCallback(
    async (check?: readonly string[], since?: number | null) => {
      const answer = await fetchStates({ caseId, blind, ...(check && { check, since: since ?? null }) });
      if (answer) setAsked((now) => (now && now.at > answer.at ? now : { ...answer, came }));
    },
    [caseId, blind, came],
  );
  useWhenSettled(sides, came, (clips) => ask(clips, openedAt));
  useWhileChecking(known, ask);

  const isConfirmed = came !== null && asked?.came === came;
  const id = useViewed(known, sides.id, isConfirmed);
  const face = useViewed(known, sides.face, isConfirmed);
  return {
    sides: { id, face },
    further: useFurther(known, sides),
    named: (side) => {
      const { file, picture } = sides[side];
      return namedHash(
        known?.files.find(({ name }) => name === file?.name),
        viewedFile(picture, isConfirmed),
        openedAt,
      );
    },
    isChecking,
    checkNow: async () => {
      setIsChecking(true);
      await ask([]);
      setIsChecking(false);
    },
    refresh: () => ask(),
    isNews: asked !== null && factsOf(asked) !== factsOf(initial),
  };
}

function useViewed(known: KnownEvidence | null, { file, picture }: EvidenceSide, isConfirmed: boolean): EvidenceState | null {
  const name = file?.name;
  return useMemo(() => {
    const found = known?.files.find((one) => one.name === name);
    return found ? viewedState(found, viewedFile(picture, isConfirmed), Date.now()) : null;
  }, [known, name, picture, isConfirmed]);
}

function useFurther(known: KnownEvidence | null, { id, face }: Evidence['sides']): readonly EvidenceState[] {
  const [first, second] = [id.file?.name, face.file?.name];
  return useMemo(() => known?.files.filter(({ name }) => name !== first && name !== second) ?? [], [known, first, second]);
}

function viewedFile(picture: PictureState, isConfirmed: boolean): ViewedFile {
  const about = 'about' in picture ? picture.about : null;
  return { isLoading: picture.status === 'loading', shown: about?.sha256 ?? null, isCopy: Boolean(about?.keptAt), isConfirmed };
}

/** What came of both files in one word, null while one is on its way: another picture, and one that failed, are reasons to ask again. */
function cameOf(sides: Evidence['sides']): string | null {
  const parts = SIDES.map((side) => {
    const { picture } = sides[side];
    return picture.status === 'loading' ? null : `${picture.status} ${viewedFile(picture, true).shown}`;
  });
  return parts.includes(null) ? null : parts.join(', ');
}

/** A clip is never whole in the page: the console reads it once at each opening, whether the player or this asks first. */
function useWhenSettled(sides: Evidence['sides'], came: string | null, ask: (check?: readonly string[]) => Promise<void>): void {
  const clips = SIDES.flatMap((side) => clipOf(sides[side]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came is the reason to ask, and the clips go with it
  useEffect(() => {
    if (came !== null) void ask(clips.length > 0 ? clips : undefined);
  }, [came]);
}

function clipOf({ file, picture }: EvidenceSide): string[] {
  const isPart = picture.status === 'video' || (picture.status === 'ready' && picture.about === null);
  return isPart && file?.name ? [file.name] : [];
}

function useWhileChecking(known: KnownEvidence | null, ask: () => Promise<void>): void {
  const times = useRef(0);
  const isOpen = known?.files.some(({ state }) => state === 'checking') ?? false;
  const at = known?.at;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is a reason to wait for the next
  useEffect(() => {
    if (!isOpen) {
      times.current = 0;
      return;
    }
    const timer = setTimeout(() => void ask(), AGAIN_MS[Math.min(times.current, AGAIN_MS.length - 1)]);
    times.current += 1;
    return () => clearTimeout(timer);
  }, [isOpen, at, ask]);
}

// Times of checks are no news; what they found is.
function factsOf(known: KnownEvidence | null): string {
  const facts = known?.files.map(({ name, first, sha256, state, others }) => {
    const open = others.filter(({ acknowledged }) => acknowledged === null).length;
    return [name, first?.sha256, sha256, state === 'lost', others.length, open];
  });
  return JSON.stringify(facts ?? []);
}

function newer(a: KnownEvidence | null, b: KnownEvidence | null): KnownEvidence | null {
  if (!a || !b) return a ?? b;
  return a.at >= b.at ? a : b;
}
