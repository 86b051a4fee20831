import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { Decision } from '@/lib/domain/decision';
import { secondPersonRefusals } from './require-second-person';
import { storedDecision } from './rows';

/** A decision that waits for a second person. */
export interface PendingApproval {
  decision: Decision;
  /** Why it needs one. */
  secondPerson: string;
  /** Whether it is this viewer's own proposal, which somebody else has to answer. */
  own: boolean;
  /** Why this viewer cannot be its second person, as a sentence; null when they can as far as `secondPersonRefusal` says. */
  blocked: string | null;
  /** Whether the upstream replaced or lost the record since, so that nobody can agree to it. */
  recordChanged: boolean;
}

export interface PendingOptions {
  limit?: number;
  verificationId?: number;
}

const proposal = storedDecision.extend({
  secondPerson: z.string(),
  proposerEmail: z.string(),
  proposerSubject: z.string().nullable(),
  recordChanged: z.boolean(),
});

/** The proposals nobody answered yet, oldest first, at most `limit`; those of one case when it is named. */
export async function pendingApprovals(actor: Actor, { limit = 200, verificationId }: PendingOptions = {}): Promise<PendingApproval[]> {
  const only = verificationId === undefined ? null : BigInt(verificationId);
  const rows = await db().$queryRaw<unknown[]>`
      SELECT d.id, d.verification_id AS "verificationId", d.version, d.outcome, d.machine_result AS "machineResult",
        d.is_override AS "isOverride", d.reason_codes AS "reasonCodes", d.rationale, d.proposer_id AS "proposerId",
        d.proposer_name AS "proposerName", d.decided_at AS "decidedAt", d.id_sha256 AS "idSha256", d.selfie_sha256 AS "selfieSha256",
        d.snapshot_hash AS "snapshotHash", d.policy_version AS "policyVersion", d.second_person AS "secondPerson", d.proposer_email AS "proposerEmail",
        d.proposer_subject AS "proposerSubject",
        EXISTS (SELECT FROM console.noticed_finding n WHERE n.verification_id = d.verification_id AND n.kind = 'record-changed') AS "recordChanged"
      FROM console.decision d
      WHERE d.second_person IS NOT NULL
        AND (${only}::bigint IS NULL OR d.verification_id = ${only}::bigint)
        AND NOT EXISTS (SELECT FROM console.approval a WHERE a.decision_id = d.id)
        AND NOT EXISTS (SELECT FROM console.withdrawal w WHERE w.decision_id = d.id)
        AND NOT EXISTS (SELECT FROM console.erasure e WHERE e.verification_id = d.verification_id)
        AND NOT EXISTS (SELECT FROM console.decision later WHERE later.verification_id = d.verification_id AND later.version > d.version)
      ORDER BY d.decided_at, d.id LIMIT ${limit}`;
  const proposals = proposal.array().parse(rows);
  const refusals = await secondPersonRefusals(
    actor.id,
    proposals.map(({ proposerId, proposerEmail, proposerSubject, decidedAt }) => ({
      proposer: { id: proposerId, email: proposerEmail, oidcSubject: proposerSubject },
      proposedAt: decidedAt,
    })),
  );
  return proposals.map(({ proposerEmail, proposerSubject, recordChanged, ...decision }, at) => ({
    decision,
    recordChanged,
    secondPerson: decision.secondPerson,
    own: refusals[at]?.reason === 'same-person',
    blocked: refusals[at]?.message ?? null,
  }));
}
