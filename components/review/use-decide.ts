'use client';

import { useEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { checkDecision, type DecisionInput } from '@/lib/domain/decision';
import { saidOf } from '@/lib/domain/feature-checklist';
import { Refusal } from '@/lib/domain/refusal';
import type { MachineResult } from '@/lib/domain/verification';
import { lookAgainAfter, shownInUse } from '../evidence/shown-in-use';
import { noteUnchecked } from '../evidence/unchecked-in-use';
import { viewInUse } from '../evidence/view-in-use';
import { attemptOf, withoutDecision } from './draft';
import { ask, newKey } from './post';
import type { DraftHold } from './use-draft';

const answered = z.object({ decision: z.object({ id: z.string() }) });

/** Why a decision was not taken; `field` names the input to mend. */
export interface DecisionProblem {
  message: string;
  field?: string;
  code?: string;
  details?: unknown;
}

/** A decision the server has stored. */
export interface Decided {
  decisionId: string;
  /** When it was sent, milliseconds since 1970 by this machine's clock: no later than it was stored. */
  sentAt: number;
}

export interface DecideOptions {
  caseId: number;
  machineResult: MachineResult;
  hold: Pick<DraftHold, 'draft' | 'change' | 'forgetDecision'>;
  /** Answers whether the case is being left for another one. */
  onDecided: (decided: Decided) => Promise<boolean>;
  /** Closes what the decision was written in. */
  close: () => void;
  /** Called when another reviewer decided the case, or its record was replaced, while it was open. */
  onOutdated: (what: 'case' | 'record') => void;
}

export interface Decide {
  confirm: () => Promise<void>;
  sending: boolean;
  problem: DecisionProblem | null;
  forgetProblem: () => void;
}

/** Sends the draft's decision, at most once however often it is asked to. The draft goes only when the server has stored it. */
export function useDecide({ caseId, machineResult, hold, onDecided, close, onOutdated }: DecideOptions): Decide {
  const { draft, change, forgetDecision } = hold;
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<DecisionProblem | null>(null);
  // The state is only seen at the next rendering; two keys may come before that.
  const underway = useRef(false);
  useEffect(() => {
    underway.current = sending;
  }, [sending]);

  const confirm = async () => {
    const { outcome, reasonCodes, rationale } = draft;
    if (underway.current || outcome === null) return;
    const attempt = attemptOf(draft, newKey, { view: viewInUse(caseId), shown: shownInUse(caseId) });
    const { version, view, shown } = attempt;
    const input: DecisionInput = {
      version,
      outcome,
      reasonCodes,
      rationale: rationale.trim(),
      ...(view && { view }),
      ...(shown && { shown }),
    };
    const wrong = ruleBroken(machineResult, input);
    setProblem(wrong);
    if (wrong) return;
    // Kept before it goes out: a reload between sending and answer must not decide a second time.
    change((now) => ({ ...now, attempt }));
    underway.current = true;
    setSending(true);
    const sentAt = Date.now();
    const url = `/api/verifications/${caseId}/decisions`;
    const features = saidOf(draft.features);
    const body = { ...input, ...(features && { features }) };
    const result = await ask('POST', url, answered, { body, headers: { 'idempotency-key': attempt.key } });
    if (result.ok) {
      forgetDecision();
      // All stays as it was sent until the next case stands: the room of what is closed would go to pictures drawn anew for nobody.
      if (await onDecided({ decisionId: result.value.decision.id, sentAt })) return;
      setSending(false);
      change(withoutDecision);
      return close();
    }
    setSending(false);
    if (result.code !== 'no-answer') change((now) => ({ ...now, attempt: null }));
    setProblem(result);
    if (result.code === 'stale') onOutdated('case');
    if (result.code === 'record-changed') onOutdated('record');
    lookAgainAfter(result.code, caseId);
    if (result.code === 'evidence-unchecked') noteUnchecked(caseId, result.details);
  };
  return { confirm, sending, problem, forgetProblem: () => setProblem(null) };
}

function ruleBroken(machineResult: MachineResult, input: DecisionInput): DecisionProblem | null {
  try {
    checkDecision(machineResult, input);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return { message: error.message, ...(error.field && { field: error.field }) };
    throw error;
  }
}
