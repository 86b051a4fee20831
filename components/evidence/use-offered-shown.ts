'use client';

import { useEffect, useMemo, useRef } from 'react';
import type { Finding } from '@/lib/domain/finding';
import type { EvidenceCategory } from '@/lib/domain/verification';
import { offerShown } from './shown-in-use';
import { forgetUnchecked } from './unchecked-in-use';
import type { Evidence } from './use-evidence';
import type { EvidenceStates } from './use-evidence-states';

const SIDES = ['id', 'face'] as const;
const SUBJECT: Record<EvidenceCategory, string> = { id: 'ID document', face: 'selfie' };

/** Offers the record and the files on the screen to whatever records a verdict on the case, with what its reviewer must have read before. */
export function useOfferedShown(record: string, evidence: Evidence, states: EvidenceStates, findings: readonly Finding[]): void {
  const { caseId } = evidence;
  const current = useRef({ record, evidence, states });
  useEffect(() => {
    current.current = { record, evidence, states };
  });
  useEffect(() => () => forgetUnchecked(caseId), [caseId]);
  const note = noteOf(evidence, states);
  const warnings = useMemo(() => findings.map(({ detail }) => detail), [findings]);
  useEffect(() => {
    const read = () => {
      const { record, states } = current.current;
      return { record, id: states.named('id'), face: states.named('face') };
    };
    const lookAgain = () => {
      void current.current.states.refresh();
      for (const side of SIDES) current.current.evidence.sides[side].retry();
    };
    return offerShown(caseId, { read, warnings, note, lookAgain });
  }, [caseId, warnings, note]);
}

function noteOf({ sides }: Evidence, { named }: EvidenceStates): string | null {
  const open = SIDES.filter((side) => sides[side].file?.name && named(side) === null).map((side) => SUBJECT[side]);
  if (open.length === 0) return null;
  return `The ${open.join(' and the ')} ${open.length === 1 ? 'was' : 'were'} not read to the end for you; what you send will say so.`;
}
