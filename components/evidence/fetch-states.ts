import * as z from 'zod/mini';
import { EVIDENCE_STATES, type EvidenceState } from '@/lib/domain/evidence-state';
import { ask } from '../api/client';

const acknowledged = z.nullable(z.object({ by: z.string(), at: z.number(), reason: z.string() }));

export const evidenceState = z.object({
  name: z.string(),
  state: z.enum(EVIDENCE_STATES),
  sha256: z.nullable(z.string()),
  size: z.nullable(z.number()),
  first: z.nullable(z.object({ sha256: z.string(), at: z.number(), by: z.nullable(z.string()) })),
  readAt: z.nullable(z.number()),
  checkedAt: z.nullable(z.number()),
  problem: z.nullable(z.string()),
  others: z.array(z.object({ sha256: z.string(), from: z.number(), until: z.nullable(z.number()), acknowledged })),
}) satisfies z.ZodMiniType<EvidenceState>;

const answer = z.object({ at: z.number(), files: z.array(evidenceState) });

/** What the console knew of the files of a case at a moment, in milliseconds since 1970 by its clock. */
export type KnownEvidence = z.infer<typeof answer>;

export interface FetchStates {
  caseId: number;
  /** Leave out who saw or acknowledged something. */
  blind: boolean;
  /** Have these files read again first; all of them for an empty list, none when absent. */
  check?: readonly string[];
  /** One that ended after this moment will do, by the console's clock. */
  since?: number | null;
}

/** Asks what is known of the files of a case; null when no answer came. */
export async function fetchStates({ caseId, blind, check, since }: FetchStates): Promise<KnownEvidence | null> {
  const url = `/api/verifications/${caseId}/evidence${check ? '/check' : ''}${blind ? '?blind=1' : ''}`;
  const body = check && { ...(check.length > 0 && { files: check }), ...(typeof since === 'number' && { since }) };
  const result = body ? await ask('POST', url, answer, { body }) : await ask('GET', url, answer);
  return result.ok ? result.value : null;
}
